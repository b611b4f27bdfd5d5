package ui_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// autumn is a moment in the flu season: 10 November 2021, 10:02 in London.
var autumn = time.Date(2021, 11, 10, 10, 2, 0, 0, time.UTC)

// person adds somebody made up.
func (s *stage) person(person capture.Person) capture.Person {
	s.t.Helper()
	person, err := s.desk.AddPerson(s.t.Context(), person)
	require.NoError(s.t, err)
	return person
}

// batchOf adds a batch of a vaccine that can be used for years.
func (s *stage) batchOf(product, number string) capture.Batch {
	s.t.Helper()
	batch, err := s.desk.AddBatch(s.t.Context(), capture.Batch{Product: product, Number: number, Expiry: catalogue.MustDate("2023-06-30")})
	require.NoError(s.t, err)
	return batch
}

// furnishFlu is a school clinic that gives the nasal flu vaccine.
func (s *stage) furnishFlu() {
	s.t.Helper()
	require.NoError(s.t, s.desk.SignIn(s.t.Context(), capture.Staff{ID: "nurse"}))
	s.batch = s.batchOf("fluenz_tetra", "NK2101")
	s.batchOf("flucelvax_tetra", "QC2102")
	_, err := s.desk.OpenClinic(s.t.Context(), capture.Clinic{
		Site: capture.Site{Code: "RX8XX", Name: "St Example School"}, CareSetting: "community-health", LegalMechanism: "pgd",
		Product: "fluenz_tetra", BatchID: s.batch.ID, VaccinatorID: "nurse",
	})
	require.NoError(s.t, err)
	s.person(capture.Person{Forename: "Mina", Surname: "Madeup", BirthDate: catalogue.MustDate("2013-06-14"), Gender: "2", Postcode: "LS7 3ZZ", Address: "5 Test Terrace"})
}

// noToAll answers no to every question from the page that is shown on.
func (s *stage) noToAll() {
	s.t.Helper()
	for s.onPage("Clinical screening") {
		before := s.app.Window.Title()
		visit := s.drafts()[0]
		set, err := s.desk.Questions(s.t.Context(), visit)
		require.NoError(s.t, err)
		for range min(5, len(set.Questions)-len(visit.Screening.Answers)) {
			s.letters("2")
		}
		s.enter()
		require.NotEqual(s.t, before, s.app.Window.Title(), "the page was refused")
	}
}

func TestAChildHasTheNasalFluVaccineWithAParentsConsent(t *testing.T) {
	s := newStageAt(t, autumn, (*stage).furnishFlu, func(*gate) {}).signIn()
	s.letters("mina")
	s.enter()
	s.choose("1")
	s.at("Earlier flu vaccinations")
	s.golden("status-flu")
	s.choose("1")
	s.at("Which dose is due?")
	s.golden("dose-flu")
	s.enter()
	s.at("Why are they offered it?")
	s.golden("eligible-flu")
	s.choose("4") // age or school year
	s.golden("screening-flu")
	s.noToAll()
	s.at("What screening says")
	s.enter()
	s.at("Consent")
	s.letters("1")
	s.press(fyne.KeyTab)
	s.letters("Pat Madeup")
	s.press(fyne.KeyTab)
	s.letters("mother")
	s.enter()
	s.at("Give the vaccine")
	s.golden("give-nasal")
	s.enter()
	s.at("Error")
	s.golden("give-nasal-refused")
	s.enter()
	s.choose("2") // half dose
	s.at("Check and confirm")
	s.golden("check-nasal")
	s.enter()
	s.at("Saved")
	events := s.today()
	require.Len(t, events, 1)
	assert.Equal(t, "FLU", events[0].Disease)
	assert.True(t, events[0].Given.HalfDose)
	assert.Equal(t, "0.1", events[0].Given.Amount)
	assert.Equal(t, "46713006", events[0].Given.Route.Code)
	assert.Equal(t, "CT2", events[0].Consent.Type)
	assert.Equal(t, "Pat Madeup", events[0].Consent.By)
}

func TestAnMMRCatchUpInTheMiddleOfAVisit(t *testing.T) {
	s := newStage(t).signIn()
	s.batchOf("priorix", "PX3301")
	s.batchOf("mmrvaxpro", "VP3302")
	s.letters("joan")
	s.enter()
	s.choose("1")
	s.choose("1")
	s.at("Which dose is due?")
	s.golden("dose-diseases")
	s.app.Window.Canvas().Focus(nil)
	s.press(fyne.KeyTab) // the first field: against which disease
	s.letters("2")
	s.golden("dose-another-disease")
	s.enter()
	s.at("Earlier MMR vaccinations")
	s.choose("1")
	s.at("Which dose is due?")
	s.golden("dose-mmr")
	s.enter()
	s.at("Error") // which vaccine
	s.golden("dose-mmr-refused")
	s.enter()
	s.letters("2")
	s.enter()
	s.at("Why are they offered it?")
	s.choose("1")
	s.golden("screening-mmr")
	s.noToAll()
	s.at("What screening says")
	s.enter()
	s.consents()
	s.at("Give the vaccine")
	s.letters("2") // the batch
	s.golden("give-mmr")
	visit := s.drafts()[0]
	assert.Equal(t, "MMR", visit.Plan.Disease)
	assert.Equal(t, catalogue.MMRFirst, visit.Plan.Kind)
}

func TestTheSamePersonHasAnotherVaccine(t *testing.T) {
	s := newStage(t).signIn()
	s.batchOf("priorix", "PX3301")
	s.toCheck("sam")
	s.enter()
	s.at("Saved")
	s.press(fyne.KeyTab, fyne.KeySpace)
	s.at("Another vaccine for SAMPLETON, Jo")
	s.golden("another")
	s.enter()
	s.at("Error")
	s.golden("another-refused")
	s.enter()
	s.choose("1")
	s.at("SAMPLETON, Jo, Is this the right person?")
	assert.Equal(t, "MMR", s.drafts()[0].Plan.Disease)
	s.choose("1")
	s.at("Earlier MMR vaccinations")
	s.golden("status-mmr-after-covid")
}

func TestNoOtherVaccineIsHere(t *testing.T) {
	s := newStage(t).signIn()
	s.toCheck("sam")
	s.enter()
	s.press(fyne.KeyTab, fyne.KeySpace)
	s.golden("another-none")
	s.enter()
	s.at("Saved")
}

func TestTheNextPersonHasTheSameVaccine(t *testing.T) {
	s := newStage(t).signIn()
	s.toScreening("sam")
	s.screenFrom()
	s.enter()
	s.consents()
	s.letters("1")
	for range 6 { // back over the time, the amount and the vial to the batch
		s.app.Window.Canvas().FocusPrevious()
	}
	s.choose("2")
	s.at("Check and confirm")
	s.enter()
	s.at("Saved")
	s.golden("saved-other-batch")
	s.press(fyne.KeyTab, fyne.KeySpace)
	s.at("Board")
	clinic, _ := s.desk.Clinic()
	batches, err := s.desk.Batches(t.Context(), clinic.Product)
	require.NoError(t, err)
	assert.Equal(t, batches[1].ID, clinic.BatchID, "carried over to the next person")
}
