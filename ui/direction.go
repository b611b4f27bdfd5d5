package ui

import (
	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// direction asks for the prescriber, where the legal mechanism of the clinic needs one, before the dose.
type direction struct {
	j          *journey
	prescriber *form.Entry
	number     *form.Entry
	on         *form.DateEntry
	pField     *form.Field
	nField     *form.Field
	dField     *form.Field
}

func newDirection(j *journey) *direction {
	s := &direction{j: j, prescriber: form.NewEntry().SetColumns(30), number: form.NewEntry().SetColumns(12), on: form.NewDateEntry()}
	if known := j.visit.Direction; known != nil {
		s.prescriber.SetText(known.Prescriber)
		s.number.SetText(known.Number)
		if !known.On.IsZero() {
			s.on.SetDate(known.On)
		}
	}
	s.on.OnSubmit = j.enter
	s.pField = form.NewField("Name of the prescriber", "", s.prescriber)
	s.nField = form.NewField("Registration number", "In the register of their profession", s.number)
	s.dField = form.NewField("Date of the direction", "For example, "+example(j.facts.today), s.on)
	return s
}

func (s *direction) step() capture.Step { return capture.StepConsent }
func (s *direction) heading() string    { return "Who directed this dose?" }

func (s *direction) body() fyne.CanvasObject {
	about := "A prescriber has assessed this patient and directed this vaccine for them. It is recorded before the dose."
	return form.VStack(18, form.Lead(s.j.facts.mechanism().Label), form.Body(about), s.pField, s.nField, s.dField)
}

func (s *direction) first() fyne.Focusable { return s.prescriber }

func (s *direction) keep(visit *capture.Encounter) {
	visit.Direction = &capture.Direction{Prescriber: s.prescriber.Text, Number: s.number.Text}
	if day, err := s.on.Date(); err == nil {
		visit.Direction.On = day
	}
}

func (s *direction) faults() []form.Fault {
	var faults []form.Fault
	if s.prescriber.Text == "" {
		faults = append(faults, mark(s.pField, "Enter the name of the prescriber")...)
	}
	if s.number.Text == "" {
		faults = append(faults, mark(s.nField, "Enter the registration number of the prescriber")...)
	}
	if _, err := s.on.Date(); err != nil {
		faults = append(faults, mark(s.dField, err.Error())...)
	}
	return faults
}

func (s *direction) fields() map[string]fyne.CanvasObject {
	return map[string]fyne.CanvasObject{
		"direction": s.pField, "direction.prescriber": s.pField, "direction.number": s.nField, "direction.on": s.dField,
	}
}

func (s *direction) next(j *journey) station     { return newConsent(j) }
func (s *direction) previous(j *journey) station { return j.judged() }
