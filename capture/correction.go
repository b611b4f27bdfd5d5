package capture

import (
	"context"
	"slices"
)

// Correction puts one wrong answer right in many records: what is empty stays as it is.
type Correction struct {
	BatchID      string `json:"batchId,omitempty"`
	Site         Site   `json:"site,omitzero"`
	VaccinatorID string `json:"vaccinatorId,omitempty"`
}

// Corrected is one record as it would be after a correction; Fault says why it cannot be corrected.
type Corrected struct {
	Before, After Event
	Fault         error
}

// PreviewCorrection shows what a correction would do to the latest versions of records, without saving anything.
func (d *Desk) PreviewCorrection(ctx context.Context, eventIDs []string, correction Correction) ([]Corrected, error) {
	if correction == (Correction{}) {
		return nil, &Error{Code: Invalid, Field: "correction", Message: "Choose what to put right: the batch, the site or who vaccinated"}
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
		after, fault := change(before)
		previews = append(previews, Corrected{Before: before, After: after, Fault: fault})
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

// correcting looks up once what the correction puts in.
func (d *Desk) correcting(ctx context.Context, correction Correction) (func(Event) (Event, error), error) {
	var batch Batch
	if correction.BatchID != "" {
		batches, err := d.Store.Batches(ctx)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(batches, func(b Batch) bool { return b.ID == correction.BatchID })
		if i < 0 {
			return nil, &Error{Code: Invalid, Field: "batchId", Message: "Choose the right batch"}
		}
		batch = batches[i]
	}
	staff, err := d.staffByID(ctx)
	if err != nil {
		return nil, err
	}
	vaccinator, known := staff(correction.VaccinatorID)
	if correction.VaccinatorID != "" && !known {
		return nil, &Error{Code: Invalid, Field: "vaccinatorId", Message: "Choose who vaccinated"}
	}
	return func(event Event) (Event, error) { return d.corrected(event, correction, batch, vaccinator) }, nil
}

func (d *Desk) corrected(event Event, correction Correction, batch Batch, vaccinator Staff) (Event, error) {
	if event.Action == ActionDelete {
		return event, &Error{Code: Refused, Field: "id", Message: "This record was deleted and cannot be changed"}
	}
	if event.Given == nil && (batch.ID != "" || vaccinator.ID != "") {
		return event, &Error{Code: Refused, Field: "given", Message: "No dose was given, so there is no batch or vaccinator to put right"}
	}
	if batch.ID != "" {
		if batch.Product != event.Product.Key {
			return event, &Error{Code: Refused, Field: "batchId", Message: "Batch " + batch.Number + " is of another vaccine than the one on record"}
		}
		edition := d.Catalogue.At(event.Day())
		product, _ := edition.Product(event.Product.Key)
		given := *event.Given // the version on record must not change
		given.BatchID, given.BatchNumber, given.Expiry = batch.ID, batch.Number, batch.UseBy(product)
		event.Given = &given
	}
	if vaccinator.ID != "" {
		event.Performer = performerOf(vaccinator, d.Catalogue.At(event.Day()))
	}
	if correction.Site != (Site{}) {
		site := Clinic{Site: correction.Site}.Tidy().Site
		if site.Code == "" || site.Name == "" {
			return event, &Error{Code: Invalid, Field: "site", Message: "Enter the ODS code and the name of the right site"}
		}
		event.Site = site
	}
	return event, nil
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
