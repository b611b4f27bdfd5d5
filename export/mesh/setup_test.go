package mesh_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/export/mesh"
	"deltoid/export/mesh/meshtest"
)

// clock is a time that moves only when told.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// post is a running server with a client for each of the mailboxes 1 and 2 of the sandbox.
type post struct {
	*meshtest.Server
	clock    *clock
	sender   *mesh.Client // X26ABC1
	receiver *mesh.Client // X26ABC2
}

func newPost(t testing.TB, options meshtest.Options) *post {
	t.Helper()
	p := &post{clock: &clock{at: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}}
	options.Now = p.clock.Now
	p.Server = meshtest.New(options)
	p.AddSandboxMailboxes()
	require.NoError(t, p.Start())
	t.Cleanup(func() { require.NoError(t, p.Close()) })
	p.sender = p.client(t, p.config("X26ABC1"))
	p.receiver = p.client(t, p.config("X26ABC2"))
	return p
}

func (p *post) config(mailbox string) mesh.Config {
	return mesh.Config{
		BaseURL: p.URL(), Mailbox: mailbox, Password: meshtest.TestPassword, SharedKey: meshtest.TestKey,
		Product: "meshcheck", Version: "1.0",
	}
}

func (p *post) client(t testing.TB, config mesh.Config) *mesh.Client {
	t.Helper()
	c, err := mesh.New(config)
	require.NoError(t, err)
	c.Now = p.clock.Now
	return c
}

func newMessage(localID string, content string) mesh.Message {
	return mesh.Message{
		To: "X26ABC2", WorkflowID: "TEST_WORKFLOW", LocalID: localID, FileName: localID + ".csv",
		Subject: "test", ContentType: "text/csv", Checksum: "sha256:00ff", Body: mesh.Bytes([]byte(content)),
	}
}

// asError returns the *mesh.Error and checks that it is of the kind and of no other.
func asError(t testing.TB, err, kind error) *mesh.Error {
	t.Helper()
	var e *mesh.Error
	require.ErrorAs(t, err, &e)
	for _, other := range []error{
		mesh.ErrOffline, mesh.ErrTemporary, mesh.ErrRefused, mesh.ErrPermanent, mesh.ErrUnknownOutcome, mesh.ErrNotFound,
		mesh.ErrAmbiguous, mesh.ErrGone, mesh.ErrClientCertificate, mesh.ErrServerCertificate,
	} {
		require.Equal(t, other == kind, errors.Is(err, other), "%v, asked for %v", err, other)
	}
	return e
}

var ctx = context.Background()
