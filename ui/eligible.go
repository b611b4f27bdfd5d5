package ui

import (
	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// eligible asks why this person is offered the vaccine.
type eligible struct {
	why   *form.Radios
	field *form.Field
}

func newEligible(j *journey) *eligible {
	s := &eligible{}
	var options []form.Option
	for _, eligibility := range j.facts.edition.Eligibilities() {
		if eligibility.Disease == j.visit.Plan.Disease || eligibility.Disease == "" {
			options = append(options, form.Option{Value: eligibility.Key, Label: eligibility.Label})
		}
	}
	s.why = form.NewRadios(options...).Dense()
	s.why.SetSelected(j.visit.Plan.Eligibility)
	s.why.OnSubmit = j.enter
	s.field = form.NewField("", "Choose the first that is true.", s.why)
	return s
}

func (s *eligible) step() capture.Step            { return capture.StepDose }
func (s *eligible) heading() string               { return "Why are they offered it?" }
func (s *eligible) body() fyne.CanvasObject       { return s.field }
func (s *eligible) first() fyne.Focusable         { return s.why }
func (s *eligible) keep(visit *capture.Encounter) { visit.Plan.Eligibility = s.why.Selected() }
func (s *eligible) next(j *journey) station       { return newScreening(j, 0) }
func (s *eligible) previous(j *journey) station   { return newDose(j) }

func (s *eligible) faults() []form.Fault {
	if s.why.Selected() == "" {
		return mark(s.field, "Choose why this person is offered the vaccine")
	}
	return nil
}
