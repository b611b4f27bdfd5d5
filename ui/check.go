package ui

import (
	"fyne.io/fyne/v2"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export"
	"deltoid/ui/form"
)

// check shows everything that will be saved, each line with its way back, and saves it.
type check struct{ j *journey }

func newCheck(j *journey) *check { return &check{j} }

func (s *check) step() capture.Step      { return capture.StepCheck }
func (s *check) heading() string         { return "Check and confirm" }
func (s *check) first() fyne.Focusable   { return s.j.confirm }
func (s *check) keep(*capture.Encounter) {}
func (s *check) faults() []form.Fault    { return nil }
func (s *check) next(j *journey) station { return newCheck(j) }

func (s *check) previous(j *journey) station {
	if j.visit.NotGiven != nil {
		return newNotGiven(j)
	}
	return newGive(j)
}

func (s *check) body() fyne.CanvasObject {
	j := s.j
	change := func(to func(*journey) station) func() {
		return func() { j.move(func() station { return to(j) }) }
	}
	identityStation := func(j *journey) station { return newIdentity(j) }
	doseStation := func(j *journey) station { return newDose(j) }
	giveStation := func(j *journey) station { return newGive(j) }
	person, plan, edition := j.visit.Person, j.visit.Plan, j.facts.edition
	product, _ := edition.Product(plan.Product)
	mechanism, _ := edition.LegalMechanism(j.facts.clinic.LegalMechanism)
	rows := []form.SummaryRow{
		{Key: "Person", Value: person.Name() + ", born " + person.BirthDate.Plain(), Change: change(identityStation)},
		{Key: "NHS number", Value: orNotProvided(person.NHSNumber.Display())},
		{Key: "Vaccine", Value: product.Name + ", " + product.Strength, Change: change(doseStation)},
		{Key: "Dose", Value: kindWords(plan.Kind), Change: change(doseStation)},
	}
	if j.visit.NotGiven != nil {
		choice, _ := edition.NotGiven(j.visit.NotGiven.Choice, plan.Kind)
		rows = append(rows, form.SummaryRow{Key: "Not given", Value: choice.Label, Change: change(func(j *journey) station { return newNotGiven(j) })})
		if j.visit.NotGiven.Note != "" {
			rows = append(rows, form.SummaryRow{Key: "Notes", Value: j.visit.NotGiven.Note})
		}
	} else {
		rows = append(rows, s.givenRows(product, change(giveStation))...)
	}
	rows = append(rows,
		form.SummaryRow{Key: "Legal mechanism", Value: mechanism.Label},
		form.SummaryRow{Key: "Site", Value: j.facts.clinic.Site.Name + " (" + j.facts.clinic.Site.Code + ")"},
	)
	return form.NewSummaryList(rows...)
}

func (s *check) givenRows(product catalogue.Product, change func()) []form.SummaryRow {
	j, edition := s.j, s.j.facts.edition
	consentRow := form.SummaryRow{Key: "Consent", Change: func() { j.move(func() station { return newConsent(j) }) }}
	if option, ok := edition.Consent(j.visit.Consent.Type); ok {
		consentRow.Value = joined(option.Label, j.visit.Consent.By, j.visit.Consent.Relationship, j.facts.staffName(j.visit.Consent.ClinicianID))
	}
	rows := []form.SummaryRow{
		{Key: "Screening", Value: outcomeWords(j.facts.decision) + ", by " + j.facts.staffName(j.visit.Screening.ScreenerID),
			Change: func() { j.move(func() station { return j.judged() }) }},
		consentRow,
	}
	give := j.visit.Give
	if give == nil {
		return append(rows, form.SummaryRow{Key: "Given", Value: "Not provided", Change: change})
	}
	batch := "Not provided"
	for _, b := range j.facts.batches {
		if b.ID == give.BatchID {
			batch = b.Number + ", use by " + b.UseBy(product).Plain()
		}
	}
	bodySite, _ := edition.Site(give.BodySite)
	return append(rows,
		form.SummaryRow{Key: "Batch", Value: batch, Change: change},
		form.SummaryRow{Key: "Given", Value: give.AmountML + " ml, " + bodySite.Label, Change: change},
		form.SummaryRow{Key: "Vaccinator", Value: j.facts.staffName(give.VaccinatorID), Change: change},
	)
}

func outcomeWords(decision capture.Decision) string {
	switch decision.Outcome {
	case capture.Caution:
		return "Caution"
	case capture.SeekAdvice:
		return "Advice sought"
	case capture.Defer:
		return "Deferral overridden"
	case capture.Contraindicated:
		return "Contraindicated"
	}
	return "Proceed"
}

// finish makes the record final.
func (s *check) finish(j *journey) {
	type saved struct {
		event  capture.Event
		review capture.Review
		places []export.Place
	}
	visit := j.visit
	once(j.app, func(ctx ctx) (saved, error) {
		review, err := j.app.session.Desk.Review(ctx, visit)
		if err != nil {
			return saved{}, err
		}
		event, err := j.app.session.Desk.Complete(ctx, visit)
		if err != nil {
			return saved{}, err
		}
		places, err := j.app.session.Deliveries.Places(ctx, event.ID)
		if err != nil {
			places = nil // it is saved; where its rows are is shown later
		}
		return saved{event, review, places}, nil
	}, func(s saved, err error) {
		if err != nil {
			j.refuse(faultsOf(err))
			return
		}
		j.app.refreshStatus()
		j.app.show(newSaved(j.app, s.event, s.review.Warnings))
	})
}
