package ui

import (
	"fmt"

	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// saved says what is now kept and where, and what to do next.
type saved struct {
	app      *App
	event    capture.Event
	warnings capture.Problems
	next     *form.Button
}

func newSaved(app *App, event capture.Event, warnings capture.Problems) *saved {
	return &saved{app: app, event: event, warnings: warnings}
}

func (s *saved) title() string { return "Saved" }

func (s *saved) content() fyne.CanvasObject {
	title := "Vaccination saved"
	if s.event.NotGiven != nil {
		title = "Saved: vaccine not given"
	}
	rows := s.app.session.Desk.Catalogue
	what := s.event.Person.Name() + " · " + s.event.Product.Name + " · " + kindWords(rows, s.event.Kind)
	list := []fyne.CanvasObject{form.NewDone(title, what, "Saved on this device. Not sent yet.")}
	if s.event.Given != nil {
		list = append(list, s.aftercare())
	}
	if until := s.event.NotGiven; until != nil && !until.Until.IsZero() {
		list = append(list, form.NewInset(form.Strong("They may come back from "+until.Until.Plain()+".")))
	}
	if len(s.warnings) > 0 {
		list = append(list, s.heldBack())
	}
	list = append(list, form.HStack(16, s.onward()...))
	return form.NewPage(form.Pad(32, 24, 24, 40, form.MaxWidth(820, form.VStack(20, list...))))
}

// onward are the ways on. When the vaccine of this record is not what the clinic carries over, the next person can have
// either.
func (s *saved) onward() []fyne.CanvasObject {
	s.next = form.Primary("Next person", s.enter)
	buttons := []fyne.CanvasObject{s.next}
	if s.event.Given != nil && !s.carried() {
		buttons = append(buttons, form.Secondary("Next person, same vaccine", s.carryOver))
	}
	buttons = append(buttons, form.Secondary("Same person, another vaccine", func() {
		showAnother(s.app, s.event.Person, s.event.Disease)
	}))
	if s.event.Given != nil {
		buttons = append(buttons, form.Secondary("Record a reaction", func() {
			s.app.show(newReaction(s.app, s.event, func() { s.app.show(s) }))
		}))
	}
	return buttons
}

// carried tells whether the next person would have the same vaccine of the same batch by the same hand anyway.
func (s *saved) carried() bool {
	clinic, open := s.app.session.Desk.Clinic()
	if !open || s.event.Given == nil {
		return true
	}
	return clinic.Product == s.event.Product.Key && clinic.BatchID == s.event.Given.BatchID
}

// carryOver makes the vaccine of this record that of the clinic.
func (s *saved) carryOver() {
	desk := s.app.session.Desk
	clinic, _ := desk.Clinic()
	clinic.Product, clinic.BatchID, clinic.VaccinatorID = s.event.Product.Key, s.event.Given.BatchID, s.event.Performer.ID
	once(s.app, func(ctx ctx) (struct{}, error) { return struct{}{}, desk.ChangeClinic(ctx, clinic) }, func(_ struct{}, err error) {
		if err != nil {
			s.app.tell(err)
			return
		}
		s.app.refreshStatus()
		s.app.show(newBoard(s.app))
	})
}

func (s *saved) aftercare() fyne.CanvasObject {
	observe := "No observation time is asked for by the rules of today. Tell them not to drive for 15 minutes."
	if minutes := s.event.Decision.Observe; minutes > 0 {
		observe = fmt.Sprintf("Observe for %d minutes, until %s.", minutes, s.event.At.Add(minutesOf(minutes)).In(london).Format("15:04"))
	}
	return form.NewInset(form.VStack(4, form.Strong(observe), form.Body("Give the leaflet and the record card."),
		form.Small(s.app.session.Desk.YellowCard(s.event)+".")))
}

func (s *saved) heldBack() fyne.CanvasObject {
	lines := []fyne.CanvasObject{form.Strong("This record would be refused by the NHS. It is kept, and held back until this is put right:")}
	for _, warning := range s.warnings {
		lines = append(lines, form.Body(warning.Message))
	}
	return form.NewInset(form.VStack(4, lines...))
}

func (s *saved) first() fyne.Focusable { return s.next }
func (s *saved) enter()                { s.app.show(newBoard(s.app)) }
func (s *saved) back()                 { s.app.show(newBoard(s.app)) }
