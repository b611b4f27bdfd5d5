package capture

import (
	"context"
	"slices"
	"time"

	"deltoid/assets/catalogue"
)

// Vial is an opened vial of a batch, known by the time of its first puncture or dilution.
type Vial struct {
	OpenedAt time.Time `json:"openedAt"`
	OpenedBy string    `json:"openedBy"`           // staff id
	Finished bool      `json:"finished,omitempty"` // empty or thrown away
}

// OpenVial is a vial that may still be used, with its end.
type OpenVial struct {
	Vial
	Until time.Time `json:"until"`
}

// OpenVial notes that a vial of a batch was opened or diluted at a time; the zero time is now. It is Refused for a vaccine
// that comes in single doses, and for a batch past its use.
func (d *Desk) OpenVial(ctx context.Context, batchID string, at time.Time) (Batch, error) {
	now := d.Now().UTC()
	if at.IsZero() {
		at = now
	}
	at = at.UTC()
	if at.After(now) {
		return Batch{}, &Error{Code: Invalid, Field: "openedAt", Message: "The vial must have been opened now or before"}
	}
	batch, product, configuration, err := d.batchAndProduct(ctx, batchID)
	switch {
	case err != nil:
		return Batch{}, err
	case configuration.InUseHours(product) == 0:
		return Batch{}, &Error{Code: Refused, Field: "batchId", Message: product.Name + " comes in single doses: there is no vial to note"}
	case batch.Expired(product, catalogue.DateOf(at)):
		return Batch{}, &Error{Code: Refused, Field: "batchId", Message: "Batch " + batch.Number + " could be used until " + batch.UseBy(product).Plain() + ". Choose another batch"}
	case slices.ContainsFunc(batch.Vials, func(v Vial) bool { return v.OpenedAt.Equal(at) }):
		return Batch{}, &Error{Code: Conflict, Field: "openedAt", Message: "A vial of this batch was opened at that time already"}
	}
	batch.Vials = append(slices.Clone(batch.Vials), Vial{OpenedAt: at, OpenedBy: d.User().ID})
	slices.SortFunc(batch.Vials, func(a, b Vial) int { return a.OpenedAt.Compare(b.OpenedAt) })
	return batch, d.Store.SaveBatch(ctx, batch, d.entry("batch.open-vial", "batch/"+batch.ID, ""))
}

// FinishVial notes that a vial is empty or was thrown away.
func (d *Desk) FinishVial(ctx context.Context, batchID string, openedAt time.Time) (Batch, error) {
	batch, _, _, err := d.batchAndProduct(ctx, batchID)
	if err != nil {
		return Batch{}, err
	}
	batch.Vials = slices.Clone(batch.Vials)
	i := slices.IndexFunc(batch.Vials, func(v Vial) bool { return v.OpenedAt.Equal(openedAt) })
	if i < 0 {
		return Batch{}, &Error{Code: NotFound, Field: "openedAt", Message: "No vial of this batch was opened at that time"}
	}
	batch.Vials[i].Finished = true
	return batch, d.Store.SaveBatch(ctx, batch, d.entry("batch.finish-vial", "batch/"+batch.ID, ""))
}

// UseUpBatch notes that nothing is left of a batch, or that there is some after all.
func (d *Desk) UseUpBatch(ctx context.Context, batchID string, usedUp bool) (Batch, error) {
	batch, _, _, err := d.batchAndProduct(ctx, batchID)
	if err != nil {
		return Batch{}, err
	}
	batch.UsedUp = usedUp
	return batch, d.Store.SaveBatch(ctx, batch, d.entry("batch.used-up", "batch/"+batch.ID, ""))
}

// Vials are the opened vials of a batch that may still be used, oldest first.
func (d *Desk) Vials(ctx context.Context, batchID string) ([]OpenVial, error) {
	batch, product, configuration, err := d.batchAndProduct(ctx, batchID)
	if err != nil {
		return nil, err
	}
	var usable []OpenVial
	for _, vial := range batch.Vials {
		until := vial.OpenedAt.Add(time.Duration(configuration.InUseHours(product)) * time.Hour)
		if !vial.Finished && !d.Now().After(until) {
			usable = append(usable, OpenVial{vial, until})
		}
	}
	return usable, nil
}

func (d *Desk) batchAndProduct(ctx context.Context, batchID string) (Batch, catalogue.Product, Configuration, error) {
	batches, err := d.Store.Batches(ctx)
	if err != nil {
		return Batch{}, catalogue.Product{}, nil, err
	}
	i := slices.IndexFunc(batches, func(b Batch) bool { return b.ID == batchID })
	if i < 0 {
		return Batch{}, catalogue.Product{}, nil, &Error{Code: NotFound, Field: "batchId", Message: "Choose the batch"}
	}
	product, _ := d.Edition().Product(batches[i].Product)
	configuration, err := d.Store.Configuration(ctx)
	return batches[i], product, configuration, err
}
