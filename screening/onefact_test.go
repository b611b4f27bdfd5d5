package screening_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/screening"
)

// change is one thing of a case that becomes another.
type change struct {
	what string
	make func(*rapid.T, *capture.Case)
}

// changes of one thing each. What the history tells is one thing: a dose more.
var changes = []change{
	{"birth date", func(t *rapid.T, who *capture.Case) {
		who.Person.BirthDate = who.Person.BirthDate.AddDays(-rapid.IntRange(1, 4000).Draw(t, "days older"))
	}},
	{"gender", func(t *rapid.T, who *capture.Case) { who.Person.Gender += "0" }},
	{"at risk", func(t *rapid.T, who *capture.Case) { who.Circumstances.AtRisk = !who.Circumstances.AtRisk }},
	{"contact", func(t *rapid.T, who *capture.Case) {
		who.Circumstances.HouseholdContact = !who.Circumstances.HouseholdContact
	}},
	{"care home", func(t *rapid.T, who *capture.Case) {
		who.Circumstances.CareHomeResident = !who.Circumstances.CareHomeResident
	}},
	{"mechanism", func(t *rapid.T, who *capture.Case) { who.Mechanism = "another" }},
	{"dose", func(t *rapid.T, who *capture.Case) {
		dose := capture.Dose{Date: who.Day.AddDays(-rapid.IntRange(0, 3000).Draw(t, "days ago")), Disease: who.Disease, Product: who.Product, Source: capture.SourceHere}
		who.History = append(slices.Clone(who.History), dose)
	}},
}

// Changing one thing changes only the reasons of rules that name a fact which changed with it: nothing else moves a decision.
func TestOneFactChangesOnlyTheReasonsThatUseIt(t *testing.T) {
	e, c := engine(t), known(t)
	cases := anyCase(c)
	moved := 0
	rapid.Check(t, func(t *rapid.T) {
		before := cases.Draw(t, "case")
		after := before
		changed := rapid.SampledFrom(changes).Draw(t, "what changes")
		changed.make(t, &after)
		moved += compare(t, mustDecide(t, e.Explain, before), mustDecide(t, e.Explain, after), changed.what)
	})
	if !testing.Short() { // a short run may draw none
		require.Positive(t, moved, "nothing ever moved, so nothing was tested")
	}
}

// Another answer to one question changes only facts that come of that question, and only the reasons that use those.
func TestOneAnswerChangesOnlyWhatComesOfIt(t *testing.T) {
	e, c := engine(t), known(t)
	cases := anyCase(c)
	moved := 0
	rapid.Check(t, func(t *rapid.T) {
		before := cases.Draw(t, "case")
		set := c.At(before.Day).QuestionSet(before.Disease)
		question := rapid.SampledFrom(set.Questions).Draw(t, "question")
		after := before
		after.Answers = maps.Clone(before.Answers)
		after.Answers[question.ID] = anyAnswer(before.Day, question).Draw(t, "another answer")
		then, now := mustDecide(t, e.Explain, before), mustDecide(t, e.Explain, after)
		moved += compare(t, then, now, question.ID)
		reach := comesOf(c, set, question)
		for name, value := range factsOf(now) {
			if factsOf(then)[name] != value && !reach[name] {
				t.Fatalf("the answer to %s changed %s", question.ID, name)
			}
		}
	})
	if !testing.Short() { // a short run may draw none
		require.Positive(t, moved, "nothing ever moved, so nothing was tested")
	}
}

// compare fails when a rule says something else although none of its facts changed; it counts the rules that do.
func compare(t *rapid.T, before, after []screening.Trace, what string) int {
	moved := 0
	earlier := map[string]screening.Trace{}
	for _, trace := range before {
		earlier[nameOf(trace)] = trace
	}
	for _, trace := range after {
		then, ok := earlier[nameOf(trace)]
		if strings.HasSuffix(trace.RuleID, "-unread") || ok && says(then) == says(trace) {
			continue
		}
		require.True(t, ok, "%s is looked at in one case only", trace.RuleID)
		moved++
		if slices.Equal(then.Facts, trace.Facts) {
			t.Fatalf("%s changed with the %s though no fact of it did:\n%s\n%s\n%v", trace.RuleID, what, says(then), says(trace), trace.Facts)
		}
	}
	return moved
}

func nameOf(trace screening.Trace) string {
	return strings.Join([]string{trace.About, trace.RuleID, string(trace.Kind), trace.InForceFrom.String()}, " ")
}

// says is what people take from a rule, but for the vaccines of dose rules, which go by the age as well.
func says(trace screening.Trace) string {
	return fmt.Sprint(trace.Spoke, trace.Outcome, trace.Sentence, trace.DeferUntil, trace.Observe, trace.Override)
}

func factsOf(traces []screening.Trace) map[string]string {
	values := map[string]string{}
	for _, trace := range traces {
		for _, fact := range trace.Facts {
			values[fact.Name] = fact.Value
		}
	}
	return values
}

// ofTheCourse are the facts that the course and the dose rules work out, from any answer that a dose rule looks at.
var ofTheCourse = strings.Fields(`suggested_kind covered off_label min_interval recommended_interval before_due_age earliest_dose
	recommended_dose third_primary_given last_dose days_since_last season_doses season_first_age season_recorded flu_before defer_until`)

// comesOf are the names that an answer to a question can change: its own, follow-ups that count by it, and facts that answers make.
func comesOf(c *catalogue.Catalogue, set catalogue.QuestionSet, question catalogue.Question) map[string]bool {
	reach := map[string]bool{question.ID: true}
	for _, name := range ofTheCourse {
		reach[name] = true
	}
	for _, followUp := range question.FollowUps {
		reach[followUp.ID], reach[followUp.ID+catalogue.Days] = true, true
	}
	for grew := true; grew; {
		before := len(reach)
		for _, other := range set.Questions {
			for _, followUp := range other.FollowUps {
				if touches(followUp.When.Names(), reach) {
					reach[followUp.ID], reach[followUp.ID+catalogue.Days] = true, true
				}
			}
		}
		for _, fact := range c.Facts() {
			if touches(append(fact.Also.Names(), fact.EarliestOf...), reach) {
				reach[fact.Name], reach[fact.Name+catalogue.Days] = true, true
			}
		}
		grew = len(reach) > before
	}
	return reach
}

func touches(names []string, reach map[string]bool) bool {
	return slices.ContainsFunc(names, func(name string) bool { return reach[name] })
}
