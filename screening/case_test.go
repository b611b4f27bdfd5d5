package screening_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/screening"
)

var baseline = catalogue.MustDate("2022-05-12")

func known(t require.TestingT) *catalogue.Catalogue {
	c, err := catalogue.Load()
	require.NoError(t, err)
	return c
}

func engine(t require.TestingT) *screening.Engine { return screening.New(known(t)) }

func engineOf(c *catalogue.Catalogue) *screening.Engine { return screening.New(c) }

// sortedDays are the days of the doses of a case, in order.
func sortedDays(who capture.Case) []catalogue.Date {
	var days []catalogue.Date
	for _, dose := range who.History {
		days = append(days, dose.Date)
	}
	slices.SortFunc(days, catalogue.Date.Compare)
	return days
}

// born is the birth date of somebody who is so many years and a day old on the baseline.
func born(age int) catalogue.Date {
	day := baseline.AddDays(-1)
	day.Year -= age
	return day
}

// at is a healthy person of an age at the desk on the baseline, with every question answered and nothing to report.
func at(age int, product string, kind catalogue.DoseKind) capture.Case {
	return capture.Case{
		Day: baseline, Person: capture.Person{BirthDate: born(age), Gender: "2"}, Disease: capture.COVID19,
		Product: product, Kind: kind, Mechanism: "pgd", Answers: said(""),
	}
}

// said is a whole set of answers about COVID-19: no to everything and a wish to go on, save what the words tell, such as
// "C01=yes C01_severity=fever".
func said(words string) map[string]capture.Answer {
	return saidTo("C01 C02 C03 C04 C05 C06 C07 C08 C09 C10 C11 C12 C13 C14 C15 C16 C17 C18 C19 C20 C21 C22 C23 C24", "C24=yes "+words)
}

// saidTo answers each question with no, save what the words tell.
func saidTo(questions, words string) map[string]capture.Answer {
	answers := map[string]capture.Answer{}
	for id := range strings.FieldsSeq(questions) {
		answers[id] = capture.Answer{Value: capture.No}
	}
	for word := range strings.FieldsSeq(words) {
		id, value, _ := strings.Cut(word, "=")
		question, _, further := strings.Cut(id, "_")
		answer := answers[question]
		if further {
			if answer.FollowUps == nil {
				answer.FollowUps = map[string]string{}
			}
			answer.FollowUps[id] = value
		} else {
			answer.Value = value
		}
		answers[question] = answer
	}
	return answers
}

// had is an earlier dose recorded on this device.
func had(day, product string, kind catalogue.DoseKind) capture.Dose {
	return capture.Dose{Date: catalogue.MustDate(day), Disease: capture.COVID19, Product: product, Kind: kind, Source: capture.SourceHere}
}

func assess(t *testing.T, who capture.Case) capture.Decision {
	t.Helper()
	decision, err := engine(t).Assess(who)
	require.NoError(t, err)
	return decision
}

func next(t *testing.T, who capture.Case) capture.Suggestion {
	t.Helper()
	suggestion, err := engine(t).NextDose(who)
	require.NoError(t, err)
	return suggestion
}

func reasonOf(decision capture.Decision, rule string) (capture.Reason, bool) {
	i := slices.IndexFunc(decision.Reasons, func(r capture.Reason) bool { return r.RuleID == rule })
	if i < 0 {
		return capture.Reason{}, false
	}
	return decision.Reasons[i], true
}

func ruleIDs(decision capture.Decision) []string {
	var ids []string
	for _, reason := range decision.Reasons {
		ids = append(ids, reason.RuleID)
	}
	return ids
}
