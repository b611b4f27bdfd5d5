package screening

import (
	"fmt"
	"slices"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// What Missing names besides questions and follow-ups.
const (
	missingBirthDate = "birthDate"
	missingProduct   = "product"
	missingKind      = "kind"
)

// readAnswers takes every answer that can be read, also to questions that this case does not ask: what was said was said.
func (s *sheet) readAnswers(answers map[string]capture.Answer) error {
	for _, question := range s.set.Questions {
		answer, given := answers[question.ID]
		if !given || !isAnswer(answer.Value) {
			continue
		}
		s.values[question.ID] = answer.Value
		for _, followUp := range question.FollowUps {
			counts, err := s.counts(followUp, answer.Value)
			if err != nil {
				return err
			}
			if counts {
				s.readFollowUp(followUp, answer.FollowUps[followUp.ID])
			}
		}
	}
	return nil
}

func isAnswer(value string) bool {
	return value == capture.Yes || value == capture.No || value == capture.Unknown
}

// counts tells whether a follow-up belongs to the answer given and to what is known so far.
func (s *sheet) counts(followUp catalogue.FollowUp, answer string) (bool, error) {
	if followUp.On != answer {
		return false, nil
	}
	holds, err := followUp.When.Holds(s.values)
	if err != nil {
		return false, fmt.Errorf("whether %s counts: %w", followUp.ID, err)
	}
	return holds, nil
}

// readFollowUp takes a further answer; one that cannot be read is left out, and so is missing when it is required.
func (s *sheet) readFollowUp(followUp catalogue.FollowUp, value string) {
	if !s.readable(followUp, value) {
		return
	}
	s.values[followUp.ID] = value
	if date, err := catalogue.ParseDate(value); followUp.Kind == "date" && err == nil {
		s.dates[followUp.ID] = date
		s.values[followUp.ID+catalogue.Days] = s.day.DaysSince(date)
	}
}

// readable tells whether a further answer is one of those it can be. A date after the day of vaccination is not; the
// word unknown is an answer to a yes or no and to a date.
func (s *sheet) readable(followUp catalogue.FollowUp, value string) bool {
	switch followUp.Kind {
	case "yesno":
		return isAnswer(value)
	case "choice":
		return slices.ContainsFunc(followUp.Options, func(o catalogue.Option) bool { return o.Key == value })
	case "date":
		date, err := catalogue.ParseDate(value)
		return value == capture.Unknown || err == nil && !date.After(s.day)
	}
	return value != ""
}

// missing lists what must still be answered, in the order of the questions.
func (s *sheet) missing(who capture.Case) ([]string, error) {
	var missing []string
	for name, absent := range map[string]bool{
		missingBirthDate: s.number("age") < 0, missingProduct: who.Product == "", missingKind: who.Kind == "",
	} {
		if absent {
			missing = append(missing, name)
		}
	}
	slices.Sort(missing)
	for _, question := range s.set.Questions {
		asked, err := question.Applies.Holds(s.values)
		if err != nil {
			return nil, fmt.Errorf("whether to ask %s: %w", question.ID, err)
		}
		if !asked {
			continue
		}
		open, err := s.open(question)
		if err != nil {
			return nil, err
		}
		missing = append(missing, open...)
	}
	return missing, nil
}

// open is what is not answered of one question.
func (s *sheet) open(question catalogue.Question) ([]string, error) {
	answer, _ := s.values[question.ID].(string)
	if answer == "" {
		return []string{question.ID}, nil
	}
	var open []string
	for _, followUp := range question.FollowUps {
		counts, err := s.counts(followUp, answer)
		if err != nil {
			return nil, err
		}
		if counts && followUp.Required && s.values[followUp.ID] == "" {
			open = append(open, followUp.ID)
		}
	}
	return open, nil
}

// possible leaves out follow-ups whose condition looks at no answer and does not hold.
func (s *sheet) possible(followUps []catalogue.FollowUp) ([]catalogue.FollowUp, error) {
	var kept []catalogue.FollowUp
	for _, followUp := range followUps {
		holds, err := followUp.When.Holds(s.values)
		if err != nil {
			return nil, fmt.Errorf("whether to ask %s: %w", followUp.ID, err)
		}
		if holds || slices.ContainsFunc(followUp.When.Names(), s.isAnswerName) {
			kept = append(kept, followUp)
		}
	}
	return kept, nil
}

// isAnswerName tells whether a name of conditions is a question or a follow-up.
func (s *sheet) isAnswerName(name string) bool {
	return slices.ContainsFunc(s.set.Questions, func(q catalogue.Question) bool {
		return q.ID == name || slices.ContainsFunc(q.FollowUps, func(f catalogue.FollowUp) bool {
			return f.ID == name || f.ID+catalogue.Days == name
		})
	})
}
