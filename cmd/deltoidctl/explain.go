package main

import (
	"context"
	"slices"
	"strings"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/screening"
)

// rulesView is every rule that was looked at.
type rulesView []screening.Trace

// explainer is an assessor that can say what it looked at.
type explainer interface {
	Explain(capture.Case) ([]screening.Trace, error)
}

func lookedAt(ctx context.Context, desk *capture.Desk, encounter capture.Encounter) (rulesView, error) {
	assessor, ok := desk.Assessor.(explainer)
	if !ok {
		return nil, nil
	}
	who, err := desk.Case(ctx, encounter)
	if err != nil {
		return nil, err
	}
	return assessor.Explain(who)
}

// text puts first what spoke, the most severe on top, then the dose rules, and last what was looked at and kept silent.
func (v rulesView) text(p *page, day catalogue.Date) {
	var spoke, silent, gives, gaveNot []screening.Trace
	for _, trace := range v {
		switch {
		case trace.About == screening.LookedDose && trace.Spoke:
			gives = append(gives, trace)
		case trace.About == screening.LookedDose:
			gaveNot = append(gaveNot, trace)
		case trace.Spoke:
			spoke = append(spoke, trace)
		default:
			silent = append(silent, trace)
		}
	}
	slices.SortStableFunc(spoke, func(a, b screening.Trace) int { return b.Outcome.Severity() - a.Outcome.Severity() })
	for _, part := range []struct {
		title  string
		traces []screening.Trace
		says   func(screening.Trace) string
	}{
		{"rules spoke", spoke, saysOutcome},
		{"dose rules hold for this person", gives, saysDose},
		{"dose rules do not hold", gaveNot, saysDose},
		{"rules were looked at and did not speak", silent, saysOutcome},
	} {
		p.line("\n%d %s on %s", len(part.traces), part.title, day.Plain())
		for _, trace := range part.traces {
			p.line("  %s. %s", trace.RuleID, part.says(trace))
			writeTrace(p, trace)
		}
	}
}

func saysOutcome(trace screening.Trace) string {
	says := outcomeWords[trace.Outcome] + ": " + trace.Sentence
	if trace.Override != "" {
		says += " (may go on: " + trace.Override + ")"
	}
	return says
}

func saysDose(trace screening.Trace) string {
	says := string(trace.Kind) + " for " + trace.Sentence
	if len(trace.Products) > 0 {
		says += ": " + strings.Join(trace.Products, ", ")
	}
	return says
}

func writeTrace(p *page, trace screening.Trace) {
	if trace.Condition != "" {
		p.line("      if    %s", trace.Condition)
	}
	if len(trace.Facts) > 0 {
		facts := make([]string, len(trace.Facts))
		for i, fact := range trace.Facts {
			facts[i] = fact.String()
		}
		p.line("      with  %s", strings.Join(facts, "; "))
	}
	p.line("      since %s; %s; %s", trace.InForceFrom.Plain(), trace.Confidence, trace.Source)
}
