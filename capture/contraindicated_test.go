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

// Whatever was decided, entered and chosen: a dose that is on record was nowhere stopped without somebody entitled going on.
func TestNothingIsGivenAgainstAStopWithoutAnOverride(t *testing.T) {
	given, against := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		mechanism := rapid.SampledFrom([]string{"pgd", "national-protocol", "psd", "prescriber"}).Draw(rt, "mechanism")
		d := under(t, mechanism)
		visit := ready(t, d)
		decision := anyDecision().Draw(rt, "decision")
		d.assessor.decide = func(capture.Case) capture.Decision { return decision }
		visit.Screening.Precautions = strings.Fields("X1 X2 X3")
		if rapid.Bool().Draw(rt, "overridden") {
			visit.Screening.Override = &capture.Override{
				ByID:   rapid.SampledFrom([]string{"nurse", "pharmacist", "recorder", "nobody"}).Draw(rt, "by"),
				Reason: rapid.SampledFrom([]string{"", "  ", "agreed with the specialist"}).Draw(rt, "reason"),
				Advice: rapid.SampledFrom([]string{"", "Dr Pat Example, C1234567"}).Draw(rt, "advice"),
			}
		}
		if rapid.Bool().Draw(rt, "directed") {
			visit.Direction = &capture.Direction{Prescriber: "Dr Pat Example", Number: "C1234567", On: today}
		}
		event, err := d.Complete(t.Context(), visit)
		if err != nil {
			require.Empty(rt, d.store.events, "refused and saved all the same")
			return
		}
		given++
		if decision.NeedsOverride() {
			against++
			checkGoneOnAgainst(rt, mechanism, decision, visit, event)
		}
	})
	require.Positive(t, given, "nothing was ever given, so nothing was tested")
	require.Positive(t, against, "nobody ever went on against advice")
}

// checkGoneOnAgainst looks at a dose that was given although a reason stopped it.
func checkGoneOnAgainst(t *rapid.T, mechanism string, decision capture.Decision, visit capture.Encounter, event capture.Event) {
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
