package catalogue_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
)

func TestQuestionSet(t *testing.T) {
	set := load(t).At(baseline).QuestionSet("COVID-19")
	assert.Equal(t, "C", set.ID)
	assert.NotEmpty(t, set.Version)
	require.Len(t, set.Questions, 24)
	assert.Equal(t, "C01", set.Questions[0].ID)
	assert.Equal(t, "C24", set.Questions[23].ID)
	for _, question := range set.Questions {
		assert.True(t, strings.HasSuffix(question.Text, "?"), question.ID)
		for _, followUp := range question.FollowUps {
			assert.True(t, strings.HasPrefix(followUp.ID, question.ID+"_"), followUp.ID)
		}
	}
	assert.Empty(t, load(t).At(baseline).QuestionSet("measles").Questions)
}

// C23 asks about Vaxzevria under 40 from 7 May 2021, and asked about it under 30 in the month before.
func TestQuestionsAreDated(t *testing.T) {
	for day, want := range map[string]string{
		"2021-04-06": "",
		"2021-04-07": `platform == "AZ" && age < 30 && !at_risk`,
		"2021-05-06": `platform == "AZ" && age < 30 && !at_risk`,
		"2021-05-07": `platform == "AZ" && age < 40`,
	} {
		got := ""
		for _, question := range load(t).At(catalogue.MustDate(day)).QuestionSet("COVID-19").Questions {
			if question.ID == "C23" {
				got = question.Applies.String()
			}
		}
		assert.Equal(t, want, got, day)
	}
}

func TestDoseRuleDates(t *testing.T) {
	c := load(t)
	for _, test := range []struct {
		id, first, last string
		kinds           int
	}{
		{"R01", "2020-12-08", "", 1},
		{"R02", "2021-04-07", "2021-05-06", 1},
		{"R03", "2021-05-07", "", 2},
		{"R04", "2020-12-30", "2021-05-13", 1},
		{"R05", "2021-05-14", "", 1},
		{"R06", "2021-07-19", "", 2},
		{"R07", "2021-08-04", "", 1},
		{"R08", "2021-09-13", "", 1},
		{"R09", "2021-11-15", "", 1},
		{"R10", "2021-11-29", "", 1},
		{"R11", "2021-09-01", "", 1},
		{"R11b", "2022-01-24", "", 1},
		{"R12", "2021-09-14", "2021-12-07", 1},
		{"R13", "2021-11-08", "2021-12-07", 1},
		{"R14", "2021-11-15", "2021-12-07", 1},
		{"R15", "2021-11-29", "", 1},
		{"R16", "2021-12-08", "", 1},
		{"R17", "2021-12-13", "", 1},
		{"R18", "2021-12-22", "", 1},
		{"R19", "2022-01-24", "", 2},
		{"R20", "2022-04-04", "", 2},
		{"R21", "2022-03-21", "", 1},
		{"R22", "2022-03-21", "", 1},
		{"R23", "2022-03-21", "", 1},
		{"R24a", "2021-09-14", "2021-11-28", 1},
		{"R24b", "2021-11-29", "", 1},
	} {
		t.Run(test.id, func(t *testing.T) {
			open := func(day catalogue.Date) int {
				count := 0
				for _, rule := range c.At(day).DoseRules() {
					if rule.ID == test.id {
						count++
					}
				}
				return count
			}
			first := catalogue.MustDate(test.first)
			assert.Equal(t, 0, open(first.AddDays(-1)))
			assert.Equal(t, test.kinds, open(first))
			if test.last == "" {
				assert.Equal(t, test.kinds, open(catalogue.MustDate("2022-12-31")))
				return
			}
			last := catalogue.MustDate(test.last)
			assert.Equal(t, test.kinds, open(last))
			assert.Equal(t, 0, open(last.AddDays(1)))
		})
	}
}

func TestDoseRuleIntervals(t *testing.T) {
	for _, test := range []struct {
		day, id              string
		minimum, recommended int
	}{
		{"2021-03-01", "R04", 0, 77},
		{"2022-05-12", "R05", 0, 56},
		{"2022-05-12", "R09", 21, 84},
		{"2022-05-12", "R10", 21, 84},
		{"2022-05-12", "R11", 56, 56},
		{"2021-10-01", "R12", 182, 182},
		{"2022-05-12", "R17", 91, 91},
		{"2022-05-12", "R21", 91, 182},
		{"2022-05-12", "R24b", 91, 91},
	} {
		rule := doseRule(t, test.day, test.id)
		assert.Equal(t, test.minimum, rule.MinDays, test.id)
		assert.Equal(t, test.recommended, rule.Recommended, test.id)
	}
}

// The wait after mRNA vaccines was suspended on 14 December 2021 and removed for 12 and over on 5 May 2022.
func TestObservationRulesAreDated(t *testing.T) {
	minutes := func(day, id string) int {
		for _, rule := range load(t).At(catalogue.MustDate(day)).ScreeningRules("COVID-19") {
			if rule.ID == id {
				return rule.Observe
			}
		}
		return -1
	}
	assert.Equal(t, 15, minutes("2021-12-13", "O01"))
	assert.Equal(t, 0, minutes("2021-12-14", "O01"))
	assert.Equal(t, 0, minutes("2022-05-05", "O01"))
	assert.Equal(t, -1, minutes("2021-12-13", "O02"))
	assert.Equal(t, 0, minutes("2021-12-14", "O02"))
	assert.Equal(t, 15, minutes("2022-05-12", "O04"))
}

func TestScreeningRuleShape(t *testing.T) {
	edition := load(t).At(baseline)
	for _, disease := range load(t).Diseases() {
		for _, rule := range edition.ScreeningRules(disease.Key) {
			if rule.Outcome == "seek" && rule.Question != "" {
				assert.GreaterOrEqual(t, rule.Observe, 30, "%s: seeking advice asks for 30 minutes of observation", rule.ID)
			}
			assert.NotEmpty(t, rule.Facts, rule.ID)
		}
	}
	var desk []string
	for _, rule := range edition.DeskRules("COVID-19") {
		desk = append(desk, rule.ID)
	}
	assert.Equal(t, []string{"K05", "K06", "K06-late", "K06-used-up", "K06-vial", "K06-received", "K08", "K14"}, desk)
	assert.Equal(t, len(desk), len(edition.DeskRules("MMR")), "those of every disease")
	for _, rule := range edition.ScreeningRules("MMR") {
		assert.Equal(t, catalogue.StageScreening, rule.Stage, "screening knows nothing of the desk's rules")
	}
}
