package ui

import (
	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// leaving ends a visit that was begun for somebody else: nothing of it is kept but the audit entry.
type leaving struct {
	j      *journey
	answer *form.Radios
	field  *form.Field
}

func newWrongPerson(j *journey) *leaving {
	s := &leaving{j: j, answer: form.NewRadios(
		form.Option{Value: "discard", Label: "Close this record and search again"},
		form.Option{Value: "stay", Label: "Go back, it is the right person"},
	)}
	s.answer.OnSubmit = j.enter
	s.field = form.NewField("What now?", "Nothing was recorded for "+j.visit.Person.Name()+".", s.answer)
	return s
}

func (s *leaving) step() capture.Step          { return capture.StepIdentity }
func (s *leaving) heading() string             { return "This is somebody else" }
func (s *leaving) body() fyne.CanvasObject     { return s.field }
func (s *leaving) first() fyne.Focusable       { return s.answer }
func (s *leaving) keep(*capture.Encounter)     {}
func (s *leaving) previous(j *journey) station { return newIdentity(j) }

func (s *leaving) faults() []form.Fault {
	if s.answer.Selected() == "" {
		return mark(s.field, "Choose what to do")
	}
	return nil
}

func (s *leaving) next(j *journey) station { return newIdentity(j) }

func (s *leaving) finish(j *journey) {
	if s.answer.Selected() == "stay" {
		j.move(func() station { return newIdentity(j) })
		return
	}
	once(j.app, func(ctx ctx) (struct{}, error) {
		return struct{}{}, j.app.session.Desk.Discard(ctx, j.visit.ID, "begun for the wrong person")
	}, func(_ struct{}, err error) {
		if err != nil {
			j.refuse(faultsOf(err))
			return
		}
		j.app.show(newBoard(j.app))
	})
}
