package export

import (
	"context"
	"fmt"
	"slices"
	"time"

	"deltoid/capture"
)

// Retry is a person's word to try again now: a waiting file at once, also after a refused login, and a file that MESH
// refused to take once more as it is. The courier has to be woken.
func (c *Courier) Retry(ctx context.Context, id string) error {
	d, err := c.Ledger.Delivery(ctx, id)
	if err != nil {
		return err
	}
	switch {
	case d.State == Refused && (d.MessageID != "" || d.ProblemCode == released):
		return &capture.Error{Code: capture.Conflict, Field: "id",
			Message: "This file cannot go again: MESH had taken it, or its rows wait for a new file. Choose Send the rows again"}
	case !isOpen(d) && d.State != Refused:
		return &capture.Error{Code: capture.Conflict, Field: "id", Message: "There is nothing to try again: the file is " + string(d.State)}
	}
	configuration, err := c.Ledger.Configuration(ctx)
	if err != nil {
		return fmt.Errorf("read settings: %w", err)
	}
	if _, err := c.change(ctx, d, "delivery.retry", "", func(d *Delivery) {
		if d.State == Refused { // the cause may have been the address, which may have been corrected
			d.To, d.WorkflowID = addressOf(configuration, *d)
			d.enter(Built, c.Now(), "tried again")
		} else {
			d.afresh()
		}
	}); err != nil {
		return err
	}
	c.Go()
	c.forgive()
	deliveries, err := c.Ledger.Deliveries(ctx)
	if err != nil {
		return fmt.Errorf("read deliveries: %w", err)
	}
	return c.forgiveLogin(ctx, deliveries)
}

// Hold stops a file that has not left yet.
func (c *Courier) Hold(ctx context.Context, id, reason string) error {
	return c.intervene(ctx, id, Built, "delivery.hold", "Only a file that has not left can be stopped", func(d *Delivery) {
		d.enter(Held, c.Now(), reason)
		d.Problem = "Stopped by hand. Choose Let it go when it may be sent"
	})
}

// Unhold lets a held file go on from where it was; one that may have left is looked up first.
func (c *Courier) Unhold(ctx context.Context, id string) error {
	return c.intervene(ctx, id, Held, "delivery.unhold", "This file is not stopped", func(d *Delivery) {
		d.enter(heldFrom(*d), c.Now(), letGo)
	})
}

// Resolve is a person's answer, from the MESH service desk, to whether MESH took a held file that may have left: the id
// of its message, or empty when it was not taken and may go again.
func (c *Courier) Resolve(ctx context.Context, id, messageID string) error {
	d, err := c.Ledger.Delivery(ctx, id)
	if err != nil {
		return err
	}
	if d.State != Held || heldFrom(d) != Sending {
		return &capture.Error{Code: capture.Conflict, Field: "id", Message: "There is no doubt about this file"}
	}
	return c.intervene(ctx, id, Held, "delivery.resolve", "There is no doubt about this file", func(d *Delivery) {
		if messageID == "" {
			d.enter(Built, c.Now(), "not taken, by a person's word")
			return
		}
		d.enter(Accepted, c.Now(), "taken, by a person's word")
		d.MessageID = messageID
	})
}

// intervene changes a delivery that is in a state, and refuses any other with a sentence.
func (c *Courier) intervene(ctx context.Context, id string, from State, action, otherwise string, apply func(*Delivery)) error {
	done := false
	_, err := c.change(ctx, Delivery{ID: id, State: from}, action, "", func(d *Delivery) {
		apply(d)
		done = true
	})
	if err == nil && !done {
		return &capture.Error{Code: capture.Conflict, Field: "id", Message: otherwise}
	}
	return err
}

// Resend puts the rows of a refused file back among those that wait, to go into a new file under a new name, and with
// them those of the files built after it that have not left: they may change what the refused file made new.
// Builder.Build makes the new file.
func (c *Courier) Resend(ctx context.Context, id string) error {
	deliveries, err := c.Ledger.Deliveries(ctx)
	if err != nil {
		return fmt.Errorf("read deliveries: %w", err)
	}
	i := slices.IndexFunc(deliveries, func(d Delivery) bool { return d.ID == id })
	if i < 0 {
		return &capture.Error{Code: capture.NotFound, Field: "id", Message: "There is no such file"}
	}
	refused := deliveries[i]
	if refused.State != Refused || refused.ProblemCode == released {
		return &capture.Error{Code: capture.Conflict, Field: "id", Message: "Only the rows of a refused file can be sent again, and only once"}
	}
	for _, later := range deliveries[:i] { // newest first
		waits := later.State == Built || later.State == Held && heldFrom(later) == Built
		if !waits || later.Kind != refused.Kind && !follows(later.Kind, refused.Kind) {
			continue
		}
		stopped, err := c.change(ctx, later, "delivery.supersede", "", func(d *Delivery) {
			d.enter(Refused, c.Now(), "an earlier file is built again")
			d.Problem = "Not sent: an earlier file is built again. Choose Send the rows again"
		})
		if err != nil {
			return err
		}
		if stopped.State == Refused {
			if err := c.release(ctx, stopped); err != nil {
				return err
			}
		}
	}
	return c.release(ctx, refused)
}

// follows tells whether the records of an extract go only once another one has carried them.
func follows(kind, another Kind) bool {
	profile, err := Shipped().Find(kind)
	return err == nil && profile.Follows == another
}

// release gives the rows back before it says so: after a crash between the two a person can choose it once more.
func (c *Courier) release(ctx context.Context, d Delivery) error {
	err := c.Ledger.Release(ctx, d.ID, entryFor(c.Now(), c.By, "delivery.release", d.ID, ""))
	if err != nil && capture.CodeOf(err) != capture.Conflict { // a conflict: it was given back before
		return fmt.Errorf("release the rows of delivery %s: %w", d.ID, err)
	}
	_, err = c.change(ctx, d, "delivery.released", "", func(d *Delivery) {
		d.ProblemCode, d.Problem = released, "Its rows wait for a new file"
	})
	return err
}

// forgiveLogin lets everything go on that waits because of a refused login.
func (c *Courier) forgiveLogin(ctx context.Context, deliveries []Delivery) error {
	for i, d := range deliveries {
		if !isOpen(d) || d.ProblemCode != string(login) {
			continue
		}
		after, err := c.change(ctx, d, "delivery.retry", "", func(d *Delivery) { d.afresh() })
		if err != nil {
			return err
		}
		deliveries[i] = after
	}
	return nil
}

// loginStop says until when nothing is tried after a refused login, and why.
func loginStop(deliveries []Delivery, now time.Time) (until time.Time, problem string) {
	for _, d := range deliveries {
		if isOpen(d) && d.ProblemCode == string(login) && d.NextAttempt.After(now) && d.NextAttempt.After(until) {
			until, problem = d.NextAttempt, d.Problem
		}
	}
	return until, problem
}

// Close is a person's word that a message nobody could take in has been dealt with.
func (c *Courier) Close(ctx context.Context, inboundID string) error {
	message, err := c.Mail.Inbound(ctx, inboundID)
	if err != nil {
		return err
	}
	if message.State != InboundUnknown && message.State != InboundFaulty {
		return &capture.Error{Code: capture.Conflict, Field: "id", Message: "There is nothing to deal with: this message is " + string(message.State)}
	}
	message.State = InboundClosed
	return c.Mail.SaveInbound(ctx, message, c.inboundEntry("inbound.close", message))
}
