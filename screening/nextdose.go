package screening

import (
	"fmt"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// NextDose says which dose is due by the dose rules in force on the day. It looks at history, age and circumstances and,
// as far as they were given, at answers; the vaccine and the kind of dose chosen do not matter.
func (e *Engine) NextDose(who capture.Case) (capture.Suggestion, error) {
	who.Product, who.Kind = "", ""
	s, err := e.sheet(who)
	if err != nil {
		return capture.Suggestion{}, err
	}
	if s.number("age") < 0 {
		return capture.Suggestion{Sentence: "The date of birth is needed to say which dose is due"}, nil
	}
	kind := s.next()
	rules, err := s.entitling(kind)
	if err != nil {
		return capture.Suggestion{}, err
	}
	if len(rules) == 0 {
		return s.nothingDue(), nil
	}
	return s.suggest(kind, rules)
}

func (s *sheet) nothingDue() capture.Suggestion {
	return capture.Suggestion{
		Sentence: fmt.Sprintf("No dose is due by the rules in force on %s", s.day.Plain()),
		Facts:    s.facts("age", "doses", "days_since_last"),
	}
}

func (s *sheet) suggest(kind catalogue.DoseKind, rules []catalogue.DoseRule) (capture.Suggestion, error) {
	products, err := s.suitable(rules, kind)
	if err != nil {
		return capture.Suggestion{}, err
	}
	rule := rules[0]
	var best catalogue.Product
	if len(products) > 0 {
		best = products[0]
	}
	s.noteIntervals(s.minimum(rule, best), rule)
	suggestion := capture.Suggestion{
		Kind: kind, RuleID: rule.ID, InForceFrom: rule.From, Source: rule.Source,
		Earliest: s.dates["earliest_dose"], Recommended: s.dates["recommended_dose"],
	}
	suggestion.Due = len(products) > 0 && !s.dueOn(rule, suggestion).After(s.day)
	for _, product := range products {
		if !suggestion.Due || s.longEnough(s.minimum(rule, product)) {
			suggestion.Products = append(suggestion.Products, product.Key)
		}
	}
	suggestion.Sentence = s.sentence(rule, suggestion)
	suggestion.Facts = append(s.facts("age", "doses", "days_since_last"), capture.Fact{Name: "cohort", Value: rule.Cohort})
	for _, fact := range s.facts(rule.When.Names()...) {
		if fact.Name != "age" {
			suggestion.Facts = append(suggestion.Facts, fact)
		}
	}
	return suggestion, nil
}

// longEnough tells whether so many days have passed since the last dose, or there was none: vaccines differ in their
// shortest interval.
func (s *sheet) longEnough(days int) bool {
	return s.number("days_since_last") < 0 || s.number("days_since_last") >= days
}

// dueOn is the day from which the dose is due: a dose given at an age waits for it, a second primary dose for the recommended
// interval, other doses for the shortest one.
func (s *sheet) dueOn(rule catalogue.DoseRule, suggestion capture.Suggestion) catalogue.Date {
	switch {
	case rule.DueAge > 0 && suggestion.Recommended.After(suggestion.Earliest):
		return suggestion.Recommended
	case suggestion.Earliest.IsZero():
		return s.day
	case rule.Kind == catalogue.Primary2 && !suggestion.Recommended.IsZero():
		return suggestion.Recommended
	}
	return suggestion.Earliest
}

func (s *sheet) sentence(rule catalogue.DoseRule, suggestion capture.Suggestion) string {
	label := string(rule.Kind)
	if known, ok := s.catalogue.Kind(rule.Kind); ok {
		label = known.Label
	}
	switch due := s.dueOn(rule, suggestion); {
	case len(suggestion.Products) == 0:
		return label + " is next, but no vaccine offered that day suits the patient"
	case due.After(s.day):
		return fmt.Sprintf("%s is due from %s", label, due.Plain())
	case suggestion.Recommended.After(s.day):
		return fmt.Sprintf("%s may be given: the last dose was %d days ago; from %s is recommended",
			label, s.number("days_since_last"), suggestion.Recommended.Plain())
	case suggestion.Earliest.IsZero():
		return label + " is due"
	}
	return fmt.Sprintf("%s is due: the last dose was %d days ago", label, s.number("days_since_last"))
}
