package screening

import (
	"fmt"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// Engine is the assessor over a catalogue. It keeps nothing between calls and may be used by many goroutines.
type Engine struct {
	catalogue *catalogue.Catalogue
}

var _ capture.Assessor = (*Engine)(nil)

// New makes an engine that reads its rules from the catalogue.
func New(c *catalogue.Catalogue) *Engine { return &Engine{catalogue: c} }

// Questions are those to ask in this case, in order. A follow-up that cannot count in this case, whatever is answered,
// is left out; one that counts only after certain answers stays.
func (e *Engine) Questions(who capture.Case) (catalogue.QuestionSet, error) {
	s, err := e.sheet(who)
	if err != nil {
		return catalogue.QuestionSet{}, err
	}
	set := s.set
	set.Questions = nil
	for _, question := range s.set.Questions {
		asked, err := question.Applies.Holds(s.values)
		if err != nil {
			return catalogue.QuestionSet{}, fmt.Errorf("whether to ask %s: %w", question.ID, err)
		}
		if !asked {
			continue
		}
		if question.FollowUps, err = s.possible(question.FollowUps); err != nil {
			return catalogue.QuestionSet{}, err
		}
		set.Questions = append(set.Questions, question)
	}
	return set, nil
}

// Assess weighs answers, history, age, vaccine and kind of dose. The decision is not final while something is missing.
// It fails on a case it cannot read: no day, a disease without questions, a vaccine or kind of dose it does not know.
func (e *Engine) Assess(who capture.Case) (capture.Decision, error) {
	s, err := e.sheet(who)
	if err != nil {
		return capture.Decision{}, err
	}
	missing, err := s.missing(who)
	if err != nil {
		return capture.Decision{}, err
	}
	reasons, err := s.reasons(who)
	if err != nil {
		return capture.Decision{}, err
	}
	decision := capture.Decision{
		Reasons: reasons, Missing: missing, AsOf: who.Day, Product: who.Product, Kind: who.Kind,
		SetID: s.set.ID, SetVersion: s.set.Version,
	}
	weigh(&decision)
	return decision, nil
}
