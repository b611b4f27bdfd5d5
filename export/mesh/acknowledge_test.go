package mesh_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"deltoid/export/mesh"
	"deltoid/export/mesh/meshtest"
)

func TestAcknowledge(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	id, err := p.sender.Send(ctx, newMessage("clinic-1", "a"))
	require.NoError(t, err)
	require.NoError(t, p.receiver.Acknowledge(ctx, id))
	require.NoError(t, p.receiver.Acknowledge(ctx, id), "doing it again is no error")
	ids, err := p.receiver.Inbox(ctx, mesh.InboxOptions{})
	require.NoError(t, err)
	require.Empty(t, ids)

	tracking, err := p.sender.Track(ctx, id)
	require.NoError(t, err)
	require.Equal(t, mesh.StatusAcknowledged, tracking.Status)
}

func TestAcknowledgeRefusals(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	asError(t, p.receiver.Acknowledge(ctx, "UNKNOWN"), mesh.ErrNotFound)
	id := p.deliver(t, meshtest.Message{To: "X26ABC3", Parts: [][]byte{{1}}})
	asError(t, p.receiver.Acknowledge(ctx, id), mesh.ErrRefused)
}

func TestAcknowledgeLostReply(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	id := p.deliver(t, meshtest.Message{To: "X26ABC2", Parts: [][]byte{{1}}})
	p.Inject(1, meshtest.AnyRequest, meshtest.TakeThenDrop())
	asError(t, p.receiver.Acknowledge(ctx, id), mesh.ErrTemporary)
	require.NoError(t, p.receiver.Acknowledge(ctx, id))
}
