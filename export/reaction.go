package export

import (
	"time"

	"deltoid/capture"
)

// Reaction is an adverse reaction as the companion extract carries it.
type Reaction struct {
	ID            string // UUID, for ever the same
	Verification  string // unconfirmed, confirmed or entered-in-error
	capture.Coded        // what happened, in SNOMED CT; may be empty
	Description   string // in words
	Type          string // allergy or intolerance; may be empty
	Severity      string
	Evidence      string
	Onset         time.Time
	RecordedAt    time.Time // zero: with the vaccination
}

// Reactions tells which adverse reactions belong to a version of an event; the extract of reactions carries none without it.
type Reactions func(*capture.Event) []Reaction
