package ui

import (
	"fmt"

	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// give records the batch, where, how much and who.
type give struct {
	j          *journey
	batch      *form.Radios
	bodySite   *form.Radios
	vaccinator *form.Radios
	amount     *form.Entry
	why        *form.Entry
	bField     *form.Field
	sField     *form.Field
	vField     *form.Field
	aField     *form.Field
	wField     *form.Field
	usual      string
}

// route is the only one of COVID-19 vaccines.
const route = "im"

func newGive(j *journey) *give {
	product, _ := j.facts.edition.Product(j.visit.Plan.Product)
	s := &give{j: j, usual: product.Amount(j.visit.Plan.Kind), amount: form.NewEntry().SetColumns(6), why: form.NewEntry().SetColumns(30)}
	given := capture.Give{BatchID: j.facts.clinic.BatchID, VaccinatorID: firstOf(j.facts.clinic.VaccinatorID, j.app.session.Desk.User().ID), AmountML: s.usual}
	if j.visit.Give != nil {
		given = *j.visit.Give
	}
	var options []form.Option
	for _, batch := range j.facts.batches {
		options = append(options, form.Option{Value: batch.ID, Label: batch.Number, Hint: "use by " + batch.UseBy(product).Short()})
	}
	s.batch = form.NewRadios(options...).Dense()
	s.batch.SetSelected(given.BatchID)
	options = nil
	for _, site := range j.facts.edition.Sites() {
		if site.Key == "nasal" || site.Key == "nasal-cavity" || site.Key == "oral-cavity" {
			continue // not for an injection
		}
		options = append(options, form.Option{Value: site.Key, Label: site.Label})
	}
	s.bodySite = form.NewRadios(options...).Dense()
	s.bodySite.SetSelected(given.BodySite)
	s.vaccinator = staffRadios(j.facts.staff, given.VaccinatorID)
	for _, radios := range []*form.Radios{s.batch, s.bodySite, s.vaccinator} {
		radios.OnSubmit = j.enter
	}
	s.amount.SetText(given.AmountML)
	s.amount.OnChanged = func(text string) { s.showWhy() }
	s.why.SetText(given.AmountReason)
	hint := ""
	if len(j.facts.batches) == 0 {
		hint = "No batch of this vaccine may be used today. Add one, or go back to choose another vaccine."
	}
	s.bField = form.NewField("Batch", hint, s.batch)
	s.sField = form.NewField("Where was it given?", "", s.bodySite)
	s.vField = form.NewField("Who gave it?", "", s.vaccinator)
	s.aField = form.NewField("Dose in millilitres", fmt.Sprintf("The usual dose is %s ml", s.usual), s.amount)
	s.wField = form.NewField("Why another amount?", "", s.why)
	s.showWhy()
	return s
}

func (s *give) showWhy() {
	reveal(s.wField, s.amount.Text != s.usual)
	s.j.relayout()
}

func (s *give) step() capture.Step { return capture.StepGive }
func (s *give) heading() string    { return "Give the vaccine" }

func (s *give) body() fyne.CanvasObject {
	product, _ := s.j.facts.edition.Product(s.j.visit.Plan.Product)
	what := fmt.Sprintf("%s, %s, into the muscle", product.Name, kindWords(s.j.visit.Plan.Kind))
	if product.Cap != "" {
		what += fmt.Sprintf(" (%s cap)", product.Cap)
	}
	add := form.NewLink("Add a batch", func() { s.j.app.addBatch(s.j) })
	return form.VStack(16,
		form.Lead(what),
		form.Columns(24, nil,
			form.VStack(16, form.VStack(6, s.bField, add), s.aField, s.wField),
			form.VStack(16, s.sField, s.vField)),
	)
}

func (s *give) first() fyne.Focusable {
	if s.batch.Selected() == "" {
		return s.batch
	}
	return s.bodySite
}

func (s *give) keep(visit *capture.Encounter) {
	var at = capture.Give{}.At
	if visit.Give != nil {
		at = visit.Give.At
	}
	visit.NotGiven = nil
	visit.Give = &capture.Give{
		BatchID: s.batch.Selected(), BodySite: s.bodySite.Selected(), Route: route, AmountML: s.amount.Text,
		VaccinatorID: s.vaccinator.Selected(), At: at,
	}
	if s.wField.Visible() {
		visit.Give.AmountReason = s.why.Text
	}
}

func (s *give) faults() []form.Fault {
	var faults []form.Fault
	if s.batch.Selected() == "" {
		faults = append(faults, mark(s.bField, "Choose the batch, or add it")...)
	}
	if s.bodySite.Selected() == "" {
		faults = append(faults, mark(s.sField, "Choose where the injection was given")...)
	}
	if s.vaccinator.Selected() == "" {
		faults = append(faults, mark(s.vField, "Choose who gave the vaccine")...)
	}
	if s.amount.Text == "" {
		faults = append(faults, mark(s.aField, "Enter the dose in millilitres, for example "+s.usual)...)
	}
	if s.wField.Visible() && s.why.Text == "" && s.amount.Text != "" {
		faults = append(faults, mark(s.wField, "Enter why another amount was given")...)
	}
	return faults
}

func (s *give) next(j *journey) station     { return newCheck(j) }
func (s *give) previous(j *journey) station { return newConsent(j) }
