package ui

import (
	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// details corrects what is known of the person.
type details struct {
	j    *journey
	form *personForm
}

func newDetails(j *journey) *details {
	return &details{j: j, form: newPersonForm(j.facts.edition, j.visit.Person)}
}

func (s *details) step() capture.Step          { return capture.StepIdentity }
func (s *details) heading() string             { return "Correct the details" }
func (s *details) body() fyne.CanvasObject     { return s.form.object() }
func (s *details) first() fyne.Focusable       { return s.form.first() }
func (s *details) previous(j *journey) station { return newIdentity(j) }

// keep leaves the encounter as it is: half-typed details must not replace the right ones.
func (s *details) keep(*capture.Encounter) {}

func (s *details) faults() []form.Fault {
	person, dateFault := s.form.person(s.j.visit.Person)
	return s.form.faults(person.Tidy().Check(s.j.facts.today), dateFault)
}

func (s *details) next(j *journey) station { return newIdentity(j) }

func (s *details) finish(j *journey) {
	person, _ := s.form.person(j.visit.Person)
	visit := j.visit
	once(j.app, func(ctx ctx) (capture.Encounter, error) {
		return j.app.session.Desk.ChangePerson(ctx, visit, person)
	}, func(kept capture.Encounter, err error) {
		if err != nil {
			faults := s.form.faults(capture.ProblemsOf(err), nil)
			if len(faults) == 0 {
				faults = faultsOf(err)
			}
			j.refuse(faults)
			return
		}
		j.visit = kept
		j.station = newIdentity(j)
		j.app.show(j)
	})
}
