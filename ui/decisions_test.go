package ui_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// prepared puts a draft of the person that a search finds into the store and opens it where it was left.
func (s *stage) prepared(query string, change func(*capture.Encounter)) {
	s.t.Helper()
	found := s.desk.Find(query, 1)
	require.NotEmpty(s.t, found)
	visit, err := s.desk.Start(s.t.Context(), found[0].ID)
	require.NoError(s.t, err)
	visit.IdentityConfirmed, visit.StatusSeen = true, true
	visit.Plan.Kind, visit.Plan.Eligibility = catalogue.Primary1, "age"
	change(&visit)
	_, err = s.desk.SaveDraft(s.t.Context(), visit)
	require.NoError(s.t, err)
	s.letters(query)
	s.enter()
}

// answered fills in every question that applies with no, but for those given.
func (s *stage) answered(visit *capture.Encounter, but map[string]capture.Answer) {
	s.t.Helper()
	set, err := s.desk.Questions(s.t.Context(), *visit)
	require.NoError(s.t, err)
	visit.Screening.Answers = map[string]capture.Answer{}
	for _, question := range set.Questions {
		visit.Screening.Answers[question.ID] = capture.Answer{Value: capture.No}
	}
	visit.Screening.Answers["C24"] = capture.Answer{Value: capture.Yes}
	for id, answer := range but {
		visit.Screening.Answers[id] = answer
	}
}

func TestAReportedDoseIsAdded(t *testing.T) {
	s := newStage(t).signIn()
	s.letters("sam")
	s.enter()
	s.choose("1")
	s.at("Earlier COVID-19 vaccinations")
	s.letters("2")
	s.golden("status-other")
	s.enter()
	s.at("Error")
	s.enter() // to the first fault: which vaccine
	s.letters("1")
	s.press(fyne.KeyTab)
	s.letters("20")
	s.letters("11")
	s.letters("2021")
	s.enter()
	s.at("Earlier COVID-19 vaccinations")
	s.golden("status-reported")
	s.letters("2") // the same once more, by mistake
	s.press(fyne.KeyTab)
	s.letters("1")
	s.press(fyne.KeyTab)
	s.letters("20")
	s.letters("11")
	s.letters("2021")
	s.enter()
	drafts := s.drafts()
	require.Len(t, drafts, 1)
	require.Len(t, drafts[0].Reported, 1)
	assert.Equal(t, catalogue.MustDate("2021-11-20"), drafts[0].Reported[0].Date)
	s.choose("1")
	s.at("Which dose is due?")
	s.golden("dose-second")
}

func TestAnotherDoseThanSuggestedTakesAReason(t *testing.T) {
	s := newStage(t).signIn()
	s.toDose("sam")
	for range 8 { // back over the ticks to the dose
		s.app.Window.Canvas().FocusPrevious()
	}
	s.letters("4")
	s.enter()
	s.at("Error")
	s.golden("dose-reason")
	s.enter()
	s.letters("Two doses abroad, papers seen")
	s.enter()
	s.at("Why are they offered it?")
	assert.Equal(t, catalogue.Booster1, s.drafts()[0].Plan.Kind)
	assert.Equal(t, "Two doses abroad, papers seen", s.drafts()[0].Plan.Reason)
}

func TestAdviceIsSoughtAndTheReasonKept(t *testing.T) {
	s := newStage(t).signIn()
	s.prepared("sam", func(visit *capture.Encounter) {
		s.answered(visit, map[string]capture.Answer{"C07": {Value: capture.Unknown}})
	})
	s.at("What screening says")
	s.golden("judgement-seek")
	s.enter()
	s.at("Error")
	s.golden("judgement-refused")
	s.enter()
	s.letters("Allergy clinic: no contraindication")
	s.enter()
	s.at("Consent")
	override := s.drafts()[0].Screening.Override
	require.NotNil(t, override)
	assert.Equal(t, "Allergy clinic: no contraindication", override.Reason)
	assert.Equal(t, "nurse", override.ByID)
}

func TestContraindicatedStops(t *testing.T) {
	s := newStage(t).signIn()
	s.prepared("sam", func(visit *capture.Encounter) {
		s.answered(visit, map[string]capture.Answer{"C06": {Value: capture.Yes, FollowUps: map[string]string{"C06_substance": "peg"}}})
	})
	s.at("What screening says")
	s.golden("judgement-stop")
	s.enter()
	s.at("Vaccine not given")
	s.enter()
	s.at("Check and confirm")
	s.enter()
	s.at("Saved")
	events := s.today()
	require.Len(t, events, 1)
	assert.Equal(t, "contraindicated", events[0].NotGiven.Choice)
	assert.Equal(t, capture.Contraindicated, events[0].Decision.Outcome)
}

func TestAParentConsentsForAChild(t *testing.T) {
	s := newStage(t).signIn()
	s.prepared("kwame", func(visit *capture.Encounter) {
		visit.Plan.Product = "comirnaty10"
		s.answered(visit, nil)
		visit.Screening.ScreenerID = "nurse"
	})
	s.at("What screening says") // seen again, although it was left with a screener chosen
	s.enter()
	s.at("Consent")
	s.letters("1")
	s.golden("consent-parent")
	s.enter()
	s.at("Error")
	s.golden("consent-refused")
	s.enter()
	s.letters("Ama O'Fable")
	s.press(fyne.KeyTab)
	s.letters("mother")
	s.enter()
	s.at("Give the vaccine")
	consent := s.drafts()[0].Consent
	assert.Equal(t, "CT2", consent.Type)
	assert.Equal(t, "Ama O'Fable", consent.By)
	assert.Equal(t, "mother", consent.Relationship)
	s.golden("give-no-batch")
	s.enter()
	s.at("Error")
}

func TestDetailsAreCorrected(t *testing.T) {
	s := newStage(t).signIn()
	s.letters("sam")
	s.enter()
	s.choose("2")
	s.at("Correct the details")
	s.golden("details")
	s.press(fyne.KeyTab)
	for range len("Sampleton") {
		s.press(fyne.KeyBackspace, fyne.KeyDelete)
	}
	s.letters("Specimen")
	s.enter()
	s.at("SPECIMEN, Jo, Is this the right person?")
	assert.Len(t, s.desk.Find("specimen", 5), 1)
}

func TestAVisitOfTheWrongPersonIsClosed(t *testing.T) {
	s := newStage(t).signIn()
	s.letters("sam")
	s.enter()
	s.choose("3")
	s.at("This is somebody else")
	s.golden("leaving")
	s.choose("1")
	s.at("Board")
	assert.Empty(t, s.drafts())
}

// A date that matters only after another answer is not insisted on at once, but nothing is judged without it.
func TestWhatTheDecisionMissesIsAskedFor(t *testing.T) {
	infected := map[string]capture.Answer{"C03": {Value: capture.Yes, FollowUps: map[string]string{"C03_when": "date"}}}
	t.Run("after the last page", func(t *testing.T) {
		s := newStage(t).signIn()
		s.prepared("sam", func(visit *capture.Encounter) {
			s.answered(visit, infected)
			delete(visit.Screening.Answers, "C24")
		})
		s.at("Clinical screening, page 4 of 4")
		s.choose("1")
		s.at("Error: Deltoid: SAMPLETON, Jo, Clinical screening, page 1 of 4")
		s.golden("screening-missed")
		s.enter() // to the day that is missing
		s.letters("1")
		s.press(fyne.KeyTab)
		s.letters("5")
		s.press(fyne.KeyTab)
		s.letters("2022")
		s.enter()
		s.at("Clinical screening, page 2 of 4")
		assert.Equal(t, "2022-05-01", s.drafts()[0].Screening.Answers["C03"].FollowUps["C03_test"])
	})
	t.Run("when the visit is picked up", func(t *testing.T) {
		s := newStage(t).signIn()
		s.prepared("sam", func(visit *capture.Encounter) { s.answered(visit, infected) })
		s.at("Error: Deltoid: SAMPLETON, Jo, Clinical screening, page 1 of 4")
	})
}

func TestAnInfectionOpensItsFollowUps(t *testing.T) {
	s := newStage(t).signIn()
	s.toScreening("sam")
	s.letters("221") // C01 and C02 no, C03 yes
	s.golden("screening-infection")
}

func TestASuggestedDoseIsNotTakenForAgreedWhenAVisitIsPickedUp(t *testing.T) {
	s := newStage(t).signIn()
	s.toDose("sam")
	s.command("Put down")
	s.at("Board")
	s.letters("sam")
	s.enter()
	s.at("Which dose is due?")
}
