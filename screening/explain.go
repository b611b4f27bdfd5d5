package screening

import (
	"fmt"
	"slices"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// What a Trace is about.
const (
	LookedScreening = "screening" // a rule that an answer or a check may set off
	LookedDose      = "dose"      // a rule that gives a kind of dose, or ranks its vaccines
)

// Trace is one rule that was looked at, whether it spoke or not.
type Trace struct {
	RuleID      string             `json:"rule"`
	About       string             `json:"about"` // one of the words above
	Question    string             `json:"question,omitempty"`
	Kind        catalogue.DoseKind `json:"kind,omitempty"` // of dose rules
	Spoke       bool               `json:"spoke"`
	Outcome     capture.Outcome    `json:"outcome,omitempty"`   // of screening rules: what it says, or would say
	Sentence    string             `json:"sentence"`            // with its facts when it spoke, else as it is written
	Condition   string             `json:"condition,omitempty"` // in the language of the catalogue
	Facts       []capture.Fact     `json:"facts,omitempty"`     // all that the condition names, and what the reason shows
	Products    []string           `json:"products,omitempty"`  // of dose rules that spoke: those that suit the person; of a preference: those it ranks last
	DeferUntil  catalogue.Date     `json:"deferUntil,omitzero"`
	Observe     int                `json:"observe,omitempty"`
	Override    string             `json:"override,omitempty"`
	InForceFrom catalogue.Date     `json:"inForceFrom,omitzero"`
	Source      string             `json:"source,omitempty"`
	Confidence  string             `json:"confidence,omitempty"`
}

// Explain is every rule in force on the day that was looked at for this case: the screening rules of the disease, then its
// dose rules, each in the order of the catalogue. Those that spoke are the reasons of Assess. It fails where Assess fails.
func (e *Engine) Explain(who capture.Case) ([]Trace, error) {
	s, err := e.sheet(who)
	if err != nil {
		return nil, err
	}
	traces, err := s.lookScreening(who)
	if err != nil {
		return nil, err
	}
	doses, err := s.lookDoses(who)
	return append(traces, doses...), err
}

func (s *sheet) lookScreening(who capture.Case) ([]Trace, error) {
	var traces []Trace
	read := map[string]bool{}
	for _, rule := range s.edition.ScreeningRules(who.Disease) {
		spoke, err := rule.When.Holds(s.values)
		if err != nil {
			return nil, fmt.Errorf("apply screening rule %s: %w", rule.ID, err)
		}
		reason := s.reason(rule)
		if spoke {
			read[rule.Question] = true
		} else {
			reason.Sentence, reason.DeferUntil = rule.Sentence, catalogue.Date{}
		}
		names := append(slices.Clone(rule.Facts), rule.When.Names()...)
		if rule.DeferFrom != "" {
			names = append(names, rule.DeferFrom)
		}
		traces = append(traces, s.trace(reason, spoke, rule.When.String(), rule.Confidence, names))
	}
	unread, err := s.unread(read)
	for _, reason := range unread {
		traces = append(traces, s.trace(reason, true, "", "", []string{reason.Question}))
	}
	return traces, err
}

func (s *sheet) trace(reason capture.Reason, spoke bool, condition, confidence string, names []string) Trace {
	return Trace{
		RuleID: reason.RuleID, About: LookedScreening, Question: reason.Question, Spoke: spoke, Outcome: reason.Outcome,
		Sentence: reason.Sentence, Condition: condition, Facts: s.facts(onlyOnce(names)...), DeferUntil: reason.DeferUntil,
		Observe: reason.Observe, Override: reason.Override, InForceFrom: reason.InForceFrom, Source: reason.Source, Confidence: confidence,
	}
}

// lookDoses tells for each dose rule of the disease whether it gives this person its kind of dose, and with which vaccines.
func (s *sheet) lookDoses(who capture.Case) ([]Trace, error) {
	var traces []Trace
	for _, rule := range s.edition.DoseRules() {
		if kind, ok := s.catalogue.Kind(rule.Kind); !ok || kind.Disease != who.Disease {
			continue
		}
		spoke, err := rule.When.Holds(s.values)
		if err != nil {
			return nil, fmt.Errorf("apply dose rule %s: %w", rule.ID, err)
		}
		trace := Trace{
			RuleID: rule.ID, About: LookedDose, Kind: rule.Kind, Spoke: spoke, Sentence: rule.Cohort, Condition: rule.When.String(),
			Facts: s.facts(onlyOnce(append(rule.When.Names(), "doses", "suggested_kind"))...), InForceFrom: rule.From, Source: rule.Source,
			Confidence: rule.Confidence,
		}
		switch {
		case spoke && rule.Preference():
			trace.Products = slices.Clone(rule.Avoid)
		case spoke:
			trace.Products = s.suiting(rule)
		}
		traces = append(traces, trace)
	}
	return traces, nil
}

// suiting are the vaccines of a dose rule that are offered that day and suit the person.
func (s *sheet) suiting(rule catalogue.DoseRule) []string {
	var keys []string
	for _, product := range s.inOrderOf(rule) {
		if s.covers(rule, product, rule.Kind, s.number("age_months")) {
			keys = append(keys, product.Key)
		}
	}
	return keys
}

// onlyOnce keeps the first of equal names.
func onlyOnce(names []string) []string {
	var kept []string
	for _, name := range names {
		if !slices.Contains(kept, name) {
			kept = append(kept, name)
		}
	}
	return kept
}
