package main

import (
	"strings"

	"deltoid/capture"
)

// dayCmd is the end of the day: what was recorded, what was counted, and what does not add up.
type dayCmd struct {
	Show    dayShowCmd    `cmd:"" default:"1" help:"Show the day's records in numbers and every difference."`
	Count   dayCountCmd   `cmd:"" help:"Count the doses of a batch: drawn up, thrown away, left."`
	Explain dayExplainCmd `cmd:"" help:"Explain a difference, so that the clinic can be closed."`
}

type dayShowCmd struct{}

type dayCountCmd struct {
	Batch  string `arg:"" help:"Batch number."`
	Drawn  int    `required:"" help:"Doses drawn up today."`
	Wasted int    `help:"Of those, doses thrown away."`
	Why    string `help:"Why they were thrown away."`
	Left   int    `help:"Doses not drawn up at the end of the day."`
}

type dayExplainCmd struct {
	Key string `arg:"" help:"Key of the difference, as day shows it."`
	Why string `arg:"" help:"How it came about."`
}

// dayView is the reconciliation with the batch numbers that people know.
type dayView struct {
	capture.Reconciliation
	numbers map[string]string // of batches by id
}

func (v dayView) text(p *page) {
	p.line("%s: %d given, %d not given", v.Totals.Day.Plain(), v.Totals.Given, v.Totals.NotGiven)
	for _, part := range []struct {
		heading string
		counts  []capture.Count
	}{
		{"Vaccine", v.Totals.Vaccines}, {"Batch", v.Totals.Batches}, {"Dose", v.Totals.Doses},
		{"Vaccinator", v.Totals.Vaccinators}, {"Not given", v.Totals.Reasons},
	} {
		for _, count := range part.counts {
			p.line("  %s\t%s\t%d given\t%d not given", part.heading, count.Label, count.Given, count.NotGiven)
		}
	}
	for _, stock := range v.Stocks {
		p.line("  Counted\t%s\t%d drawn up\t%d thrown away\t%d left", v.numbers[stock.BatchID], stock.Drawn, stock.Wasted, stock.Left)
	}
	if len(v.Differences) == 0 {
		p.line("Everything adds up.")
	}
	for _, difference := range v.Differences {
		p.line("! %s", difference.Sentence)
		if difference.Why != "" {
			p.line("  explained: %s", difference.Why)
			continue
		}
		p.line("  key: %s", difference.Key)
	}
}

func viewDay(s *session, desk *capture.Desk) (dayView, error) {
	day, err := desk.Reconcile(s.ctx)
	if err != nil {
		return dayView{}, err
	}
	batches, err := desk.Store.Batches(s.ctx)
	view := dayView{Reconciliation: day, numbers: map[string]string{}}
	for _, batch := range batches {
		view.numbers[batch.ID] = batch.Number
	}
	return view, err
}

// Run shows the day.
func (c *dayShowCmd) Run(s *session) error {
	return s.onDay(func(*capture.Desk) error { return nil })
}

// Run keeps a count and shows the day.
func (c *dayCountCmd) Run(s *session) error {
	return s.onDay(func(desk *capture.Desk) error {
		batch, err := batchNumbered(s, desk, c.Batch)
		if err != nil {
			return err
		}
		_, err = desk.CountStock(s.ctx, capture.Stock{BatchID: batch.ID, Drawn: c.Drawn, Wasted: c.Wasted, WastedWhy: c.Why, Left: c.Left})
		return err
	})
}

// Run keeps an explanation and shows the day.
func (c *dayExplainCmd) Run(s *session) error {
	return s.onDay(func(desk *capture.Desk) error { return desk.Explain(s.ctx, c.Key, c.Why) })
}

// onDay does something in the clinic that is open, and shows its day.
func (s *session) onDay(do func(*capture.Desk) error) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	if err := do(p.Desk); err != nil {
		return err
	}
	view, err := viewDay(s, p.Desk)
	if err != nil {
		return err
	}
	return s.out.show(view)
}

// batchNumbered finds the batch that people know by its number; of several with one number it takes that of the clinic's vaccine.
func batchNumbered(s *session, desk *capture.Desk, number string) (capture.Batch, error) {
	batches, err := desk.Store.Batches(s.ctx)
	if err != nil {
		return capture.Batch{}, err
	}
	clinic, _ := desk.Clinic()
	var found []capture.Batch
	for _, batch := range batches {
		if !strings.EqualFold(batch.Number, strings.TrimSpace(number)) {
			continue
		}
		if batch.Product == clinic.Product {
			return batch, nil
		}
		found = append(found, batch)
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return capture.Batch{}, &capture.Error{Code: capture.NotFound, Field: "batch", Message: "There is no batch with this number. `deltoidctl batch list` shows them"}
	}
	return capture.Batch{}, &capture.Error{Code: capture.Conflict, Field: "batch", Message: "Several batches have this number. Change the clinic to the vaccine you mean, then count again"}
}
