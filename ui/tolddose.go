package ui

import (
	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// toldDose asks for a dose that the patient tells of.
type toldDose struct {
	j       *journey
	product *form.Radios
	given   *form.DateEntry
	pField  *form.Field
	dField  *form.Field
	extra   *fyne.Container
}

func newToldDose(j *journey) *toldDose {
	t := &toldDose{j: j, given: form.NewDateEntry()}
	var products []form.Option
	for _, product := range j.facts.edition.Products() {
		if product.Disease == j.visit.Plan.Disease {
			products = append(products, form.Option{Value: product.Key, Label: product.Name})
		}
	}
	t.product = form.NewRadios(products...).Dense()
	t.product.OnSubmit = j.enter
	t.given.OnSubmit = j.enter
	t.pField = form.NewField("Which vaccine was it?", "", t.product)
	t.dField = form.NewField("When was it given?", "For example, 27 3 2021", t.given)
	t.extra = form.Columns(24, nil, t.pField, t.dField)
	t.extra.Hide()
	return t
}

func (t *toldDose) show(visible bool) { reveal(t.extra, visible) }

func (t *toldDose) faults() []form.Fault {
	var faults []form.Fault
	if t.product.Selected() == "" {
		faults = append(faults, mark(t.pField, "Choose which vaccine it was")...)
	}
	day, err := t.given.Date()
	switch {
	case err != nil:
		faults = append(faults, mark(t.dField, err.Error())...)
	case day.After(t.j.facts.today):
		faults = append(faults, mark(t.dField, "Date of vaccination must be today or in the past")...)
	case day.Before(t.j.visit.Person.BirthDate):
		faults = append(faults, mark(t.dField, "Date of vaccination must be after the date of birth")...)
	}
	return faults
}

// dose is what was told; ok is false while it is not complete.
func (t *toldDose) dose() (told capture.Dose, ok bool) {
	day, err := t.given.Date()
	if err != nil || t.product.Selected() == "" {
		return capture.Dose{}, false
	}
	return capture.Dose{Date: day, Disease: t.j.visit.Plan.Disease, Product: t.product.Selected(), Source: capture.SourceReported}, true
}
