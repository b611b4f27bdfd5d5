package mesh_test

import (
	"bufio"
	"context"
	"math/rand/v2"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/export/mesh"
	"deltoid/export/mesh/meshtest"
)

func TestRefusedConnectionIsOffline(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	config := p.config("X26ABC1")
	config.BaseURL = "http://" + listener.Addr().String()
	require.NoError(t, listener.Close()) // now nobody listens there
	c := p.client(t, config)
	asError(t, c.Handshake(ctx), mesh.ErrOffline)
	_, err = c.Send(ctx, newMessage("clinic-1", "a"))
	asError(t, err, mesh.ErrOffline)
	_, err = c.SendOnce(ctx, newMessage("clinic-1", "a"))
	asError(t, err, mesh.ErrOffline)
}

func TestConnectFailures(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	for name, cause := range map[string]error{
		"name not found": &net.DNSError{Err: "no such host", Name: "mesh.example", IsNotFound: true},
		"no route":       &net.OpError{Op: "dial", Net: "tcp", Err: errText("network is unreachable")},
		"proxy away":     &net.OpError{Op: "proxyconnect", Net: "tcp", Err: errText("connection refused")},
		"too slow":       &net.OpError{Op: "dial", Net: "tcp", Err: context.DeadlineExceeded},
	} {
		t.Run(name, func(t *testing.T) {
			c := p.client(t, p.config("X26ABC1"))
			c.Transport = &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) { return nil, cause }}
			_, err := c.Send(ctx, newMessage("clinic-1", "a"))
			asError(t, err, mesh.ErrOffline)
		})
	}
	t.Run("stopped while connecting", func(t *testing.T) {
		c := p.client(t, p.config("X26ABC1"))
		impatient, giveUp := context.WithCancel(ctx)
		c.Transport = &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			giveUp()
			<-ctx.Done()
			return nil, ctx.Err()
		}}
		_, err := c.Send(impatient, newMessage("clinic-1", "a"))
		asError(t, err, mesh.ErrTemporary)
		require.ErrorIs(t, err, context.Canceled)
	})
}

type errText string

func (e errText) Error() string { return string(e) }

// A body that was cut short was not taken: its length was announced.
func TestUploadCutShort(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			connection.(*net.TCPConn).SetReadBuffer(4096)
			http.ReadRequest(bufio.NewReader(connection)) // the headers; most of the body stays unread
			connection.Close()
		}
	}()
	config := p.config("X26ABC1")
	config.BaseURL = "http://" + listener.Addr().String()
	content := make([]byte, 64<<20) // more than the buffers of both ends
	m := newMessage("clinic-1", "")
	m.Body = mesh.Bytes(content)
	_, err = p.client(t, config).Send(ctx, m)
	asError(t, err, mesh.ErrTemporary)
}

func TestStatuses(t *testing.T) {
	soap := `<?xml version="1.0"?><soap:Envelope><soap:Body><soap:Fault><faultstring>out of order</faultstring></soap:Fault></soap:Body></soap:Envelope>`
	for name, row := range map[string]struct {
		status             int
		contentType, body  string
		reading, creating  error
		message, messageID string
	}{
		"XML on 503":            {503, "text/xml", soap, mesh.ErrTemporary, mesh.ErrUnknownOutcome, "out of order", ""},
		"HTML on 502":           {502, "text/html", "<html><style>x{}</style><h1>Bad\ngateway</h1>", mesh.ErrTemporary, mesh.ErrUnknownOutcome, "Bad gateway", ""},
		"JSON label on HTML":    {504, "application/json", "<html>late", mesh.ErrTemporary, mesh.ErrUnknownOutcome, "late", ""},
		"internal error":        {500, "application/json", `{"internal_id":"I","message":"An internal error occurred.\n\nPlease contact support."}`, mesh.ErrTemporary, mesh.ErrUnknownOutcome, "An internal error occurred. Please contact support.", ""},
		"nothing on 500":        {500, "", "", mesh.ErrTemporary, mesh.ErrUnknownOutcome, "internal server error", ""},
		"request timeout":       {408, "", "", mesh.ErrTemporary, mesh.ErrUnknownOutcome, "request timeout", ""},
		"too many":              {429, "", "", mesh.ErrTemporary, mesh.ErrTemporary, "too many requests", ""},
		"too early":             {425, "", "", mesh.ErrTemporary, mesh.ErrTemporary, "too early", ""},
		"credentials":           {403, "", "", mesh.ErrRefused, mesh.ErrRefused, "forbidden", ""},
		"unauthorised":          {401, "", "", mesh.ErrRefused, mesh.ErrRefused, "unauthorized", ""},
		"validation":            {400, "application/json", `{"detail":[{"loc":["header","mex-to"],"msg":"field required","type":"missing"},{"loc":["header",0],"msg":"bad"}]}`, mesh.ErrPermanent, mesh.ErrPermanent, "header.mex-to: field required; header.0: bad", ""},
		"version 1":             {417, "application/json", `{"messageID":"M","errorEvent":"SEND","errorCode":"12","errorDescription":"Unregistered"}`, mesh.ErrPermanent, mesh.ErrPermanent, "Unregistered", "M"},
		"version 2":             {417, "application/vnd.mesh.v2+json", `{"message_id":"M","internal_id":"I","detail":[{"event":"SEND","code":"12","msg":"Unregistered"}]}`, mesh.ErrPermanent, mesh.ErrPermanent, "Unregistered", "M"},
		"not acceptable":        {406, "", "", mesh.ErrPermanent, mesh.ErrPermanent, "not acceptable", ""},
		"unsupported encoding":  {422, "application/json", `{"detail":"UnsupportedContentEncoding"}`, mesh.ErrPermanent, mesh.ErrPermanent, "UnsupportedContentEncoding", ""},
		"locked":                {423, "", "", mesh.ErrPermanent, mesh.ErrPermanent, "locked", ""},
		"unknown":               {404, "", "", mesh.ErrNotFound, mesh.ErrNotFound, "not found", ""},
		"gone":                  {410, "", "", mesh.ErrGone, mesh.ErrGone, "gone", ""},
		"no page of a gateway":  {404, "text/html", "<html>no page", mesh.ErrPermanent, mesh.ErrPermanent, "no page", ""},
		"text that is not JSON": {400, "text/plain", "no\x00\x1b[31m idea", mesh.ErrPermanent, mesh.ErrPermanent, "no [31m idea", ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPost(t, meshtest.Options{})
			p.Inject(2, meshtest.AnyRequest, meshtest.Answer(row.status, row.contentType, row.body))
			_, err := p.sender.Inbox(ctx, mesh.InboxOptions{})
			e := asError(t, err, row.reading)
			require.Equal(t, row.status, e.Status)
			require.Equal(t, row.message, e.Message)
			require.Equal(t, row.messageID, e.MessageID)
			_, err = p.sender.Send(ctx, newMessage("clinic-1", "a"))
			asError(t, err, row.creating)
			require.Equal(t, 2, p.Count(), "nothing is repeated")
		})
	}
}

func TestEndlessErrorPage(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	page := make([]byte, 4<<20)
	for i := range page {
		page[i] = 'x'
	}
	p.Inject(1, meshtest.AnyRequest, meshtest.Answer(503, "text/plain", string(page)))
	e := asError(t, p.sender.Handshake(ctx), mesh.ErrTemporary)
	require.Less(t, len(e.Message), 1000)
}

func TestRedirectIsNotFollowed(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	for _, status := range []int{301, 302, 303, 307, 308} {
		p.Inject(2, meshtest.AnyRequest, meshtest.AnswerWith(status, http.Header{"Location": {"/messageexchange/X26ABC1"}}, ""))
		before := p.Count()
		e := asError(t, p.sender.Handshake(ctx), mesh.ErrPermanent)
		require.Contains(t, e.Message, "base URL")
		_, err := p.sender.Send(ctx, newMessage("clinic-1", "a"))
		asError(t, err, mesh.ErrPermanent)
		require.Equal(t, before+2, p.Count())
	}
}

func TestRetryAfter(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	for value, want := range map[string]time.Duration{
		"120":                           2 * time.Minute,
		"Sun, 22 Nov 2026 12:05:00 GMT": 5 * time.Minute,
		"Sun, 22 Nov 2026 11:00:00 GMT": 0,
		"soon":                          0,
		"-5":                            0,
		"99999999999":                   7 * 24 * time.Hour,
		"":                              0,
	} {
		p.Inject(1, meshtest.AnyRequest, meshtest.AnswerWith(503, http.Header{"Retry-After": {value}}, ""))
		require.Equal(t, want, asError(t, p.sender.Handshake(ctx), mesh.ErrTemporary).RetryAfter, value)
	}
}

// A server that hangs is left after ReplyTimeout, which is the transport's own clock.
func TestHangingServer(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	config := p.config("X26ABC1")
	config.ReplyTimeout = time.Millisecond
	c := p.client(t, config)
	arrived, release := make(chan struct{}, 2), make(chan struct{})
	defer close(release)
	p.Inject(2, meshtest.AnyRequest, meshtest.Hold(arrived, release))
	asError(t, c.Handshake(ctx), mesh.ErrTemporary)
	_, err := c.Send(ctx, newMessage("clinic-1", "a"))
	asError(t, err, mesh.ErrUnknownOutcome)
}

// Every attempt has a token of its own and a connection of its own, even with a transport that would keep them.
func TestNothingIsReplayed(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	kept := &http.Transport{}
	defer kept.CloseIdleConnections()
	p.sender.Transport = kept
	nonces := 0
	unique := p.sender.Nonce
	p.sender.Nonce = func() string { nonces++; return unique() }
	for range 5 {
		require.NoError(t, p.sender.Handshake(ctx))
		p.Inject(1, meshtest.AnyRequest, meshtest.Drop())
		_, err := p.sender.Inbox(ctx, mesh.InboxOptions{})
		asError(t, err, mesh.ErrTemporary)
	}
	require.Equal(t, 10, nonces)
	require.Equal(t, 10, p.Count())
}

func TestUserAgent(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	var agent string
	p.Inject(1, func(r *http.Request) bool { agent = r.UserAgent(); return true }, meshtest.Answer(503, "", ""))
	asError(t, p.sender.Handshake(ctx), mesh.ErrTemporary)
	require.Regexp(t, `^meshcheck;1\.0;N/A;[a-z0-9]+;[A-Za-z0-9]+;unknown$`, agent)
}

func TestManyAtOnce(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	done := make(chan error)
	for i := range 20 {
		go func() {
			m := newMessage("clinic-"+string(rune('a'+i)), "content")
			m.Compress = rand.IntN(2) == 0
			_, err := p.sender.SendOnce(ctx, m)
			done <- err
		}()
	}
	for range 20 {
		require.NoError(t, <-done)
	}
	ids, err := p.receiver.Inbox(ctx, mesh.InboxOptions{PageSize: 10})
	require.NoError(t, err)
	require.Len(t, ids, 20)
}
