package main

import (
	"context"
	"slices"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// clinicFlags are what is chosen for a clinic. Keys are those of deltoidctl catalogue.
type clinicFlags struct {
	SiteCode       string       `placeholder:"ODS" help:"ODS code of the site, for example RX8XX."`
	SiteName       string       `placeholder:"NAME" help:"Name of the site."`
	LocationType   string       `placeholder:"KEY" help:"Sort of place, for example vaccination-centre."`
	LocationCode   string       `placeholder:"ODS" help:"ODS code of the actual place, such as a care home; X99999 when it has none."`
	CareSetting    string       `placeholder:"KEY" help:"Care setting, for example community-health."`
	LegalMechanism string       `placeholder:"KEY" help:"Legal mechanism, for example pgd."`
	Product        string       `placeholder:"KEY" help:"Vaccine that is offered first, for example comirnaty30_rtu."`
	Batch          string       `placeholder:"NUMBER" help:"Number of the batch in use."`
	BatchExpiry    capture.Date `placeholder:"DATE" help:"Its expiry date, where several batches have the same number."`
	Vaccinator     string       `placeholder:"NAME" help:"User name of who vaccinates."`
}

// clinicFieldFlags are where the fields of a clinic come from.
var clinicFieldFlags = map[string]string{
	"site.code": "--site-code", "site.name": "--site-name", "locationType": "--location-type", "locationCode": "--location-code",
	"careSetting": "--care-setting", "legalMechanism": "--legal-mechanism", "product": "--product",
	"batchId": "--batch", "vaccinatorId": "--vaccinator",
}

// on lays what was given over a clinic. Every fault is told at once.
func (f clinicFlags) on(ctx context.Context, desk *capture.Desk, clinic capture.Clinic) (capture.Clinic, error) {
	if f.SiteCode != "" && f.SiteCode != clinic.Site.Code { // another site has another name and other places
		clinic.Site, clinic.LocationCode, clinic.LocationType = capture.Site{}, "", ""
	}
	if f.Product != "" && f.Product != clinic.Product {
		clinic.BatchID = ""
	}
	for _, part := range []struct {
		given string
		field *string
	}{
		{f.SiteCode, &clinic.Site.Code}, {f.SiteName, &clinic.Site.Name}, {f.LocationType, &clinic.LocationType}, {f.LocationCode, &clinic.LocationCode},
		{f.CareSetting, &clinic.CareSetting}, {f.LegalMechanism, &clinic.LegalMechanism}, {f.Product, &clinic.Product},
	} {
		*part.field = orUsual(part.given, *part.field)
	}
	clinic.LocationCode = orUsual(clinic.LocationCode, capture.NoLocation)
	return f.resolve(ctx, desk, clinic)
}

// resolve turns batch number and user name into ids and has the desk check the rest.
func (f clinicFlags) resolve(ctx context.Context, desk *capture.Desk, clinic capture.Clinic) (capture.Clinic, error) {
	edition := desk.Edition()
	faults := clinic.Check(edition)
	if _, known := edition.LocationType(clinic.LocationType); !known && clinic.LocationType != "" {
		faults.Add("locationType", "Choose the sort of place")
	}
	staff, err := desk.Store.Staff(ctx)
	if err != nil {
		return clinic, err
	}
	if f.Vaccinator != "" {
		i := slices.IndexFunc(staff, func(m capture.Staff) bool { return m.UserName == f.Vaccinator })
		if i < 0 {
			faults.Add("vaccinatorId", "There is no member of staff with this user name")
		} else {
			clinic.VaccinatorID = staff[i].ID
		}
	}
	usable, err := desk.Batches(ctx, clinic.Product)
	if err != nil && !capture.IsNotFound(err) { // no such vaccine is among the faults already
		return clinic, err
	}
	if f.Batch != "" && err == nil {
		batch, problem := f.batch(usable)
		if problem != "" {
			faults.Add("batchId", problem)
		}
		clinic.BatchID = batch.ID
	}
	return clinic, flagFaults(faults.Err(), clinicFieldFlags, func(field string) []string {
		switch field {
		case "vaccinatorId":
			return userNames(staff, func(capture.Staff) bool { return true })
		case "batchId":
			return numbersOf(usable)
		}
		return clinicChoices(edition, field)
	})
}

// batch finds the batch named among those that may be used today.
func (f clinicFlags) batch(usable []capture.Batch) (batch capture.Batch, problem string) {
	number := capture.Batch{Number: f.Batch}.Tidy().Number
	same := slices.DeleteFunc(slices.Clone(usable), func(b capture.Batch) bool {
		return b.Number != number || !f.BatchExpiry.IsZero() && b.Expiry != f.BatchExpiry
	})
	switch len(same) {
	case 0:
		return batch, "There is no batch of this vaccine with this number that may be used today; batch add adds one"
	case 1:
		return same[0], ""
	}
	return batch, "Several batches have this number; give --batch-expiry too"
}

// clinicChoices are the keys that the catalogue allows in a field.
func clinicChoices(edition *catalogue.Edition, field string) []string {
	switch field {
	case "careSetting":
		return keysOf(edition.CareSettings(), func(c catalogue.Code) string { return c.Key })
	case "legalMechanism":
		return keysOf(edition.LegalMechanisms(), func(m catalogue.LegalMechanism) string { return m.Key })
	case "locationType":
		return keysOf(edition.LocationTypes(), func(l catalogue.LocationType) string { return l.Key })
	case "product":
		return productKeys(edition.Products())
	}
	return nil
}
