package capture

import (
	"time"

	"deltoid/assets/catalogue"
)

// Step is a station of the journey.
type Step string

// The stations, in order.
const (
	StepIdentity  Step = "identity"
	StepStatus    Step = "status"
	StepDose      Step = "dose"
	StepScreening Step = "screening"
	StepConsent   Step = "consent"
	StepGive      Step = "give"
	StepNotGiven  Step = "not-given" // instead of consent and give
	StepCheck     Step = "check"
)

// Steps are the stations of a vaccination in order.
var Steps = []Step{StepIdentity, StepStatus, StepDose, StepScreening, StepConsent, StepGive, StepCheck}

// Encounter is one person's visit: a draft until Desk.Complete makes an event of it.
type Encounter struct {
	ID        string    `json:"id"`
	EventID   string    `json:"eventId"` // minted with the draft, so that a repeated save can never make a second event
	ClinicID  string    `json:"clinicId"`
	Step      Step      `json:"step"`
	StartedAt time.Time `json:"startedAt"`
	StartedBy string    `json:"startedBy"`
	UpdatedAt time.Time `json:"updatedAt"`
	UpdatedBy string    `json:"updatedBy"`
	Revision  int       `json:"revision"` // rises with each save; an older one never overwrites a newer

	Person            Person        `json:"person"`
	IdentityConfirmed bool          `json:"identityConfirmed"` // two identifiers read back by the person
	StatusSeen        bool          `json:"statusSeen"`        // earlier doses were looked at and asked about
	Reported          []Dose        `json:"reported,omitempty"`
	Status            StatusCheck   `json:"status,omitzero"` // what the look-up said, and what was decided about it
	Circumstances     Circumstances `json:"circumstances"`
	Additional        Additional    `json:"additional,omitzero"`
	Plan              Plan          `json:"plan"`
	Direction         *Direction    `json:"direction,omitempty"` // of a prescriber, where the legal mechanism asks for one
	Screening         Screening     `json:"screening"`
	Consent           Consent       `json:"consent"`
	Give              *Give         `json:"give,omitempty"`     // exactly one of Give and NotGiven when complete
	NotGiven          *NotGiven     `json:"notGiven,omitempty"` //
	Late              *Late         `json:"late,omitempty"`     // why it is recorded days later
	GivenBy           *Site         `json:"givenBy,omitempty"`  // the organisation that gave the dose, when it was not that of the clinic
}

// Plan is which dose of which vaccine, and why this person.
type Plan struct {
	Disease     string             `json:"disease"`
	Product     string             `json:"product"` // product key
	Kind        catalogue.DoseKind `json:"kind"`
	Eligibility string             `json:"eligibility"`      // key in the catalogue
	Reason      string             `json:"reason,omitempty"` // when it is not what the rules suggest
}

// Screening is the answers with who asked.
type Screening struct {
	SetID      string            `json:"questionSet,omitempty"`
	SetVersion string            `json:"questionSetVersion,omitempty"`
	Answers    map[string]Answer `json:"answers,omitempty"`
	ScreenerID string            `json:"screenerId,omitempty"`
	At         time.Time         `json:"at,omitzero"`
	Override   *Override         `json:"override,omitempty"`

	Precautions []string `json:"precautions,omitempty"` // ids of the caution rules whose precaution was taken
}

// Override is a clinician's decision to go on against advice; it stays with the event.
type Override struct {
	ByID   string    `json:"byId"`
	Reason string    `json:"reason"`
	Advice string    `json:"advice,omitempty"` // who advised, when advice was sought
	At     time.Time `json:"at"`
}

// Give is a dose as given.
type Give struct {
	BatchID      string    `json:"batchId"`
	BodySite     string    `json:"bodySite"` // key in the catalogue
	Route        string    `json:"route"`
	AmountML     string    `json:"amountMl"`               // decimal, millilitres
	AmountReason string    `json:"amountReason,omitempty"` // when it is not the usual amount
	VaccinatorID string    `json:"vaccinatorId"`
	PreparedByID string    `json:"preparedById,omitempty"`
	SplitReason  string    `json:"splitReason,omitempty"` // when another than the screener gave it although one person should
	VialOpenedAt time.Time `json:"vialOpenedAt,omitzero"` // of the vial it was drawn from; zero: not noted
	VialReason   string    `json:"vialReason,omitempty"`  // when the vial was open for longer than it may be
	// PastUseReason is why a dose from a batch past its use, truly given on an earlier day, is recorded.
	PastUseReason string    `json:"pastUseReason,omitempty"`
	HalfDose      bool      `json:"halfDose,omitempty"` // of a nasal vaccine: one nostril only; it is not repeated
	At            time.Time `json:"at,omitzero"`        // zero: the moment of saving
}

// NotGiven is why no dose was given.
type NotGiven struct {
	Choice string    `json:"choice"`         // key in the catalogue: declined, unwell …
	Until  Date      `json:"until,omitzero"` // of a deferral: the earliest day to come back
	Note   string    `json:"note,omitempty"`
	At     time.Time `json:"at,omitzero"`
}

// When is the moment of the dose, or of not giving it; now while it is not said.
func (e Encounter) When(now time.Time) time.Time {
	switch {
	case e.Give != nil && !e.Give.At.IsZero():
		return e.Give.At
	case e.NotGiven != nil && !e.NotGiven.At.IsZero():
		return e.NotGiven.At
	}
	return now
}

// Case is what the assessor may look at.
func (e Encounter) Case(day Date, history []Dose, mechanism string) Case {
	return Case{
		Day: day, Person: e.Person, Circumstances: e.Additional.with(e.Circumstances), History: history,
		Disease: e.Plan.Disease, Product: e.Plan.Product, Kind: e.Plan.Kind,
		Mechanism: mechanism, Answers: e.Screening.Answers,
	}
}
