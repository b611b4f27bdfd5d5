package ui

import (
	"fyne.io/fyne/v2"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/ui/form"
)

// consent asks who agreed.
type consent struct {
	j            *journey
	lacks        *form.Checkbox
	kind         *form.Radios
	by           *form.Entry
	relationship *form.Entry
	notes        *form.Entry
	clinician    *form.Radios
	kField       *form.Field
	bField       *form.Field
	rField       *form.Field
	nField       *form.Field
	cField       *form.Field
	who          *fyne.Container
}

func newConsent(j *journey) *consent {
	given := j.visit.Consent
	s := &consent{
		j: j, kind: form.NewRadios().Dense(), by: form.NewEntry().SetColumns(30), relationship: form.NewEntry().SetColumns(20),
		notes: form.NewEntry(), lacks: form.NewCheckbox("The patient cannot decide for themselves", ""),
	}
	option, known := j.facts.edition.Consent(given.Type)
	s.lacks.SetTicked(known && !s.offers(option, false) && s.offers(option, true))
	s.lacks.OnChanged = func(bool) { s.offer(); s.showWho() }
	s.offer()
	s.kind.SetSelected(given.Type)
	s.kind.OnChanged = func(string) { s.showWho() }
	s.kind.OnSubmit = j.enter
	s.by.SetText(given.By)
	s.relationship.SetText(given.Relationship)
	s.notes.SetText(given.Notes)
	s.clinician = staffRadios(j.facts.clinicians(), firstOf(given.ClinicianID, j.visit.Screening.ScreenerID, j.ownIDIfRegistered()))
	s.clinician.OnSubmit = j.enter
	s.kField = form.NewField("Who agreed to the vaccination?", "Offer the leaflet and answer questions first.", s.kind)
	s.bField = form.NewField("Their name", "", s.by)
	s.rField = form.NewField("How they are related to the patient", "", s.relationship)
	s.nField = form.NewField("Notes", "Stay on this device; the GP does not see them", s.notes)
	s.cField = form.NewField("Clinician responsible for the consent", "", s.clinician)
	s.who = form.Columns(24, nil, s.bField, s.rField)
	s.showWho()
	return s
}

func (s *consent) offers(option catalogue.Consent, lacks bool) bool {
	return option.Given && option.Offered(s.j.visit.Person.Age(s.j.facts.today), lacks)
}

func (s *consent) offer() {
	var options []form.Option
	for _, option := range s.j.facts.edition.Consents() {
		if s.offers(option, s.lacks.Ticked()) {
			options = append(options, form.Option{Value: option.Key, Label: option.Label})
		}
	}
	s.kind.SetOptions(options...)
}

func (s *consent) showWho() {
	option, _ := s.j.facts.edition.Consent(s.kind.Selected())
	reveal(s.bField, option.NeedsName)
	reveal(s.rField, option.NeedsRelationship)
	reveal(s.who, option.NeedsName || option.NeedsRelationship)
	reveal(s.nField, option.NeedsName || option.Gillick)
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
	return form.VStack(16, s.kField, s.lacks, s.who, s.nField, s.cField)
}

func (s *consent) first() fyne.Focusable { return s.kind }

func (s *consent) keep(visit *capture.Encounter) {
	option, _ := s.j.facts.edition.Consent(s.kind.Selected())
	visit.Consent = capture.Consent{
		Type: s.kind.Selected(), ClinicianID: s.clinician.Selected(), Notes: s.notes.Text, At: s.j.app.session.Desk.Now().UTC(),
	}
	if option.NeedsName {
		visit.Consent.By = s.by.Text
	}
	if option.NeedsRelationship {
		visit.Consent.Relationship = s.relationship.Text
	}
}

func (s *consent) faults() []form.Fault {
	known := func(id string) (capture.Staff, bool) {
		for _, staff := range s.j.facts.staff {
			if staff.ID == id {
				return staff, true
			}
		}
		return capture.Staff{}, false
	}
	fields := map[string]*form.Field{"type": s.kField, "by": s.bField, "relationship": s.rField, "clinicianId": s.cField}
	var faults []form.Fault
	for _, problem := range s.j.visit.Consent.Check(s.j.facts.edition, known) {
		faults = append(faults, mark(fields[problem.Field], problem.Message)...)
	}
	return faults
}

func (s *consent) next(j *journey) station     { return newGive(j) }
func (s *consent) previous(j *journey) station { return j.judged() }
