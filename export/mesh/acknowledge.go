package mesh

import (
	"context"
	"net/http"
)

// Acknowledge takes a message out of our inbox for good: it can not be downloaded again. Call it when the content is
// on the disk, synced and renamed, and not before. It may be repeated; [ErrNotFound] and [ErrGone] then mean that
// nothing is left to do.
func (c *Client) Acknowledge(ctx context.Context, messageID string) error {
	const op = "acknowledge message"
	if err := checkID(op, "messageID", messageID); err != nil {
		return err
	}
	k := call{op: op, method: http.MethodPut, path: path(c.mailbox, "inbox", messageID, "status", "acknowledged")}
	response, err := c.attempt(ctx, k)
	if err != nil {
		return err
	}
	return readNothing(k, response)
}
