package capture

import (
	"context"
	"fmt"
	"slices"
)

// Stock is what a clinic drew up and threw away of one batch; counted by people, not derived from records.
type Stock struct {
	ID        string `json:"id,omitempty"` // of the clinic and the batch
	ClinicID  string `json:"clinicId"`
	BatchID   string `json:"batchId"`
	Drawn     int    `json:"drawn"`  // doses
	Wasted    int    `json:"wasted"` // of those drawn
	WastedWhy string `json:"wastedWhy,omitempty"`
	Left      int    `json:"left"` // doses not drawn at the end of the day
}

// Check lists every fault of a count.
func (s Stock) Check() Problems {
	var faults Problems
	for _, count := range []struct {
		field, message string
		value          int
	}{
		{"drawn", "Enter how many doses were drawn up, 0 or more", s.Drawn},
		{"wasted", "Enter how many doses were thrown away, 0 or more", s.Wasted},
		{"left", "Enter how many doses are left, 0 or more", s.Left},
	} {
		if count.value < 0 || count.value > 100000 {
			faults.Add(count.field, count.message)
		}
	}
	switch {
	case s.Wasted > s.Drawn:
		faults.Add("wasted", "More doses were thrown away than drawn up. Correct one of the two")
	case s.Wasted > 0 && oneLine(s.WastedWhy) == "":
		faults.Add("wastedWhy", "Enter why doses were thrown away")
	}
	return faults
}

// CountStock keeps what was drawn, wasted and left of a batch in the clinic that is open.
func (d *Desk) CountStock(ctx context.Context, stock Stock) (Stock, error) {
	clinic, open := d.Clinic()
	if !open {
		return Stock{}, errNoClinic
	}
	faults := stock.Check()
	batches, err := d.Store.Batches(ctx)
	if err != nil {
		return Stock{}, err
	}
	if !slices.ContainsFunc(batches, func(b Batch) bool { return b.ID == stock.BatchID }) {
		faults.Add("batchId", "Choose the batch")
	}
	if err := faults.Err(); err != nil {
		return Stock{}, err
	}
	stock.ClinicID, stock.ID = clinic.ID, clinic.ID+"/"+stock.BatchID
	stock.WastedWhy = oneLine(stock.WastedWhy)
	note := fmt.Sprintf("drawn %d, wasted %d, left %d", stock.Drawn, stock.Wasted, stock.Left)
	return stock, d.Store.SaveStock(ctx, stock, d.entry("stock.count", "batch/"+stock.BatchID, note))
}
