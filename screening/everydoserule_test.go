package screening_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/screening"
)

// entitled is a dose rule with somebody it holds for and somebody, as like as can be, it does not hold for. People are told in
// words: age=12 or months=8 completed on the day, born=1947-06-30, circumstances, answers, and doses such as had=2021-10-01.
type entitled struct {
	rule    string
	kind    catalogue.DoseKind
	from    string
	yes, no string
}

var everyDoseRule = []entitled{
	{"R01", p1, "2020-12-08", "age=18", "age=17"},
	{"R02", p1, "2021-04-07", "age=29", "age=30"},
	{"R03", p1, "2021-05-07", "age=39", "age=40"},
	{"R03", boost, "2021-05-07", "age=18", "age=18 risk"},
	{"R04", p2, "2020-12-30", "age=18", "age=17"},
	{"R05", p2, "2021-05-14", "age=18", "age=17"},
	{"R06", p1, "2021-07-19", "age=12 risk", "age=12"},
	{"R06", p2, "2021-07-19", "age=15 contact", "age=16 contact"},
	{"R07", p1, "2021-08-04", "age=16", "age=15"},
	{"R07b", p1, "2020-12-08", "age=16 risk", "age=16"},
	{"R08", p1, "2021-09-13", "age=12", "age=11"},
	{"R09", p2, "2021-11-15", "age=17", "age=17 risk"},
	{"R09b", p2, "2020-12-08", "age=17 contact", "age=17"},
	{"R10", p2, "2021-11-29", "age=15", "age=15 risk"},
	{"R11", third, "2021-09-01", "age=12 primary", "age=12"},
	{"R11b", third, "2022-01-24", "age=11 primary", "age=12 primary"},
	{"R12", boost, "2021-09-14", "age=50", "age=49"},
	{"R14", boost, "2021-11-15", "age=49", "age=39"},
	{"R16", boost, "2021-12-08", "age=16 worker", "age=16"},
	{"R17", boost, "2021-12-13", "age=18", "age=17"},
	{"R18", boost, "2021-12-22", "age=12 contact", "age=12"},
	{"R19", p1, "2022-01-24", "age=5 risk", "age=5"},
	{"R19", p2, "2022-01-24", "age=11 contact", "age=12 contact"},
	{"R20", p1, "2022-04-04", "age=5", "age=4"},
	{"R20", p2, "2022-04-04", "age=11", "age=11 risk"},
	{"R21", spring, "2022-03-21", "born=1947-06-30", "born=1947-07-01"},
	{"R22", spring, "2022-03-21", "age=18 home", "age=18"},
	{"R23", spring, "2022-03-21", "age=12 immune", "age=12"},
	{"R24a", boost, "2021-09-14", "age=16 primary third", "age=16 primary"},
	{"R24b", boost, "2021-11-29", "age=18 primary third", "age=17 primary third"},
	{"R24b", boost, "2021-12-22", "age=12 primary third", "age=11 primary third"},

	{"FL01", flu1, "2021-09-01", "months=6 risk", "months=5 risk"},
	{"FL01b", flu1, "2021-09-01", "months=23 contact", "months=24 contact"},
	{"FL02", flu1, "2021-09-01", "age=17 risk", "age=18 risk"},
	{"FL03", flu1, "2021-09-01", "born=2019-08-31", "born=2019-09-01"},
	{"FL04", flu1, "2021-09-01", "born=2005-09-01", "born=2005-08-31"},
	{"FL05", flu1, "2021-09-01", "age=17 carer", "age=18 carer"},
	{"FL06", flu1, "2021-09-01", "age=18 worker", "age=18"},
	{"FL07", flu1, "2021-09-01", "age=50", "age=65"},
	{"FL07b", flu1, "2021-09-01", "born=1972-03-31", "born=1972-04-01"},
	{"FL08", flu1, "2021-09-01", "age=65", "age=64"},
	{"FL08b", flu1, "2021-09-01", "born=1957-03-31", "born=1957-04-01"},
	{"FL11", flu2, "2021-09-01", "months=23 risk", "months=24 risk"},
	{"FL12", flu2, "2021-09-01", "age=8 risk dose", "age=9 risk dose"},
	{"FL20", flu1, "2021-09-01", "age=5 immune", "age=5"},
	{"FL20", flu2, "2021-09-01", "age=15 F11=yes", "age=15"},
	{"FL21", flu1, "2021-09-01", "age=5 F14=yes", "age=5 F14=no"},
	{"FL21", flu2, "2021-09-01", "age=5 F14=yes", "age=5"},
	{"FL22", flu1, "2021-09-01", "age=5 F04=yes F04_anaphylaxis=yes F04_icu=yes", "age=5 F04=yes F04_anaphylaxis=yes F04_icu=no"},
	{"FL22", flu2, "2021-09-01", "age=5 F04=yes F04_anaphylaxis=yes F04_icu=yes", "age=5"},

	{"MR01", mmr1, "2020-12-08", "months=39", "months=40"},
	{"MR02", mmr1, "2020-12-08", "months=40", "months=39"},
	{"MR03", mmr1, "2020-12-08", "months=6 M14=yes M14_reason=travel", "months=6 M14=no"},
	{"MR04", mmr2, "2020-12-08", "months=12", "months=60"},
	{"MR05", mmr2, "2020-12-08", "months=60", "months=59"},
	{"MR06", mmr2, "2020-12-08", "months=39 M14=yes M14_reason=contact", "months=40 M14=yes M14_reason=contact"},
	{"MR07", mmr1, "2020-12-08", "age=30 M05=yes M05_substance=gelatine", "age=30 M05=yes M05_substance=neomycin"},
	{"MR07", mmr2, "2020-12-08", "age=30 M05=yes M05_substance=gelatine", "age=30"},
}

// person reads somebody told in words, as on a day.
func person(t *testing.T, words string, day catalogue.Date, kind catalogue.DoseKind) capture.Case {
	t.Helper()
	known, ok := known(t).Kind(kind)
	require.True(t, ok, kind)
	who := capture.Case{Day: day, Disease: known.Disease, Mechanism: "pgd", Answers: map[string]capture.Answer{}}
	var answers []string
	for word := range strings.FieldsSeq(words) {
		name, value, _ := strings.Cut(word, "=")
		number, _ := strconv.Atoi(value)
		switch name {
		case "age":
			who.Person.BirthDate = day.AddMonths(-12 * number)
		case "months":
			who.Person.BirthDate = day.AddMonths(-number)
		case "born":
			who.Person.BirthDate = catalogue.MustDate(value)
		case "third":
			who.History = append(two(bnt, "2021-01-10", "2021-03-01"), had("2021-09-01", bnt, third))
		case "dose":
			who.History = []capture.Dose{hadFlu(day.String(), laiv, "")}
		default:
			answers = append(answers, word)
		}
	}
	for flag, set := range map[string]*bool{
		"risk": &who.Circumstances.AtRisk, "contact": &who.Circumstances.HouseholdContact, "home": &who.Circumstances.CareHomeResident,
		"carer": &who.Circumstances.Carer, "worker": &who.Circumstances.HealthOrCareWorker,
		"immune": &who.Circumstances.Immunosuppressed, "primary": &who.Circumstances.ImmunosuppressedAtPrimary,
	} {
		for _, word := range answers {
			*set = *set || word == flag
		}
	}
	who.Answers = saidTo("", strings.Join(answers, " "))
	return who
}

// rowOf is the trace of one row of the dose rules; ok is false when the row is not in force.
func rowOf(traces []screening.Trace, rule string, kind catalogue.DoseKind, from string) (screening.Trace, bool) {
	for _, trace := range traces {
		if trace.About == screening.LookedDose && trace.RuleID == rule && trace.Kind == kind && trace.InForceFrom.String() == from {
			return trace, true
		}
	}
	return screening.Trace{}, false
}

// Each row holds for whom it is meant and not for the neighbour, on its first day and not the day before.
func TestEveryDoseRule(t *testing.T) {
	for _, test := range everyDoseRule {
		t.Run(test.rule+" "+string(test.kind)+" "+test.from, func(t *testing.T) {
			first := catalogue.MustDate(test.from)
			yes, ok := rowOf(explain(t, person(t, test.yes, first, test.kind)), test.rule, test.kind, test.from)
			require.True(t, ok, "the row is not in force on its first day")
			assert.True(t, yes.Spoke, "%s: %v", test.yes, yes.Facts)
			assert.NotEmpty(t, yes.Sentence)
			assert.NotEmpty(t, yes.Source)
			no, ok := rowOf(explain(t, person(t, test.no, first, test.kind)), test.rule, test.kind, test.from)
			require.True(t, ok)
			assert.False(t, no.Spoke, "%s: %v", test.no, no.Facts)
		})
	}
}

func TestEveryDoseRuleIsTested(t *testing.T) {
	tested := map[string]bool{}
	for _, test := range everyDoseRule {
		tested[test.rule+" "+string(test.kind)+" from "+test.from] = true
	}
	for _, table := range known(t).Tables() {
		if table.Name != "dose_rules" {
			continue
		}
		for _, row := range table.Rows {
			name := row.ID + " " + row.Kind + " from " + row.From.String()
			if row.Kind != string(catalogue.AdviceOnly) { // kept for the record, never applied
				assert.True(t, tested[name], name)
				delete(tested, name)
			}
		}
	}
	assert.Empty(t, tested, "cases of rules that are no more")
}
