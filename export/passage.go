package export

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// forEver is an age greater than that of any delivery.
const forEver = time.Duration(1<<63 - 1)

// enter takes a delivery into a state. Tries go on counting while a file is built, sending and built again.
func (d *Delivery) enter(state State, now time.Time, note string) {
	d.State, d.ChangedAt = state, now.UTC()
	d.Past = append(slices.Clone(d.Past), Passage{At: d.ChangedAt, State: state, Note: note})
	d.Problem, d.ProblemCode, d.NextAttempt = "", "", time.Time{}
	if state != Sending {
		d.Attempts = 0
	}
}

// back undoes the step to sending: it is certain that nothing was taken. The audit chain still tells of the try.
func (d *Delivery) back() {
	d.State = Built
	if n := len(d.Past); n > 1 && d.Past[n-1].State == Sending {
		d.Past = slices.Clone(d.Past[:n-1])
		d.ChangedAt = d.Past[n-2].At
	}
}

// heldFrom is the state that a held delivery was in.
func heldFrom(d Delivery) State {
	for i := len(d.Past) - 1; i > 0; i-- {
		if d.Past[i].State == Held {
			return d.Past[i-1].State
		}
	}
	return Sending // looked up before anything else
}

// change saves a change of a delivery with its audit entry, unless somebody took it into another state meanwhile; then
// it is returned as it is now. It goes through even when the program is about to end: what happened is written down.
func (c *Courier) change(ctx context.Context, d Delivery, action, note string, apply func(*Delivery)) (Delivery, error) {
	ctx = context.WithoutCancel(ctx)
	c.changing.Lock()
	defer c.changing.Unlock()
	current, err := c.Ledger.Delivery(ctx, d.ID)
	if err != nil {
		return d, fmt.Errorf("read delivery %s: %w", d.ID, err)
	}
	if current.State != d.State {
		return current, nil
	}
	apply(&current)
	if err := c.Ledger.SaveDelivery(ctx, current, entryFor(c.Now(), c.By, action, d.ID, note)); err != nil {
		return d, fmt.Errorf("keep delivery %s: %w", d.ID, err)
	}
	return current, nil
}
