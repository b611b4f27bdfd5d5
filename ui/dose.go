package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/ui/form"
)

// dose settles which dose of which vaccine; the dated rules suggest, the clinician decides.
type dose struct {
	j       *journey
	kind    *form.Radios
	product *form.Radios
	ticks   []tick
	reason  *form.Entry
	kField  *form.Field
	pField  *form.Field
	rField  *form.Field
}

// tick is one fact about the person that the dose rules look at.
type tick struct {
	box *form.Checkbox
	set func(*capture.Circumstances) *bool
}

func newDose(j *journey) *dose {
	s := &dose{j: j, reason: form.NewEntry().SetColumns(44)}
	plan := j.visit.Plan
	var options []form.Option
	for _, kind := range kinds {
		options = append(options, form.Option{Value: string(kind), Label: kindWords(kind)})
	}
	s.kind = form.NewRadios(options...).Dense()
	s.kind.SetSelected(firstOf(string(plan.Kind), string(j.facts.suggestion.Kind)))
	options = nil
	for _, product := range j.facts.edition.Products() {
		if product.Disease == plan.Disease {
			options = append(options, form.Option{Value: product.Key, Label: productLabel(product)})
		}
	}
	s.product = form.NewRadios(options...).Dense()
	s.product.SetSelected(plan.Product)
	s.reason.SetText(plan.Reason)
	for _, radios := range []*form.Radios{s.kind, s.product} {
		radios.OnSubmit = j.enter
	}
	s.kind.OnChanged = func(string) { s.showReason() }
	s.ticks = []tick{
		{form.NewCheckbox("At clinical risk", ""), func(c *capture.Circumstances) *bool { return &c.AtRisk }},
		{form.NewCheckbox("Lives with immunosuppressed person", ""), func(c *capture.Circumstances) *bool { return &c.HouseholdContact }},
		{form.NewCheckbox("Lives in a care home", ""), func(c *capture.Circumstances) *bool { return &c.CareHomeResident }},
		{form.NewCheckbox("Immunosuppressed now", ""), func(c *capture.Circumstances) *bool { return &c.Immunosuppressed }},
		{form.NewCheckbox("Severely immunosuppressed at dose 1 or 2", ""), func(c *capture.Circumstances) *bool { return &c.ImmunosuppressedAtPrimary }},
		{form.NewCheckbox("Health or care worker", ""), func(c *capture.Circumstances) *bool { return &c.HealthOrCareWorker }},
		{form.NewCheckbox("Carer", ""), func(c *capture.Circumstances) *bool { return &c.Carer }},
	}
	for _, t := range s.ticks {
		t.box.SetTicked(*t.set(&j.visit.Circumstances))
	}
	s.kField = form.NewField("Which dose?", "", s.kind)
	s.pField = form.NewField("Which vaccine?", "", s.product)
	s.rField = form.NewField("Why another dose than the rules suggest?", "", s.reason)
	s.showReason()
	return s
}

// productLabel is the name with the ages the product is for.
func productLabel(product catalogue.Product) string {
	if strings.Contains(product.Name, product.AgeText()) {
		return product.Name
	}
	return product.Name + ", " + product.AgeText()
}

func (s *dose) showReason() {
	suggested := s.j.facts.suggestion
	other := s.kind.Selected() != "" && (!suggested.Due || s.kind.Selected() != string(suggested.Kind))
	if other {
		s.rField.Show()
	} else {
		s.rField.Hide()
	}
	s.j.relayout()
}

func (s *dose) step() capture.Step { return capture.StepDose }
func (s *dose) heading() string    { return "Which dose is due?" }

func (s *dose) body() fyne.CanvasObject {
	var boxes []fyne.CanvasObject
	for _, t := range s.ticks {
		boxes = append(boxes, t.box)
	}
	about := form.NewField("About this person", "", form.VStack(0, boxes...))
	return form.VStack(10,
		s.suggestion(),
		form.Columns(16, []float32{160, 310}, s.kField, about, s.pField),
		s.rField,
	)
}

// suggestion is the panel with what the dated rules say, and why.
func (s *dose) suggestion() fyne.CanvasObject {
	suggested := s.j.facts.suggestion
	kind := form.PanelCaution
	if suggested.Due {
		kind = form.PanelProceed
	}
	return form.NewPanel(kind, "", panelReason(suggested.RuleID, "", suggested.Facts, suggested.InForceFrom)).SetWord(suggested.Sentence)
}

func (s *dose) first() fyne.Focusable {
	if s.kind.Selected() == "" {
		return s.kind
	}
	return s.product
}

func (s *dose) keep(visit *capture.Encounter) {
	before := visit.Plan
	visit.Plan.Kind = catalogue.DoseKind(s.kind.Selected())
	visit.Plan.Product = s.product.Selected()
	visit.Plan.Reason = s.reason.Text
	if visit.Plan.Product != before.Product {
		visit.Give = nil // its batch and amount were those of another vaccine
	}
	for _, t := range s.ticks {
		*t.set(&visit.Circumstances) = t.box.Ticked()
	}
}

func (s *dose) faults() []form.Fault {
	var faults []form.Fault
	if s.kind.Selected() == "" {
		faults = append(faults, mark(s.kField, "Choose which dose this is")...)
	}
	if s.product.Selected() == "" {
		faults = append(faults, mark(s.pField, "Choose the vaccine")...)
	}
	if s.rField.Visible() && s.reason.Text == "" {
		faults = append(faults, mark(s.rField, "Enter why this dose is given although the rules suggest another")...)
	}
	return faults
}

// next asks again when the ticks have changed what the rules suggest, so that the reason can be given.
func (s *dose) next(j *journey) station {
	kind := string(j.facts.suggestion.Kind)
	due := j.facts.suggestion.Due
	if (!due || kind != string(j.visit.Plan.Kind)) && j.visit.Plan.Reason == "" {
		return newDose(j)
	}
	return newEligible(j)
}

func (s *dose) previous(j *journey) station { return newStatus(j) }

func firstOf(values ...string) string {
	if i := slices.IndexFunc(values, func(v string) bool { return v != "" }); i >= 0 {
		return values[i]
	}
	return ""
}
