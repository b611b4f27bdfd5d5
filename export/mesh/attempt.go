package mesh

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
)

// acceptV2 asks for the second version of the replies, the one with links and error details.
const acceptV2 = "application/vnd.mesh.v2+json"

// call describes one request.
type call struct {
	op     string
	method string
	path   string // escaped path and query, beginning with /
	header http.Header
	body   *part // nil for none
	ok     []int // the statuses that are success; 200 when empty
	// creates marks the first POST of a message: once its whole body has gone, a repetition may make a second message.
	creates bool
}

// progress is how far a request got. It is written by the transport's goroutines.
type progress struct {
	began    atomic.Bool  // the request's headers were written
	answered atomic.Bool  // the first byte of a reply came
	handed   atomic.Int64 // bytes of the body given to the transport: never less than what went over the wire
	size     int64        // bytes of the body
}

// mayBeTaken tells, once the connection is closed, whether the server can have the whole request. A body that was cut
// short is one no server takes, since its length was announced.
func (p *progress) mayBeTaken() bool { return p.began.Load() && p.handed.Load() >= p.size }

// outgoing counts what the transport takes. It is deliberately a type net/http does not know: for those it does, it
// keeps a way to rewind and may send the body, and the used token, a second time.
type outgoing struct {
	content  io.Reader
	progress *progress
}

func (o *outgoing) Read(p []byte) (int, error) {
	n, err := o.content.Read(p)
	o.progress.handed.Add(int64(n))
	return n, err
}

func (o *outgoing) Close() error { return nil }

// attempt makes one request with a token of its own. A status that is not expected comes back as *Error. The caller
// closes the body of the reply.
func (c *Client) attempt(ctx context.Context, k call) (*http.Response, error) {
	request, progress, cancel, err := c.prepare(ctx, k)
	if err != nil {
		return nil, err
	}
	response, err := c.Transport.RoundTrip(request)
	if err != nil {
		stopped := request.Context().Err() != nil
		cancel()
		return nil, c.noAnswer(k, progress, stopped, err)
	}
	response.Body = &body{response.Body, cancel}
	c.noteReply(response)
	ok := k.ok
	if len(ok) == 0 {
		ok = []int{http.StatusOK}
	}
	if !slices.Contains(ok, response.StatusCode) {
		defer response.Body.Close()
		return nil, c.refusal(k, response)
	}
	return response, nil
}

// body ends the time limit of the attempt when the reply has been read.
type body struct {
	io.ReadCloser
	cancel context.CancelFunc
}

func (b *body) Close() error {
	defer b.cancel()
	return b.ReadCloser.Close()
}

func (c *Client) prepare(ctx context.Context, k call) (*http.Request, *progress, context.CancelFunc, error) {
	token, err := Authorization(Token{
		Mailbox: c.mailbox, Password: c.config.Password, SharedKey: c.config.SharedKey,
		Nonce: c.Nonce(), At: c.Now(),
	})
	if err != nil {
		return nil, nil, nil, &Error{Op: k.op, Kind: ErrPermanent, Err: err}
	}
	target, err := c.resolve(k.path)
	if err != nil {
		return nil, nil, nil, &Error{Op: k.op, Kind: ErrPermanent, Err: err}
	}
	ctx, cancel := context.WithTimeout(ctx, orDefault(c.config.TransferTimeout, DefaultTransferTimeout))
	p := new(progress)
	request := (&http.Request{
		Method: k.method, URL: target, Host: target.Host,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: make(http.Header),
		Close:  true, // see Config.transport; holds for an injected transport too
	}).WithContext(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteHeaders:         func() { p.began.Store(true) },
		GotFirstResponseByte: func() { p.answered.Store(true) },
	}))
	if k.body != nil {
		p.size = int64(k.body.size)
		request.Body = &outgoing{k.body.reader(), p}
		request.ContentLength = p.size
	}
	for name, values := range k.header {
		request.Header[name] = values
	}
	request.Header.Set("Authorization", token)
	request.Header.Set("Accept", acceptV2)
	request.Header.Set("User-Agent", c.userAgent())
	return request, p, cancel, nil
}

// resolve turns a path, ours or one from links.next, into an address of the configured server. The specification
// gives host-relative links; one that leads elsewhere must not be shown our token.
func (c *Client) resolve(reference string) (*url.URL, error) {
	u, err := url.Parse(reference)
	if err != nil {
		return nil, errors.New("the address of the next page cannot be read")
	}
	if u.Host != "" && !strings.EqualFold(u.Host, c.base.Host) || u.User != nil || !strings.HasPrefix(u.Path, "/messageexchange/") {
		return nil, errors.New("the address of the next page leads away from the configured server")
	}
	u.Scheme, u.Host, u.Fragment = c.base.Scheme, c.base.Host, ""
	return u, nil
}
