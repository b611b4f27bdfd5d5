package ui

import (
	"slices"

	"fyne.io/fyne/v2"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/ui/form"
)

// another asks which vaccine a person has next in the same visit to the clinic.
type another struct {
	app     *App
	person  capture.Person
	disease *form.Radios
	field   *form.Field
	summary *form.ErrorSummary
}

// showAnother asks for the next vaccine of a person, among those of other diseases that the clinic has.
func showAnother(app *App, person capture.Person, before string) {
	once(app, func(ctx ctx) (facts, error) {
		desk := app.session.Desk
		offers, err := offersOf(ctx, desk, capture.Plan{})
		return facts{offers: offers, catalogue: desk.Catalogue}, err
	}, func(f facts, err error) {
		if err != nil {
			app.tell(err)
			return
		}
		diseases := slices.DeleteFunc(f.diseases(""), func(d catalogue.Disease) bool { return d.Key == before })
		if len(diseases) == 0 {
			app.notice("No other vaccine is here", "The clinic has no batch of a vaccine against another disease that may be used today.")
			return
		}
		app.show(newAnother(app, person, diseases))
	})
}

func newAnother(app *App, person capture.Person, diseases []catalogue.Disease) *another {
	var options []form.Option
	for _, disease := range diseases {
		options = append(options, form.Option{Value: disease.Key, Label: disease.Label})
	}
	s := &another{app: app, person: person, summary: form.NewErrorSummary(), disease: form.NewRadios(options...)}
	s.disease.OnSubmit = s.enter
	s.field = form.NewField("Against which disease?", "Identity, screening and consent are asked again for it.", s.disease)
	return s
}

func (s *another) title() string { return "Another vaccine for " + s.person.Name() }

func (s *another) content() fyne.CanvasObject {
	return form.NewPage(form.Pad(20, 24, 20, 40, form.MaxWidth(760, form.VStack(20, s.summary, form.Heading(s.title()), s.field,
		form.HStack(16, form.Primary("Continue", s.enter), form.Secondary("Back", s.back))))))
}

func (s *another) first() fyne.Focusable { return s.disease }
func (s *another) back()                 { s.app.show(newBoard(s.app)) }

func (s *another) enter() {
	if s.disease.Selected() == "" {
		s.app.refuse(s.summary, mark(s.field, "Choose the disease")...)
		return
	}
	startVisit(s.app, s.person.ID, s.disease.Selected())
}
