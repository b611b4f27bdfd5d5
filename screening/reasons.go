package screening

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// reasons are the rules that speak, most severe first, then by rule id.
func (s *sheet) reasons(who capture.Case) ([]capture.Reason, error) {
	var reasons []capture.Reason
	read := map[string]bool{} // questions whose answer a rule has read
	for _, rule := range s.edition.ScreeningRules(who.Disease) {
		holds, err := rule.When.Holds(s.values)
		if err != nil {
			return nil, fmt.Errorf("apply screening rule %s: %w", rule.ID, err)
		}
		if holds {
			reasons = append(reasons, s.reason(rule))
			read[rule.Question] = true
		}
	}
	unread, err := s.unread(read)
	if err != nil {
		return nil, err
	}
	reasons = append(reasons, unread...)
	slices.SortStableFunc(reasons, func(a, b capture.Reason) int {
		return cmp.Or(b.Outcome.Severity()-a.Outcome.Severity(), cmp.Compare(a.RuleID, b.RuleID))
	})
	return reasons, nil
}

func (s *sheet) reason(rule catalogue.ScreeningRule) capture.Reason {
	reason := capture.Reason{
		RuleID: rule.ID, Question: rule.Question, Outcome: capture.Outcome(rule.Outcome), Observe: rule.Observe,
		Override: rule.Override, InForceFrom: rule.From, Source: rule.Source, Facts: s.facts(rule.Facts...),
	}
	delete(s.dates, "defer_until")
	if from, known := s.dates[rule.DeferFrom]; known {
		if until := from.AddDays(rule.DeferDays); until.After(s.day) {
			reason.DeferUntil, s.dates["defer_until"] = until, until
		}
	}
	reason.Sentence = s.fill(rule.Sentence)
	return reason
}

// unreadMinutes is the observation asked for when an answer cannot be read: that of any case for advice.
const unreadMinutes = 30

// unread are answers of yes or unknown that no rule has read. Silence would be taken for safety, so they ask for advice.
func (s *sheet) unread(read map[string]bool) ([]capture.Reason, error) {
	var reasons []capture.Reason
	for _, question := range s.set.Questions {
		answer := s.values[question.ID]
		if read[question.ID] || answer != capture.Yes && answer != capture.Unknown {
			continue
		}
		asked, err := question.Applies.Holds(s.values)
		if err != nil {
			return nil, fmt.Errorf("whether to ask %s: %w", question.ID, err)
		}
		open, err := s.open(question)
		if err != nil {
			return nil, err
		}
		if !asked || len(open) > 0 { // what is open is missing, and the decision is not final
			continue
		}
		reasons = append(reasons, capture.Reason{
			RuleID: question.ID + "-unread", Question: question.ID, Outcome: capture.SeekAdvice, Observe: unreadMinutes,
			Sentence: "No rule reads this answer: seek advice", Facts: s.facts(question.ID), Override: capture.OverrideClinician,
			InForceFrom: question.From, Source: question.Source,
		})
	}
	return reasons, nil
}

func (s *sheet) facts(names ...string) []capture.Fact {
	facts := make([]capture.Fact, 0, len(names))
	for _, name := range names {
		fact := capture.Fact{Name: name, Value: s.show(name), Label: strings.ReplaceAll(name, "_", " ")}
		s.word(&fact)
		facts = append(facts, fact)
	}
	return facts
}

// word puts the question that was asked, and the choice that was made, in place of their keys.
func (s *sheet) word(fact *capture.Fact) {
	for _, question := range s.set.Questions {
		if question.ID == fact.Name {
			fact.Label = question.Text
			switch fact.Value {
			case capture.Unknown:
				fact.Words = notKnown
			case notKnown:
				fact.Words = "not answered"
			}
			return
		}
		for _, followUp := range question.FollowUps {
			if followUp.ID != fact.Name {
				continue
			}
			fact.Label = followUp.Text
			for _, option := range followUp.Options {
				if option.Key == fact.Value {
					fact.Words = option.Label
				}
			}
			return
		}
	}
}

var placeholder = regexp.MustCompile(`\{[A-Za-z0-9_]+\}`)

// fill shows facts in a sentence in place of their names in braces.
func (s *sheet) fill(sentence string) string {
	return placeholder.ReplaceAllStringFunc(sentence, func(name string) string { return s.show(name[1 : len(name)-1]) })
}

// weigh sets what follows from the reasons: the most severe outcome, the latest day to wait for, the longest observation.
func weigh(decision *capture.Decision) {
	decision.Outcome = capture.Proceed
	var until catalogue.Date
	for _, reason := range decision.Reasons {
		if reason.Outcome.Severity() > decision.Outcome.Severity() {
			decision.Outcome = reason.Outcome
		}
		if reason.DeferUntil.After(until) {
			until = reason.DeferUntil
		}
		decision.Observe = max(decision.Observe, reason.Observe)
	}
	if decision.Outcome == capture.Defer {
		decision.DeferUntil = until
	}
}
