package ui

import (
	"slices"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/capture/gs1"
)

// scannedPack is a pack's code with its product looked up.
type scannedPack struct {
	gs1.Pack
	product catalogue.Product
	batches []capture.Batch // all there are
}

// expiry is the day on the pack.
func (p scannedPack) expiry() capture.Date { return capture.Date(p.Expiry) }

// batch is the batch on record that the pack is of. A thawed vaccine is kept with the day on its thaw label, which is not
// that of the pack.
func (p scannedPack) batch() (capture.Batch, bool) {
	number := capture.Batch{Number: p.Batch}.Tidy().Number
	i := slices.IndexFunc(p.batches, func(b capture.Batch) bool {
		return b.Product == p.product.Key && b.Number == number && (b.Expiry == p.expiry() || p.Expiry.IsZero() || p.product.ThawDays > 0)
	})
	if i < 0 || number == "" {
		return capture.Batch{}, false
	}
	return p.batches[i], true
}

// pack goes on with a pack's code once its product is known, and refuses any other code.
func (a *App) pack(scan gs1.Scan, then func(scannedPack)) {
	if fault := scan.For(gs1.KindPack); fault != nil {
		a.refuseScan(fault.Message)
		return
	}
	session, from := a.session, a.current
	once(a, func(ctx ctx) (scannedPack, error) {
		pack := scannedPack{Pack: scan.Pack}
		var err error
		if pack.product, err = session.Desk.ProductOfPack(ctx, scan.Pack.GTIN); err != nil {
			return pack, err
		}
		pack.batches, err = session.Desk.Store.Batches(ctx)
		return pack, err
	}, func(pack scannedPack, err error) {
		switch {
		case a.current != from:
		case capture.IsNotFound(err) && session.Desk.User().Admin:
			a.show(newBindPack(a, scan.Pack.GTIN, func() {
				a.show(from)
				a.pack(scan, then)
			}, func() { a.show(from) }))
		case err != nil:
			a.tell(err)
		default:
			then(pack)
		}
	})
}

// packForVisit chooses the batch of a pack for the dose that is given; a new batch is added first.
func (a *App) packForVisit(j *journey, pack scannedPack) {
	page, ok := j.station.(*give)
	if !ok {
		return
	}
	if pack.product.Key != page.product.Key {
		a.notice("Another vaccine", "This pack is "+pack.product.Name+". The visit is for "+page.product.Name+": do not give it, or go back and choose the vaccine.")
		return
	}
	batch, known := pack.batch()
	switch {
	case !known:
		a.newBatchForVisit(j, pack)
	case batch.UsedUp || batch.Expired(pack.product, a.session.Desk.Today()):
		a.notice("Do not give it", unusable(batch, pack.product, a.session.Desk.Today()))
	case !slices.ContainsFunc(page.batch.Options(), isOption(batch.ID)):
		page.keep(&j.visit)
		j.visit.Give.BatchID = batch.ID
		j.move(func() station { return newGive(j) })
	default:
		page.batch.SetSelected(batch.ID)
		page.batch.OnChanged(batch.ID)
	}
}

// unusable says why a batch may not be given.
func unusable(batch capture.Batch, product catalogue.Product, today capture.Date) string {
	if batch.Expired(product, today) {
		return "The last day of batch " + batch.Number + " was " + batch.UseBy(product).Plain() + ". Put it aside and take another."
	}
	return "Batch " + batch.Number + " is marked as used up. Look at the number again, or take another."
}

// newBatchForVisit confirms a batch that is not on record yet, and comes back with it chosen.
func (a *App) newBatchForVisit(j *journey, pack scannedPack) {
	a.addBatch(j)
	if page, ok := a.current.(*addBatch); ok {
		page.fill(pack)
	}
}
