package mesh_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/export/mesh"
	"deltoid/export/mesh/meshtest"
)

// Whatever bytes go in come out, compressed or not.
func TestRoundTrip(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	rapid.Check(t, func(t *rapid.T) {
		content := rapid.SliceOfN(rapid.Byte(), 1, 5000).Draw(t, "content")
		content = bytes.Repeat(content, rapid.IntRange(1, 20).Draw(t, "times"))
		compress := rapid.Bool().Draw(t, "compress")
		m := newMessage(rapid.StringMatching(`[A-Za-z0-9._~-]{0,50}`).Draw(t, "name")+"x", "")
		m.Body, m.Compress = mesh.Bytes(content), compress

		id, err := p.sender.Send(ctx, m)
		require.NoError(t, err)
		var got bytes.Buffer
		h, err := p.receiver.Download(ctx, id, &got)
		require.NoError(t, err)
		require.True(t, bytes.Equal(content, got.Bytes()))
		require.Equal(t, m.LocalID, h.LocalID)
		require.NoError(t, p.receiver.Acknowledge(ctx, id))
	})
}
