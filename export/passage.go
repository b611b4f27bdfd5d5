package export

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// forEver is an age greater than that of any delivery.
const forEver = time.Duration(1<<63 - 1)

// enter takes a delivery into a state. Earlier failures are forgotten, but for their number while it is on its way out.
func (d *Delivery) enter(state State, now time.Time, note string) {
	attempts := d.Attempts
	d.afresh()
	if state == Sending {
		d.Attempts = attempts
	}
	d.State, d.ChangedAt = state, now.UTC()
	d.Past = append(slices.Clone(d.Past), Passage{At: d.ChangedAt, State: state, Note: note})
}

// afresh forgets earlier failures.
func (d *Delivery) afresh() {
	d.Attempts, d.NextAttempt, d.CertainAt, d.Problem, d.ProblemCode = 0, time.Time{}, time.Time{}, "", ""
}

// heldFrom is the state that a held delivery was in.
func heldFrom(d Delivery) State {
	for i := len(d.Past) - 1; i > 0; i-- {
		switch {
		case d.Past[i].State != Held:
		case d.Past[i].Note == string(ambiguous):
			return Sending // it was taken, whatever it was believed to be
		default:
			return d.Past[i-1].State
		}
	}
	return Sending // looked up before anything else
}

// letGo is the note of a passage by a person's word.
const letGo = "let go"

// sentFrom is the sender that a file may have left from; empty when a person took the doubt upon them.
func sentFrom(d Delivery) string {
	for i := len(d.Past) - 1; i >= 0; i-- {
		switch {
		case d.Past[i].State != Sending:
		case d.Past[i].Note == letGo:
			return ""
		default:
			return d.Past[i].Note
		}
	}
	return ""
}

// tried tells whether the file was ever on its way out.
func tried(d Delivery) bool {
	return slices.ContainsFunc(d.Past, func(p Passage) bool { return p.State == Sending })
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
