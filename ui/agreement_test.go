package ui_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// toConsent opens a prepared visit at the page of the consent.
func (s *stage) toConsent(query string) {
	s.t.Helper()
	s.prepared(query, func(visit *capture.Encounter) {
		s.answered(visit, nil)
		visit.Screening.ScreenerID = "nurse"
	})
	s.at("What screening says")
	s.enter()
}

// child is a girl of fourteen.
func (s *stage) child() {
	s.t.Helper()
	s.person(capture.Person{Forename: "Gita", Surname: "Gillick-Test", BirthDate: catalogue.MustDate("2008-02-03"), Gender: "2", Postcode: "LS7 3ZZ"})
}

func TestAGillickChildDecides(t *testing.T) {
	s := newStage(t).signIn()
	s.child()
	s.toConsent("gita")
	s.at("Consent")
	s.choose("2")
	s.at("Can the child decide?")
	s.golden("gillick")
	s.enter()
	s.at("Error")
	s.golden("gillick-refused")
	s.enter()
	s.letters("11111")
	s.golden("gillick-competent")
	s.enter()
	s.at("Error") // how the child showed it
	s.golden("gillick-notes-refused")
	s.enter()
	s.letters("Explained all of it in her own words")
	s.enter()
	s.at("Give the vaccine")
	consent := s.drafts()[0].Consent
	assert.Equal(t, "CT7", consent.Type)
	assert.Len(t, consent.Gillick, 5)
}

func TestAChildWhoIsNotCompetentIsAskedForAParent(t *testing.T) {
	s := newStage(t).signIn()
	s.child()
	s.toConsent("gita")
	s.choose("2")
	s.letters("11112")
	s.golden("gillick-not-competent")
	s.enter()
	s.at("Consent")
	s.golden("consent-not-competent")
	assert.Equal(t, capture.No, s.drafts()[0].Consent.Gillick["side-effects"])
	s.letters("1")
	s.press(fyne.KeyTab)
	s.letters("Asha Gillick-Test")
	s.press(fyne.KeyTab)
	s.letters("mother")
	s.enter()
	s.at("Give the vaccine")
}

func TestConsentIsRefused(t *testing.T) {
	s := newStage(t).signIn()
	s.toConsent("sam")
	s.letters("1")
	s.letters("2")
	s.golden("consent-no")
	s.enter()
	s.at("Error")
	s.enter()
	s.letters("Jo Sampleton")
	s.enter()
	s.at("Vaccine not given")
	s.choose("1")
	s.at("Check and confirm")
	s.enter()
	s.at("Saved")
	assert.Equal(t, "declined", s.today()[0].NotGiven.Choice)
}

func TestAnotherDecidesForAPatientWhoLacksCapacity(t *testing.T) {
	s := newStage(t).signIn()
	s.toConsent("sam")
	s.enter()
	s.at("Error")
	s.golden("consent-capacity-refused")
	s.enter()
	s.letters("2") // they lack capacity
	s.golden("consent-lacks")
	options, err := s.desk.Edition().Consents(), error(nil)
	require.NoError(t, err)
	require.NotEmpty(t, options)
	s.letters("3") // the clinician decides
	s.enter()
	s.at("Error")
	s.golden("consent-lacks-refused")
	s.enter()
	s.letters("Agnes Nurse")
	s.press(fyne.KeyTab)
	s.letters("Daughter, by telephone")
	s.enter()
	s.at("Give the vaccine")
	consent := s.drafts()[0].Consent
	assert.True(t, consent.LacksCapacity)
	assert.Equal(t, "Daughter, by telephone", consent.Consulted)
}

// under puts the clinic on another legal footing.
func (s *stage) under(mechanism string) {
	s.t.Helper()
	clinic, _ := s.desk.Clinic()
	clinic.LegalMechanism = mechanism
	require.NoError(s.t, s.desk.ChangeClinic(s.t.Context(), clinic))
}

func TestAPrescriberDirectsTheDose(t *testing.T) {
	s := newStage(t).signIn()
	s.under("psd")
	s.toConsent("sam")
	s.at("Who directed this dose?")
	s.golden("direction")
	s.enter()
	s.at("Error")
	s.golden("direction-refused")
	s.enter()
	s.letters("Dr Priya Prescriber")
	s.press(fyne.KeyTab)
	s.letters("C9999999")
	s.press(fyne.KeyTab)
	s.letters("13")
	s.letters("05")
	s.letters("2022")
	s.enter()
	s.at("Error") // after the dose
	s.golden("direction-late")
	s.enter()
	s.press(fyne.KeyDelete, fyne.KeyDelete, fyne.KeyBackspace, fyne.KeyBackspace)
	s.letters("12")
	s.enter()
	s.at("Consent")
	s.consents()
	s.at("Give the vaccine")
	s.golden("give-psd")
	s.enter()
	s.at("Error") // where, and who prepared it
	s.golden("give-psd-refused")
	s.enter()
	s.letters("1")
	s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab)
	s.letters("3") // Cleo prepared it
	s.enter()
	s.at("Check and confirm")
	s.golden("check-psd")
	s.enter()
	s.at("Saved")
	event := s.today()[0]
	require.NotNil(t, event.Direction)
	assert.Equal(t, "Dr Priya Prescriber", event.Direction.Prescriber)
	assert.Equal(t, "Cleo Recorder", event.Given.PreparedBy)
}

func TestTwoPeopleUnderADirectionForOne(t *testing.T) {
	s := newStage(t).signIn()
	s.toConsent("sam")
	s.consents()
	s.at("Give the vaccine")
	s.letters("1")
	s.press(fyne.KeyTab, fyne.KeyTab)
	s.letters("2") // Cleo gave it
	s.golden("give-split")
	s.enter()
	s.at("Error")
	s.golden("give-split-refused")
	s.enter()
	s.letters("Trainee under supervision")
	s.enter()
	s.at("Check and confirm")
	s.golden("check-split")
	assert.Equal(t, "Trainee under supervision", s.drafts()[0].Give.SplitReason)
}
