package catalogue_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
)

func doseRule(t *testing.T, day, id string) catalogue.DoseRule {
	t.Helper()
	for _, rule := range load(t).At(catalogue.MustDate(day)).DoseRules() {
		if rule.ID == id {
			return rule
		}
	}
	require.Fail(t, "no dose rule "+id+" on "+day)
	return catalogue.DoseRule{}
}

func TestConditionHolds(t *testing.T) {
	rule := doseRule(t, "2022-05-12", "R21")
	assert.Equal(t, []string{"born_yyyymmdd"}, rule.When.Names())
	for born, want := range map[int]bool{19470630: true, 19470701: false, 19000101: true, -1: false} {
		holds, err := rule.When.Holds(map[string]any{"born_yyyymmdd": born})
		require.NoError(t, err)
		assert.Equal(t, want, holds, born)
	}
}

// A missing fact must never pass as false: a rule that stops would then keep silent.
func TestConditionNeedsItsFacts(t *testing.T) {
	_, err := doseRule(t, "2022-05-12", "R21").When.Holds(map[string]any{"age": 80})
	assert.ErrorContains(t, err, "give every fact it names")
	_, err = doseRule(t, "2022-05-12", "R21").When.Holds(map[string]any{"born_yyyymmdd": "1947"})
	assert.Error(t, err)
}

func TestZeroConditionHolds(t *testing.T) {
	holds, err := catalogue.Condition{}.Holds(nil)
	require.NoError(t, err)
	assert.True(t, holds)
	assert.Empty(t, catalogue.Condition{}.String())
}

// BlankFacts gives every name a condition may use, so that every condition can be evaluated from it.
func TestBlankFactsSufficeForEveryCondition(t *testing.T) {
	c := load(t)
	for _, day := range []string{"2020-12-08", "2021-04-30", "2021-12-10", "2022-05-12"} {
		edition := c.At(catalogue.MustDate(day))
		check := func(what string, condition catalogue.Condition) {
			_, err := condition.Holds(c.BlankFacts())
			assert.NoError(t, err, what)
		}
		for _, rule := range edition.DoseRules() {
			check(rule.ID, rule.When)
		}
		for _, rule := range append(edition.ScreeningRules("COVID-19"), edition.DeskRules("COVID-19")...) {
			check(rule.ID, rule.When)
		}
		for _, question := range edition.QuestionSet("COVID-19").Questions {
			check(question.ID, question.Applies)
			for _, followUp := range question.FollowUps {
				check(followUp.ID, followUp.When)
			}
		}
	}
	for _, fact := range c.Facts() {
		_, err := fact.Also.Holds(c.BlankFacts())
		assert.NoError(t, err, fact.Name)
	}
}

// Nothing is triggered before anything is known, save what speaks of the vaccine chosen.
func TestBlankFactsTriggerNothing(t *testing.T) {
	c := load(t)
	for _, rule := range c.At(baseline).ScreeningRules("COVID-19") {
		holds, err := rule.When.Holds(c.BlankFacts())
		require.NoError(t, err)
		assert.False(t, holds, rule.ID)
	}
}
