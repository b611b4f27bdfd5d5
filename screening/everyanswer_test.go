package screening_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// more are answers that no case above needs to set its rule off.
var more = append([]spoken{
	{rule: "C04-other", age: 40, product: bnt, answers: "C04=yes C04_which=other", outcome: proceed},
	{rule: "C05-other", age: 40, product: bnt, answers: "C05=yes C05_vaccine=nvx C05_features=anaphylaxis", outcome: seek, override: clinician, observe: 30},
	{rule: "C05-other", age: 40, product: bnt, answers: "C05=yes C05_vaccine=other C05_features=anaphylaxis", outcome: seek, override: clinician, observe: 30},
	{rule: "C15-az-first", age: 45, product: az, answers: "C15=yes C15_mrna_unsuitable=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "C17-yes", age: 30, product: bnt, answers: "C17=yes C17_when=primary C17_cart=no C17_cycle=no", outcome: proceed},
	{rule: "C17-yes", age: 30, product: bnt, answers: "C17=yes C17_when=both C17_cart=no C17_cycle=no", outcome: proceed},
	{rule: "C18-stable", age: 70, product: bnt, answers: "C18=yes C18_which=both C18_stable=yes", outcome: caution},
	{rule: "C18-unstable", age: 70, product: bnt, answers: "C18=yes C18_which=unknown C18_stable=unknown", outcome: seek, override: clinician, observe: 30},
}, fluRules([]spoken{
	{rule: "K09", age: 8, product: laiv, kind: flu2, tweak: atRisk, answers: "F02=yes F02_date=2021-10-01 F02_before=yes", outcome: seek, override: clinician, also: "F02-second"},
	{rule: "F03-same", age: 8, product: laiv, answers: "F03=yes F03_what=vaccine F03_vaccine=LAIV", outcome: contra, override: prescriber, observe: 30},
	{rule: "F03-same", age: 55, product: qivr, answers: "F03=yes F03_what=vaccine F03_vaccine=QIVr", outcome: contra, override: prescriber, observe: 30},
	{rule: "F03-same", age: 70, product: aqiv, answers: "F03=yes F03_what=vaccine F03_vaccine=aQIV", outcome: contra, override: prescriber, observe: 30},
	{rule: "F12-not-in", age: 55, product: qivc, answers: "F12=yes F12_substance=kanamycin", outcome: proceed, observe: 15},
	{rule: "F13-unstable", age: 70, product: aqiv, answers: "F13=yes F13_which=unknown F13_stable=unknown", outcome: seek, override: clinician, observe: 30},
})...)

func TestMoreAnswers(t *testing.T) { speakAll(t, more) }

// everyCase are the cases of the rules of every disease.
func everyCase() []spoken { return slices.Concat(everyRule, everyFluRule, everyMMRRule, more) }

// Each answer to each question, and each choice of each follow-up, is given in a case of some rule, to somebody who is asked.
func TestEveryAnswerIsTried(t *testing.T) {
	tried := map[string]bool{}
	for _, test := range everyCase() {
		who := test.who()
		set, err := engine(t).Questions(who)
		require.NoError(t, err)
		for _, question := range set.Questions {
			answer := who.Answers[question.ID]
			tried[question.ID+"="+answer.Value] = true
			for _, followUp := range question.FollowUps {
				if value := answer.FollowUps[followUp.ID]; value != "" {
					tried[followUp.ID+"="+value] = true
				}
			}
		}
	}
	c := known(t)
	for _, disease := range c.Diseases() {
		for _, question := range c.At(dayOf(disease.Key)).QuestionSet(disease.Key).Questions {
			for _, value := range []string{capture.Yes, capture.No, capture.Unknown} {
				assert.True(t, tried[question.ID+"="+value], "%s=%s", question.ID, value)
			}
			for _, followUp := range question.FollowUps {
				for _, value := range valuesOf(followUp) {
					assert.True(t, tried[followUp.ID+"="+value], "%s=%s", followUp.ID, value)
				}
			}
		}
	}
}

// dayOf is the usual day of the cases of a disease.
func dayOf(disease string) catalogue.Date {
	if disease == capture.Flu {
		return autumn
	}
	return baseline
}

// valuesOf are the answers that a required follow-up can have, where they are few.
func valuesOf(followUp catalogue.FollowUp) []string {
	switch {
	case !followUp.Required:
		return nil
	case followUp.Kind == "yesno":
		return []string{capture.Yes, capture.No, capture.Unknown}
	}
	var values []string
	for _, option := range followUp.Options {
		values = append(values, option.Key)
	}
	return values
}
