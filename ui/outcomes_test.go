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

func TestADeferralKeepsTheDayToComeBack(t *testing.T) {
	s := newStage(t).signIn()
	s.prepared("sam", func(visit *capture.Encounter) {
		s.answered(visit, map[string]capture.Answer{"C03": {Value: capture.Yes, FollowUps: map[string]string{"C03_when": "date", "C03_test": "2022-05-02"}}})
	})
	s.at("What screening says")
	s.golden("judgement-defer")
	s.command("Vaccine not given")
	s.at("Vaccine not given")
	s.letters("7") // deferred
	s.golden("not-given-deferred")
	s.enter()
	s.at("Check and confirm")
	s.golden("check-deferred")
	s.enter()
	s.at("Saved")
	s.golden("saved-deferred")
	event := s.today()[0]
	assert.Equal(t, "deferred", event.NotGiven.Choice)
	assert.Equal(t, catalogue.MustDate("2022-05-30"), event.NotGiven.Until)
}

func TestADeferralNeedsADay(t *testing.T) {
	s := newStage(t).signIn()
	s.toDose("sam")
	s.command("Vaccine not given")
	s.letters("7")
	s.enter()
	s.at("Error")
	s.golden("not-given-deferred-refused")
}

func TestPrecautionsAreTickedOff(t *testing.T) {
	s := newStage(t).signIn()
	s.prepared("sam", func(visit *capture.Encounter) {
		s.answered(visit, map[string]capture.Answer{
			"C18": {Value: capture.Unknown}, "C21": {Value: capture.Yes},
		})
	})
	s.at("What screening says")
	s.golden("judgement-caution")
	s.enter()
	s.at("Error")
	s.golden("judgement-caution-refused")
	s.enter() // to the first box
	s.press(fyne.KeySpace, fyne.KeyTab, fyne.KeySpace)
	s.golden("judgement-caution-ticked")
	s.enter()
	s.at("Consent")
	assert.Equal(t, []string{"C18-unknown", "C21-yes"}, s.drafts()[0].Screening.Precautions)
}

func TestWhyShowsEveryRule(t *testing.T) {
	s := newStage(t).signIn()
	s.prepared("sam", func(visit *capture.Encounter) {
		s.answered(visit, map[string]capture.Answer{"C07": {Value: capture.Unknown}})
	})
	s.letters("Clinic asked") // why go on
	s.app.Window.Canvas().Focus(nil)
	s.press(fyne.KeyTab) // the link
	s.enter()
	s.at("Why: every rule that was looked at")
	s.golden("trace")
	s.press(fyne.KeyDown)
	s.golden("trace-other")
	s.press(fyne.KeyEscape)
	s.at("What screening says")
	s.golden("judgement-typed")
	s.enter()
	s.at("Consent")
	require.NotNil(t, s.drafts()[0].Screening.Override)
	assert.Equal(t, "Clinic asked", s.drafts()[0].Screening.Override.Reason)
}

func TestRulesInForce(t *testing.T) {
	s := newStage(t).signIn()
	s.command("Rules in force")
	s.at("Rules in force on 12 May 2022")
	s.golden("in-force")
	s.app.Window.Canvas().FocusPrevious()
	s.letters("3")
	s.golden("in-force-dose-rules")
	s.press(fyne.KeyEscape)
	s.at("Board")
}

func TestAReactionIsLinkedToItsDose(t *testing.T) {
	s := newStage(t).signIn()
	s.toCheck("sam")
	s.enter()
	s.at("Saved")
	s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeySpace)
	s.at("Reaction of SAMPLETON, Jo")
	s.golden("reaction")
	s.enter()
	s.at("Error")
	s.enter()
	s.letters("0")
	s.enter()
	s.at("Error")
	s.golden("reaction-refused")
	s.enter() // what happened
	s.letters("Hives on both arms")
	s.press(fyne.KeyTab)
	s.letters("1") // how it showed
	s.press(fyne.KeyTab, fyne.KeyTab)
	s.letters("1") // allergy
	s.press(fyne.KeyTab)
	s.letters("2") // moderate
	s.press(fyne.KeyTab, fyne.KeySpace, fyne.KeyTab, fyne.KeyTab)
	s.letters("1") // recovered
	s.golden("reaction-filled")
	s.enter()
	s.at("SAMPLETON, Jo, record")
	s.golden("record-reaction")
	reactions, err := s.desk.Reactions(t.Context(), s.today()[0].ID)
	require.NoError(t, err)
	require.Len(t, reactions, 1)
	assert.Equal(t, s.today()[0].ID, reactions[0].EventID)
	assert.Equal(t, "moderate", reactions[0].Severity)
	assert.True(t, reactions[0].Adrenaline)
	s.press(fyne.KeyEscape)
	s.at("Board")
}

func TestARecordOfTodayIsOpenedFromTheBoard(t *testing.T) {
	s := newStage(t).signIn()
	s.toDose("sam")
	s.command("Vaccine not given")
	s.choose("1")
	s.enter()
	s.enter()
	s.at("Board")
	s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeySpace) // over the button to the name
	s.at("SAMPLETON, Jo, record")
	s.golden("record-not-given")
	s.press(fyne.KeyEscape)
	s.at("Board")
}

func TestADoseOfAnEarlierDayTakesAReason(t *testing.T) {
	s := newStage(t).signIn()
	s.toConsent("sam")
	s.consents()
	s.at("Give the vaccine")
	s.letters("1")
	s.app.Window.Canvas().FocusPrevious() // it was given earlier
	s.enter()
	s.golden("give-earlier")
	s.letters("1")
	s.press(fyne.KeyTab)
	s.letters("5")
	s.press(fyne.KeyTab)
	s.letters("2022")
	s.enter()
	s.at("Error") // the time
	s.golden("give-earlier-refused")
	s.enter()
	s.letters("14:05")
	s.enter()
	s.at("Error") // the reason
	s.golden("give-earlier-reason")
	s.enter()
	s.choose("1")
	s.at("Check and confirm")
	s.golden("check-earlier")
	s.enter()
	s.at("Saved")
	event := s.today()[0]
	assert.Equal(t, time.Date(2022, 5, 1, 13, 5, 0, 0, time.UTC), event.At)
	assert.Equal(t, "outage", event.Late.Reason)
}

func TestAnOpenedVialIsCarriedOver(t *testing.T) {
	s := newStage(t).signIn()
	_, err := s.desk.OpenVial(t.Context(), s.batch.ID, now.Add(-time.Hour))
	require.NoError(t, err)
	_, err = s.desk.OpenVial(t.Context(), s.batch.ID, now.Add(-13*time.Hour))
	require.NoError(t, err)
	s.toConsent("sam")
	s.consents()
	s.at("Give the vaccine")
	s.golden("give-vial")
	s.letters("1")
	for range 4 { // back over the time, the amount and the link to the vials
		s.app.Window.Canvas().FocusPrevious()
	}
	s.letters("2") // past its use
	s.enter()
	s.at("Error")
	s.golden("give-vial-past")
	s.enter()
	s.letters("The only vial left")
	s.enter()
	s.at("Check and confirm")
	assert.Equal(t, "The only vial left", s.drafts()[0].Give.VialReason)
}

func TestMoreIsKeptAboutAPerson(t *testing.T) {
	s := newStage(t).signIn()
	s.toDose("sam")
	s.enter()
	s.at("Why are they offered it?")
	s.letters("2") // clinically at risk
	s.press(fyne.KeyTab, fyne.KeySpace, fyne.KeyTab, fyne.KeySpace, fyne.KeyTab, fyne.KeySpace, fyne.KeyTab)
	s.letters("many")
	s.golden("eligible-more")
	s.enter()
	s.at("Error")
	s.golden("eligible-refused")
	s.enter()
	for range "many" {
		s.press(fyne.KeyBackspace, fyne.KeyDelete)
	}
	s.letters("50")
	s.enter()
	s.at("Error")
	s.golden("eligible-weeks-refused")
	s.enter()
	s.press(fyne.KeyDelete, fyne.KeyDelete, fyne.KeyBackspace, fyne.KeyBackspace)
	s.letters("20")
	s.enter()
	s.at("More about them")
	s.press(fyne.KeySpace)
	s.golden("more-about")
	s.enter()
	s.at("Clinical screening")
	more := s.drafts()[0].Additional
	assert.Equal(t, []string{"respiratory"}, more.Conditions)
	assert.Equal(t, 20, more.PregnancyWeeks)
}

func TestTheEthnicCategoryIsAskedOnce(t *testing.T) {
	s := newStage(t).signIn()
	s.toDose("sam")
	s.enter()
	s.letters("1")
	for range 7 { // over the boxes to the link
		s.press(fyne.KeyTab)
	}
	s.press(fyne.KeySpace)
	s.letters("irish")
	s.golden("eligible-ethnic")
	s.enter() // takes it
	s.enter()
	s.at("Clinical screening")
	assert.Equal(t, "B", s.desk.Find("sampleton, jo", 1)[0].EthnicCategory)
}

func TestARecorderTypesForAClinician(t *testing.T) {
	s := newStageWith(t, func(door *gate) {
		door.staff = capture.Staff{ID: "clerk", UserName: "c.clerk", Forename: "Cato", Surname: "Clerk"}
	}).signIn()
	s.toScreening("sam")
	s.golden("screening-recorder")
	s.press(fyne.KeyTab)
	s.letters("22222")
	s.enter()
	s.at("Error")
	s.golden("screening-recorder-refused")
	s.enter()
	s.choose("1")
	s.at("Clinical screening, page 2")
	assert.Equal(t, "nurse", s.drafts()[0].Screening.ScreenerID)
}
