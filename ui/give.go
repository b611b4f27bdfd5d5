package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/ui/form"
)

// give records the batch, where, how much, when and who.
type give struct {
	j        *journey
	product  catalogue.Product
	usual    string // amount in millilitres
	batch    *form.Radios
	vial     *vial
	bodySite *form.Radios
	route    *form.Radios
	amount   *form.Entry
	why      *form.Entry
	half     *form.Radios // full or half dose of a nasal vaccine, instead of an amount
	past     *form.Entry
	team     *team
	earlier  *earlier
	other    *form.Link // opens the amount
	bField   *form.Field
	sField   *form.Field
	rField   *form.Field
	aField   *form.Field
	wField   *form.Field
	hField   *form.Field
	pField   *form.Field
	dose     *fyne.Container
}

// nasal is the route of vaccines that are sprayed into the nose; they have one place, and no amount to read off.
const nasal = "nasal"

// nasalSite is where a nasal vaccine goes.
const nasalSite = "nasal-cavity"

const (
	fullDose = "full"
	halfDose = "half"
)

func newGive(j *journey) *give {
	product, _ := j.facts.edition.Product(j.visit.Plan.Product)
	s := &give{
		j: j, product: product, usual: product.Amount(j.visit.Plan.Kind), amount: form.NewEntry().SetColumns(6),
		why: form.NewEntry(), past: form.NewEntry(),
	}
	given := capture.Give{BatchID: j.carriedBatch(), AmountML: s.usual, Route: product.Route}
	if j.visit.Give != nil {
		given = *j.visit.Give
	}
	var options []form.Option
	for _, batch := range j.facts.batches {
		options = append(options, form.Option{Value: batch.ID, Label: batch.Number, Hint: "use by " + batch.UseBy(product).Short()})
	}
	s.batch = form.NewRadios(options...).Dense()
	s.batch.SetSelected(given.BatchID)
	s.vial = newVial(j, product, given)
	s.bodySite = form.NewRadios(s.sites()...).Dense()
	s.bodySite.SetSelected(given.BodySite)
	s.route = form.NewRadiosAcross(s.routes()...).Dense()
	s.route.SetSelected(given.Route)
	s.half = form.NewRadiosAcross(form.Option{Value: fullDose, Label: "Full dose"}, form.Option{Value: halfDose, Label: "Half dose"})
	if j.visit.Give != nil {
		s.half.SetSelected(fullDose)
	}
	if given.HalfDose {
		s.half.SetSelected(halfDose)
	}
	s.team = newTeam(j, given)
	s.earlier = newEarlier(j)
	s.amount.SetText(given.AmountML)
	s.why.SetText(given.AmountReason)
	s.past.SetText(given.PastUseReason)
	s.wire()
	s.label()
	s.open(given.AmountML != s.usual)
	reveal(s.pField, given.PastUseReason != "")
	s.vial.show(s.batch.Selected())
	return s
}

// carriedBatch is the batch of the clinic, when it is of the vaccine of the visit.
func (j *journey) carriedBatch() string {
	for _, batch := range j.facts.batches {
		if batch.ID == j.facts.clinic.BatchID {
			return batch.ID
		}
	}
	return ""
}

func (s *give) wire() {
	for _, radios := range []*form.Radios{s.batch, s.bodySite, s.route, s.half} {
		radios.OnSubmit = s.j.enter
	}
	s.batch.OnChanged = func(id string) {
		s.vial.show(id)
		s.j.relayout()
	}
}

func (s *give) label() {
	hint := ""
	if len(s.j.facts.batches) == 0 {
		hint = "No batch of this vaccine may be used today. Add one, or go back to choose another vaccine."
	}
	s.bField = form.NewField("Batch", hint, s.batch)
	s.sField = form.NewField("Where was it given?", "", s.bodySite)
	s.rField = form.NewField("How?", "", s.route)
	s.aField = form.NewField("Dose in millilitres", fmt.Sprintf("The usual dose is %s ml", s.usual), s.amount)
	s.wField = form.NewField("Why another amount?", "", s.why)
	s.hField = form.NewField("How much was given?", "A half dose, into one nostril only, is not repeated.", s.half)
	s.pField = form.NewField("Why is a dose from this batch recorded?", "", s.past)
	s.other = form.NewLink("Another amount was given", func() {
		s.open(true)
		s.j.app.focus(s.amount)
	})
	s.dose = form.VStack(6, form.Strong("Dose"), form.Body(s.usual+" ml, the usual dose"), s.other)
}

// open shows the box for an amount: it is closed until somebody says that the amount was not the usual one, so that it is
// never changed by a slip.
func (s *give) open(another bool) {
	inject := s.product.Route != nasal
	reveal(s.dose, inject && !another)
	reveal(s.aField, inject && another)
	reveal(s.wField, inject && another)
	reveal(s.hField, !inject)
	reveal(s.sField, inject)
	reveal(s.rField, inject)
	s.j.relayout()
}

// sites are the places for an injection.
func (s *give) sites() []form.Option {
	var options []form.Option
	for _, site := range s.j.facts.edition.Sites() {
		if !strings.HasSuffix(site.Key, "-cavity") {
			options = append(options, form.Option{Value: site.Key, Label: site.Label})
		}
	}
	return options
}

// routes are the usual way of giving the vaccine and the other way of injecting, which some patients need.
func (s *give) routes() []form.Option {
	var options []form.Option
	for _, key := range []string{"im", "sc"} {
		if route, ok := s.j.facts.edition.Route(key); ok {
			options = append(options, form.Option{Value: key, Label: route.Label})
		}
	}
	return options
}

func (s *give) step() capture.Step { return capture.StepGive }
func (s *give) heading() string    { return "Give the vaccine" }

func (s *give) body() fyne.CanvasObject {
	what := s.product.Name + ", " + kindWords(s.j.facts.catalogue, s.j.visit.Plan.Kind)
	if s.product.Cap != "" {
		what += fmt.Sprintf(" (%s cap)", s.product.Cap)
	}
	add := form.NewLink("Add a batch", func() { s.j.app.addBatch(s.j) })
	return form.VStack(14,
		form.Lead(what),
		form.Columns(24, nil,
			form.VStack(14, form.VStack(6, s.bField, add), s.pField, s.vial.object, s.dose, s.aField, s.wField, s.hField, s.earlier.object),
			form.VStack(14, s.sField, s.rField, s.team.object)),
	)
}

func (s *give) first() fyne.Focusable {
	switch {
	case s.batch.Selected() == "":
		return s.batch
	case s.product.Route == nasal:
		return s.half
	}
	return s.bodySite
}

func (s *give) keep(visit *capture.Encounter) {
	visit.NotGiven = nil
	give := capture.Give{BatchID: s.batch.Selected(), PastUseReason: s.past.Text}
	if s.product.Route == nasal {
		give.Route, give.BodySite, give.AmountML = nasal, nasalSite, s.usual
		if give.HalfDose = s.half.Selected() == halfDose; give.HalfDose {
			give.AmountML = capture.HalfAmount(s.usual)
		}
	} else {
		give.Route, give.BodySite, give.AmountML = s.route.Selected(), s.bodySite.Selected(), s.amount.Text
	}
	if s.wField.Visible() {
		give.AmountReason = s.why.Text
	}
	s.vial.keep(&give)
	s.team.keep(&give)
	s.earlier.keep(visit, &give)
	visit.Give = &give
}

func (s *give) faults() []form.Fault {
	var faults []form.Fault
	if s.batch.Selected() == "" {
		faults = append(faults, mark(s.bField, "Choose the batch, or add it")...)
	}
	if s.sField.Visible() && s.bodySite.Selected() == "" {
		faults = append(faults, mark(s.sField, "Choose where the injection was given")...)
	}
	if s.hField.Visible() && s.half.Selected() == "" {
		faults = append(faults, mark(s.hField, "Choose full or half dose")...)
	}
	if s.aField.Visible() && s.amount.Text == "" {
		faults = append(faults, mark(s.aField, "Enter the dose in millilitres, for example "+s.usual)...)
	}
	faults = append(faults, s.team.faults()...)
	return append(faults, s.earlier.faults()...)
}

func (s *give) fields() map[string]fyne.CanvasObject {
	for _, problem := range s.j.facts.problems {
		switch problem.Field { // what opens only when the desk asks for it
		case "give.pastUseReason":
			reveal(s.pField, true)
		case "give.amountReason":
			s.open(true)
		case "give.splitReason":
			s.team.ask()
		case "give.vialReason":
			s.vial.ask()
		case "late.reason", "late.note":
			s.earlier.ask()
		}
	}
	s.j.relayout()
	fields := map[string]fyne.CanvasObject{
		"give.batchId": s.bField, "give.bodySite": s.sField, "give.route": s.rField, "give.amountMl": s.aField,
		"give.amountReason": s.wField, "give.pastUseReason": s.pField, "person.deceased": s.bField,
	}
	for path, field := range s.vial.fields() {
		fields[path] = field
	}
	for path, field := range s.team.fields() {
		fields[path] = field
	}
	for path, field := range s.earlier.fields() {
		fields[path] = field
	}
	return fields
}

func (s *give) next(j *journey) station { return newCheck(j) }

func (s *give) previous(j *journey) station {
	if option, _ := j.facts.edition.Consent(j.visit.Consent.Type); option.Gillick {
		return newGillick(j)
	}
	return newConsent(j)
}
