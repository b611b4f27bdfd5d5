package mesh

import (
	"context"
	"errors"
	"fmt"
)

// Reconcile asks whether MESH took the message with our local id.
//
//   - taken: it did, and messageID is its id;
//   - not taken, no error: MESH does not know the local id;
//   - [ErrAmbiguous]: it has several; stop and ask the service desk;
//   - any other error: nothing is known yet. Where the look-up, which the specification calls deprecated, is not
//     offered at all, an operator has to decide.
func (c *Client) Reconcile(ctx context.Context, localID string) (messageID string, taken bool, err error) {
	tracking, err := c.TrackByLocalID(ctx, localID)
	switch {
	case errors.Is(err, ErrNotFound):
		return "", false, nil
	case err != nil:
		return "", false, err
	case tracking.LocalID != "" && tracking.LocalID != localID:
		return "", false, &Error{Op: "look up local id", Kind: ErrPermanent, MessageID: tracking.MessageID,
			Err: errors.New("MESH answered with a message of another local id; ask the service desk")}
	}
	return tracking.MessageID, true, nil
}

// SendOnce sends a message that was never tried before and adopts it when only the answer was lost. It posts once at
// most. When it ends with [ErrUnknownOutcome], wait, then call [Client.Resume].
//
// It does not take "unknown local id" for "not taken": a moment after a lost answer MESH may still be storing.
func (c *Client) SendOnce(ctx context.Context, m Message) (messageID string, err error) {
	messageID, err = c.Send(ctx, m)
	if !errors.Is(err, ErrUnknownOutcome) {
		return messageID, err
	}
	adopted, taken, lookup := c.Reconcile(ctx, m.LocalID)
	switch {
	case taken:
		return adopted, nil
	case errors.Is(lookup, ErrAmbiguous):
		return "", lookup
	case lookup != nil:
		// The outcome stays unknown, whatever kind the look-up failed with.
		return "", fmt.Errorf("%w; asked MESH in vain: %v", err, lookup)
	}
	return "", err
}

// Resume goes on with a message whose outcome is unknown, or that may have been on its way when the program ended: it
// asks first, and sends only what MESH does not know.
func (c *Client) Resume(ctx context.Context, m Message) (messageID string, err error) {
	if err := m.Check(); err != nil {
		return "", err
	}
	messageID, taken, err := c.Reconcile(ctx, m.LocalID)
	if taken || err != nil {
		return messageID, err
	}
	return c.SendOnce(ctx, m)
}
