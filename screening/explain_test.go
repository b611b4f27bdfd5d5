package screening_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/screening"
)

func explain(t require.TestingT, who capture.Case) []screening.Trace {
	traces, err := engine(t).Explain(who)
	require.NoError(t, err)
	return traces
}

func traceOf(t require.TestingT, traces []screening.Trace, rule string) screening.Trace {
	i := slices.IndexFunc(traces, func(trace screening.Trace) bool { return trace.RuleID == rule })
	require.GreaterOrEqual(t, i, 0, rule)
	return traces[i]
}

func TestExplainARuleThatSpoke(t *testing.T) {
	who := at(80, bnt, spring)
	who.History = []capture.Dose{had("2021-02-01", bnt, p1), had("2021-04-20", bnt, p2), had("2022-03-01", bnt, boost)}
	trace := traceOf(t, explain(t, who), "K02")
	assert.True(t, trace.Spoke)
	assert.Equal(t, capture.Defer, trace.Outcome)
	assert.Equal(t, "days_since_last >= 0 && days_since_last < min_interval", trace.Condition)
	assert.Contains(t, trace.Sentence, "Only 72 days")
	assert.Equal(t, catalogue.MustDate("2022-05-31"), trace.DeferUntil)
	assertFact(t, trace.Facts, "days_since_last", "72")
	assertFact(t, trace.Facts, "min_interval", "91")
	assert.NotEmpty(t, trace.Source)
	assert.Equal(t, "neighbour", trace.Confidence)
	assert.Equal(t, catalogue.MustDate("2020-12-08"), trace.InForceFrom)
}

func TestExplainARuleThatDidNot(t *testing.T) {
	trace := traceOf(t, explain(t, at(40, bnt, p1)), "K01-young")
	assert.False(t, trace.Spoke)
	assert.Equal(t, "This vaccine is not given under {product_age_min} years of age except on the direction of a prescriber", trace.Sentence)
	assertFact(t, trace.Facts, "age", "40")
	assertFact(t, trace.Facts, "product_age_min", "12")
	assert.True(t, trace.DeferUntil.IsZero())
}

// Why this kind of dose and this vaccine: which dose rules gave it, to whom, and which vaccine comes last.
func TestExplainDoseRules(t *testing.T) {
	who := at(34, az, p1)
	traces := explain(t, who)
	gives := traceOf(t, traces, "R01")
	assert.True(t, gives.Spoke)
	assert.Equal(t, screening.LookedDose, gives.About)
	assert.Equal(t, p1, gives.Kind)
	assert.Equal(t, []string{bnt, "comirnaty30_rtu", mod, az}, gives.Products)
	ranks := traceOf(t, traces, "R03")
	assert.True(t, ranks.Spoke)
	assert.Equal(t, []string{az}, ranks.Products)
	not := traceOf(t, traces, "R21")
	assert.False(t, not.Spoke)
	assert.Empty(t, not.Products)
	assertFact(t, not.Facts, "born_yyyymmdd", who.Person.BirthDate.Compact())
	for _, trace := range traces {
		assert.NotEqual(t, "R04", trace.RuleID, "not in force on the day")
		assert.NotEqual(t, catalogue.AdviceOnly, trace.Kind)
	}
}

func TestExplainFailsWhereAssessDoes(t *testing.T) {
	who := at(40, bnt, p1)
	who.Day = catalogue.Date{}
	_, err := engine(t).Explain(who)
	assert.ErrorIs(t, err, screening.ErrNoDay)
}

// What spoke is what Assess gives as reasons, neither more nor less, and every rule in force is there.
func TestExplainTellsWhatAssessDecides(t *testing.T) {
	e := engine(t)
	cases := anyCase(known(t))
	rapid.Check(t, func(t *rapid.T) {
		who := cases.Draw(t, "case")
		decision := mustDecide(t, e.Assess, who)
		traces := mustDecide(t, e.Explain, who)
		var spoke []string
		looked := 0
		for _, trace := range traces {
			if trace.About != screening.LookedScreening {
				continue
			}
			looked++
			if trace.Spoke {
				spoke = append(spoke, trace.RuleID+" "+string(trace.Outcome)+" "+trace.Sentence+" "+trace.DeferUntil.String())
			}
		}
		var reasons []string
		for _, reason := range decision.Reasons {
			reasons = append(reasons, reason.RuleID+" "+string(reason.Outcome)+" "+reason.Sentence+" "+reason.DeferUntil.String())
		}
		require.ElementsMatch(t, reasons, spoke)
		require.GreaterOrEqual(t, looked, len(known(t).At(who.Day).ScreeningRules(who.Disease)))
	})
}

// A question that nobody asked yet does not read like one that nobody could answer.
func TestNotAnsweredIsNotNotKnown(t *testing.T) {
	who := at(40, bnt, p1)
	words := func() string {
		trace := traceOf(t, explain(t, who), "C07-unknown")
		return trace.Facts[0].String()
	}
	delete(who.Answers, "C07")
	assert.True(t, strings.HasSuffix(words(), "? not answered"), words())
	who.Answers["C07"] = capture.Answer{Value: capture.Unknown}
	assert.True(t, strings.HasSuffix(words(), "? not known"), words())
}
