package capture

import (
	"strings"
	"unicode"

	"deltoid/assets/catalogue"
)

// Batch is a batch of one product at this site.
type Batch struct {
	ID       string `json:"id,omitempty"`
	Product  string `json:"product"` // product key in the catalogue
	Number   string `json:"number"`  // as printed on the box
	Expiry   Date   `json:"expiry"`  // on the carton or thaw label in use
	ThawedOn Date   `json:"thawedOn,omitzero"`
	Received Date   `json:"received,omitzero"` // day on which it came to the site
	UsedUp   bool   `json:"usedUp,omitempty"`  // none left: offered no more, kept for the record
	Vials    []Vial `json:"vials,omitempty"`   // those opened, oldest first
}

// MaxBatchNumber is the longest batch number the extracts carry, in characters.
const MaxBatchNumber = 100

// UseBy is the last day the batch may be used: the label's expiry or the end of the thawed shelf life, whichever is earlier.
func (b Batch) UseBy(product catalogue.Product) Date {
	if b.ThawedOn.IsZero() || product.ThawDays == 0 {
		return b.Expiry
	}
	if thawed := b.ThawedOn.AddDays(product.ThawDays); thawed.Before(b.Expiry) {
		return thawed
	}
	return b.Expiry
}

// Expired tells whether the batch may no longer be used on a day.
func (b Batch) Expired(product catalogue.Product, on Date) bool { return on.After(b.UseBy(product)) }

// Tidy writes the number as boxes do: capitals, one space at most between parts.
func (b Batch) Tidy() Batch {
	b.Number = strings.ToUpper(oneLine(b.Number))
	return b
}

// Check lists every fault of a batch added on a day.
func (b Batch) Check(edition *catalogue.Edition, today Date) Problems {
	var faults Problems
	if _, ok := edition.Product(b.Product); !ok {
		faults.Add("product", "Choose the vaccine of this batch")
	}
	switch {
	case strings.TrimSpace(b.Number) == "":
		faults.Add("number", "Enter the batch number")
	case len([]rune(b.Number)) > MaxBatchNumber:
		faults.Add("number", "Shorten the batch number to 100 characters")
	case strings.ContainsFunc(b.Number, unicode.IsControl):
		faults.Add("number", "Enter the batch number as printed on the box")
	}
	switch {
	case b.Expiry.IsZero():
		faults.Add("expiry", "Enter the expiry date")
	case b.Expiry.Before(today):
		faults.Add("expiry", "Expiry date must be today or in the future")
	}
	if b.Received.After(today) {
		faults.Add("received", "The day on which the batch came must be today or in the past")
	}
	if b.ThawedOn.After(today) {
		faults.Add("thawedOn", "The date of thawing must be today or in the past")
	}
	return faults
}
