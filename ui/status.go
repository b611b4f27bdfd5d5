package ui

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"deltoid/capture"
	"deltoid/ui/form"
)

// status shows the earlier vaccinations and asks for others. No record found never reads as no vaccination.
type status struct {
	j       *journey
	answer  *form.Radios
	field   *form.Field
	product *form.Radios
	given   *form.DateEntry
	extra   *fyne.Container
	pField  *form.Field
	dField  *form.Field
}

const (
	noOthers       = "none"
	others         = "others"
	othersNotKnown = "unknown"
)

func newStatus(j *journey) *status {
	s := &status{j: j, given: form.NewDateEntry()}
	s.answer = form.NewRadios(
		form.Option{Value: noOthers, Label: "No others"},
		form.Option{Value: others, Label: "Yes, one that is not listed"},
		form.Option{Value: othersNotKnown, Label: "They do not know"},
	)
	s.answer.OnChanged = func(string) { s.showExtra() }
	s.answer.OnSubmit = j.enter
	if j.visit.StatusSeen {
		s.answer.SetSelected(noOthers)
	}
	s.field = form.NewField("Have they had any other COVID-19 vaccination, here or abroad?", "", s.answer)
	var products []form.Option
	for _, product := range j.facts.edition.Products() {
		if product.Disease == j.visit.Plan.Disease {
			products = append(products, form.Option{Value: product.Key, Label: product.Name})
		}
	}
	s.product = form.NewRadios(products...).Dense()
	s.product.OnSubmit = j.enter
	s.pField = form.NewField("Which vaccine was it?", "", s.product)
	s.dField = form.NewField("When was it given?", "For example, 27 3 2021", s.given)
	s.extra = form.VStack(14, s.pField, s.dField)
	s.extra.Hide()
	return s
}

func (s *status) showExtra() {
	if s.answer.Selected() == others {
		s.extra.Show()
	} else {
		s.extra.Hide()
	}
	s.j.relayout()
}

func (s *status) step() capture.Step { return capture.StepStatus }
func (s *status) heading() string    { return "Earlier COVID-19 vaccinations" }

func (s *status) body() fyne.CanvasObject {
	list := container.NewStack(form.NewInset(form.Body("No record was found on this device. That does not mean that there was no vaccination: ask.")))
	if doses := s.j.facts.history; len(doses) > 0 {
		rows := make([]form.SummaryRow, 0, len(doses))
		for _, dose := range slices.Backward(doses) {
			product, _ := s.j.facts.edition.Product(dose.Product)
			rows = append(rows, form.SummaryRow{
				Key:   dose.Date.Plain(),
				Value: fmt.Sprintf("%s · %s · %s", product.Name, daysAgo(s.j.facts.today.DaysSince(dose.Date)), dose.Source),
			})
		}
		list = container.NewStack(form.NewSummaryList(rows...))
	}
	return form.VStack(16, list, s.field, s.extra)
}

func (s *status) first() fyne.Focusable { return s.answer }

func (s *status) keep(visit *capture.Encounter) {
	visit.StatusSeen = s.answer.Selected() == noOthers || s.answer.Selected() == othersNotKnown
}

func (s *status) faults() []form.Fault {
	var faults []form.Fault
	switch s.answer.Selected() {
	case "":
		return mark(s.field, "Ask about other vaccinations and choose an answer")
	case others:
		if s.product.Selected() == "" {
			faults = append(faults, mark(s.pField, "Choose which vaccine it was")...)
		}
		day, err := s.given.Date()
		switch {
		case err != nil:
			faults = append(faults, mark(s.dField, err.Error())...)
		case day.After(s.j.facts.today):
			faults = append(faults, mark(s.dField, "Date of vaccination must be today or in the past")...)
		case day.Before(s.j.visit.Person.BirthDate):
			faults = append(faults, mark(s.dField, "Date of vaccination must be after the date of birth")...)
		}
	}
	return faults
}

// take adds the dose that the patient told of.
func (s *status) take(visit *capture.Encounter) {
	if s.answer.Selected() != others {
		return
	}
	day, err := s.given.Date()
	if err != nil {
		return // faults has refused it before
	}
	told := capture.Dose{Date: day, Disease: visit.Plan.Disease, Product: s.product.Selected(), Source: capture.SourceReported}
	if !slices.Contains(visit.Reported, told) { // Continue is pressed again when saving failed
		visit.Reported = append(visit.Reported, told)
	}
}

func (s *status) next(j *journey) station {
	if s.answer.Selected() != others {
		return newDose(j)
	}
	// There may be more than one to tell of: ask again.
	return newStatus(j)
}

func (s *status) previous(j *journey) station { return newIdentity(j) }
