package export

import (
	"context"
	"errors"
	"io"
	"strconv"

	"deltoid/capture"
	"deltoid/export/mesh"
)

// send marks the file as sending, durably, and only then lets the request go.
func (r *round) send(ctx context.Context, d Delivery) (Delivery, error) {
	if r.rests() { // a look has shown that the connection is back
		return d, nil
	}
	if err := copyContent(ctx, r.Ledger, d, io.Discard); err != nil {
		return r.change(ctx, d, "delivery.damaged", "", func(d *Delivery) {
			d.enter(Held, r.Now(), "")
			d.Problem = "Not sent: " + sentence(err)
		})
	}
	d, err := r.change(ctx, d, "delivery.send", "", func(d *Delivery) {
		r.address(d)
		d.Upload = nil
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
	case err == nil && !taken, err != nil && (v == permanent || v == lost || v == unsent): // a look-up that is not offered proves nothing
		return r.send(ctx, d)
	case err != nil:
		return r.fails(ctx, d, looking, err)
	case inParts(d):
		d, err := r.change(ctx, d, "delivery.send", "", func(d *Delivery) { d.enter(Sending, r.Now(), sender(r.configuration)) })
		if err != nil || d.State != Sending {
			return d, err
		}
		return r.finish(ctx, d)
	}
	return r.accepted(ctx, d, messageID, "MESH has the file")
}

// inParts tells whether a file was begun as a message of several parts, of which MESH may lack some.
func inParts(d Delivery) bool { return d.Upload != nil && d.Upload.Parts() > 1 }

// finish sends what MESH still lacks of a file that it has begun to take.
func (r *round) finish(ctx context.Context, d Delivery) (Delivery, error) {
	messageID, err := r.post.Resume(ctx, r.message(ctx, d))
	if err != nil {
		return r.fails(ctx, d, finishing, err)
	}
	return r.accepted(ctx, d, messageID, "the rest was sent")
}

func (r *round) message(ctx context.Context, d Delivery) mesh.Message {
	m := mesh.Message{
		To: d.To, WorkflowID: d.WorkflowID, FileName: d.FileName, LocalID: d.ID,
		ContentType: "application/octet-stream", Checksum: "sha256:" + d.SHA256, Compress: true,
		Body: func() (io.ReadCloser, error) { return r.Ledger.Content(ctx, d.ID) },
		Keep: func(ctx context.Context, upload mesh.Upload) error { return r.keepUpload(ctx, d, upload) },
	}
	if usesFolder(r.configuration) {
		m.Subject = d.FileName // the control file has no other place for it
	}
	if d.Upload != nil {
		m.Upload = *d.Upload
	}
	return m
}

// errElsewhere stops a file that somebody took into another state while it was going out.
var errElsewhere = errors.New("the delivery went on elsewhere")

// keepUpload writes down, durably, how far a file of several parts has come.
func (r *round) keepUpload(ctx context.Context, d Delivery, upload mesh.Upload) error {
	note := "part " + strconv.Itoa(upload.Taken) + " of " + strconv.Itoa(upload.Parts())
	kept, err := r.change(ctx, d, "delivery.part", note, func(d *Delivery) {
		if d.Upload != nil && upload.Taken > d.Upload.Taken {
			d.Attempts = 0 // it goes on, however slowly
		}
		d.Upload = &upload
	})
	if err == nil && kept.State != d.State {
		return errElsewhere
	}
	return err
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
	where := configuration.Get("mesh.url")
	if usesFolder(configuration) {
		where = configuration.Get("mesh.folder")
	}
	return "from " + configuration.Get("mesh.mailbox") + " at " + where
}

// reconcile settles the fate of a file that may have left.
func (r *round) reconcile(ctx context.Context, d Delivery) (Delivery, error) {
	if from := sentFrom(d); from != "" && from != sender(r.configuration) {
		return r.change(ctx, d, "delivery.moved", "", func(d *Delivery) {
			d.enter(Held, r.Now(), "")
			d.Problem = "This file may have left " + from + ", and the MESH settings are others now. Put them back to see what became of it, or make sure that it was not taken; then choose Let it go"
		})
	}
	messageID, taken, err := r.whereabouts(ctx, d)
	switch {
	case err != nil:
		return r.fails(ctx, d, asking, err)
	case taken && inParts(d):
		return r.finish(ctx, d)
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

// whereabouts asks what MESH has of a file that may have left: by the message id where MESH has given one, else by ours.
func (r *round) whereabouts(ctx context.Context, d Delivery) (messageID string, taken bool, err error) {
	if d.Upload == nil || d.Upload.MessageID == "" {
		return r.post.Reconcile(ctx, d.ID)
	}
	found, err := r.post.Track(ctx, d.Upload.MessageID)
	return found.MessageID, err == nil, err
}
