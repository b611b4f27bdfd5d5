package mesh

import (
	"context"
	"errors"
	"fmt"
)

// Reconcile asks whether MESH took the message with our local id.
//
//   - taken: it did, and messageID is its id; of a message of several parts some may still be missing, see Track;
//   - not taken, no error: MESH does not know the local id;
//   - [ErrAmbiguous]: it has several; stop and ask the service desk;
//   - any other error: nothing is known yet. Where the look-up, which the specification calls deprecated, is not
//     offered at all, an operator has to decide.
func (c *Client) Reconcile(ctx context.Context, localID string) (messageID string, taken bool, err error) {
	found, taken, err := c.lookUp(ctx, localID)
	return found.MessageID, taken, err
}

func (c *Client) lookUp(ctx context.Context, localID string) (found Tracking, taken bool, err error) {
	found, err = c.TrackByLocalID(ctx, localID)
	switch {
	case errors.Is(err, ErrNotFound):
		return Tracking{}, false, nil
	case err != nil:
		return Tracking{}, false, err
	case found.LocalID != "" && found.LocalID != localID:
		return Tracking{}, false, &Error{Op: "look up local id", Kind: ErrPermanent, MessageID: found.MessageID,
			Err: errors.New("MESH answered with a message of another local id; ask the service desk")}
	}
	return found, true, nil
}

// SendOnce sends a message that was never tried before and adopts it when only the answer was lost. It creates one at
// most. When it ends with [ErrUnknownOutcome], wait, then call [Client.Resume].
//
// It does not take "unknown local id" for "not taken": a moment after a lost answer MESH may still be storing.
func (c *Client) SendOnce(ctx context.Context, m Message) (messageID string, err error) {
	p, err := c.pack(ctx, m)
	if err != nil {
		return "", err
	}
	defer p.close()
	messageID, err = c.begin(ctx, p)
	if !errors.Is(err, ErrUnknownOutcome) || errors.Is(err, ErrUnfinished) {
		return messageID, err
	}
	adopted, taken, lookup := c.Reconcile(ctx, m.LocalID)
	switch {
	case taken:
		return c.adopt(ctx, p, adopted)
	case errors.Is(lookup, ErrAmbiguous):
		return "", lookup
	case lookup != nil:
		// The outcome stays unknown, whatever kind the look-up failed with.
		return "", fmt.Errorf("%w; asked MESH in vain: %v", err, lookup)
	}
	return "", err
}

// adopt goes on with a message whose first part is known to be there.
func (c *Client) adopt(ctx context.Context, p *parcel, messageID string) (string, error) {
	upload := Upload{Plan: p.plan, MessageID: messageID, Taken: 1}
	if err := p.keep(ctx, upload); err != nil {
		return "", unfinished(upload, err)
	}
	return c.proceed(ctx, p, upload)
}

// Resume goes on with a message whose outcome is unknown, that is unfinished, or that may have been on its way when the
// program ended: it asks first, and sends only what MESH does not have. Of a message of several parts it has to know,
// from m.Upload, how it was cut.
func (c *Client) Resume(ctx context.Context, m Message) (messageID string, err error) {
	if err := m.Check(); err != nil {
		return "", err
	}
	found, taken, err := c.find(ctx, m)
	switch {
	case err != nil:
		return "", err
	case !taken:
		return c.SendOnce(ctx, m)
	case found.Status != StatusUploading:
		return found.MessageID, nil
	}
	if m.Upload.Parts() < 2 || !m.Upload.sound() {
		return "", &Error{Op: "go on with message", Kind: ErrPermanent, MessageID: found.MessageID, Err: errors.New(
			"how the message was cut into parts was not kept, so the rest cannot be sent; what MESH has of it reaches nobody: send the content under a new local id")}
	}
	p := repack(m, m.Upload.Plan)
	defer p.close()
	if m.Upload.MessageID == "" {
		return c.adopt(ctx, p, found.MessageID)
	}
	return c.proceed(ctx, p, m.Upload)
}

// find asks by the message id where it is known, and else by our own.
func (c *Client) find(ctx context.Context, m Message) (found Tracking, taken bool, err error) {
	if m.Upload.MessageID == "" {
		return c.lookUp(ctx, m.LocalID)
	}
	found, err = c.Track(ctx, m.Upload.MessageID)
	return found, err == nil, err
}
