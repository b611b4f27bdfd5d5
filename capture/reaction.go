package capture

import (
	"slices"
	"time"

	"deltoid/assets/catalogue"
)

// Reaction is an adverse reaction during observation, linked to the event that came before it (clinical facts 8.3). Like
// an event it is never changed: a correction is a further Version with the same ID. Times are UTC.
type Reaction struct {
	ID         string    `json:"id"`
	IDURI      string    `json:"idUri"` // namespace of ID
	Version    int       `json:"version"`
	Action     Action    `json:"action"`
	EventID    string    `json:"eventId"` // the vaccination event
	EventIDURI string    `json:"eventIdUri"`
	Onset      time.Time `json:"onset"`
	Minutes    int       `json:"minutes"` // from the dose to the reaction, 0 to 1440

	Verification string `json:"verification"` // unconfirmed, confirmed, entered-in-error
	Type         string `json:"type"`         // allergy, intolerance
	Severity     string `json:"severity"`     // mild, moderate, severe
	Agent        Coded  `json:"agent"`        // what caused it; the vaccine unless something else is known
	Manifest     Coded  `json:"manifest"`     // how it showed, in the code that is sent
	Description  string `json:"description"`
	Evidence     string `json:"evidence,omitempty"`
	Adrenaline   bool   `json:"adrenaline,omitempty"`
	Ambulance    bool   `json:"ambulance,omitempty"`
	Result       string `json:"result,omitempty"` // key: recovered, recovering, taken-to-hospital, not-known
	Note         string `json:"note,omitempty"`   // stays here

	RecordedAt time.Time `json:"recordedAt"`
	RecordedBy Performer `json:"recordedBy"`
	Reason     string    `json:"reason,omitempty"` // why a later version exists
}

// Limits of the time from the dose to a reaction, in minutes.
const (
	usualOnset   = 15 // the collection is about reactions during observation; later ones need a note
	longestOnset = 24 * 60
)

// verificationError is the verification of a reaction that is withdrawn (FHIR).
const verificationError = "entered-in-error"

// check lists every fault of a reaction to the dose of an event.
func (r Reaction) check(edition *catalogue.Edition, event Event, now time.Time) Problems {
	var faults Problems
	switch {
	case r.Minutes < 0 || r.Onset.Before(event.At):
		faults.Add("minutes", "The reaction comes after the dose: correct its time")
	case r.Minutes > longestOnset:
		faults.Add("minutes", "Record here only reactions within 24 hours of the dose")
	case r.Onset.After(now):
		faults.Add("minutes", "The reaction must have begun by now: correct its time")
	case r.Minutes > usualOnset && r.Note == "":
		faults.Add("note", "The reaction began more than 15 minutes after the dose. Enter how it became known")
	}
	for _, choice := range []struct {
		field, value, message string
		list                  []catalogue.Code
	}{
		{"type", r.Type, "Choose the type of reaction", edition.ReactionTypes()},
		{"severity", r.Severity, "Choose how severe the reaction is", edition.ReactionSeverities()},
		{"verification", r.Verification, "Choose how sure the reaction is", edition.ReactionVerifications()},
	} {
		if !slices.ContainsFunc(choice.list, func(c catalogue.Code) bool { return c.Key == choice.value }) {
			faults.Add(choice.field, choice.message)
		}
	}
	if r.Result != "" && !slices.ContainsFunc(edition.ReactionResults(), func(c catalogue.Code) bool { return c.Key == r.Result }) {
		faults.Add("result", "Choose how the reaction ended, or leave it out")
	}
	if r.Description == "" {
		faults.Add("description", "Enter what happened")
	}
	if manifests := edition.ReactionManifestations(event.Disease); len(manifests) > 0 && !holdsCode(manifests, r.Manifest.Code) {
		faults.Add("manifest", "Choose how the reaction showed")
	}
	if r.Agent.Code != event.Product.Code && !holdsCode(edition.ReactionAgents(event.Disease), r.Agent.Code) {
		faults.Add("agent", "Choose what caused the reaction")
	}
	return faults
}

func holdsCode(codes []catalogue.Code, code string) bool {
	return slices.ContainsFunc(codes, func(c catalogue.Code) bool { return c.Code == code })
}

// withTerm gives a code the term of its list; one that is in none keeps its own.
func withTerm(coded Coded, codes []catalogue.Code) Coded {
	for _, code := range codes {
		if code.Code == coded.Code {
			return Coded{code.Code, code.Term}
		}
	}
	return coded
}
