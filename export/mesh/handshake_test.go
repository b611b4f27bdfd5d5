package mesh_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/export/mesh"
	"deltoid/export/mesh/meshtest"
)

func TestHandshake(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	require.NoError(t, p.sender.Handshake(ctx))
	require.Equal(t, "X26ABC1", p.sender.Mailbox())
	require.Equal(t, "/messageexchange/X26ABC1", p.Requests()[0].Path)

	lower := p.config("x26abc1")
	require.NoError(t, p.client(t, lower).Handshake(ctx))
}

func TestHandshakeRefused(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	for name, spoil := range map[string]func(*mesh.Config){
		"password": func(c *mesh.Config) { c.Password = "wrong" },
		"key":      func(c *mesh.Config) { c.SharedKey = "wrong" },
		"mailbox":  func(c *mesh.Config) { c.Mailbox = "X26ABC9" },
	} {
		t.Run(name, func(t *testing.T) {
			config := p.config("X26ABC1")
			spoil(&config)
			e := asError(t, p.client(t, config).Handshake(ctx), mesh.ErrRefused)
			require.Equal(t, 403, e.Status)
			require.NotEmpty(t, e.InternalID)
			require.Contains(t, e.Error(), e.InternalID)
			require.NotContains(t, e.Error(), "wrong")
		})
	}
	t.Run("clock", func(t *testing.T) {
		c := p.client(t, p.config("X26ABC1"))
		c.Now = func() time.Time { return p.clock.Now().Add(-3 * time.Hour) }
		asError(t, c.Handshake(ctx), mesh.ErrRefused)
	})
	t.Run("a token used before", func(t *testing.T) {
		c := p.client(t, p.config("X26ABC1"))
		c.Nonce = func() string { return "always-the-same" }
		require.NoError(t, c.Handshake(ctx))
		e := asError(t, c.Handshake(ctx), mesh.ErrRefused)
		require.Contains(t, e.Message, "Duplicated")
	})
	t.Run("a nonce that cannot be", func(t *testing.T) {
		c := p.client(t, p.config("X26ABC1"))
		c.Nonce = func() string { return "a:b" }
		before := p.Count()
		asError(t, c.Handshake(ctx), mesh.ErrPermanent)
		require.Equal(t, before, p.Count())
	})
}

// A log-in page of a guest network answers 200 to everything.
func TestHandshakeIsNotFooledByAWebPage(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	p.Inject(1, meshtest.AnyRequest, meshtest.Answer(200, "text/html", "<!doctype html><title>Welcome</title>"))
	asError(t, p.sender.Handshake(ctx), mesh.ErrTemporary)
}
