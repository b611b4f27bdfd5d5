package capture

import (
	"strings"
	"time"

	"deltoid/assets/catalogue"
)

// Site is an organisation that vaccinates, or the place where it does.
type Site struct {
	Code string `json:"code"` // ODS code
	Name string `json:"name"`
}

// NoLocation is sent when the place has no ODS code of its own.
const NoLocation = "X99999"

// Clinic is a day's work at a site, with what was chosen once for everybody.
type Clinic struct {
	ID             string    `json:"id,omitempty"`
	Site           Site      `json:"site"`
	LocationCode   string    `json:"locationCode,omitempty"` // ODS code of the actual place; X99999 when it has none
	LocationType   string    `json:"locationType,omitempty"` // key in the catalogue
	CareSetting    string    `json:"careSetting"`            // key in the catalogue
	LegalMechanism string    `json:"legalMechanism"`         // key in the catalogue
	Product        string    `json:"product"`                // product key offered first
	BatchID        string    `json:"batchId,omitempty"`      // batch in use
	VaccinatorID   string    `json:"vaccinatorId,omitempty"`
	OpenedAt       time.Time `json:"openedAt"`
	OpenedBy       string    `json:"openedBy,omitempty"`
	ClosedAt       time.Time `json:"closedAt,omitzero"`
	ClosedBy       string    `json:"closedBy,omitempty"`
	HandOver       string    `json:"handOver,omitempty"` // note for whoever opens next

	Explained map[string]string `json:"explained,omitempty"` // key of a difference at the end of the day to how it came about
}

// Tidy writes codes as the ODS does, in capitals; a place without a code of its own has X99999.
func (c Clinic) Tidy() Clinic {
	c.Site.Code, c.Site.Name = strings.ToUpper(oneLine(c.Site.Code)), oneLine(c.Site.Name)
	if c.LocationCode = strings.ToUpper(oneLine(c.LocationCode)); c.LocationCode == "" {
		c.LocationCode = NoLocation
	}
	return c
}

// Check lists every fault in what was chosen for the day.
func (c Clinic) Check(edition *catalogue.Edition) Problems {
	var faults Problems
	code := strings.TrimSpace(c.Site.Code)
	switch {
	case code == "":
		faults.Add("site.code", "Enter the ODS code of the site")
	case !plausibleODS(code):
		faults.Add("site.code", "Check the ODS code: it has letters and is at most 12 characters")
	}
	if c.Site.Name == "" {
		faults.Add("site.name", "Enter the name of the site")
	}
	if len(c.LocationCode) > 8 {
		faults.Add("locationCode", "Enter the ODS code of the place, at most 8 characters, or "+NoLocation)
	}
	if _, ok := edition.CareSetting(c.CareSetting); !ok {
		faults.Add("careSetting", "Choose the care setting")
	}
	if place, _ := edition.LocationType(c.LocationType); place.AsksPlace && (c.LocationCode == "" || c.LocationCode == NoLocation) {
		faults.Add("locationCode", "Enter the ODS code of the place: "+place.Label)
	}
	product, ok := edition.Product(c.Product)
	switch mechanism, known := edition.LegalMechanism(c.LegalMechanism); {
	case !known:
		faults.Add("legalMechanism", "Choose the legal mechanism")
	case ok && !mechanism.For(product.Disease):
		faults.Add("legalMechanism", mechanism.Label+" is not used for "+product.Name+". Choose another legal mechanism")
	}
	if !ok || !product.Offered {
		faults.Add("product", "Choose the vaccine")
	}
	return faults
}

// plausibleODS tells whether text can be a code of the Organisation Data Service.
func plausibleODS(code string) bool {
	return code != "" && len(code) <= 12 && !strings.HasPrefix(strings.ToLower(code), "urn") && !onlyDigits(code)
}

func onlyDigits(text string) bool {
	return strings.Trim(text, "0123456789") == ""
}
