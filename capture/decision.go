package capture

import (
	"strings"

	"deltoid/assets/catalogue"
)

// Outcome is what screening says of giving this product today.
type Outcome string

// Outcomes from the mildest to the most severe.
const (
	Proceed         Outcome = "proceed"
	Caution         Outcome = "caution"         // may go on with a stated precaution
	SeekAdvice      Outcome = "seek"            // advice of a specialist or prescriber first
	Defer           Outcome = "defer"           // not today
	Contraindicated Outcome = "contraindicated" // not this product
)

var severity = map[Outcome]int{Proceed: 0, Caution: 1, SeekAdvice: 2, Defer: 3, Contraindicated: 4}

// Severity ranks outcomes; a greater number is more severe.
func (o Outcome) Severity() int { return severity[o] }

// Who may go on against a reason.
const (
	OverrideClinician  = "clinician"
	OverridePrescriber = "prescriber"
	OverrideNobody     = "nobody"
)

// Fact is a value that a rule looked at.
type Fact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Label string `json:"label,omitempty"` // what people read for the name, such as the question that was asked
	Words string `json:"words,omitempty"` // what people read for the value, when it is another word
}

// String is the fact as people read it.
func (f Fact) String() string {
	label, value := f.Label, f.Words
	if label == "" {
		label = f.Name
	}
	if value == "" {
		value = f.Value
	}
	if strings.HasSuffix(label, "?") {
		return label + " " + value
	}
	return label + ": " + value
}

// Reason is one rule that spoke, in words, with what it looked at.
type Reason struct {
	RuleID      string  `json:"rule"`
	Question    string  `json:"question,omitempty"`
	Outcome     Outcome `json:"outcome"`
	Sentence    string  `json:"sentence"`
	Facts       []Fact  `json:"facts,omitempty"`
	DeferUntil  Date    `json:"deferUntil,omitzero"` // earliest day to vaccinate
	Observe     int     `json:"observe,omitempty"`   // minutes of observation asked for
	Override    string  `json:"override,omitempty"`  // who may go on: clinician, prescriber, nobody
	InForceFrom Date    `json:"inForceFrom,omitzero"`
	Source      string  `json:"source,omitempty"`
}

// Decision is what screening says, as of the day of vaccination, and why.
type Decision struct {
	Outcome    Outcome            `json:"outcome"`
	DeferUntil Date               `json:"deferUntil,omitzero"`
	Reasons    []Reason           `json:"reasons"` // most severe first, then by rule id
	Observe    int                `json:"observe"` // minutes
	Missing    []string           `json:"missing,omitempty"`
	AsOf       Date               `json:"asOf"`
	Product    string             `json:"product"`
	Kind       catalogue.DoseKind `json:"kind"`
	SetID      string             `json:"questionSet"`
	SetVersion string             `json:"questionSetVersion"`
}

// Final tells whether everything that had to be answered was.
func (d Decision) Final() bool { return len(d.Missing) == 0 }

// NeedsOverride tells whether a clinician must give a reason to go on.
func (d Decision) NeedsOverride() bool { return d.Outcome.Severity() >= SeekAdvice.Severity() }

// MayGoOn tells whether anybody may go on at all under a legal mechanism, and whether that takes a prescriber. What is
// contraindicated stops, unless the mechanism leaves that decision to a prescriber (WF-L5).
func (d Decision) MayGoOn(mechanism catalogue.LegalMechanism) (allowed, prescriber bool) {
	for _, reason := range d.Reasons {
		if reason.Outcome.Severity() < SeekAdvice.Severity() {
			continue
		}
		if reason.Override == OverrideNobody || reason.Outcome == Contraindicated && !mechanism.AgainstRules {
			return false, false
		}
		prescriber = prescriber || reason.Override == OverridePrescriber
	}
	return true, prescriber
}

// Dose is a vaccination in somebody's history.
type Dose struct {
	Date    Date               `json:"date"`
	Disease string             `json:"disease,omitempty"`
	Product string             `json:"product"` // product key
	Kind    catalogue.DoseKind `json:"kind,omitempty"`
	Source  string             `json:"source"`            // SourceNational, SourceHere, SourceReported
	Country string             `json:"country,omitempty"` // when given abroad
	EventID string             `json:"eventId,omitempty"`
}

// Where a dose in a history was learnt from.
const (
	SourceNational = "national history"
	SourceHere     = "this device"
	SourceReported = "told by the patient"
)

// Suggestion is the dose that the dated rules say is due, with the reasons.
type Suggestion struct {
	Due         bool               `json:"due"`
	Kind        catalogue.DoseKind `json:"kind,omitempty"`
	Products    []string           `json:"products,omitempty"` // product keys, best first
	Earliest    Date               `json:"earliest,omitzero"`  // by the minimum interval
	Recommended Date               `json:"recommended,omitzero"`
	RuleID      string             `json:"rule,omitempty"`
	Sentence    string             `json:"sentence"`
	Facts       []Fact             `json:"facts,omitempty"`
	InForceFrom Date               `json:"inForceFrom,omitzero"`
	Source      string             `json:"source,omitempty"`
}
