package capture

import (
	"context"
	"slices"
	"time"
)

// StatusState is how much is known of somebody's earlier vaccinations (clinical facts 7.6).
type StatusState string

// The states.
const (
	StatusNotRequested StatusState = "not-requested" // not asked yet, nothing to ask with, or the look-up is off
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

// Vaccination is one entry of somebody's immunisation status, from any source. A zero date is one that nobody knows.
type Vaccination struct {
	Key string `json:"key,omitempty"` // names the entry within a Status
	Dose
	Identifier Identifier `json:"identifier,omitzero"`
	Name       string     `json:"name"` // of the vaccine, also when the catalogue does not know it
	Batch      string     `json:"batch,omitempty"`
	Where      string     `json:"where,omitempty"`      // name or ODS code of the organisation; empty when it is hidden
	Restricted bool       `json:"restricted,omitempty"` // the place is not shown (S-flag)
	NotGiven   bool       `json:"notGiven,omitempty"`
	Pending    Action     `json:"pending,omitempty"`  // of our record: a change that the national history does not show yet
	SetAside   bool       `json:"setAside,omitempty"` // a clinician chose that it does not count today
}

// Counts tells whether the entry is a dose that counts today: given, not deleted here, not set aside.
func (v Vaccination) Counts() bool { return !v.NotGiven && !v.SetAside && v.Pending != ActionDelete }

// hidden is the entry without the place, which could give away where somebody at risk lives (clinical facts 7.7).
func (v Vaccination) hidden() Vaccination {
	v.Where, v.Country, v.Restricted = "", "", true
	return v
}

// Looked is the answer of a provider.
type Looked struct {
	State     StatusState   `json:"state"`       // StatusFresh when it answered
	At        time.Time     `json:"at,omitzero"` // when the provider answered
	Found     []Vaccination `json:"found,omitempty"`
	BirthDate Date          `json:"birthDate,omitzero"` // as captured at those events, not from a demographics service
	LeftOut   int           `json:"leftOut,omitempty"`  // entries of the answer that could not be read
	Problem   string        `json:"problem,omitempty"`  // for the administrator; never patient data
}

// Disagreement is two or more entries that cannot all be right.
type Disagreement struct {
	Key      string        `json:"key"` // the same as long as the entries say the same
	Sentence string        `json:"sentence"`
	Between  []Vaccination `json:"between"`
}

// Status is somebody's immunisation status as the desk shows it: every source merged, newest first (clinical facts 7.4).
type Status struct {
	State        StatusState    `json:"state"`              // StatusConflict while a conflict has no choice, otherwise as LookUp
	LookUp       StatusState    `json:"lookUp"`             // of the look-up alone
	CanAsk       bool           `json:"canAsk"`             // the provider can be asked about this person: offer to check, or to try again
	CheckedAt    time.Time      `json:"checkedAt,omitzero"` // of the look-up; zero: not checked
	Sentence     string         `json:"sentence"`           // what the state means for this person, and what to do
	Vaccinations []Vaccination  `json:"vaccinations"`
	Conflicts    []Disagreement `json:"conflicts,omitempty"`
	Warnings     []string       `json:"warnings,omitempty"` // such as another date of birth in the history
	Problem      string         `json:"problem,omitempty"`  // why the provider did not answer, for the administrator
}

// NeedsGoneOn tells whether a dose may be recorded only once somebody has chosen to go on without a fresh answer.
func (s Status) NeedsGoneOn() bool {
	switch s.LookUp {
	case StatusUnavailable, StatusNotPermitted, StatusStale:
		return true
	case StatusNotRequested:
		return s.CanAsk
	}
	return false
}

// Doses are those that count today, oldest first. A vaccination without a date is not among them: no interval can be counted from it.
func (s Status) Doses() []Dose {
	var doses []Dose
	for _, entry := range slices.Backward(s.Vaccinations) {
		if entry.Counts() && !entry.Date.IsZero() {
			doses = append(doses, entry.Dose)
		}
	}
	return doses
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
	Keep     string    `json:"keep"`     // key of the vaccination that counts today, or KeepBoth
	Reason   string    `json:"reason"`
	ByID     string    `json:"byId"`
	At       time.Time `json:"at,omitzero"`
}

// KeepBoth is the choice that all the vaccinations of a conflict count.
const KeepBoth = "both"
