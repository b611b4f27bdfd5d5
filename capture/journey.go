package capture

import (
	"context"
	"slices"

	"deltoid/assets/catalogue"
)

// Keys of the diseases, as in the catalogue.
const (
	COVID19 = catalogue.COVID19
	Flu     = catalogue.Flu
	MMR     = catalogue.MMR
)

// Start begins somebody's visit, or picks up the draft that is there.
func (d *Desk) Start(ctx context.Context, personID string) (Encounter, error) {
	clinic, open := d.Clinic()
	if !open {
		return Encounter{}, errNoClinic
	}
	drafts, err := d.Store.Drafts(ctx)
	if err != nil {
		return Encounter{}, err
	}
	if i := slices.IndexFunc(drafts, func(e Encounter) bool { return e.Person.ID == personID }); i >= 0 {
		return drafts[i], nil
	}
	person, err := d.Store.Person(ctx, personID)
	if err != nil {
		return Encounter{}, err
	}
	now := d.Now().UTC()
	encounter := Encounter{
		ID: d.NewID(), EventID: d.NewID(), ClinicID: clinic.ID, Step: StepIdentity,
		StartedAt: now, StartedBy: d.User().ID, Person: person,
		Plan: Plan{Disease: d.diseaseOf(clinic.Product), Product: clinic.Product},
	}
	return d.SaveDraft(ctx, encounter)
}

// diseaseOf is what a product protects from.
func (d *Desk) diseaseOf(productKey string) string {
	product, _ := d.Edition().Product(productKey)
	return firstOf(product.Disease, COVID19)
}

// SaveDraft keeps the encounter as it stands and returns it with its new revision. Answers of screening and consent taken by
// somebody who may not are Refused, and nothing is kept.
func (d *Desk) SaveDraft(ctx context.Context, encounter Encounter) (Encounter, error) {
	if err := d.checkDraft(ctx, encounter); err != nil {
		return encounter, err
	}
	encounter.Revision++
	encounter.UpdatedAt, encounter.UpdatedBy = d.Now().UTC(), d.User().ID
	return encounter, d.Store.SaveDraft(ctx, encounter)
}

// Discard throws a draft away, with a reason.
func (d *Desk) Discard(ctx context.Context, encounterID, reason string) error {
	if oneLine(reason) == "" {
		return &Error{Code: Invalid, Field: "reason", Message: "Enter why this record is not needed"}
	}
	return d.Store.DropDraft(ctx, encounterID, d.entry("encounter.discard", "encounter/"+encounterID, oneLine(reason)))
}

// ChangePerson keeps corrected details, on the list and in the encounter.
func (d *Desk) ChangePerson(ctx context.Context, encounter Encounter, person Person) (Encounter, error) {
	person.ID = encounter.Person.ID
	person = person.Tidy()
	if err := person.Check(d.Today()).Err(); err != nil {
		return encounter, err
	}
	if person.NHSNumber != "" {
		other, err := d.Store.PersonByNHSNumber(ctx, person.NHSNumber)
		if err == nil && other.ID != person.ID {
			return encounter, &Error{Code: Conflict, Field: "nhsNumber", Message: "Somebody else on this device has this NHS number. Check it with the patient"}
		}
		if err != nil && !IsNotFound(err) {
			return encounter, err
		}
	}
	if err := d.Store.SavePerson(ctx, person, d.entry("person.change", "person/"+person.ID, "")); err != nil {
		return encounter, err
	}
	encounter.Person = person
	return d.SaveDraft(ctx, encounter)
}

// Case is everything that a decision about the encounter depends on.
func (d *Desk) Case(ctx context.Context, encounter Encounter) (Case, error) {
	return d.caseOf(ctx, encounter)
}

// caseOf is the encounter as the assessor sees it.
func (d *Desk) caseOf(ctx context.Context, encounter Encounter) (Case, error) {
	status, err := d.Status(ctx, encounter, false)
	if err != nil {
		return Case{}, err
	}
	clinic, err := d.clinicOf(ctx, encounter)
	if err != nil {
		return Case{}, err
	}
	return encounter.Case(catalogue.DateOf(encounter.When(d.Now())), status.Doses(), clinic.LegalMechanism), nil
}

func (d *Desk) clinicOf(ctx context.Context, encounter Encounter) (Clinic, error) {
	if clinic, ok := d.Clinic(); ok && clinic.ID == encounter.ClinicID {
		return clinic, nil
	}
	clinics, err := d.Store.Clinics(ctx)
	if err != nil {
		return Clinic{}, err
	}
	if i := slices.IndexFunc(clinics, func(c Clinic) bool { return c.ID == encounter.ClinicID }); i >= 0 {
		return clinics[i], nil
	}
	return Clinic{}, errNoClinic
}

// NextDose is what the rules say is due for the person of the encounter.
func (d *Desk) NextDose(ctx context.Context, encounter Encounter) (Suggestion, error) {
	who, err := d.caseOf(ctx, encounter)
	if err != nil {
		return Suggestion{}, err
	}
	return d.Assessor.NextDose(who)
}

// Questions are those to ask in the encounter.
func (d *Desk) Questions(ctx context.Context, encounter Encounter) (catalogue.QuestionSet, error) {
	who, err := d.caseOf(ctx, encounter)
	if err != nil {
		return catalogue.QuestionSet{}, err
	}
	return d.Assessor.Questions(who)
}

// Assess is what screening says of the encounter as it stands.
func (d *Desk) Assess(ctx context.Context, encounter Encounter) (Decision, error) {
	who, err := d.caseOf(ctx, encounter)
	if err != nil {
		return Decision{}, err
	}
	return d.Assessor.Assess(who)
}
