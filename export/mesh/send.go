package mesh

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
)

// Send posts the message, part by part when it does not fit into one request, and returns the id MESH gave it.
// Nothing reaches the recipient before the last part is there.
//
// [ErrUnknownOutcome] means that the message may have been taken although no usable answer came, and [ErrUnfinished],
// which counts as the former too, that MESH has some parts of it; sending it again could make a second message. Go on
// with [Client.Resume]. Every other error means that it was not taken.
func (c *Client) Send(ctx context.Context, m Message) (messageID string, err error) {
	p, err := c.pack(ctx, m)
	if err != nil {
		return "", err
	}
	defer p.close()
	return c.begin(ctx, p)
}

func (c *Client) pack(ctx context.Context, m Message) (*parcel, error) {
	if err := m.Check(); err != nil {
		return nil, err
	}
	return pack(ctx, m, c.config.partBytes(), c.memory)
}

// begin creates the message and goes on to its end.
func (c *Client) begin(ctx context.Context, p *parcel) (string, error) {
	upload := Upload{Plan: p.plan}
	if err := p.keep(ctx, upload); err != nil {
		return "", err
	}
	id, err := c.sendFirst(ctx, p)
	if err != nil {
		return "", err
	}
	upload.MessageID, upload.Taken = id, 1
	if err := p.keep(ctx, upload); err != nil {
		return "", unfinished(upload, err)
	}
	return c.proceed(ctx, p, upload)
}

// keep has the state of a message of several parts written down. One part needs nothing kept: it is taken or it is not.
func (p *parcel) keep(ctx context.Context, upload Upload) error {
	if p.Keep == nil || upload.Parts() < 2 {
		return nil
	}
	if err := p.Keep(ctx, upload); err != nil {
		return fmt.Errorf("write down how far message %s has come: %w", p.LocalID, err)
	}
	return nil
}

// proceed posts the parts that MESH lacks, in order.
func (c *Client) proceed(ctx context.Context, p *parcel, upload Upload) (string, error) {
	for number := upload.Taken + 1; number <= upload.Parts(); number++ {
		body, err := p.part(number)
		if err != nil {
			return "", unfinished(upload, err)
		}
		whole, err := c.sendPart(ctx, p, upload, number, body)
		if err != nil {
			return "", unfinished(upload, err)
		}
		if whole {
			break
		}
		upload.Taken = number
		if err := p.keep(ctx, upload); err != nil && number < upload.Parts() {
			return "", unfinished(upload, err)
		}
	}
	return upload.MessageID, nil
}

// sendFirst posts the part that creates the message. A message of one part carries no Mex-Chunk-Range.
func (c *Client) sendFirst(ctx context.Context, p *parcel) (string, error) {
	first, err := p.part(1)
	if err != nil {
		return "", err
	}
	k := call{
		op: "send message", method: http.MethodPost, path: path(c.mailbox, "outbox"),
		header: p.headers(), body: first, creates: true, ok: sent,
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

// sent are the statuses of a good reply. The specification says 202; the Python mesh-client has met 200.
var sent = []int{http.StatusAccepted, http.StatusOK}

// sendPart posts one of the later parts; it may be repeated. whole tells that MESH has all of the message: an earlier
// attempt got through, although its answer did not.
func (c *Client) sendPart(ctx context.Context, p *parcel, upload Upload, number int, body *part) (whole bool, err error) {
	k := call{
		op: fmt.Sprintf("send part %d of %d", number, upload.Parts()), method: http.MethodPost,
		path:   path(c.mailbox, "outbox", upload.MessageID, strconv.Itoa(number)),
		header: p.encoding(number), body: body, ok: sent,
	}
	response, err := c.attempt(ctx, k)
	if err == nil {
		return false, readNothing(k, response)
	}
	var failed *Error
	if !errors.As(err, &failed) || failed.Status != http.StatusLocked {
		return false, err
	}
	tracking, lookup := c.Track(ctx, upload.MessageID)
	switch {
	case lookup != nil:
		return false, lookup
	case tracking.Status == StatusUploading: // tracking may lag behind
		failed.Kind = ErrTemporary
		return false, err
	}
	return true, nil
}

// headers are those of the request that creates the message.
func (p *parcel) headers() http.Header {
	h := p.encoding(1)
	for _, rule := range headerRules {
		if value := rule.value(p.Message); value != "" {
			h.Set(rule.header, value)
		}
	}
	return h
}

// encoding are the headers that every part carries: MESH refuses a part that is not encoded like the first.
func (p *parcel) encoding(number int) http.Header {
	h := http.Header{"Content-Type": {p.ContentType}}
	if p.plan.Parts() > 1 {
		h.Set("Content-Type", "application/octet-stream")
		h.Set("Mex-Chunk-Range", fmt.Sprintf("%d:%d", number, p.plan.Parts()))
	}
	if p.plan.Compress {
		h.Set("Content-Encoding", "gzip")
	}
	return h
}

// unfinished says that MESH has some parts of a message and can still get the others; what stopped us is told, and no
// longer decides. A part that was refused for good is told as it is: the message will never be whole.
func unfinished(upload Upload, cause error) error {
	if errors.Is(cause, ErrPermanent) || errors.Is(cause, ErrNotFound) || errors.Is(cause, ErrGone) {
		return cause
	}
	e := &Error{Op: fmt.Sprintf("send message of %d parts", upload.Parts()), Err: cause}
	var failed *Error
	if errors.As(cause, &failed) {
		copied := *failed
		e = &copied
	}
	e.Kind, e.MessageID = ErrUnfinished, upload.MessageID
	return e
}
