package main

import (
	"context"
	"time"

	"deltoid/capture"
)

// batchArg names a batch that is on this device.
type batchArg struct {
	Product string       `arg:"" help:"Key of the vaccine."`
	Number  string       `arg:"" help:"Batch number, as printed on the box."`
	Expiry  capture.Date `placeholder:"DATE" help:"Its expiry date, where several batches have the same number."`
}

type batchVialCmd struct {
	batchArg
	At time.Time `placeholder:"TIME" help:"When it was opened, for example 2022-05-12T09:00:00+01:00. Default: now."`
}

type batchUsedCmd struct {
	batchArg
	Undo bool `help:"There is some left after all."`
}

// find is the batch that was named.
func (a batchArg) find(ctx context.Context, desk *capture.Desk) (capture.Batch, error) {
	batches, err := desk.Store.Batches(ctx)
	if err != nil {
		return capture.Batch{}, err
	}
	number := capture.Batch{Number: a.Number}.Tidy().Number
	var same []capture.Batch
	for _, batch := range batches {
		if batch.Product == a.Product && batch.Number == number && (a.Expiry.IsZero() || batch.Expiry == a.Expiry) {
			same = append(same, batch)
		}
	}
	switch len(same) {
	case 1:
		return same[0], nil
	case 0:
		return capture.Batch{}, &capture.Error{Code: capture.NotFound, Field: "number", Message: "There is no such batch of this vaccine on this device; batch add adds one"}
	}
	return capture.Batch{}, &capture.Error{Code: capture.Conflict, Field: "number", Message: "Several batches have this number; give --expiry too"}
}

// vialFlags are where the fields of a vial come from.
var vialFlags = map[string]string{"number": "<number>", "batchId": "<number>", "openedAt": "--at"}

// openedView is a vial that was opened.
type openedView struct {
	Batch string `json:"batch"`
	capture.OpenVial
}

func (v openedView) text(p *page) {
	p.line("Vial of batch %s, opened at %s: use until %s.", v.Batch, clockTime(v.OpenedAt), clockTime(v.Until))
}

// Run notes an opened vial.
func (c *batchVialCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	at := c.At
	if at.IsZero() {
		at = p.Desk.Now()
	}
	batch, err := c.find(s.ctx, p.Desk)
	if err == nil {
		batch, err = p.Desk.OpenVial(s.ctx, batch.ID, at)
	}
	if err != nil {
		return flagFaults(err, vialFlags, nothing)
	}
	vials, err := p.Desk.Vials(s.ctx, batch.ID)
	if err != nil {
		return err
	}
	for _, vial := range vials {
		if vial.OpenedAt.Equal(at) {
			return s.out.show(openedView{batch.Number, vial})
		}
	}
	return &capture.Error{Code: capture.Refused, Message: "The vial was opened too long ago and must not be used. It is noted"}
}

// usedView is a batch that is used up, or not after all.
type usedView struct {
	Batch  string `json:"batch"`
	UsedUp bool   `json:"usedUp"`
}

func (v usedView) text(p *page) {
	if v.UsedUp {
		p.line("Batch %s is used up and no longer offered.", v.Batch)
		return
	}
	p.line("Batch %s is offered again.", v.Batch)
}

// Run notes that nothing is left.
func (c *batchUsedCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	batch, err := c.find(s.ctx, p.Desk)
	if err == nil {
		batch, err = p.Desk.UseUpBatch(s.ctx, batch.ID, !c.Undo)
	}
	if err != nil {
		return flagFaults(err, vialFlags, nothing)
	}
	return s.out.show(usedView{batch.Number, batch.UsedUp})
}
