package screening

import (
	"cmp"
	"fmt"
	"slices"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// readCourse works out the place in the course, which dose the rules suggest, and the intervals of the dose chosen.
func (s *sheet) readCourse(who capture.Case) error {
	next := s.next()
	entitling, err := s.entitling(next)
	if err != nil {
		return err
	}
	if len(entitling) > 0 {
		s.values["suggested_kind"] = string(next)
	}
	return s.readIntervals(who)
}

// entitling are the dose rules in force that give this person a dose of the kind: shortest interval first, then youngest age.
func (s *sheet) entitling(kind catalogue.DoseKind) ([]catalogue.DoseRule, error) {
	var found []catalogue.DoseRule
	for _, rule := range s.edition.DoseRulesOf(kind) {
		if rule.Preference() {
			continue
		}
		holds, err := rule.When.Holds(s.values)
		if err != nil {
			return nil, fmt.Errorf("apply dose rule %s: %w", rule.ID, err)
		}
		if holds {
			found = append(found, rule)
		}
	}
	slices.SortStableFunc(found, func(a, b catalogue.DoseRule) int {
		return cmp.Or(a.MinDays-b.MinDays, a.Recommended-b.Recommended, a.DueAge-b.DueAge)
	})
	return found, nil
}

// readIntervals notes the intervals before the dose chosen, by the rule that covers its vaccine if there is one.
func (s *sheet) readIntervals(who capture.Case) error {
	s.values["min_interval"], s.values["recommended_interval"] = 0, 0
	if who.Kind == "" {
		return nil
	}
	rules, err := s.entitling(who.Kind)
	if err != nil {
		return err
	}
	covering := slices.DeleteFunc(slices.Clone(rules), func(r catalogue.DoseRule) bool { return !s.covers(r, s.product, who.Kind, s.number("age_months")) })
	s.values["covered"] = len(covering) > 0
	s.values["off_label"] = len(covering) > 0 && !s.product.SuitsAge(s.number("age_months"))
	rule := s.strictest(who.Kind)
	if len(covering) > 0 {
		rule = covering[0]
	} else if len(rules) > 0 {
		rule = rules[0]
	}
	s.noteIntervals(s.minimum(rule, s.product), rule)
	return nil
}

func (s *sheet) noteIntervals(minimum int, rule catalogue.DoseRule) {
	s.values["min_interval"], s.values["recommended_interval"] = minimum, rule.Recommended
	if last, ok := s.past.last(); ok {
		s.dates["earliest_dose"] = last.Date.AddDays(minimum)
		if rule.Recommended > 0 {
			s.dates["recommended_dose"] = last.Date.AddDays(rule.Recommended)
		}
	}
	s.noteDueAge(rule)
}

// noteDueAge notes from when the dose is due by the age that the rule gives it at.
func (s *sheet) noteDueAge(rule catalogue.DoseRule) {
	if rule.DueAge == 0 || s.born.IsZero() {
		return
	}
	due := s.born.AddMonths(rule.DueAge)
	s.values["before_due_age"] = s.day.Before(due)
	if due.After(s.dates["recommended_dose"]) {
		s.dates["recommended_dose"] = due
	}
}

// strictest stands in for a rule when none covers the person: the longest intervals in force for the kind of dose.
func (s *sheet) strictest(kind catalogue.DoseKind) catalogue.DoseRule {
	var longest catalogue.DoseRule
	for _, rule := range s.edition.DoseRulesOf(kind) {
		longest.MinDays = max(longest.MinDays, rule.MinDays)
		longest.Recommended = max(longest.Recommended, rule.Recommended)
		longest.DueAge = max(longest.DueAge, rule.DueAge)
	}
	return longest
}

// minimum is the shortest interval before the dose: the rule's, or the longer of the two licences' when it has none.
func (s *sheet) minimum(rule catalogue.DoseRule, product catalogue.Product) int {
	if rule.MinDays > 0 {
		return rule.MinDays
	}
	minimum := product.MinInterval
	if counted := s.past.counted(); len(counted) > 0 {
		minimum = max(minimum, counted[0].vaccine.MinInterval)
	}
	return minimum
}

// covers tells whether a rule gives a dose of the kind with this product, which must be offered and, unless the rule says that it
// decides itself, suit an age in completed months.
func (s *sheet) covers(rule catalogue.DoseRule, product catalogue.Product, kind catalogue.DoseKind, months int) bool {
	switch {
	case !product.Offered, len(rule.Products) > 0 && !slices.Contains(rule.Products, product.Key):
		return false
	case !rule.OffLabel && !product.SuitsAge(months):
		return false
	}
	return product.BoosterOK || !kind.Booster()
}

// suitable lists the products of the rules, best first: the brand of the first dose where a rule keeps to it, then the
// order of the rules, and last what another rule prefers an alternative to. A dose that waits for an age needs one for that age.
func (s *sheet) suitable(rules []catalogue.DoseRule, kind catalogue.DoseKind) ([]catalogue.Product, error) {
	var products []catalogue.Product
	keep := false
	for _, rule := range rules {
		keep = keep || rule.SameProduct
		for _, product := range s.inOrderOf(rule) {
			listed := slices.ContainsFunc(products, func(p catalogue.Product) bool { return p.Key == product.Key })
			if !listed && s.covers(rule, product, kind, max(s.number("age_months"), rule.DueAge)) {
				products = append(products, product)
			}
		}
	}
	avoided, err := s.avoided(kind)
	if err != nil {
		return nil, err
	}
	first, _ := s.values["first_brand"].(string)
	slices.SortStableFunc(products, func(a, b catalogue.Product) int {
		return cmp.Or(
			b2i(slices.Contains(avoided, a.Key))-b2i(slices.Contains(avoided, b.Key)),
			b2i(keep && a.Brand != first)-b2i(keep && b.Brand != first),
		)
	})
	return products, nil
}

// inOrderOf lists the products that a rule names, or every product when it names none.
func (s *sheet) inOrderOf(rule catalogue.DoseRule) []catalogue.Product {
	if len(rule.Products) == 0 {
		return s.edition.Products()
	}
	var products []catalogue.Product
	for _, key := range rule.Products {
		if product, ok := s.edition.Product(key); ok {
			products = append(products, product)
		}
	}
	return products
}

// avoided are the products that rules in force rank last for this person and kind of dose.
func (s *sheet) avoided(kind catalogue.DoseKind) ([]string, error) {
	var keys []string
	for _, rule := range s.edition.DoseRulesOf(kind) {
		if !rule.Preference() {
			continue
		}
		holds, err := rule.When.Holds(s.values)
		if err != nil {
			return nil, fmt.Errorf("apply dose rule %s: %w", rule.ID, err)
		}
		if holds {
			keys = append(keys, rule.Avoid...)
		}
	}
	return keys, nil
}
