package capture

import (
	"context"
	"slices"
	"time"

	"deltoid/assets/catalogue"
)

// Correction puts wrong answers right in one record, or the same one in many: what is empty stays as it is.
type Correction struct {
	BatchID      string             `json:"batchId,omitempty"`
	Site         Site               `json:"site,omitzero"`
	VaccinatorID string             `json:"vaccinatorId,omitempty"`
	At           time.Time          `json:"at,omitzero"`        // of one record only
	BodySite     string             `json:"bodySite,omitempty"` // key in the catalogue
	Kind         catalogue.DoseKind `json:"kind,omitempty"`
}

// Corrected is one record as it would be after a correction; Fault says why it cannot be corrected. Warnings are sentences
// about what is odd but may be true.
type Corrected struct {
	Before, After Event
	Warnings      []string
	Fault         error
}

// PreviewCorrection shows what a correction would do to the latest versions of records, without saving anything.
func (d *Desk) PreviewCorrection(ctx context.Context, eventIDs []string, correction Correction) ([]Corrected, error) {
	if correction == (Correction{}) {
		return nil, &Error{Code: Invalid, Field: "correction", Message: "Choose what to put right, for example the batch"}
	}
	if !correction.At.IsZero() && len(eventIDs) > 1 {
		return nil, &Error{Code: Invalid, Field: "at", Message: "Correct the time record by record: two doses are not given at the same moment"}
	}
	change, err := d.correcting(ctx, correction)
	if err != nil {
		return nil, err
	}
	previews := make([]Corrected, 0, len(eventIDs))
	for _, id := range eventIDs {
		versions, err := d.Store.Event(ctx, id)
		if err != nil {
			return nil, err
		}
		before := versions[len(versions)-1]
		preview := Corrected{Before: before, After: before, Fault: d.ours(ctx, versions)}
		if preview.Fault == nil {
			var after Event
			if after, preview.Fault = change(before); preview.Fault == nil {
				preview.After, preview.Warnings = after, oddities(after)
			}
		}
		previews = append(previews, preview)
	}
	return previews, nil
}

// CorrectMany saves a correction, record by record, each durable by itself, and calls each with what became of it. Records with a
// fault are left as they are. It stops only when the computer fails.
func (d *Desk) CorrectMany(ctx context.Context, eventIDs []string, correction Correction, reason string, each func(Corrected)) error {
	if oneLine(reason) == "" {
		return &Error{Code: Invalid, Field: "reason", Message: "Enter why the records are changed"}
	}
	previews, err := d.PreviewCorrection(ctx, eventIDs, correction)
	if err != nil {
		return err
	}
	for _, preview := range previews {
		if preview.Fault == nil {
			preview.After, preview.Fault = d.Amend(ctx, preview.After, reason)
		}
		if CodeOf(preview.Fault) == Environment {
			return preview.Fault
		}
		each(preview)
	}
	return nil
}

// WhoHad finds the records of doses from a batch, for a recall: latest versions that stand, oldest first.
func (d *Desk) WhoHad(ctx context.Context, batchID string) ([]Event, error) {
	var found []Event
	err := d.Store.EachEvent(ctx, func(event Event) error {
		if event.Given != nil && event.Action != ActionDelete && event.Given.BatchID == batchID {
			found = append(found, event)
		}
		return nil
	})
	slices.SortStableFunc(found, func(a, b Event) int { return a.At.Compare(b.At) })
	return found, err
}
