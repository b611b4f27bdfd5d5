package ui

import (
	"fyne.io/fyne/v2"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/ui/form"
)

// notGiven records why no dose was given; it is as much a record as a dose.
type notGiven struct {
	j      *journey
	choice *form.Radios
	note   *form.Entry
	cField *form.Field
	nField *form.Field
}

func newNotGiven(j *journey) *notGiven {
	s := &notGiven{j: j, note: form.NewEntry()}
	s.note.MaxLength = 500
	var options []form.Option
	for _, choice := range j.facts.edition.NotGivenChoices(s.kind()) {
		options = append(options, form.Option{Value: choice.Key, Label: choice.Label})
	}
	s.choice = form.NewRadios(options...)
	s.choice.OnSubmit = j.enter
	if known := j.visit.NotGiven; known != nil {
		s.choice.SetSelected(known.Choice)
		s.note.SetText(known.Note)
	}
	s.cField = form.NewField("Why was the vaccine not given?", "", s.choice)
	s.nField = form.NewField("Notes", "Stay on this device; the GP does not see them", s.note)
	return s
}

// kind is the dose that was not given: the one planned, or the one the rules suggest.
func (s *notGiven) kind() catalogue.DoseKind {
	if s.j.visit.Plan.Kind != "" {
		return s.j.visit.Plan.Kind
	}
	if s.j.facts.suggestion.Kind != "" {
		return s.j.facts.suggestion.Kind
	}
	return kinds[0]
}

func (s *notGiven) step() capture.Step      { return capture.StepNotGiven }
func (s *notGiven) heading() string         { return "Vaccine not given" }
func (s *notGiven) body() fyne.CanvasObject { return form.VStack(18, s.cField, s.nField) }
func (s *notGiven) first() fyne.Focusable   { return s.choice }

func (s *notGiven) keep(visit *capture.Encounter) {
	visit.Give = nil
	visit.Plan.Kind = s.kind()
	visit.NotGiven = &capture.NotGiven{Choice: s.choice.Selected(), Note: s.note.Text}
	if visit.Screening.ScreenerID == "" {
		visit.Screening.ScreenerID = s.j.ownIDIfRegistered()
	}
}

func (s *notGiven) faults() []form.Fault {
	if s.choice.Selected() == "" {
		return mark(s.cField, "Choose why the vaccine was not given")
	}
	return nil
}

func (s *notGiven) next(j *journey) station { return newCheck(j) }

// previous goes back to the dose: the visit is on the way of a vaccination again.
func (s *notGiven) previous(j *journey) station {
	j.visit.NotGiven = nil
	return newDose(j)
}
