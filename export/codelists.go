package export

import (
	"slices"
	"sync"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// codelists gives what the extract needs of the catalogue, day by day. It may be used by several goroutines.
type codelists struct {
	catalogue *catalogue.Catalogue // nil: nothing is known, and nothing is refused for it
	diseases  []string             // of the extract

	mu   sync.RWMutex
	made map[*catalogue.Edition]*codelist
}

// codelist is the codes in force on a day.
type codelist struct {
	edition    *catalogue.Edition
	products   map[string]bool   // codes of the vaccines against the diseases of the extract, also those only seen in histories
	procedures map[string]string // term by code of giving a dose; empty when none is known of the diseases
	statuses   map[string]string // NHS number status to its words
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
	list = c.newCodelist(edition)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.made == nil {
		c.made = make(map[*catalogue.Edition]*codelist)
	}
	c.made[edition] = list
	return list
}

func (c *codelists) newCodelist(edition *catalogue.Edition) *codelist {
	list := &codelist{edition: edition, products: make(map[string]bool), procedures: make(map[string]string), statuses: make(map[string]string)}
	for _, product := range edition.AllProducts() {
		if slices.Contains(c.diseases, product.Disease) {
			list.products[product.AMP] = true
		}
	}
	for _, disease := range c.diseases {
		for _, procedure := range edition.ProceduresOf(disease) {
			list.procedures[procedure.Code] = procedure.Term
		}
	}
	for _, status := range edition.NHSNumberStatuses() {
		list.statuses[status.Code] = status.Term
	}
	return list
}

// intended is the procedure that giving the event's dose is or would have been.
func (l *codelist) intended(event *capture.Event) catalogue.Code {
	if l.edition == nil {
		return catalogue.Code{}
	}
	product, _ := l.edition.Product(event.Product.Key)
	code, _ := l.edition.Procedure(event.Kind, product.Platform)
	return code
}
