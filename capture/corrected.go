package capture

import (
	"context"
	"slices"

	"deltoid/assets/catalogue"
)

// correcting looks up once what a correction puts in, and gives what it makes of a record.
func (d *Desk) correcting(ctx context.Context, correction Correction) (func(Event) (Event, error), error) {
	c := corrector{Correction: correction, desk: d}
	var err error
	if c.configuration, err = d.Store.Configuration(ctx); err != nil {
		return nil, err
	}
	if correction.BatchID != "" {
		batches, err := d.Store.Batches(ctx)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(batches, func(b Batch) bool { return b.ID == correction.BatchID })
		if i < 0 {
			return nil, &Error{Code: Invalid, Field: "batchId", Message: "Choose the right batch"}
		}
		c.batch = batches[i]
	}
	staff, err := d.staffByID(ctx)
	if err != nil {
		return nil, err
	}
	known := false
	if c.vaccinator, known = staff(correction.VaccinatorID); correction.VaccinatorID != "" && !known {
		return nil, &Error{Code: Invalid, Field: "vaccinatorId", Message: "Choose who vaccinated"}
	}
	return c.corrected, nil
}

// corrector is a correction with what it names looked up.
type corrector struct {
	Correction
	desk          *Desk
	configuration Configuration
	batch         Batch
	vaccinator    Staff
}

// corrected is a record put right; the version on record is left as it is.
func (c corrector) corrected(event Event) (Event, error) {
	if event.Action == ActionDelete {
		return event, &Error{Code: Refused, Field: "id", Message: "This record was deleted and cannot be changed"}
	}
	if event.Given == nil && (c.BatchID != "" || c.VaccinatorID != "" || c.BodySite != "") {
		return event, &Error{Code: Refused, Field: "given", Message: "No dose was given, so there is no batch, place or vaccinator to put right"}
	}
	if event.Given != nil {
		given := *event.Given
		event.Given = &given
	}
	if event.NotGiven != nil {
		not := *event.NotGiven
		event.NotGiven = &not
	}
	if !c.At.IsZero() {
		if event.At = c.At.UTC(); event.At.After(c.desk.Now()) {
			return event, &Error{Code: Invalid, Field: "at", Message: "Date of vaccination must be today or in the past"}
		}
	}
	edition := c.desk.Catalogue.At(event.Day())
	for _, put := range []func(*Event, *catalogue.Edition) error{c.putSite, c.putBatch, c.putVaccinator, c.putBodySite, c.putKind} {
		if err := put(&event, edition); err != nil {
			return event, err
		}
	}
	return event, nil
}

func (c corrector) putSite(event *Event, _ *catalogue.Edition) error {
	if c.Site == (Site{}) {
		return nil
	}
	site := Clinic{Site: c.Site}.Tidy().Site
	switch {
	case site.Code == "" || site.Name == "":
		return &Error{Code: Invalid, Field: "site", Message: "Enter the ODS code and the name of the right site"}
	case !plausibleODS(site.Code):
		return &Error{Code: Invalid, Field: "site", Message: "Check the ODS code: it has letters and is at most 12 characters"}
	}
	event.Site = site
	return nil
}

func (c corrector) putBatch(event *Event, edition *catalogue.Edition) error {
	if c.BatchID == "" {
		return nil
	}
	if c.batch.Product != event.Product.Key {
		return &Error{Code: Refused, Field: "batchId", Message: "Batch " + c.batch.Number + " is of another vaccine than the one on record"}
	}
	product, _ := edition.Product(event.Product.Key)
	event.Given.BatchID, event.Given.BatchNumber, event.Given.Expiry = c.batch.ID, c.batch.Number, c.batch.UseBy(product)
	return nil
}

func (c corrector) putVaccinator(event *Event, edition *catalogue.Edition) error {
	if c.VaccinatorID != "" {
		event.Performer = performerOf(c.vaccinator, edition)
	}
	return nil
}

func (c corrector) putBodySite(event *Event, edition *catalogue.Edition) error {
	if c.BodySite == "" {
		return nil
	}
	site, ok := edition.Site(c.BodySite)
	if !ok {
		return &Error{Code: Invalid, Field: "bodySite", Message: "Choose where the injection was given"}
	}
	event.Given.BodySite = Coded{site.Code, site.Term}
	return nil
}

// putKind changes which dose it was, and with it the code of the procedure or of the situation.
func (c corrector) putKind(event *Event, edition *catalogue.Edition) error {
	if c.Kind == "" || c.Kind == event.Kind {
		return nil
	}
	if row, ok := c.desk.Catalogue.Kind(c.Kind); !ok || row.Disease != event.Disease {
		return &Error{Code: Invalid, Field: "kind", Message: "Choose which dose it was"}
	}
	event.Kind = c.Kind
	if event.NotGiven != nil {
		choice, ok := edition.NotGiven(event.NotGiven.Choice, c.Kind)
		if !ok {
			return &Error{Code: Refused, Field: "kind", Message: "This reason is not used for that dose. Delete the record and record it again"}
		}
		situation, _ := edition.Situation(choice.Situation)
		event.NotGiven.Situation = Coded{situation.Code, situation.Term}
		return nil
	}
	product, _ := edition.Product(event.Product.Key)
	event.Given.Procedure = procedureOf(c.Kind, product, edition, c.configuration)
	return nil
}

// oddities are sentences about a corrected record that is unlikely but may be what happened.
func oddities(event Event) []string {
	if given := event.Given; given != nil && event.Day().After(given.Expiry) {
		return []string{"Batch " + given.BatchNumber + " could be used until " + given.Expiry.Plain() + ", before the day of this dose: " + event.Day().Plain()}
	}
	return nil
}

// ours refuses a record of an organisation that never held a clinic on this device: only who recorded it may change it.
func (d *Desk) ours(ctx context.Context, versions []Event) error {
	first := versions[0]
	if !first.PrimarySource {
		return nil // told here about a dose elsewhere: it is this device that recorded it
	}
	clinics, err := d.Store.Clinics(ctx)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(clinics, func(c Clinic) bool { return c.Site.Code == first.Site.Code }) {
		return nil
	}
	return &Error{Code: Forbidden, Field: "site", Message: "This record is of " + first.Site.Name + " (" + first.Site.Code + "). Only the organisation that recorded it can change it: ask them"}
}
