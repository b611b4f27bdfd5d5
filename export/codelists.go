package export

import (
	"sync"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// codelists gives what the extract needs of the catalogue, day by day. It may be used by several goroutines.
type codelists struct {
	catalogue *catalogue.Catalogue // nil: nothing is known, and nothing is refused for it

	mu   sync.RWMutex
	made map[*catalogue.Edition]*codelist
}

// codelist is the codes in force on a day.
type codelist struct {
	products   map[string]bool               // codes of the vaccines against the disease, also those only seen in histories
	procedures map[string]string             // term by code of giving a dose
	intended   map[catalogue.DoseKind]string // procedure code by kind of dose
	statuses   map[string]string             // NHS number status to its words
}

var noCodes = &codelist{}

func (c *codelists) on(day capture.Date) *codelist {
	if c.catalogue == nil {
		return noCodes
	}
	edition := c.catalogue.At(day)
	c.mu.RLock()
	list := c.made[edition]
	c.mu.RUnlock()
	if list != nil {
		return list
	}
	list = newCodelist(edition)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.made == nil {
		c.made = make(map[*catalogue.Edition]*codelist)
	}
	c.made[edition] = list
	return list
}

func newCodelist(edition *catalogue.Edition) *codelist {
	list := &codelist{
		products: make(map[string]bool), procedures: make(map[string]string),
		intended: make(map[catalogue.DoseKind]string), statuses: make(map[string]string),
	}
	for _, product := range edition.AllProducts() {
		if product.Disease == capture.COVID19 {
			list.products[product.AMP] = true
		}
	}
	for _, procedure := range edition.ProceduresOf(capture.COVID19) {
		list.procedures[procedure.Code] = procedure.Term
		list.intended[catalogue.DoseKind(procedure.Key)] = procedure.Code
	}
	for _, status := range edition.NHSNumberStatuses() {
		list.statuses[status.Code] = status.Term
	}
	return list
}
