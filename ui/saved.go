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
	lines := []string{s.event.Person.Name() + " · " + s.event.Product.Name + " · " + kindWords(s.event.Kind), "Saved on this device. Not sent yet."}
	s.next = form.Primary("Next person", s.enter)
	same := form.Secondary("Same person, another vaccine", func() { startJourney(s.app, s.event.Person.ID) })
	list := []fyne.CanvasObject{form.NewDone(title, lines...)}
	if s.event.Given != nil {
		list = append(list, s.aftercare())
	}
	if len(s.warnings) > 0 {
		list = append(list, s.heldBack())
	}
	list = append(list, form.HStack(16, s.next, same))
	return form.NewPage(form.Pad(32, 24, 24, 40, form.MaxWidth(760, form.VStack(20, list...))))
}

func (s *saved) aftercare() fyne.CanvasObject {
	observe := "No observation time is asked for by the rules of today. Tell them not to drive for 15 minutes."
	if minutes := s.event.Decision.Observe; minutes > 0 {
		observe = fmt.Sprintf("Observe for %d minutes, until %s.", minutes, s.event.At.Add(minutesOf(minutes)).In(london).Format("15:04"))
	}
	return form.NewInset(form.VStack(4, form.Strong(observe), form.Body("Give the leaflet and the record card.")))
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
