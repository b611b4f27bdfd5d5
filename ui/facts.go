package ui

import (
	"slices"
	"strings"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// facts is all that the stations of a journey show besides the encounter; it is read anew after every step.
type facts struct {
	clinic     capture.Clinic
	status     capture.Status // as it is known on this device
	history    []capture.Dose // those of it against the disease of the visit that count
	staff      []capture.Staff
	offers     []offer         // what the clinic can give today
	batches    []capture.Batch // usable today, of the chosen vaccine
	suggestion capture.Suggestion
	questions  catalogue.QuestionSet
	decision   capture.Decision
	problems   capture.Problems // what the desk would say of the encounter if it were saved now
	today      catalogue.Date
	edition    *catalogue.Edition
	catalogue  *catalogue.Catalogue
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
	f := facts{today: desk.Today(), edition: desk.Edition(), catalogue: desk.Catalogue}
	f.clinic, _ = desk.Clinic()
	var err error
	if f.status, err = desk.Status(ctx, visit, false); err != nil {
		return f, err
	}
	f.history = against(f.status.Doses(), visit.Plan.Disease)
	if f.staff, err = desk.Store.Staff(ctx); err != nil {
		return f, err
	}
	if f.offers, err = offersOf(ctx, desk, visit.Plan); err != nil {
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
	if f.decision, err = desk.Assess(ctx, visit); err != nil {
		return f, err
	}
	f.problems, err = problemsOf(ctx, desk, visit)
	return f, err
}

// against keeps the doses against a disease.
func against(doses []capture.Dose, disease string) []capture.Dose {
	return slices.DeleteFunc(doses, func(d capture.Dose) bool { return d.Disease != disease })
}

// problemsOf asks the desk what stands in the way of saving. A visit that has not come to the dose is looked at as one
// that will: each page shows what is said of its own fields.
func problemsOf(ctx ctx, desk *capture.Desk, visit capture.Encounter) (capture.Problems, error) {
	if visit.Give == nil && visit.NotGiven == nil {
		visit.Give = &capture.Give{}
	}
	_, err := desk.Review(ctx, visit)
	if err == nil {
		return nil, nil
	}
	if problems := capture.ProblemsOf(err); len(problems) > 0 {
		return problems, nil
	}
	return nil, err
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

// registered is a clinician with the number in the register: Agnes Nurse (NMC 99X9999E).
func (f facts) registered(id string) string {
	for _, staff := range f.staff {
		if staff.ID == id {
			return registeredName(staff)
		}
	}
	return ""
}

func registeredName(staff capture.Staff) string {
	if !staff.Registered() {
		return staff.FullName()
	}
	return staff.FullName() + " (" + strings.ToUpper(staff.Registration.Body) + " " + staff.Registration.Number + ")"
}

// mechanism is the legal footing of the clinic.
func (f facts) mechanism() catalogue.LegalMechanism {
	mechanism, _ := f.edition.LegalMechanism(f.clinic.LegalMechanism)
	return mechanism
}

// adjective is the disease as an adjective of vaccinations: flu, MMR.
func (f facts) adjective(disease string) string {
	return strings.TrimSuffix(f.disease(disease).Vaccine, " vaccine")
}

// disease is a row of the diseases.
func (f facts) disease(key string) catalogue.Disease {
	disease, _ := f.catalogue.Disease(key)
	return disease
}

// kindWords says which dose it is, as people do.
func kindWords(rows *catalogue.Catalogue, kind catalogue.DoseKind) string {
	if row, ok := rows.Kind(kind); ok {
		return row.Label
	}
	return string(kind)
}
