package ui_test

import (
	"context"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/export"
	"deltoid/ui"
)

// aPreview has two records that would go into the COVID-19 file and one that is held back.
func (s *stage) aPreview() []capture.Event {
	s.t.Helper()
	events := []capture.Event{s.record(1, 90, func(*capture.Event) {}), s.record(2, 60, func(*capture.Event) {}), s.record(3, 30, func(*capture.Event) {})}
	d := s.deliveries
	d.extracts = twoExtracts
	d.overview = export.Overview{Waiting: 3, Held: 1, Oldest: events[0].RecordedAt}
	d.mesh = ui.Connection{Words: "MESH reached at 09:58", Online: true}
	table := export.Table{Kind: export.Covid, Columns: []string{"NHS_NUMBER", "PERSON_FORENAME", "PERSON_SURNAME", "PERSON_DOB", "PERSON_GENDER_CODE", "PERSON_POSTCODE", "DATE_AND_TIME", "SITE_CODE", "BATCH_NUMBER", "EXPIRY_DATE"}}
	for i, event := range events[:2] {
		table.Rows = append(table.Rows, export.PreviewRow{
			Row: i + 1, Action: capture.ActionNew, Version: capture.Version{EventID: event.ID, Version: 1},
			Cells: []string{string(event.Person.NHSNumber), event.Person.Forename, event.Person.Surname, event.Person.BirthDate.Compact(), event.Person.Gender, event.Person.Postcode,
				event.At.Format("20060102T15040500"), event.Site.Code, "FP1430", "20220518"},
		})
	}
	d.held = []export.HeldBack{{
		Version: capture.Version{EventID: events[2].ID, Version: 1}, Kind: export.Covid, At: events[2].RecordedAt,
		Problems: capture.Problems{{Field: "PERSON_POSTCODE", Message: "Enter the postcode with one space"}, {Field: "BATCH_NUMBER", Message: "Enter the batch number"}},
	}}
	table.Report = export.BuildReport{Rows: 2, Held: 1, HeldBack: d.held, Withdrawn: 1}
	d.tables = map[export.Kind]export.Table{
		export.Covid: table, export.Flu: {Kind: export.Flu, Columns: table.Columns, Report: export.BuildReport{Later: 2}}}
	d.made = []export.Made{{Kind: export.Covid, Delivery: export.Delivery{ID: "a", Rows: 2}, Report: export.BuildReport{Rows: 2, Held: 1}}, {Kind: export.Flu}}
	d.changed()
	return events
}

// toBuildNow goes from the board to the page by keys.
func (s *stage) toBuildNow() {
	s.t.Helper()
	s.command("Deliveries")
	s.press(fyne.KeyTab, fyne.KeySpace)
	s.at("Build now")
}

func TestDeliverBuildNow(t *testing.T) {
	s := newStage(t).signIn()
	events := s.aPreview()
	s.toBuildNow()
	s.golden("build-now")
	s.press(fyne.KeyDown)
	s.golden("build-now-flu")
	s.press(fyne.KeyUp, fyne.KeyTab, fyne.KeyReturn) // the first record that is held back
	s.at("SAMPLETON")
	s.toBuildNow()
	s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab) // over what is held back and the two links to the rows
	s.press(fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyDown)
	s.golden("build-now-sideways")
	s.press(fyne.KeyReturn)
	s.at(events[1].Person.Name())

	s.toBuildNow()
	for range 4 { // back over the other ways on to the first
		s.app.Window.Canvas().FocusPrevious()
	}
	s.press(fyne.KeySpace)
	s.at("Deliveries")
	assert.Equal(t, 1, s.deliveries.built)
	s.golden("build-now-built")
}

func TestDeliverBuildNowHidesTheRows(t *testing.T) {
	s := newStage(t).signIn()
	s.aPreview()
	s.toBuildNow()
	s.command("Names or initials")
	s.golden("build-now-initials")
	s.says("The rows are hidden while lists show initials.")
	s.says("J.S.")
}

func TestDeliverBuildNowOffline(t *testing.T) {
	s := newStage(t).signIn()
	s.aPreview()
	s.deliveries.mesh = ui.Connection{Words: "Offline"}
	s.deliveries.changed()
	s.toBuildNow()
	s.golden("build-now-offline")
}

func TestDeliverBuildNowOfADamagedLedger(t *testing.T) {
	s := newStage(t).signIn()
	s.aPreview()
	s.command("Deliveries")
	s.deliveries.err = &capture.Error{Code: capture.Environment, Message: "The disk does not answer. Nothing was changed"}
	s.press(fyne.KeyTab, fyne.KeySpace)
	s.golden("build-now-fault")
}

func TestDeliverLookingCanBeStopped(t *testing.T) {
	s := newStage(t).signIn()
	s.aPreview()
	s.command("Deliveries")
	letGo := s.slow()
	s.press(fyne.KeyTab, fyne.KeySpace)
	s.golden("build-now-looking")
	s.app.Window.Canvas().FocusPrevious()
	s.press(fyne.KeySpace)
	letGo()
	s.golden("build-now-stopped")
	s.enter() // meant for Stop
	assert.Zero(t, s.deliveries.built)
}

func TestDeliverBuildingShowsHowFarItIsAndStops(t *testing.T) {
	s := newStage(t).signIn()
	s.aPreview()
	s.deliveries.made = nil
	s.deliveries.building = func(ctx context.Context, progress func(export.Kind, int)) error {
		progress(export.Covid, 12500)
		s.golden("deliveries-building")
		s.enter() // Send now is gone: nothing is built twice
		s.command("Board")
		s.command("Deliveries")
		s.app.Window.Canvas().FocusPrevious() // to Stop
		s.press(fyne.KeySpace)
		return ctx.Err()
	}
	s.command("Deliveries")
	s.enter()
	assert.Equal(t, 1, s.deliveries.built)
	s.golden("deliveries-stopped")
	s.deliveries.building = nil
	s.enter() // meant for Stop
	assert.Equal(t, 1, s.deliveries.built)
}

func TestDeliverToAFolder(t *testing.T) {
	s := newStage(t).signIn()
	s.aPreview()
	s.toBuildNow()
	for range 3 {
		s.app.Window.Canvas().FocusPrevious()
	}
	s.press(fyne.KeySpace)
	s.at("Save to a folder")
	s.golden("save-files")
	s.enter()
	s.at("Error: Deltoid: Save to a folder")
	s.golden("save-files-refused")
	s.enter()
	s.letters(filepath.Join(t.TempDir(), "none"))
	s.press(fyne.KeyTab)
	s.letters("2")
	s.enter()
	s.at("Error: Deltoid: Save to a folder")
	assert.Zero(t, s.deliveries.built)

	folder := t.TempDir()
	s.enter()
	for range 200 {
		s.press(fyne.KeyBackspace)
	}
	s.letters(folder)
	s.enter()
	s.at("Deliveries")
	assert.Equal(t, []string{"build and hold", "save a"}, s.deliveries.acted)
}

func TestDeliverACopyOfAFileBuiltBefore(t *testing.T) {
	s := newStage(t).signIn()
	s.aWeek()
	s.command("Deliveries")
	s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeySpace)
	s.at("Save to a folder")
	folder := t.TempDir()
	s.letters(folder)
	s.enter()
	assert.Equal(t, []string{"save " + s.deliveries.files[0].ID}, s.deliveries.acted)
	s.at("Deliveries")
}

func TestDeliverHowBuildingEnded(t *testing.T) {
	disk := &capture.Error{Code: capture.Environment, Message: "The disk is full"}
	for name, c := range map[string]struct {
		made []export.Made
		err  error
		want string
	}{
		"nothing": {nil, nil, "Nothing new to put into a file."},
		"disk full": {[]export.Made{{Delivery: export.Delivery{ID: "a", Rows: 1}}}, disk,
			"The disk is full. 1 file with 1 row was built. It is sent when MESH accepts it."},
		"two": {[]export.Made{{Delivery: export.Delivery{ID: "a", Rows: 1}}, {Delivery: export.Delivery{ID: "b", Rows: 4}, Report: export.BuildReport{Held: 2}}}, nil,
			"2 files with 5 rows were built. They are sent when MESH accepts them. 2 records held back."},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t).signIn()
			s.deliveries.made = c.made
			s.deliveries.building = func(context.Context, func(export.Kind, int)) error { return c.err }
			s.command("Deliveries")
			s.enter()
			s.says(c.want)
		})
	}
}

// says looks for words in one line of the window.
func (s *stage) says(words string) {
	s.t.Helper()
	s.settle()
	require.Contains(s.t, test.RenderToMarkup(s.app.Window.Canvas()), ">"+words+"<")
}
