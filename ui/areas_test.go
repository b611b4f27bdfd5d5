package ui_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/export"
	"deltoid/store"
	"deltoid/ui"
)

func TestDeliveries(t *testing.T) {
	s := newStage(t).signIn()
	built := now.Add(-2 * time.Hour)
	s.deliveries.overview = export.Overview{
		Waiting: 12, Held: 1, Oldest: now.Add(-30 * time.Hour),
		Events: map[export.State]int{export.Built: 3, export.Accepted: 40, export.Collected: 210, export.Refused: 5},
	}
	s.deliveries.held = []export.HeldBack{{
		Version:  capture.Version{EventID: "4d3c2b1a-0000-4000-8000-000000000001", Version: 1},
		Problems: capture.Problems{{Field: "PERSON_POSTCODE", Message: "has two spaces; correct the postcode"}},
	}}
	s.deliveries.files = []export.Delivery{
		{
			ID: "0c5b8f0e-2f5c-4b52-8f1c-9d2b1a0c7e11", FileName: "COVID19_Vaccinations_v4_X26DEL_20220512T07000000.csv", State: export.Refused,
			WorkflowID: "VACCINATIONS_DAILY_COVID_4", To: "X26PRAC2", Rows: 5, Bytes: 5120, BuiltAt: built,
			Problem: "The receiver's mailbox is not registered. Check covid.to_mailbox",
			Past:    []export.Passage{{At: built, State: export.Built}, {At: built.Add(time.Minute), State: export.Refused, Note: "code 12"}},
		},
		{
			ID: "1c5b8f0e-2f5c-4b52-8f1c-9d2b1a0c7e12", FileName: "COVID19_Vaccinations_v4_X26DEL_20220511T07000000.csv", State: export.Accepted,
			MessageID: "20220511070001123456_000001", Rows: 40, Bytes: 40960, BuiltAt: built.Add(-24 * time.Hour),
		},
		{
			ID: "2c5b8f0e-2f5c-4b52-8f1c-9d2b1a0c7e13", FileName: "COVID19_Vaccinations_v4_X26DEL_20220510T07000000.csv", State: export.Collected,
			MessageID: "20220510070001123456_000001", Rows: 210, Bytes: 215040, BuiltAt: built.Add(-48 * time.Hour),
		},
	}
	s.command("Deliveries")
	s.at("Deliveries, 20 not sent")
	s.golden("deliveries")
	s.enter()
	assert.Equal(t, 1, s.deliveries.sent)
	s.golden("deliveries-built")
	s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeySpace) // over the list to the first button
	s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeySpace) // from the list again, over the first button to the second
	assert.Equal(t, []string{"retry 0c5b8f0e-2f5c-4b52-8f1c-9d2b1a0c7e11", "resend 0c5b8f0e-2f5c-4b52-8f1c-9d2b1a0c7e11"}, s.deliveries.acted)
}

func TestDeliveriesOfferWhatAStateAllows(t *testing.T) {
	for state, want := range map[export.State]string{export.Built: "hold f", export.Held: "unhold f"} {
		s := newStage(t).signIn()
		s.deliveries.files = []export.Delivery{{ID: "f", FileName: "f.csv", State: state}}
		s.command("Deliveries")
		s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeySpace)
		assert.Equal(t, []string{want}, s.deliveries.acted, state)
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

func TestAddPerson(t *testing.T) {
	s := newStage(t).signIn()
	s.letters("nobody of this name")
	s.golden("board-nobody")
	s.press(fyne.KeyTab)
	s.press(fyne.KeySpace)
	s.at("Add a person")
	s.golden("add-person")
	s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab) // to the NHS number
	s.letters("9990000019")
	s.enter()
	s.golden("add-person-refused")
}

func TestAddPersonIsFoundAgain(t *testing.T) {
	s := newStage(t).signIn()
	s.press(fyne.KeyTab)
	s.press(fyne.KeySpace)
	s.at("Add a person")
	s.letters("Imogen")
	s.press(fyne.KeyTab)
	s.letters("Nonesuch")
	s.press(fyne.KeyTab)
	s.letters("27")
	s.letters("03")
	s.letters("1986")
	s.press(fyne.KeyTab, fyne.KeyTab)
	s.letters("2")
	s.press(fyne.KeyTab)
	s.letters("ls12zz")
	s.enter()
	s.at("NONESUCH, Imogen, Is this the right person?")
	found := s.desk.Find("nonesuch", 5)
	require.Len(t, found, 1)
	assert.Equal(t, "LS1 2ZZ", found[0].Postcode)
	assert.Equal(t, "03", found[0].NHSNumberStatus)
}

func TestChangeTheClinic(t *testing.T) {
	s := newStage(t).signIn()
	s.command("Clinic")
	s.at("Change the clinic")
	s.golden("clinic")
}

func TestOpenTheClinicFirst(t *testing.T) {
	s := newStage(t)
	clinic, _ := s.desk.Clinic()
	clinic.ClosedAt = now
	require.NoError(t, s.store.SaveClinic(t.Context(), clinic, capture.AuditEntry{At: now}))
	s.letters(passphrase)
	s.enter()
	s.at("Open the clinic")
	s.golden("clinic-open")
	s.enter()
	s.at("Open the clinic")
	s.golden("clinic-refused")
}

func TestAddABatchInTheMiddleOfAVisit(t *testing.T) {
	s := newStage(t).signIn()
	s.toScreening("sam")
	s.screenFrom()
	s.enter()
	s.consents()
	s.at("Give the vaccine")
	for range 5 { // back over the time, the amount and the vial to the link to a new batch
		s.app.Window.Canvas().FocusPrevious()
	}
	s.enter()
	s.at("Add a batch")
	s.enter()
	s.at("Add a batch")
	s.golden("batch-refused")
}

func TestSetUp(t *testing.T) {
	var door *gate
	s := newStageWith(t, func(g *gate) { g.fresh, door = true, g })
	s.at("Set up this computer")
	s.golden("setup")
	s.enter()
	s.golden("setup-refused")
	assert.Empty(t, door.made.UserName)
}

func TestHelp(t *testing.T) {
	s := newStage(t).signIn()
	s.press(fyne.KeyF1)
	s.golden("help")
}

func TestSavingThatFailsKeepsEverything(t *testing.T) {
	s := newStage(t).signIn()
	s.toCheck("sam")
	require.NoError(t, s.store.Close()) // as a disk that is pulled out
	s.enter()
	s.at("Error")
	s.golden("check-fault")
}

func TestTheBoardTakesInWhatAnotherProgramAdded(t *testing.T) {
	s := newStage(t).signIn()
	other, err := store.Open(t.Context(), s.options)
	require.NoError(t, err)
	records, _, err := other.Unlock(t.Context(), "a.nurse", passphrase)
	require.NoError(t, err)
	t.Cleanup(func() { _ = records.Close() })
	newcomer := capture.Person{ID: "PNEW", Forename: "Orla", Surname: "Utopia", BirthDate: s.desk.Today().AddDays(-9000), Gender: "2", Postcode: "LS1 4ZZ", NHSNumberStatus: "03"}
	require.NoError(t, records.SavePerson(t.Context(), newcomer, capture.AuditEntry{At: now}))
	s.command("Board")
	s.letters("utopia")
	s.enter()
	s.at("UTOPIA, Orla, Is this the right person?")
}

// damaged is a store some of whose people cannot be read.
type damaged struct{ *store.Store }

func (damaged) Unreadable() int { return 2 }

func TestDamagedRecordsAreSaidAtSignIn(t *testing.T) {
	s := newStage(t)
	s.desk.Store = damaged{s.store}
	s.letters(passphrase)
	s.enter()
	s.golden("unreadable")
	s.enter() // closes the notice
	s.letters("sam")
	s.enter()
	s.at("Is this the right person?")
}

func TestDeliveriesSayWhatAPersonHasToDo(t *testing.T) {
	s := newStage(t).signIn()
	s.deliveries.mesh = ui.Connection{Words: "Needs attention", Problem: "MESH is not set up: files wait on this computer. An administrator can enter the MESH settings"}
	s.deliveries.overview = export.Overview{Events: map[export.State]int{export.Built: 2}}
	s.command("Deliveries")
	s.deliveries.changed()
	s.golden("deliveries-not-set-up")
}
