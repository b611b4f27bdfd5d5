package ui

import (
	"slices"

	"fyne.io/fyne/v2"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/ui/form"
)

// consent asks who agreed, or that somebody refused.
type consent struct {
	j            *journey
	capable      *form.Radios
	kind         *form.Radios
	by           *form.Entry
	relationship *form.Entry
	consulted    *form.Entry
	notes        *form.Entry
	clinician    *form.Radios
	qField       *form.Field // whether the patient can decide
	kField       *form.Field
	bField       *form.Field
	rField       *form.Field
	tField       *form.Field // who was consulted
	nField       *form.Field
	cField       *form.Field
	who          *fyne.Container
	rest         *fyne.Container // what follows the first question
}

func newConsent(j *journey) *consent {
	given := j.visit.Consent
	s := &consent{
		j: j, kind: form.NewRadios().Dense(), by: form.NewEntry().SetColumns(30), relationship: form.NewEntry().SetColumns(20),
		consulted: form.NewEntry(), notes: form.NewEntry(),
		capable: form.NewRadiosAcross(form.Option{Value: capture.Yes, Label: "Yes"}, form.Option{Value: capture.No, Label: "No, they lack capacity"}).Dense(),
	}
	switch {
	case given.LacksCapacity:
		s.capable.SetSelected(capture.No)
	case given.Type != "":
		s.capable.SetSelected(capture.Yes)
	}
	s.capable.OnChanged = func(string) {
		s.offer()
		s.showWho()
		j.app.focus(s.kind)
	}
	s.kind.OnChanged = func(string) { s.showWho() }
	s.by.SetText(given.By)
	s.relationship.SetText(given.Relationship)
	s.consulted.SetText(given.Consulted)
	s.notes.SetText(given.Notes)
	s.clinician = registeredRadios(j.facts.clinicians(), firstOf(given.ClinicianID, j.visit.Screening.ScreenerID, j.ownIDIfRegistered()))
	for _, radios := range []*form.Radios{s.capable, s.kind, s.clinician} {
		radios.OnSubmit = j.enter
	}
	s.qField = form.NewField("Can the patient decide about this vaccination?", "Assume that they can, unless it is shown that they cannot (Mental Capacity Act).", s.capable)
	s.kField = form.NewField("Who agreed to the vaccination?", "Offer the leaflet and answer questions first.", s.kind)
	s.bField = form.NewField("Their name", "", s.by)
	s.rField = form.NewField("How they are related to the patient", "", s.relationship)
	s.tField = form.NewField("Who was consulted?", "Family, carers or an advocate", s.consulted)
	s.nField = form.NewField("Notes", capture.StaysHere, s.notes)
	s.cField = form.NewField("Clinician responsible for the consent", "", s.clinician)
	s.who = form.Columns(24, nil, s.bField, s.rField)
	s.rest = form.VStack(14, s.kField, s.who, s.tField, s.nField, s.cField)
	reveal(s.qField, s.asksCapacity())
	s.offer()
	s.kind.SetSelected(given.Type)
	s.showWho()
	return s
}

// asksCapacity tells whether the patient is of an age to decide alone; for a child, competence is asked in another way.
func (s *consent) asksCapacity() bool {
	return slices.ContainsFunc(s.options(false), func(option catalogue.Consent) bool { return option.Given && !option.NeedsName && !option.Gillick })
}

func (s *consent) options(lacks bool) []catalogue.Consent {
	visit := s.j.visit
	visit.Consent.LacksCapacity = lacks
	return s.j.app.session.Desk.ConsentOptions(visit)
}

func (s *consent) lacks() bool { return s.capable.Selected() == capture.No && s.asksCapacity() }

func (s *consent) offer() {
	var options []form.Option
	for _, option := range s.options(s.lacks()) {
		options = append(options, form.Option{Value: option.Key, Label: option.Label})
	}
	s.kind.SetOptions(options...)
}

func (s *consent) chosen() catalogue.Consent {
	option, _ := s.j.facts.edition.Consent(s.kind.Selected())
	return option
}

func (s *consent) showWho() {
	option := s.chosen()
	refused := option.Key != "" && !option.Given
	name := "Their name"
	if refused {
		name = "Who refused"
	}
	s.bField.SetLabel(name)
	reveal(s.rest, s.capable.Selected() != "" || !s.asksCapacity())
	reveal(s.bField, option.NeedsName || refused)
	reveal(s.rField, option.NeedsRelationship)
	reveal(s.who, option.NeedsName || option.NeedsRelationship || refused)
	reveal(s.tField, s.lacks() && option.Given)
	reveal(s.nField, option.NeedsName || refused)
	s.j.relayout()
}

func reveal(object fyne.CanvasObject, visible bool) {
	if visible {
		object.Show()
	} else {
		object.Hide()
	}
}

func (s *consent) step() capture.Step { return capture.StepConsent }
func (s *consent) heading() string    { return "Consent" }

func (s *consent) body() fyne.CanvasObject {
	lines := form.VStack(14, s.qField)
	if decided, competent := s.j.visit.Consent.Competent(s.j.facts.edition.GillickStatements()); decided && !competent {
		lines.Add(form.NewNotice(form.NoticeWarning, "Not Gillick competent", "Somebody else must decide for this child, or the vaccine is not given."))
	}
	lines.Add(s.rest)
	return lines
}

func (s *consent) first() fyne.Focusable {
	if s.qField.Visible() && s.capable.Selected() == "" {
		return s.capable
	}
	return s.kind
}

func (s *consent) keep(visit *capture.Encounter) {
	option := s.chosen()
	visit.Consent = capture.Consent{
		Type: s.kind.Selected(), ClinicianID: s.clinician.Selected(), Notes: s.notes.Text, At: s.j.app.session.Desk.Now().UTC(),
		LacksCapacity: s.lacks(), Gillick: visit.Consent.Gillick,
	}
	if s.bField.Visible() {
		visit.Consent.By = s.by.Text
	}
	if option.NeedsRelationship {
		visit.Consent.Relationship = s.relationship.Text
	}
	if s.tField.Visible() {
		visit.Consent.Consulted = s.consulted.Text
	}
}

func (s *consent) faults() []form.Fault {
	switch {
	case s.qField.Visible() && s.capable.Selected() == "":
		return mark(s.qField, "Say whether the patient can decide")
	case s.kind.Selected() == "":
		return mark(s.kField, "Choose who gave consent")
	case s.refused() && s.by.Text == "":
		return mark(s.bField, "Enter who refused")
	}
	return nil
}

// refused tells that somebody said no.
func (s *consent) refused() bool { return s.kind.Selected() != "" && !s.chosen().Given }

func (s *consent) fields() map[string]fyne.CanvasObject {
	if s.refused() {
		return nil // the way leads to a dose not given
	}
	fields := map[string]fyne.CanvasObject{
		"consent.type": s.kField, "consent.by": s.bField, "consent.relationship": s.rField, "consent.clinicianId": s.cField,
		"consent.consulted": s.tField,
	}
	return fields
}

// take turns the visit to a dose not given when somebody refused.
func (s *consent) take(visit *capture.Encounter) {
	if s.refused() {
		visit.NotGiven, visit.Give = &capture.NotGiven{}, nil
	}
}

func (s *consent) next(j *journey) station {
	switch {
	case s.refused():
		return newNotGiven(j)
	case s.chosen().Gillick:
		return newGillick(j)
	}
	return newGive(j)
}

func (s *consent) previous(j *journey) station {
	if j.facts.mechanism().Prescriber {
		return newDirection(j)
	}
	return j.judged()
}
