package ui_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"

	"deltoid/capture"
	"deltoid/export"
	"deltoid/ui"
)

// twoExtracts are switched on in every test of deliveries.
var twoExtracts = []ui.Extract{
	{Kind: export.Covid, Title: "COVID-19 daily clinical vaccination extract", When: "daily at 02:00, gone by 06:00"},
	{Kind: export.Flu, Title: "Seasonal influenza 2021-22 daily clinical extract", When: "daily at 02:00, gone by 06:00"},
}

// aWeek is files in every state, and records that wait, newest first.
func (s *stage) aWeek() {
	built := now.Add(-2 * time.Hour)
	d := s.deliveries
	d.extracts = twoExtracts
	d.overview = export.Overview{
		Waiting: 12, Held: 1, Oldest: now.Add(-30 * time.Hour),
		Events: map[export.State]int{export.Built: 3, export.Held: 4, export.Accepted: 40, export.Collected: 212, export.Refused: 5},
	}
	d.held = []export.HeldBack{{
		Version: capture.Version{EventID: "4d3c2b1a-0000-4000-8000-000000000001", Version: 1}, Kind: export.Covid, At: now.Add(-30 * time.Hour),
		Problems: capture.Problems{{Field: "PERSON_POSTCODE", Message: "Enter the postcode with one space"}},
	}}
	file := func(id, day string, hours int, state export.State, rows int) export.Delivery {
		at := built.Add(-time.Duration(hours) * time.Hour)
		return export.Delivery{
			ID: id + "c5b8f0e-2f5c-4b52-8f1c-9d2b1a0c7e11", Kind: export.Covid, FileName: "COVID19_Vaccinations_v4_X26DEL_" + day + "T07000000.csv",
			State: state, WorkflowID: "VACCINATIONS_DAILY_COVID_4", To: "X26PRAC2", Rows: rows, Bytes: int64(rows) * 1024, BuiltAt: at, ChangedAt: at,
			SHA256: "6a1c0f7be2f5c4b528f1c9d2b1a0c7e116a1c0f7be2f5c4b528f1c9d2b1a0c7e1",
			Past:   []export.Passage{{At: at, State: export.Built}},
		}
	}
	refused := file("0", "20220512", 0, export.Refused, 5)
	refused.Problem, refused.ProblemCode = "MESH refused the file: the receiver's mailbox is not registered for this workflow (code 12). Check covid.to_mailbox", "12"
	refused.Past = append(refused.Past, export.Passage{At: built.Add(time.Minute), State: export.Sending, Note: "from X26DEL001 at https://mesh.example"},
		export.Passage{At: built.Add(time.Minute), State: export.Refused, Note: "permanent"})
	waits := file("1", "20220512", 1, export.Built, 3)
	waits.ProblemCode = "offline"
	waits.NextAttempt = now.Add(4 * time.Minute)
	doubt := file("2", "20220511", 24, export.Held, 4)
	doubt.Problem, doubt.ProblemCode = "MESH holds this file more than once. Ask the MESH service desk which message counts, naming the delivery id, and enter its message id", "ambiguous"
	accepted := file("3", "20220511", 26, export.Accepted, 40)
	accepted.MessageID = "20220511070001123456_000001"
	rejected := file("4", "20220510", 48, export.Collected, 112)
	rejected.MessageID = "20220510070001123456_000001"
	rejected.Answer = &export.Answered{FileAt: now.Add(-40 * time.Hour), Taken: true, RowsAt: now.Add(-39 * time.Hour), Accepted: 110, Rejected: 2}
	whole := file("5", "20220509", 72, export.Collected, 100)
	whole.MessageID = "20220509070001123456_000001"
	whole.Answer = &export.Answered{FileAt: now.Add(-64 * time.Hour), Taken: true, RowsAt: now.Add(-63 * time.Hour), Accepted: 100}
	again := file("6", "20220508", 96, export.Refused, 9)
	again.ProblemCode, again.Problem = "released", "Its rows wait for a new file"
	d.files = []export.Delivery{refused, waits, doubt, accepted, rejected, whole, again}
	d.mesh = ui.Connection{Words: "MESH reached at 09:58", Online: true}
	d.changed()
}

func TestDeliveries(t *testing.T) {
	s := newStage(t).signIn()
	s.aWeek()
	s.command("Deliveries")
	s.at("Deliveries, 24 not sent")
	s.golden("deliveries")
	s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeySpace) // over the ways on and the list to the first button
	s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeySpace)                           // from the list again, over the first button to the second
	id := s.deliveries.files[0].ID
	assert.Equal(t, []string{"retry " + id, "resend " + id}, s.deliveries.acted)
}

func TestDeliveriesBuildAtOneKey(t *testing.T) {
	s := newStage(t).signIn()
	s.aWeek()
	s.deliveries.made = []export.Made{
		{Kind: export.Covid, Delivery: export.Delivery{ID: "a", Rows: 11}, Report: export.BuildReport{Rows: 11, Held: 1}}, {Kind: export.Flu}}
	s.command("Deliveries")
	s.enter()
	assert.Equal(t, 1, s.deliveries.built)
	s.golden("deliveries-built")
	s.command("Deliveries")
	s.golden("deliveries") // said once
}

func TestDeliveriesOfferWhatAStateAllows(t *testing.T) {
	for name, c := range map[string]struct {
		file export.Delivery
		want string
	}{
		"hold":        {export.Delivery{State: export.Built}, "hold f"},
		"let go":      {export.Delivery{State: export.Held, Problem: "Stopped by hand"}, "unhold f"},
		"sending":     {export.Delivery{State: export.Sending, NextAttempt: now.Add(time.Minute)}, "retry f"},
		"not taken":   {export.Delivery{State: export.Refused}, "retry f"},
		"taken":       {export.Delivery{State: export.Refused, MessageID: "m"}, "resend f"},
		"built again": {export.Delivery{State: export.Refused, ProblemCode: "released"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t).signIn()
			c.file.ID, c.file.FileName = "f", "f.csv"
			s.deliveries.files = []export.Delivery{c.file}
			s.command("Deliveries")
			s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeySpace)
			if c.want == "" {
				s.at("Save to a folder")
				return
			}
			assert.Equal(t, []string{c.want}, s.deliveries.acted)
		})
	}
}

func TestDeliveriesShowAFaultOfTheStore(t *testing.T) {
	s := newStage(t).signIn()
	s.deliveries.err = &capture.Error{Code: capture.Environment, Message: "The disk does not answer. Nothing was changed"}
	s.command("Deliveries")
	s.golden("deliveries-fault")
}

func TestDeliveriesFollowTheCourier(t *testing.T) {
	s := newStage(t).signIn()
	s.command("Deliveries")
	s.deliveries.overview = export.Overview{Events: map[export.State]int{export.Collected: 1}}
	s.deliveries.changed()
	s.at("Deliveries, all collected")
}

func TestDeliveriesSayWhatAPersonHasToDo(t *testing.T) {
	s := newStage(t).signIn()
	s.deliveries.mesh = ui.Connection{Words: "Needs attention", Problem: "MESH is not set up: files wait on this computer. An administrator can enter the MESH settings"}
	s.deliveries.overview = export.Overview{Events: map[export.State]int{export.Built: 2}}
	s.command("Deliveries")
	s.deliveries.changed()
	s.golden("deliveries-not-set-up")
}

func TestDeliveriesCountNoRecordTwice(t *testing.T) {
	s := newStage(t).signIn()
	for _, kind := range []export.Kind{export.Hourly, export.AttributeRows, export.Covid} {
		s.deliveries.files = append(s.deliveries.files, export.Delivery{ID: string(kind), Kind: kind, FileName: string(kind), State: export.Collected, Rows: 1})
	}
	s.command("Deliveries")
	s.says("0 accepted, 1 not answered")
}

func TestDeliveriesOffline(t *testing.T) {
	s := newStage(t).signIn()
	s.aWeek()
	s.deliveries.mesh = ui.Connection{Words: "Offline"}
	s.deliveries.changed()
	s.command("Deliveries")
	s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyDown) // the file that waits
	s.golden("deliveries-offline")
}
