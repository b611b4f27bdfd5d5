package ui

import (
	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// facts is all that the stations of a journey show besides the encounter; it is read anew after every step.
type facts struct {
	clinic     capture.Clinic
	history    []capture.Dose
	staff      []capture.Staff
	batches    []capture.Batch // usable today, of the chosen vaccine
	suggestion capture.Suggestion
	questions  catalogue.QuestionSet
	decision   capture.Decision
	today      catalogue.Date
	edition    *catalogue.Edition
}

// gather saves the encounter and reads what the next station needs.
func gather(ctx ctx, desk *capture.Desk, visit capture.Encounter) (capture.Encounter, facts, error) {
	visit, err := desk.SaveDraft(ctx, visit)
	if err != nil {
		return visit, facts{}, err
	}
	f, err := read(ctx, desk, visit)
	return visit, f, err
}

func read(ctx ctx, desk *capture.Desk, visit capture.Encounter) (facts, error) {
	f := facts{today: desk.Today(), edition: desk.Edition()}
	f.clinic, _ = desk.Clinic()
	var err error
	if f.history, err = desk.History(ctx, visit.Person.ID, visit.Reported); err != nil {
		return f, err
	}
	if f.staff, err = desk.Store.Staff(ctx); err != nil {
		return f, err
	}
	if f.suggestion, err = desk.NextDose(ctx, visit); err != nil {
		return f, err
	}
	if visit.Plan.Product == "" || visit.Plan.Kind == "" {
		return f, nil
	}
	if f.batches, err = desk.Batches(ctx, visit.Plan.Product); err != nil {
		return f, err
	}
	if f.questions, err = desk.Questions(ctx, visit); err != nil {
		return f, err
	}
	f.decision, err = desk.Assess(ctx, visit)
	return f, err
}

// clinicians are the colleagues who may screen and take consent.
func (f facts) clinicians() []capture.Staff {
	var registered []capture.Staff
	for _, staff := range f.staff {
		if staff.Registered() {
			registered = append(registered, staff)
		}
	}
	return registered
}

func (f facts) staffName(id string) string {
	for _, staff := range f.staff {
		if staff.ID == id {
			return staff.FullName()
		}
	}
	return ""
}

// kindWords says which dose it is, as people do.
func kindWords(kind catalogue.DoseKind) string {
	switch kind {
	case catalogue.Primary1:
		return "First dose"
	case catalogue.Primary2:
		return "Second dose"
	case catalogue.ThirdPrimary:
		return "Third primary dose"
	case catalogue.Booster1:
		return "Booster"
	case catalogue.SpringBooster:
		return "Spring booster"
	}
	return string(kind)
}

// kinds are the doses in the order of a course.
var kinds = []catalogue.DoseKind{
	catalogue.Primary1, catalogue.Primary2, catalogue.ThirdPrimary, catalogue.Booster1, catalogue.SpringBooster,
}
