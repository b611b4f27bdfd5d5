package ui

import (
	"strings"

	"deltoid/capture"
	"deltoid/ui/form"
)

// isOption tells whether an option of a list has this value.
func isOption(value string) func(form.Option) bool {
	return func(option form.Option) bool { return option.Value == value }
}

// fill takes over what the code of a pack says. Somebody compares it with the box and adds it.
func (s *addBatch) fill(pack scannedPack) {
	if pack.product.Key != s.product {
		product, _ := s.app.session.Desk.Edition().Product(s.product)
		s.app.refuseScan("This pack is " + pack.product.Name + ". Here a batch of " + product.Name + " is added: go back and choose the vaccine.")
		return
	}
	s.number.SetText(pack.Batch)
	s.expiry.SetDate(pack.expiry())
	s.scanned = "Read from the pack. Compare it with the box, then add it."
	if missing := pack.Missing(); len(missing) > 0 {
		s.scanned = "The code does not say the " + strings.Join(missing, " and the ") + ". Type it from the box."
	}
	s.app.show(s)
}

// fill chooses the vaccine and the batch of a pack for the day; a new batch is added first.
func (s *openClinic) fill(pack scannedPack) {
	s.disease.SetSelected(pack.product.Disease)
	s.disease.OnChanged(pack.product.Disease)
	s.product.SetSelected(pack.product.Key)
	s.product.OnChanged(pack.product.Key)
	if batch, known := pack.batch(); known {
		s.loadBatches(batch.ID)
		return
	}
	page := newAddBatch(s.app, pack.product.Key, func(added capture.Batch) { s.app.show(s); s.loadBatches(added.ID) }, func() { s.app.show(s) })
	s.app.show(page)
	page.fill(pack)
}
