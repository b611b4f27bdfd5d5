package ui

import (
	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// addPerson takes in somebody who is not on the list.
type addPerson struct {
	app     *App
	form    *personForm
	summary *form.ErrorSummary
}

func newAddPerson(app *App, typed string) *addPerson {
	person := capture.Person{}
	if number, err := capture.ParseNHSNumber(typed); err == nil {
		person.NHSNumber = number
	}
	return &addPerson{app: app, form: newPersonForm(app.session.Desk.Edition(), person), summary: form.NewErrorSummary()}
}

func (s *addPerson) title() string { return "Add a person" }

func (s *addPerson) content() fyne.CanvasObject {
	buttons := form.HStack(16, form.Primary("Add and continue", s.enter), form.Secondary("Back", s.back))
	return form.NewPage(form.Pad(20, 24, 20, 40, form.MaxWidth(820, form.VStack(16,
		s.summary, form.Heading("Add a person"), s.form.object(), buttons))))
}

func (s *addPerson) first() fyne.Focusable { return s.form.first() }
func (s *addPerson) back()                 { s.app.show(newBoard(s.app)) }

func (s *addPerson) enter() {
	desk := s.app.session.Desk
	person, dateFault := s.form.person(capture.Person{})
	if faults := s.form.faults(person.Tidy().Check(desk.Today()), dateFault); len(faults) > 0 {
		s.app.refuse(s.summary, faults...)
		return
	}
	once(s.app, func(ctx ctx) (capture.Person, error) { return desk.AddPerson(ctx, person) },
		func(added capture.Person, err error) {
			if err != nil {
				s.app.refuse(s.summary, s.form.faults(capture.ProblemsOf(err), nil)...)
				return
			}
			startJourney(s.app, added.ID)
		})
}
