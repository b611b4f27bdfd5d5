package capture_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/capture"
)

// anyReason is a rule that speaks, with who may go on against it if it stops.
func anyReason(id string) *rapid.Generator[capture.Reason] {
	return rapid.Custom(func(t *rapid.T) capture.Reason {
		reason := capture.Reason{RuleID: id, Sentence: "A rule spoke", Outcome: rapid.SampledFrom([]capture.Outcome{
			capture.Proceed, capture.Caution, capture.SeekAdvice, capture.Defer, capture.Contraindicated,
		}).Draw(t, "outcome")}
		if reason.Outcome.Severity() >= capture.SeekAdvice.Severity() {
			reason.Override = rapid.SampledFrom([]string{capture.OverrideClinician, capture.OverridePrescriber, capture.OverrideNobody}).Draw(t, "override")
		}
		return reason
	})
}

// anyDecision is a decision as screening makes them: as severe as its most severe reason.
func anyDecision() *rapid.Generator[capture.Decision] {
	return rapid.Custom(func(t *rapid.T) capture.Decision {
		decision := capture.Decision{Outcome: capture.Proceed}
		for _, id := range strings.Fields("X1 X2 X3")[:rapid.IntRange(0, 3).Draw(t, "reasons")] {
			reason := anyReason(id).Draw(t, id)
			decision.Reasons = append(decision.Reasons, reason)
			if reason.Outcome.Severity() > decision.Outcome.Severity() {
				decision.Outcome = reason.Outcome
			}
		}
		return decision
	})
}

// goingOn is a visit that somebody tries to complete although screening may have stopped it.
type goingOn struct {
	mechanism string
	decision  capture.Decision
	override  *capture.Override
	directed  bool // a prescriber's direction is there
}

func anyGoingOn(rt *rapid.T) goingOn {
	g := goingOn{
		mechanism: rapid.SampledFrom([]string{"pgd", "national-protocol", "psd", "prescriber"}).Draw(rt, "mechanism"),
		decision:  anyDecision().Draw(rt, "decision"),
		directed:  rapid.Bool().Draw(rt, "directed"),
	}
	if rapid.Bool().Draw(rt, "overridden") {
		g.override = &capture.Override{
			ByID:   rapid.SampledFrom([]string{"nurse", "pharmacist", "recorder", "nobody"}).Draw(rt, "by"),
			Reason: rapid.SampledFrom([]string{"", "  ", "agreed with the specialist"}).Draw(rt, "reason"),
			Advice: rapid.SampledFrom([]string{"", "Dr Pat Example, C1234567"}).Draw(rt, "advice"),
		}
	}
	return g
}

// try completes the visit, and tells whether a dose is on record.
func (g goingOn) try(t *testing.T, rt require.TestingT) (given bool) {
	d := under(t, g.mechanism)
	visit := ready(t, d)
	d.assessor.decide = func(capture.Case) capture.Decision { return g.decision }
	visit.Screening.Precautions = strings.Fields("X1 X2 X3")
	visit.Screening.Override = g.override
	if g.directed {
		visit.Direction = &capture.Direction{Prescriber: "Dr Pat Example", Number: "C1234567", On: today}
	}
	event, err := d.Complete(t.Context(), visit)
	if err != nil {
		require.Empty(rt, d.store.events, "refused and saved all the same")
		return false
	}
	if g.decision.NeedsOverride() {
		checkGoneOnAgainst(rt, g.mechanism, g.decision, visit, event)
	}
	return true
}

// Whatever was decided, entered and chosen: a dose that is on record was nowhere stopped without somebody entitled going on.
func TestNothingIsGivenAgainstAStopWithoutAnOverride(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) { anyGoingOn(rt).try(t, rt) })
}

// The ways on and off that random visits must be able to take, each once.
func TestWhoMayGoOnAgainstAStop(t *testing.T) {
	stopped := func(outcome capture.Outcome, override string) capture.Decision {
		return capture.Decision{Outcome: outcome, Reasons: []capture.Reason{{RuleID: "X1", Sentence: "A rule spoke", Outcome: outcome, Override: override}}}
	}
	agreed := func(by, advice string) *capture.Override {
		return &capture.Override{ByID: by, Reason: "agreed with the specialist", Advice: advice}
	}
	for name, test := range map[string]struct {
		visit goingOn
		given bool
	}{
		"nothing stops it":                    {goingOn{mechanism: "pgd", decision: capture.Decision{Outcome: capture.Proceed}}, true},
		"stopped":                             {goingOn{mechanism: "pgd", decision: stopped(capture.SeekAdvice, capture.OverrideClinician)}, false},
		"a nurse goes on":                     {goingOn{mechanism: "pgd", decision: stopped(capture.SeekAdvice, capture.OverrideClinician), override: agreed("nurse", "")}, true},
		"nobody registered goes on":           {goingOn{mechanism: "pgd", decision: stopped(capture.SeekAdvice, capture.OverrideClinician), override: agreed("recorder", "")}, false},
		"nobody may go on":                    {goingOn{mechanism: "psd", decision: stopped(capture.Defer, capture.OverrideNobody), override: agreed("nurse", "Dr Pat Example, C1234567"), directed: true}, false},
		"a prescriber must agree":             {goingOn{mechanism: "pgd", decision: stopped(capture.Defer, capture.OverridePrescriber), override: agreed("nurse", "")}, false},
		"a prescriber agrees":                 {goingOn{mechanism: "pgd", decision: stopped(capture.Defer, capture.OverridePrescriber), override: agreed("nurse", "Dr Pat Example, C1234567")}, true},
		"contraindicated, by group direction": {goingOn{mechanism: "pgd", decision: stopped(capture.Contraindicated, capture.OverridePrescriber), override: agreed("nurse", "Dr Pat Example, C1234567")}, false},
		"contraindicated, by a prescriber":    {goingOn{mechanism: "psd", decision: stopped(capture.Contraindicated, capture.OverridePrescriber), override: agreed("nurse", ""), directed: true}, true},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, test.given, test.visit.try(t, t)) })
	}
}

// checkGoneOnAgainst looks at a dose that was given although a reason stopped it.
func checkGoneOnAgainst(t require.TestingT, mechanism string, decision capture.Decision, visit capture.Encounter, event capture.Event) {
	override := visit.Screening.Override
	require.NotNil(t, override)
	require.NotEmpty(t, strings.TrimSpace(override.Reason))
	require.Contains(t, []string{"nurse", "pharmacist"}, override.ByID, "not registered")
	require.NotNil(t, event.OverriddenBy)
	for _, reason := range decision.Reasons {
		require.NotEqual(t, capture.OverrideNobody, reason.Override)
		if reason.Outcome == capture.Contraindicated {
			require.Contains(t, []string{"psd", "prescriber"}, mechanism, "contraindicated and given without a prescriber")
		}
		if reason.Override == capture.OverridePrescriber {
			require.True(t, override.Advice != "" || visit.Direction != nil, "no prescriber is named")
		}
	}
}
