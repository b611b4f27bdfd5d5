package ui

import (
	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// identity asks whether this is the right person.
type identity struct {
	j      *journey
	answer *form.Radios
	field  *form.Field
}

const (
	rightPerson  = "right"
	wrongDetails = "details"
	wrongPerson  = "wrong"
)

func newIdentity(j *journey) *identity {
	s := &identity{j: j, answer: form.NewRadios(
		form.Option{Value: rightPerson, Label: "Yes, their name and date of birth match"},
		form.Option{Value: wrongDetails, Label: "Yes, but a detail must be corrected"},
		form.Option{Value: wrongPerson, Label: "No, this is somebody else"},
	)}
	if j.visit.IdentityConfirmed {
		s.answer.SetSelected(rightPerson)
	}
	s.answer.OnSubmit = j.enter
	s.field = form.NewField("Do they match?", "Ask the person to say their full name and date of birth. Do not read them out.", s.answer)
	return s
}

func (s *identity) step() capture.Step { return capture.StepIdentity }
func (s *identity) heading() string    { return "Is this the right person?" }

func (s *identity) body() fyne.CanvasObject {
	person := s.j.visit.Person
	gender, _ := s.j.facts.edition.Gender(person.Gender)
	list := form.NewSummaryList(
		form.SummaryRow{Key: "Name", Value: person.Name()},
		form.SummaryRow{Key: "Date of birth", Value: person.BirthDate.Plain()},
		form.SummaryRow{Key: "NHS number", Value: orNotProvided(person.NHSNumber.Display())},
		form.SummaryRow{Key: "Gender", Value: gender.Label},
		form.SummaryRow{Key: "Address", Value: orNotProvided(joined(person.Address, person.Postcode))},
	)
	return form.VStack(20, list, s.field)
}

func (s *identity) first() fyne.Focusable { return s.answer }

func (s *identity) keep(visit *capture.Encounter) {
	visit.IdentityConfirmed = s.answer.Selected() == rightPerson
}

func (s *identity) faults() []form.Fault {
	if s.answer.Selected() == "" {
		return mark(s.field, "Say whether this is the right person")
	}
	return nil
}

func (s *identity) next(j *journey) station {
	switch s.answer.Selected() {
	case wrongDetails:
		return newDetails(j)
	case wrongPerson:
		return newWrongPerson(j)
	}
	return newStatus(j)
}

func (s *identity) settles() bool             { return true }
func (s *identity) previous(*journey) station { return nil }
