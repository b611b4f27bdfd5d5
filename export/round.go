package export

import (
	"context"
	"io"
	"time"

	"deltoid/capture"
	"deltoid/export/mesh"
)

// round is one step over all deliveries.
type round struct {
	*Courier
	configuration capture.Configuration
	report        *Report
	behind        map[Kind]Delivery // the oldest file that the later ones of its kind have to wait for
	over          bool              // MESH cannot be reached or does not let us in: nothing more in this round
}

func (r *round) all(ctx context.Context, deliveries []Delivery) error {
	if until, problem := loginStop(deliveries, r.report.At); problem != "" {
		r.report.Problem = problem
		r.report.wakeAt(until)
		return nil
	}
	for _, delivery := range deliveries {
		if ctx.Err() != nil {
			return nil
		}
		after := delivery
		if isOpen(delivery) {
			var err error
			if after, err = r.one(ctx, delivery); err != nil {
				return err
			}
			if after.State != delivery.State {
				r.report.Changed = append(r.report.Changed, after)
			}
			if isOpen(after) && after.NextAttempt.After(r.report.At) {
				r.report.wakeAt(after.NextAttempt)
			}
		}
		if r.over { // whatever else is due goes when this one does
			r.report.Next = after.NextAttempt
			return nil
		}
		r.queue(after)
	}
	return nil
}

// queue keeps files in the order they were built: a later file may change what an earlier one made new.
func (r *round) queue(d Delivery) {
	if _, taken := r.behind[d.Kind]; !taken && holdsUp(d) {
		r.behind[d.Kind] = d
	}
}

// holdsUp tells whether later files of the kind must wait for this one: MESH has not got it, and its rows are in no other file.
func holdsUp(d Delivery) bool {
	switch d.State {
	case Built, Sending:
		return true
	case Refused:
		return d.MessageID == "" && d.ProblemCode != released
	case Held:
		return heldFrom(d) == Built
	}
	return false
}

// one does what is due for a delivery and returns it as it stands then.
func (r *round) one(ctx context.Context, d Delivery) (Delivery, error) {
	if d.NextAttempt.After(r.report.At) {
		return d, nil
	}
	if first, waits := r.behind[d.Kind]; waits && d.State == Built {
		if first.State == Refused || first.State == Held {
			r.report.Problem = "An earlier file (" + first.FileName + ") did not go, and later ones wait behind it. Look at it under Deliveries"
		}
		return d, nil
	}
	if d.State == Built && !r.address(&d) {
		r.report.Problem = "No receiver is set for this extract: files wait on this computer. An administrator can enter the receiver's mailbox (covid.to_mailbox)"
		return d, nil
	}
	if err := r.greet(ctx); err != nil {
		return r.fails(ctx, d, greeting, err)
	}
	switch d.State {
	case Sending:
		return r.reconcile(ctx, d)
	case Accepted:
		return r.track(ctx, d)
	}
	return r.send(ctx, d)
}

// address fills in a receiver that was not set when the file was built.
func (r *round) address(d *Delivery) bool {
	if d.To == "" {
		d.To = r.configuration.Get("covid.to_mailbox")
	}
	if d.WorkflowID == "" {
		d.WorkflowID = r.configuration.Get("covid.workflow_id")
	}
	return d.To != "" && d.WorkflowID != ""
}

// greet is the handshake that MESH wants once a day.
func (r *round) greet(ctx context.Context) error {
	if !r.handshake.IsZero() && r.report.At.Sub(r.handshake) < r.policy().Handshake {
		return nil
	}
	err := r.post.Handshake(ctx)
	if err == nil {
		r.handshake = r.report.At
	}
	return err
}

// send marks the file as sending, durably, and only then lets the request go.
func (r *round) send(ctx context.Context, d Delivery) (Delivery, error) {
	d, err := r.change(ctx, d, "delivery.send", "", func(d *Delivery) {
		r.address(d)
		d.enter(Sending, r.Now(), "")
	})
	if err != nil || d.State != Sending {
		return d, err
	}
	messageID, err := r.post.Send(ctx, r.message(ctx, d))
	if err != nil {
		return r.fails(ctx, d, sending, err)
	}
	return r.accepted(ctx, d, messageID, "")
}

func (r *round) message(ctx context.Context, d Delivery) mesh.Message {
	return mesh.Message{
		To: d.To, WorkflowID: d.WorkflowID, FileName: d.FileName, LocalID: d.ID,
		ContentType: "application/octet-stream", Checksum: "sha256:" + d.SHA256, Compress: true,
		Body: func() (io.ReadCloser, error) { return r.Ledger.Content(ctx, d.ID) },
	}
}

func (r *round) accepted(ctx context.Context, d Delivery, messageID, note string) (Delivery, error) {
	delete(r.settled, d.ID)
	return r.change(ctx, d, "delivery.accepted", note, func(d *Delivery) {
		now := r.Now().UTC()
		d.enter(Accepted, now, note)
		d.MessageID = messageID
		d.NextAttempt = now.Add(r.policy().Track(0))
	})
}

// reconcile settles the fate of a file that may have left.
func (r *round) reconcile(ctx context.Context, d Delivery) (Delivery, error) {
	messageID, taken, err := r.post.Reconcile(ctx, d.ID)
	switch {
	case err != nil:
		return r.fails(ctx, d, asking, err)
	case taken:
		return r.accepted(ctx, d, messageID, "the answer was lost; MESH has the file")
	}
	if until := r.settledAt(d); r.Now().Before(until) {
		return r.change(ctx, d, "delivery.wait", "not known to MESH yet", func(d *Delivery) { d.NextAttempt = until })
	}
	delete(r.settled, d.ID)
	if d, err = r.change(ctx, d, "delivery.unsent", "not known to MESH", func(d *Delivery) { d.back() }); err != nil {
		return d, err
	}
	if _, waits := r.behind[d.Kind]; waits || d.State != Built {
		return d, nil
	}
	return r.send(ctx, d)
}

// settledAt is when MESH can no longer be storing the file. After a restart nobody knows how long the request went on,
// so it counts from the first look.
func (r *round) settledAt(d Delivery) time.Time {
	if _, known := r.settled[d.ID]; !known {
		r.startSettling(d)
	}
	return r.settled[d.ID]
}

func (r *round) startSettling(d Delivery) {
	if r.settled == nil {
		r.settled = map[string]time.Time{}
	}
	r.settled[d.ID] = r.Now().UTC().Add(r.policy().Settle)
}

// track asks whether the receiver has collected the file.
func (r *round) track(ctx context.Context, d Delivery) (Delivery, error) {
	found, err := r.post.Track(ctx, d.MessageID)
	if err != nil {
		return r.fails(ctx, d, tracking, err)
	}
	switch found.Status {
	case mesh.StatusAcknowledged:
		return r.change(ctx, d, "delivery.collected", "", func(d *Delivery) { d.enter(Collected, r.Now(), "") })
	case mesh.StatusUndeliverable, mesh.StatusError:
		return r.change(ctx, d, "delivery.refused", found.Code, func(d *Delivery) {
			d.enter(Refused, r.Now(), "")
			d.ProblemCode = found.Code
			d.Problem = "The receiver did not get the file: " + explain(found) + ". Speak to the receiver, then choose Send the rows again"
		})
	case mesh.StatusUploading:
		if _, err := r.post.Resume(ctx, r.message(ctx, d)); err != nil {
			return r.fails(ctx, d, tracking, err)
		}
	}
	return r.change(ctx, d, "delivery.track", string(found.Status), func(d *Delivery) {
		now := r.Now().UTC()
		d.afresh()
		d.NextAttempt = now.Add(r.policy().Track(now.Sub(d.ChangedAt)))
	})
}

func explain(found mesh.Tracking) string {
	if text := mesh.Explain(found.Code); text != "" {
		return text + " (code " + found.Code + ")"
	}
	return "MESH gives no reason"
}
