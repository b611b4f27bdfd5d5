package capture

import "time"

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
