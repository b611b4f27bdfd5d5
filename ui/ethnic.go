package ui

import (
	"fyne.io/fyne/v2"

	"deltoid/ui/form"
)

// ethnic asks for the ethnic category, which the patient says of themselves. It is closed until it is asked.
type ethnic struct {
	chooser *form.Chooser
	known   string
	object  *fyne.Container
}

func newEthnic(j *journey) *ethnic {
	e := &ethnic{known: j.visit.Person.EthnicCategory}
	var options []form.Option
	for _, category := range j.facts.edition.EthnicCategories() {
		options = append(options, form.Option{Value: category.Code, Label: category.Label})
	}
	e.chooser = form.NewChooser(options...)
	e.chooser.SetSelected(e.known)
	e.chooser.OnSubmit = j.enter
	field := form.NewField("Ethnic category", "As the patient says. Type a part of it.", e.chooser)
	field.Hide()
	said, words := "Not asked", "Ask"
	if category, ok := j.facts.edition.EthnicCategory(e.known); ok {
		said, words = category.Label, "Change"
	}
	var line *fyne.Container
	link := form.NewLink(words, func() {
		line.Hide()
		field.Show()
		j.relayout()
		j.app.focus(field.Focusable())
	})
	link.About = "the ethnic category"
	line = form.Columns(12, []float32{0, 60}, form.VStack(0, form.Strong("Ethnic category"), form.Body(said)), link)
	e.object = form.VStack(0, line, field)
	return e
}

func (e *ethnic) code() string { return firstOf(e.chooser.Selected(), e.known) }
