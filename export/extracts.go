package export

import (
	"time"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// Extracts tells the desk which files an event goes out in, and what would be refused there.
type Extracts struct {
	Catalogue *catalogue.Catalogue
	Now       func() time.Time // nil: the time the event was recorded
}

var _ capture.Extracts = Extracts{}

// Due names the extracts that must carry the event; a dose not given goes out as well.
func (x Extracts) Due(event capture.Event) []string {
	if event.Disease != capture.COVID19 {
		return nil
	}
	return []string{string(Covid)}
}

// Check is the check of the extract's own builder, so that the desk hears of a refusal while the patient is there.
func (x Extracts) Check(event capture.Event, configuration capture.Configuration) capture.Problems {
	if len(x.Due(event)) == 0 {
		return nil
	}
	now := event.RecordedAt
	if x.Now != nil {
		now = x.Now()
	}
	return NewSheet(configuration, x.Catalogue).Check(&event, event.Action, now)
}
