package export

import (
	"context"
	"io"

	"deltoid/capture"
	"deltoid/export/mesh"
)

// send marks the file as sending, durably, and only then lets the request go.
func (r *round) send(ctx context.Context, d Delivery) (Delivery, error) {
	if err := copyContent(ctx, r.Ledger, d, io.Discard); err != nil {
		return r.change(ctx, d, "delivery.damaged", "", func(d *Delivery) {
			d.enter(Held, r.Now(), "")
			d.Problem = "Not sent: " + sentence(err)
		})
	}
	d, err := r.change(ctx, d, "delivery.send", "", func(d *Delivery) {
		r.address(d)
		d.enter(Sending, r.Now(), sender(r.configuration))
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

// sendAgain looks before it sends once more: that costs little, tells whether there is a connection without a trail of
// tries, and finds a file that was taken although everything spoke against it.
func (r *round) sendAgain(ctx context.Context, d Delivery) (Delivery, error) {
	messageID, taken, err := r.post.Reconcile(ctx, d.ID)
	switch v := verdictOf(err); {
	case err == nil && !taken, err != nil && (v == permanent || v == lost): // a look-up that is not offered proves nothing
		return r.send(ctx, d)
	case err != nil:
		return r.fails(ctx, d, looking, err)
	}
	return r.accepted(ctx, d, messageID, "MESH has the file")
}

func (r *round) message(ctx context.Context, d Delivery) mesh.Message {
	return mesh.Message{
		To: d.To, WorkflowID: d.WorkflowID, FileName: d.FileName, LocalID: d.ID,
		ContentType: "application/octet-stream", Checksum: "sha256:" + d.SHA256, Compress: true,
		Body: func() (io.ReadCloser, error) { return r.Ledger.Content(ctx, d.ID) },
	}
}

func (r *round) accepted(ctx context.Context, d Delivery, messageID, note string) (Delivery, error) {
	return r.change(ctx, d, "delivery.accepted", note, func(d *Delivery) {
		now := r.Now().UTC()
		d.enter(Accepted, now, note)
		d.MessageID = messageID
		d.NextAttempt = now.Add(r.policy().Track(0))
	})
}

// sender is the mailbox that a file leaves from. Only there can be asked what became of it.
func sender(configuration capture.Configuration) string {
	return "from " + configuration.Get("mesh.mailbox") + " at " + configuration.Get("mesh.url")
}

// reconcile settles the fate of a file that may have left.
func (r *round) reconcile(ctx context.Context, d Delivery) (Delivery, error) {
	if from := sentFrom(d); from != "" && from != sender(r.configuration) {
		return r.change(ctx, d, "delivery.moved", "", func(d *Delivery) {
			d.enter(Held, r.Now(), "")
			d.Problem = "This file may have left " + from + ", and the MESH settings are others now. Put them back to see what became of it, or make sure that it was not taken; then choose Let it go"
		})
	}
	messageID, taken, err := r.post.Reconcile(ctx, d.ID)
	switch {
	case err != nil:
		return r.fails(ctx, d, asking, err)
	case taken:
		return r.accepted(ctx, d, messageID, "the answer was lost; MESH has the file")
	}
	certain := d.CertainAt
	if certain.IsZero() {
		certain = r.Now().UTC().Add(r.policy().Settle)
	}
	if r.Now().Before(certain) {
		return r.change(ctx, d, "delivery.wait", "not known to MESH yet", func(d *Delivery) { d.CertainAt, d.NextAttempt = certain, certain })
	}
	d, err = r.change(ctx, d, "delivery.unsent", "not known to MESH", func(d *Delivery) { d.enter(Built, r.Now(), "not known to MESH") })
	if err != nil || d.State != Built {
		return d, err
	}
	if _, waits := r.before(d); waits {
		return d, nil
	}
	return r.send(ctx, d)
}
