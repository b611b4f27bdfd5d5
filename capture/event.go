package capture

import (
	"time"

	"deltoid/assets/catalogue"
)

// Action says what a version of an event does to the record held by the NHS.
type Action string

// The actions; extracts carry them as they are (ACTION_FLAG).
const (
	ActionNew    Action = "new"
	ActionUpdate Action = "update"
	ActionDelete Action = "delete"
)

// Coded is a code with the term in force on the day, kept because terms change and codes do not.
type Coded struct {
	Code string `json:"code"`
	Term string `json:"term"`
}

// Event is a final record of a vaccination given or not given. It is never changed: a correction is a
// further Version with the same ID. Times are UTC.
type Event struct {
	ID      string  `json:"id"`    // UUID, the UNIQUE_ID of extracts, for ever the same
	IDURI   string  `json:"idUri"` // namespace of ID
	Version int     `json:"version"`
	Action  Action  `json:"action"`
	Change  *Change `json:"change,omitempty"` // of versions after the first

	EncounterID string    `json:"encounterId"`
	At          time.Time `json:"at"`         // when given, or meant to be given
	RecordedAt  time.Time `json:"recordedAt"` // when saved

	Person    Person `json:"person"`
	PersonURI string `json:"personUri"` // namespace of Person.ID

	Site           Site   `json:"site"`
	SiteURI        string `json:"siteUri"`
	LocationCode   string `json:"locationCode"`
	LocationURI    string `json:"locationUri"`
	LocationType   string `json:"locationType,omitempty"`
	CareSetting    Coded  `json:"careSetting"`
	LegalMechanism string `json:"legalMechanism"`
	PrimarySource  bool   `json:"primarySource"`
	ReportOrigin   string `json:"reportOrigin,omitempty"` // ODS code, when PrimarySource is false

	Performer  Performer `json:"performer"`  // who gave it, or decided not to
	RecordedBy Performer `json:"recordedBy"` // who typed it

	Disease     string             `json:"disease"`
	Kind        catalogue.DoseKind `json:"kind"`
	Eligibility string             `json:"eligibility"`
	Product     EventProduct       `json:"product"`
	Indication  Coded              `json:"indication"`

	Given    *Given      `json:"given,omitempty"` // exactly one of Given and NotGiven
	NotGiven *NotGivenAs `json:"notGiven,omitempty"`

	Circumstances Circumstances `json:"circumstances"`
	Reported      []Dose        `json:"reported,omitempty"`
	Screening     Screening     `json:"screening"`
	Decision      Decision      `json:"decision"`
	Consent       Consent       `json:"consent"`
	Status        StatusCheck   `json:"status,omitzero"`
	Additional    Additional    `json:"additional,omitzero"`
	Direction     *Direction    `json:"direction,omitempty"`

	DeskRules []Reason `json:"deskRules,omitempty"` // of the desk that spoke: batch, amount, time
	Late      *Late    `json:"late,omitempty"`      // why it was recorded days later

	Screener     Performer  `json:"screener,omitzero"`      // as registered on the day
	ConsentBy    Performer  `json:"consentBy,omitzero"`     // the clinician responsible for the consent
	Preparer     Performer  `json:"preparer,omitzero"`      // who prepared the vaccine
	OverriddenBy *Performer `json:"overriddenBy,omitempty"` // who went on against advice
}

// Change is why a later version exists.
type Change struct {
	Reason string    `json:"reason"`
	ByID   string    `json:"byId"`
	At     time.Time `json:"at"`
}

// Performer is a member of staff as they were at the time.
type Performer struct {
	ID              string       `json:"id"`
	UserName        string       `json:"userName"`
	Forename        string       `json:"forename"`
	Surname         string       `json:"surname"`
	Email           string       `json:"email,omitempty"`
	JobRole         string       `json:"jobRole,omitempty"`
	Registration    Registration `json:"registration,omitzero"`
	RegistrationURI string       `json:"registrationUri,omitempty"`
}

// Name is both names.
func (p Performer) Name() string { return Staff{Forename: p.Forename, Surname: p.Surname}.FullName() }

// EventProduct is the vaccine given or intended.
type EventProduct struct {
	Key          string `json:"key"`
	Name         string `json:"name"`
	Coded               // AMP
	Manufacturer string `json:"manufacturer"`
}

// Given is the dose.
type Given struct {
	Procedure   Coded  `json:"procedure"`
	BatchID     string `json:"batchId"`
	BatchNumber string `json:"batchNumber"`
	Expiry      Date   `json:"expiry"` // of the label in use
	BodySite    Coded  `json:"bodySite"`
	Route       Coded  `json:"route"`
	Amount      string `json:"amount"` // decimal
	Unit        Coded  `json:"unit"`
	Consent     Coded  `json:"consent"`
	PreparedBy  string `json:"preparedBy,omitempty"` // name

	AmountReason  string    `json:"amountReason,omitempty"` // why it is not the usual amount
	SplitReason   string    `json:"splitReason,omitempty"`  // why another than the screener gave it
	VialOpenedAt  time.Time `json:"vialOpenedAt,omitzero"`
	VialReason    string    `json:"vialReason,omitempty"`
	PastUseReason string    `json:"pastUseReason,omitempty"`
	HalfDose      bool      `json:"halfDose,omitempty"`
}

// NotGivenAs is why not, in the codes that are sent.
type NotGivenAs struct {
	Choice    string `json:"choice"`
	Label     string `json:"label"`
	Situation Coded  `json:"situation"`
	Reason    Coded  `json:"reason"`
	Until     Date   `json:"until,omitzero"` // of a deferral: the earliest day to come back
	Note      string `json:"note,omitempty"` // stays here
}

// Day is the day of vaccination on the clinic's clock.
func (e Event) Day() Date { return catalogue.DateOf(e.At) }

// Dose is the event as an entry of a history; ok is false when nothing was given or the event was deleted.
func (e Event) Dose() (dose Dose, ok bool) {
	if e.Given == nil || e.Action == ActionDelete {
		return Dose{}, false
	}
	return Dose{Date: e.Day(), Disease: e.Disease, Product: e.Product.Key, Kind: e.Kind, Source: SourceHere, EventID: e.ID}, true
}

// Version names one version of one event, or in the ledger of one adverse reaction.
type Version struct {
	EventID string `json:"eventId"`
	Version int    `json:"version"`
}
