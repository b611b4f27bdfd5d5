package ui_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/store"
)

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
