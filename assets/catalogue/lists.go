package catalogue

import "slices"

// Ages is a range of completed years, both ends included; a Max of 0 is open. The zero Ages covers nobody.
type Ages struct {
	Some     bool
	Min, Max int
}

// Covers tells whether a person of that age in completed years is in the range.
func (a Ages) Covers(age int) bool {
	return a.Some && age >= a.Min && (a.Max == 0 || age <= a.Max)
}

// Consent is one way of deciding about the dose, with the code and description that are sent for it.
type Consent struct {
	Span
	Key               string // CT1 … CT8
	Code, Term        string // CONSENT_FOR_TREATMENT code and description
	Label             string // what the desk shows
	Who               string // who decides, in plain words
	NeedsName         bool   // of the person who decides
	NeedsRelationship bool   // of that person to the patient
	NeedsClinician    bool   // the registered clinician responsible is named
	NeedsConsulted    bool   // who was consulted about the best interests of the patient
	Gillick           bool   // only for a child found Gillick competent
	Given             bool   // false for a refusal
	Ages              Ages   // offered to patients of these ages who can decide
	AgesLacking       Ages   // offered to patients of these ages who lack capacity
	Source            string
	Confidence        string
}

// Offered tells whether the desk offers this option for a patient of an age in completed years.
func (c Consent) Offered(age int, lacksCapacity bool) bool {
	if lacksCapacity {
		return c.AgesLacking.Covers(age)
	}
	return c.Ages.Covers(age)
}

// LegalMechanism is the legal footing of a dose and what it demands of the record.
type LegalMechanism struct {
	Span
	Key, Label   string
	Diseases     []string // keys of those it is used for; empty: every one
	OnePerson    bool     // who screens must be who vaccinates
	Prescriber   bool     // a prescriber's name, number and date of direction are recorded, or the prescriber acts
	AgainstRules bool     // may go on where screening leaves the decision to a prescriber
	Source       string
	Confidence   string
}

// For tells whether the mechanism is used for vaccinations against a disease.
func (m LegalMechanism) For(disease string) bool { return forDisease(m.Diseases, disease) }

// forDisease tells whether a list of diseases, empty for every one, holds a disease.
func forDisease(diseases []string, disease string) bool {
	return len(diseases) == 0 || slices.Contains(diseases, disease)
}

// LocationType is a sort of place where people are vaccinated.
type LocationType struct {
	Span
	Key, Label  string
	CareSetting string // key of the usual care setting there
	AsksPlace   bool   // the actual place has an ODS code to be asked for, such as a care home
	Source      string
	Confidence  string
}

// Eligibility is why a person is offered the vaccine.
type Eligibility struct {
	Span
	Key, Label string
	Disease    string
	Source     string
	Confidence string
}

// Pack is a pack (dm+d AMPP) as scanned from a box; packs are never sent, their product is.
type Pack struct {
	Span
	Code       string // AMPP
	Product    string // product key
	Doses      int    // in the pack
	Source     string
	Confidence string
}

// Withdrawn is a code that must be neither sent nor accepted.
type Withdrawn struct {
	Code, Term string
	Source     string
}

// Source is a document that rows were taken from.
type Source struct {
	Key, Title, Where string
}
