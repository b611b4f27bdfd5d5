package ui

import (
	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// eligible asks why this person is offered the vaccine, and beside it what else is kept about them.
type eligible struct {
	j     *journey
	why   *form.Radios
	field *form.Field
	about *additional
}

func newEligible(j *journey) *eligible {
	s := &eligible{j: j, about: newAdditional(j)}
	var options []form.Option
	for _, eligibility := range j.facts.edition.EligibilitiesFor(j.visit.Plan.Disease) {
		options = append(options, form.Option{Value: eligibility.Key, Label: eligibility.Label})
	}
	s.why = form.NewRadios(options...).Dense()
	s.why.SetSelected(j.visit.Plan.Eligibility)
	s.why.OnSubmit = j.enter
	s.field = form.NewField("Reason", "Choose the first that is true.", s.why)
	return s
}

func (s *eligible) step() capture.Step { return capture.StepDose }
func (s *eligible) heading() string    { return "Why are they offered it?" }

func (s *eligible) body() fyne.CanvasObject {
	return form.Columns(24, []float32{350, 0}, s.field, s.about.object())
}

func (s *eligible) first() fyne.Focusable { return s.why }

func (s *eligible) keep(visit *capture.Encounter) {
	visit.Plan.Eligibility = s.why.Selected()
	s.about.keep(visit)
}

// next goes back to the dose when what is now ticked has changed what the rules suggest.
func (s *eligible) next(j *journey) station {
	if j.disputed() {
		return newDose(j)
	}
	if j.asksMore() {
		return newMoreAbout(j)
	}
	return newScreening(j, 0)
}

func (s *eligible) previous(j *journey) station { return newDose(j) }

func (s *eligible) faults() []form.Fault {
	var faults []form.Fault
	if s.why.Selected() == "" {
		faults = mark(s.field, "Choose why this person is offered the vaccine")
	}
	return append(faults, s.about.faults()...)
}

func (s *eligible) fields() map[string]fyne.CanvasObject {
	s.about.at["plan.eligibility"] = s.field
	return s.about.at
}

// finish puts an ethnic category that was asked here on the list of people too, so that it is not asked again.
func (s *eligible) finish(j *journey) {
	if j.visit.Person.EthnicCategory == s.about.ethnic.known {
		j.goOn()
		return
	}
	visit := j.visit
	once(j.app, func(ctx ctx) (capture.Encounter, error) {
		return j.app.session.Desk.ChangePerson(ctx, visit, visit.Person)
	}, func(kept capture.Encounter, err error) {
		if err != nil {
			j.refuse(faultsOf(err))
			return
		}
		s.about.ethnic.known = kept.Person.EthnicCategory
		j.visit = kept
		j.goOn()
	})
}
