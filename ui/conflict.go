package ui

import (
	"fmt"

	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// conflict asks which of several entries counts today, when they cannot all be right.
type conflict struct {
	j      *journey
	about  capture.Disagreement
	keep   *form.Radios
	reason *form.Entry
	kField *form.Field
	rField *form.Field
	object fyne.CanvasObject
}

func newConflict(j *journey, about capture.Disagreement) *conflict {
	c := &conflict{j: j, about: about, reason: form.NewEntry().SetColumns(44)}
	var options []form.Option
	for _, entry := range about.Between {
		words := fmt.Sprintf("%s, %s", entry.Date.Short(), entry.Name)
		if entry.Kind != "" {
			words += ", " + kindWords(j.facts.catalogue, entry.Kind)
		}
		options = append(options, form.Option{Value: entry.Key, Label: words, Hint: joined(upperFirst(entry.Source), detailOf(entry))})
	}
	options = append(options, form.Option{Value: capture.KeepBoth, Label: "Both were given"})
	c.keep = form.NewRadios(options...).Dense()
	c.keep.OnSubmit = j.enter
	for _, choice := range j.visit.Status.Chosen {
		if choice.Conflict == about.Key {
			c.keep.SetSelected(choice.Keep)
			c.reason.SetText(choice.Reason)
		}
	}
	c.kField = form.NewField("Which of them counts today?", "It holds for this visit. A wrong national record is corrected through 119.", c.keep)
	c.rField = form.NewField("Why?", "", c.reason)
	c.object = form.Card(form.VStack(12, form.Strong(about.Sentence), c.kField, c.rField))
	return c
}

// choice is the answer so far; ok is false while there is none.
func (c *conflict) choice() (choice capture.Choice, ok bool) {
	desk := c.j.app.session.Desk
	return capture.Choice{
		Conflict: c.about.Key, Keep: c.keep.Selected(), Reason: c.reason.Text, ByID: desk.User().ID, At: desk.Now().UTC(),
	}, c.keep.Selected() != ""
}

func (c *conflict) faults() []form.Fault {
	var faults []form.Fault
	if c.keep.Selected() == "" {
		faults = append(faults, mark(c.kField, "Choose which record counts today")...)
	}
	if c.reason.Text == "" {
		faults = append(faults, mark(c.rField, "Enter why")...)
	}
	return faults
}
