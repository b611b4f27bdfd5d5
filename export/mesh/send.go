package mesh

import (
	"context"
	"errors"
	"net/http"
)

// Send posts the message once and returns the id MESH gave it.
//
// [ErrUnknownOutcome] means that the message may have been taken although no usable answer came; sending it again
// could make a second message. Go on with [Client.Resume]. Every other error means that it was not taken.
func (c *Client) Send(ctx context.Context, m Message) (messageID string, err error) {
	if err := m.Check(); err != nil {
		return "", err
	}
	parts, err := split(m)
	if err != nil {
		return "", err
	}
	return c.sendFirst(ctx, m, parts[0])
}

// sendFirst posts the part that creates the message. A message of one part carries no Mex-Chunk-Range.
func (c *Client) sendFirst(ctx context.Context, m Message, first part) (string, error) {
	k := call{
		op: "send message", method: http.MethodPost, path: path(c.mailbox, "outbox"),
		header: m.headers(), body: first, creates: true,
		// The specification says 202; the Python mesh-client has met 200.
		ok: []int{http.StatusAccepted, http.StatusOK},
	}
	response, err := c.attempt(ctx, k)
	if err != nil {
		return "", err
	}
	var reply struct {
		V2 string `json:"message_id"`
		V1 string `json:"messageID"`
	}
	if err := readJSON(k, response, &reply); err != nil {
		return "", err
	}
	id := reply.V2
	if id == "" {
		id = reply.V1
	}
	if id == "" {
		return "", brokenAnswer(k, response, errors.New("the reply names no message id"))
	}
	return id, nil
}

func (m Message) headers() http.Header {
	h := http.Header{}
	for _, rule := range headerRules {
		if value := rule.value(m); value != "" {
			h.Set(rule.header, value)
		}
	}
	h.Set("Content-Type", m.ContentType)
	if m.Compress {
		h.Set("Content-Encoding", "gzip")
	}
	return h
}
