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
	by     *form.Radios // asked when whoever is signed in may not choose
	kField *form.Field
	rField *form.Field
	bField *form.Field
	object fyne.CanvasObject
}

func newConflict(j *journey, about capture.Disagreement) *conflict {
	c := &conflict{j: j, about: about, reason: form.NewEntry()}
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
	own := j.ownIDIfRegistered()
	c.by = registeredRadios(j.facts.clinicians(), own)
	c.by.OnSubmit = j.enter
	for _, choice := range j.visit.Status.Chosen {
		if choice.Conflict == about.Key {
			c.by.SetSelected(choice.ByID)
			c.keep.SetSelected(choice.Keep)
			c.reason.SetText(choice.Reason)
		}
	}
	c.kField = form.NewField("These cannot all be right. Which counts today?", "", c.keep)
	c.rField = form.NewField("Why?", "For this visit only. A wrong national record is corrected through 119.", c.reason)
	c.bField = form.NewField("Which clinician chose?", "", c.by)
	reveal(c.bField, own == "")
	c.object = form.Card(form.Columns(24, []float32{0, 330}, c.kField, form.VStack(12, c.rField, c.bField)))
	return c
}

// choice is the answer so far; ok is false while there is none.
func (c *conflict) choice() (choice capture.Choice, ok bool) {
	desk := c.j.app.session.Desk
	return capture.Choice{
		Conflict: c.about.Key, Keep: c.keep.Selected(), Reason: c.reason.Text, ByID: c.by.Selected(), At: desk.Now().UTC(),
	}, c.keep.Selected() != ""
}

func (c *conflict) faults() []form.Fault {
	var faults []form.Fault
	if c.keep.Selected() == "" {
		faults = append(faults, mark(c.kField, "Choose which record counts today")...)
	}
	if c.reason.Text == "" {
		faults = append(faults, mark(c.rField, "Enter why this record counts today")...)
	}
	if c.by.Selected() == "" {
		faults = append(faults, mark(c.bField, "Choose the clinician who chose")...)
	}
	return faults
}
