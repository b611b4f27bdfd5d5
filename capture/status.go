package capture

import (
	"context"
	"time"
)

// StatusState is how much is known of somebody's earlier vaccinations (clinical facts 7.6).
type StatusState string

// The states.
const (
	StatusNotRequested StatusState = "not-requested" // no NHS number, or the look-up is off
	StatusFresh        StatusState = "fresh"         // looked up within the last 24 hours
	StatusStale        StatusState = "stale"         // kept from an earlier look-up
	StatusUnavailable  StatusState = "unavailable"   // no answer; ask again, or go on and ask the patient
	StatusNotPermitted StatusState = "not-permitted" // the service refuses this program; tell the administrator
	StatusUnverified   StatusState = "unverified"    // the NHS number was not traced, so it is not asked with
	StatusConflict     StatusState = "conflict"      // sources disagree; somebody must choose
)

// Identifier names a record in the system that made it.
type Identifier struct {
	System string `json:"system"`
	Value  string `json:"value"`
}

// Vaccination is one entry of somebody's immunisation status, from any source.
type Vaccination struct {
	Dose
	Identifier Identifier `json:"identifier,omitzero"`
	Name       string     `json:"name"` // of the vaccine, also when the catalogue does not know it
	Batch      string     `json:"batch,omitempty"`
	Where      string     `json:"where,omitempty"`      // name or ODS code of the organisation; empty when it is hidden
	Restricted bool       `json:"restricted,omitempty"` // the place is not shown (S-flag)
	NotGiven   bool       `json:"notGiven,omitempty"`
	Pending    Action     `json:"pending,omitempty"` // of our record: a change that is not sent yet
}

// Looked is the answer of a provider.
type Looked struct {
	State     StatusState   `json:"state"`
	At        time.Time     `json:"at,omitzero"` // when the provider answered
	Found     []Vaccination `json:"found,omitempty"`
	BirthDate Date          `json:"birthDate,omitzero"` // as captured at those events, not from a demographics service
}

// Disagreement is two or more entries that cannot all be right.
type Disagreement struct {
	Key      string        `json:"key"`
	Sentence string        `json:"sentence"`
	Between  []Vaccination `json:"between"`
}

// Status is somebody's immunisation status as the desk shows it: every source merged, newest first (clinical facts 7.4).
type Status struct {
	State        StatusState    `json:"state"`
	CheckedAt    time.Time      `json:"checkedAt,omitzero"` // of the look-up; zero: not checked
	Sentence     string         `json:"sentence"`           // what the state means for this person, and what to do
	Vaccinations []Vaccination  `json:"vaccinations"`
	Conflicts    []Disagreement `json:"conflicts,omitempty"`
	Warnings     []string       `json:"warnings,omitempty"` // such as another date of birth in the history
}

// StatusProvider looks up somebody's vaccinations elsewhere. It never fails: what goes wrong is a state.
type StatusProvider interface {
	Look(ctx context.Context, person Person, disease string) Looked
}

// StatusCheck is what was known of earlier vaccinations when the visit went on, kept with the event.
type StatusCheck struct {
	State     StatusState `json:"state,omitempty"`
	CheckedAt time.Time   `json:"checkedAt,omitzero"` // zero: not checked
	GoneOn    bool        `json:"goneOn,omitempty"`   // continued although the look-up did not answer
	Chosen    []Choice    `json:"chosen,omitempty"`   // one for each conflict
}

// Choice is a clinician's answer to two sources that disagree; it holds for this visit only.
type Choice struct {
	Conflict string    `json:"conflict"` // key of the conflict
	Keep     string    `json:"keep"`     // key of the vaccination that counts today, or both
	Reason   string    `json:"reason"`
	ByID     string    `json:"byId"`
	At       time.Time `json:"at,omitzero"`
}
