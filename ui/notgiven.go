package ui

import (
	"slices"

	"fyne.io/fyne/v2"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/ui/form"
)

// notGiven records why no dose was given; it is as much a record as a dose.
type notGiven struct {
	j       *journey
	choices []catalogue.NotGivenChoice
	choice  *form.Radios
	until   *form.DateEntry
	who     *form.Entry
	note    *form.Entry
	cField  *form.Field
	uField  *form.Field
	wField  *form.Field
	nField  *form.Field
}

func newNotGiven(j *journey) *notGiven {
	s := &notGiven{j: j, until: form.NewDateEntry(), who: form.NewEntry().SetColumns(30), note: form.NewEntry()}
	s.note.MaxLength = 500
	s.choices = j.facts.edition.NotGivenChoices(s.kind())
	var options []form.Option
	for _, choice := range s.choices {
		options = append(options, form.Option{Value: choice.Key, Label: choice.Label})
	}
	s.choice = form.NewRadios(options...).Dense()
	s.choice.OnSubmit, s.until.OnSubmit = j.enter, j.enter
	s.choice.OnChanged = func(string) { s.show() }
	s.who.SetText(j.visit.Consent.By)
	day := j.facts.decision.DeferUntil // the rules work out the day, people do not
	if known := j.visit.NotGiven; known != nil {
		s.choice.SetSelected(known.Choice)
		s.note.SetText(known.Note)
		if !known.Until.IsZero() {
			day = known.Until
		}
	}
	hint := "For example, " + example(j.facts.today.AddDays(28))
	if !day.IsZero() {
		s.until.SetDate(day)
	}
	if computed := j.facts.decision.DeferUntil; !computed.IsZero() {
		hint = "By the rules not before " + computed.Plain()
	}
	s.cField = form.NewField("Why was the vaccine not given?", "", s.choice)
	s.uField = form.NewField("From which day may they come back?", hint, s.until)
	s.wField = form.NewField("Who did not consent?", "", s.who)
	s.nField = form.NewField("Notes", capture.StaysHere, s.note)
	s.show()
	return s
}

// kind is the dose that was not given: the one planned, or the one the rules suggest.
func (s *notGiven) kind() catalogue.DoseKind {
	kinds := s.j.facts.catalogue.KindKeys(s.j.visit.Plan.Disease)
	switch {
	case s.j.visit.Plan.Kind != "":
		return s.j.visit.Plan.Kind
	case s.j.facts.suggestion.Kind != "":
		return s.j.facts.suggestion.Kind
	case len(kinds) > 0:
		return kinds[0]
	}
	return ""
}

func (s *notGiven) chosen() catalogue.NotGivenChoice {
	if i := slices.IndexFunc(s.choices, func(c catalogue.NotGivenChoice) bool { return c.Key == s.choice.Selected() }); i >= 0 {
		return s.choices[i]
	}
	return catalogue.NotGivenChoice{}
}

func (s *notGiven) show() {
	reveal(s.uField, s.chosen().AsksUntil)
	reveal(s.wField, s.chosen().AsksWho)
	s.j.relayout()
}

func (s *notGiven) step() capture.Step    { return capture.StepNotGiven }
func (s *notGiven) heading() string       { return "Vaccine not given" }
func (s *notGiven) first() fyne.Focusable { return s.choice }
func (s *notGiven) settles() bool         { return true }

func (s *notGiven) body() fyne.CanvasObject {
	return form.VStack(18, s.cField, s.uField, s.wField, s.nField)
}

func (s *notGiven) keep(visit *capture.Encounter) {
	visit.Give = nil
	visit.Plan.Kind = s.kind()
	visit.NotGiven = &capture.NotGiven{Choice: s.choice.Selected(), Note: s.note.Text}
	if day, err := s.until.Date(); err == nil && s.uField.Visible() {
		visit.NotGiven.Until = day
	}
	if s.wField.Visible() {
		visit.Consent.By = s.who.Text
	}
	if visit.Screening.ScreenerID == "" {
		visit.Screening.ScreenerID = s.j.ownIDIfRegistered()
	}
}

func (s *notGiven) faults() []form.Fault {
	if s.choice.Selected() == "" {
		return mark(s.cField, "Choose why the vaccine was not given")
	}
	if _, err := s.until.Date(); err != nil && s.uField.Visible() {
		return mark(s.uField, err.Error())
	}
	return nil
}

func (s *notGiven) fields() map[string]fyne.CanvasObject {
	return map[string]fyne.CanvasObject{"notGiven.choice": s.cField, "notGiven.until": s.uField, "consent.by": s.wField}
}

func (s *notGiven) next(j *journey) station { return newCheck(j) }

// previous goes back to the dose: the visit is on the way of a vaccination again.
func (s *notGiven) previous(j *journey) station {
	j.visit.NotGiven = nil
	return newDose(j)
}
