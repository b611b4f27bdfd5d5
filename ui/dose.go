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
	disease *form.Radios
	kind    *form.Radios
	product *form.Radios
	others  *form.Link // shows the vaccines without a batch here
	ticks   []tick
	reason  *form.Entry
	against *fyne.Container // the disease, where there are several
	kField  *form.Field
	pField  *form.Field
	rField  *form.Field
	about   *fyne.Container // all but the disease: it is about the disease of the visit
	instead *fyne.Container // instead of it while another disease is chosen
}

func newDose(j *journey) *dose {
	s := &dose{j: j, reason: form.NewEntry().SetColumns(44)}
	plan := j.visit.Plan
	s.disease = diseaseRadios(j.facts.diseases(plan.Disease))
	s.disease.SetSelected(plan.Disease)
	s.disease.OnChanged = func(string) { s.showDisease() }
	var options []form.Option
	for _, kind := range j.facts.catalogue.Kinds(plan.Disease) {
		options = append(options, form.Option{Value: string(kind.Key), Label: kind.Label})
	}
	s.kind = form.NewRadios(options...).Dense()
	s.kind.SetSelected(firstOf(string(plan.Kind), string(j.facts.suggestion.Kind)))
	s.product = form.NewRadios(j.facts.productOptions(plan.Disease, false)...).Dense()
	s.product.SetSelected(plan.Product)
	s.others = form.NewLink("Show vaccines without a batch here", s.showOthers)
	reveal(s.others, len(s.product.Options()) < len(j.facts.productOptions(plan.Disease, true)))
	s.reason.SetText(plan.Reason)
	for _, radios := range []*form.Radios{s.disease, s.kind, s.product} {
		radios.OnSubmit = j.enter
	}
	s.kind.OnChanged = func(string) { s.showReason() }
	s.ticks = circumstanceTicks(j.facts, plan.Disease, &j.visit.Circumstances)
	s.against = form.Columns(16, []float32{70, 0}, form.Middle(form.Strong("Against")), s.disease)
	s.disease.SetName("Against which disease?")
	s.kField = form.NewField("Which dose?", "", s.kind)
	s.pField = form.NewField("Which vaccine?", "", s.product)
	s.rField = form.NewField("Why another dose than the rules suggest?", "", s.reason)
	s.lay()
	s.showReason()
	s.showDisease()
	return s
}

// lay sets out the page.
func (s *dose) lay() {
	var boxes []fyne.CanvasObject
	for _, t := range s.ticks {
		boxes = append(boxes, t.box)
	}
	columns := []fyne.CanvasObject{s.kField, form.VStack(6, s.pField, s.others)}
	widths := []float32{190, 0}
	if len(boxes) > 0 {
		columns = slices.Insert(columns, 1, fyne.CanvasObject(form.NewField("About this person", "", form.VStack(0, boxes...))))
		widths = []float32{190, 306, 0}
	}
	s.about = form.VStack(8, suggestionPanel(s.j.facts), form.Columns(16, widths, columns...), s.rField)
	s.instead = form.VStack(0)
	reveal(s.against, len(s.disease.Options()) > 1)
}

// productLabel is the name with the ages the product is for.
func productLabel(product catalogue.Product) string {
	if strings.Contains(product.Name, product.AgeText()) {
		return product.Name
	}
	return product.Name + ", " + product.AgeText()
}

// showOthers adds the vaccines that have no batch here: one that is missing must not stop a vaccination.
func (s *dose) showOthers() {
	chosen := s.product.Selected()
	s.product.SetOptions(s.j.facts.productOptions(s.j.visit.Plan.Disease, true)...)
	s.product.SetSelected(chosen)
	s.others.Hide()
	s.j.app.focus(s.product)
	s.j.relayout()
}

// another tells that a disease is chosen other than the one the visit is about so far.
func (s *dose) another() bool { return s.disease.Selected() != s.j.visit.Plan.Disease }

func (s *dose) showDisease() {
	reveal(s.about, !s.another())
	reveal(s.instead, s.another())
	if s.another() {
		s.instead.Objects = []fyne.CanvasObject{form.NewNotice(form.NoticeQuiet, "Earlier vaccinations come first",
			"Continue shows the earlier "+s.j.facts.adjective(s.disease.Selected())+" vaccinations; then the rules suggest a dose.")}
	}
	s.j.relayout()
}

func (s *dose) showReason() {
	suggested := s.j.facts.suggestion
	other := s.kind.Selected() != "" && (!suggested.Due || s.kind.Selected() != string(suggested.Kind))
	reveal(s.rField, other)
	s.j.relayout()
}

func (s *dose) step() capture.Step      { return capture.StepDose }
func (s *dose) heading() string         { return "Which dose is due?" }
func (s *dose) body() fyne.CanvasObject { return form.VStack(10, s.against, s.about, s.instead) }

// suggestionPanel is what the dated rules say, and why.
func suggestionPanel(f facts) fyne.CanvasObject {
	suggested := f.suggestion
	kind := form.PanelCaution
	if suggested.Due {
		kind = form.PanelProceed
	}
	known := slices.DeleteFunc(slices.Clone(suggested.Facts), func(f capture.Fact) bool { return f.Value == "not known" })
	reason := panelReason(suggested.RuleID, "", known, suggested.InForceFrom, suggested.Source)
	var first []string
	for _, key := range suggested.Products {
		if product, ok := f.edition.Product(key); ok && len(first) < 2 {
			first = append(first, product.Name)
		}
	}
	if len(first) > 0 {
		reason.Sentence = "Offered first: " + strings.Join(first, ", ")
	}
	return form.NewPanel(kind, "", reason).SetWord(suggested.Sentence)
}

func (s *dose) first() fyne.Focusable {
	if s.kind.Selected() == "" {
		return s.kind
	}
	return s.product
}

func (s *dose) keep(visit *capture.Encounter) {
	for _, t := range s.ticks {
		*t.set(&visit.Circumstances) = t.box.Ticked()
	}
	if s.another() {
		return // what is chosen below is against the disease before
	}
	before := visit.Plan
	visit.Plan.Kind = catalogue.DoseKind(s.kind.Selected())
	visit.Plan.Product = s.product.Selected()
	visit.Plan.Reason = s.reason.Text
	if visit.Plan.Product != before.Product {
		visit.Give = nil // its batch and amount were those of another vaccine
	}
}

func (s *dose) faults() []form.Fault {
	if s.another() {
		return nil
	}
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

func (s *dose) fields() map[string]fyne.CanvasObject {
	if s.another() {
		return nil
	}
	return map[string]fyne.CanvasObject{"plan.kind": s.kField, "plan.product": s.pField}
}

// take turns the visit to another disease: what was asked about the one before does not count for it.
func (s *dose) take(visit *capture.Encounter) {
	if !s.another() {
		return
	}
	visit.Plan = capture.Plan{Disease: s.disease.Selected()}
	visit.StatusSeen, visit.Status = false, capture.StatusCheck{}
	visit.Screening, visit.Consent = capture.Screening{}, capture.Consent{}
	visit.Give, visit.Direction = nil, nil
}

// next asks again when the ticks have changed what the rules suggest, so that the reason can be given.
func (s *dose) next(j *journey) station {
	if j.visit.Plan.Product == "" {
		return newStatus(j)
	}
	if j.disputed() {
		return newDose(j)
	}
	return newEligible(j)
}

// disputed tells that the rules suggest another dose than the one planned, and nobody has said why.
func (j *journey) disputed() bool {
	suggested, plan := j.facts.suggestion, j.visit.Plan
	return (!suggested.Due || suggested.Kind != plan.Kind) && plan.Reason == ""
}

func (s *dose) previous(j *journey) station { return newStatus(j) }
