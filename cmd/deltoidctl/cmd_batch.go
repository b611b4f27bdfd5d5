package main

import (
	"cmp"
	"context"
	"slices"

	"deltoid/capture"
)

// batchCmd is about the batches of vaccine.
type batchCmd struct {
	List batchListCmd `cmd:"" default:"1" help:"List the batches that may be used today, first-expiring first."`
	Add  batchAddCmd  `cmd:"" help:"Add a batch of vaccine."`
	Vial batchVialCmd `cmd:"" help:"Note that a vial of a batch was opened or diluted, and say until when it may be used."`
	Used batchUsedCmd `cmd:"" help:"Note that nothing is left of a batch."`
}

type batchListCmd struct {
	All bool `help:"List those as well that expired or are used up."`
}

type batchAddCmd struct {
	Product string       `arg:"" help:"Key of the vaccine, for example comirnaty30_rtu; deltoidctl catalogue lists them."`
	Number  string       `arg:"" help:"Batch number, as printed on the box."`
	Expiry  capture.Date `arg:"" help:"Expiry date on the carton or the thaw label in use, for example 2022-06-30."`
	Thawed  capture.Date `placeholder:"DATE" help:"Day of thawing, for a vaccine that is kept frozen."`

	Received capture.Date `placeholder:"DATE" help:"Day on which the batch came to the site."`
}

// batchView is a batch, with what the rules of today make of it.
type batchView struct {
	capture.Batch
	Name    string       `json:"name"`
	UseBy   capture.Date `json:"useBy"`
	Expired bool         `json:"expired"`
	InUse   bool         `json:"inUse"` // at the clinic that is open
}

func viewBatch(batch capture.Batch, desk *capture.Desk) batchView {
	product, known := desk.Edition().Product(batch.Product)
	if !known {
		product.Name = batch.Product
	}
	clinic, _ := desk.Clinic()
	return batchView{
		Batch: batch, Name: product.Name, UseBy: batch.UseBy(product), Expired: batch.Expired(product, desk.Today()), InUse: clinic.BatchID == batch.ID,
	}
}

func (v batchView) usable() bool { return !v.UsedUp && !v.Expired }

func (v batchView) text(p *page) {
	state := ""
	switch {
	case v.UsedUp:
		state = "used up"
	case v.Expired:
		state = "expired: do not use"
	case v.InUse:
		state = "in use at the clinic"
	}
	p.line("%s\t%s\tuse by %s\t%s", v.Name, v.Number, v.UseBy.Short(), state)
}

type batchesView struct {
	Batches []batchView `json:"batches"`
	Hidden  int         `json:"hidden"` // that may not be used today
}

func (v batchesView) text(p *page) {
	for _, batch := range v.Batches {
		batch.text(p)
	}
	if len(v.Batches) == 0 {
		p.line("There is no batch that may be used today.")
	}
	if v.Hidden > 0 {
		p.line("%s expired or used up: --all lists them too.", counted(v.Hidden, "batch is", "batches are"))
	}
}

// Run lists the batches.
func (c *batchListCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	view, err := c.view(s.ctx, p.Desk)
	if err != nil {
		return err
	}
	return s.out.show(view)
}

func (c *batchListCmd) view(ctx context.Context, desk *capture.Desk) (batchesView, error) {
	view := batchesView{Batches: []batchView{}}
	batches, err := desk.Store.Batches(ctx)
	if err != nil {
		return view, err
	}
	for _, batch := range batches {
		if v := viewBatch(batch, desk); c.All || v.usable() {
			view.Batches = append(view.Batches, v)
			continue
		}
		view.Hidden++
	}
	slices.SortStableFunc(view.Batches, func(a, b batchView) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), a.UseBy.Compare(b.UseBy))
	})
	return view, nil
}

// addedBatchView is a batch that was added.
type addedBatchView struct{ batchView }

func (v addedBatchView) text(p *page) {
	p.line("Added batch %s of %s: use by %s.", v.Number, v.Name, v.UseBy.Plain())
}

// batchFlags are where the fields of a batch come from.
var batchFlags = map[string]string{"product": "<product>", "number": "<number>", "expiry": "<expiry>", "thawedOn": "--thawed", "received": "--received"}

// Run adds a batch.
func (c *batchAddCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	added, err := p.Desk.AddBatch(s.ctx, capture.Batch{Product: c.Product, Number: c.Number, Expiry: c.Expiry, ThawedOn: c.Thawed, Received: c.Received})
	if err != nil {
		return flagFaults(err, batchFlags, func(field string) []string {
			if field != "product" {
				return nil
			}
			return productKeys(p.Desk.Edition().Products())
		})
	}
	return s.out.show(addedBatchView{viewBatch(added, p.Desk)})
}
