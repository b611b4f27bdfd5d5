package mesh_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/export/mesh"
	"deltoid/export/mesh/meshtest"
)

func TestTrack(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	id, err := p.sender.Send(ctx, newMessage("clinic-1", "a"))
	require.NoError(t, err)

	byID, err := p.sender.Track(ctx, id)
	require.NoError(t, err)
	want := mesh.Tracking{
		MessageID: id, LocalID: "clinic-1", WorkflowID: "TEST_WORKFLOW", FileName: "clinic-1.csv", Status: mesh.StatusAccepted,
		Uploaded: p.clock.Now(), Expires: p.clock.Now().Add(5 * 24 * time.Hour),
		Recipient: "X26ABC2", RecipientName: "TESTMB2", RecipientODS: "X26",
	}
	require.Equal(t, want, byID)

	byLocalID, err := p.sender.TrackByLocalID(ctx, "clinic-1")
	require.NoError(t, err)
	require.Equal(t, want, byLocalID)

	p.clock.Advance(time.Hour)
	collected, err := p.Collect("X26ABC2")
	require.NoError(t, err)
	require.Len(t, collected, 1)
	byID, err = p.sender.Track(ctx, id)
	require.NoError(t, err)
	require.Equal(t, mesh.StatusAcknowledged, byID.Status)
	byLocalID, err = p.sender.TrackByLocalID(ctx, "clinic-1")
	require.NoError(t, err)
	require.Equal(t, mesh.StatusAcknowledged, byLocalID.Status)
	require.Equal(t, p.clock.Now(), byLocalID.Collected)
}

func TestTrackRefusals(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	id, err := p.sender.Send(ctx, newMessage("clinic-1", "a"))
	require.NoError(t, err)

	_, err = p.receiver.Track(ctx, id)
	asError(t, err, mesh.ErrNotFound) // the recipient is not told either
	_, err = p.sender.Track(ctx, "UNKNOWN")
	asError(t, err, mesh.ErrNotFound)
	_, err = p.sender.TrackByLocalID(ctx, "unknown")
	asError(t, err, mesh.ErrNotFound)
	_, err = p.receiver.TrackByLocalID(ctx, "clinic-1")
	asError(t, err, mesh.ErrNotFound)

	_, err = p.sender.Send(ctx, newMessage("clinic-1", "b"))
	require.NoError(t, err)
	_, err = p.sender.TrackByLocalID(ctx, "clinic-1")
	e := asError(t, err, mesh.ErrAmbiguous)
	require.Equal(t, 300, e.Status)
}

// Ids are data of others: whatever is in one, it stays one segment of the path or one value of the query.
func TestOddIDs(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	for _, id := range []string{"a/b", "a/../../X26ABC3/inbox", "a?b=c", "a#b", "a%2Fb", "a b", "ü", "a;b&c=d", "...", "a\nb"} {
		t.Run(id, func(t *testing.T) {
			_, err := p.sender.Track(ctx, id)
			asError(t, err, mesh.ErrNotFound)
			_, err = p.sender.TrackByLocalID(ctx, id)
			asError(t, err, mesh.ErrNotFound)
			_, err = p.sender.Head(ctx, id)
			asError(t, err, mesh.ErrNotFound)
			asError(t, p.sender.Acknowledge(ctx, id), mesh.ErrNotFound)
		})
	}
	before := p.Count()
	for _, id := range []string{"", ".", ".."} {
		_, err := p.sender.Track(ctx, id)
		require.ErrorIs(t, err, mesh.ErrPermanent)
		_, err = p.sender.TrackByLocalID(ctx, id)
		require.ErrorIs(t, err, mesh.ErrPermanent)
		_, err = p.sender.Head(ctx, id)
		require.ErrorIs(t, err, mesh.ErrPermanent)
		_, err = p.sender.Download(ctx, id, nil)
		require.ErrorIs(t, err, mesh.ErrPermanent)
		require.ErrorIs(t, p.sender.Acknowledge(ctx, id), mesh.ErrPermanent)
		_, err = p.sender.Lookup(ctx, id, "W")
		require.ErrorIs(t, err, mesh.ErrPermanent)
		_, err = p.sender.Lookup(ctx, "X26", id)
		require.ErrorIs(t, err, mesh.ErrPermanent)
	}
	require.Equal(t, before, p.Count())
}

func TestLookup(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	found, err := p.sender.Lookup(ctx, "X26", "TEST_WORKFLOW")
	require.NoError(t, err)
	require.Equal(t, []mesh.Endpoint{{Mailbox: "X26ABC2", Name: "TESTMB2"}}, found)
	found, err = p.sender.Lookup(ctx, "X26", "TEST_WORKFLOW2")
	require.NoError(t, err)
	require.Len(t, found, 2)
	found, err = p.sender.Lookup(ctx, "Y99", "TEST_WORKFLOW")
	require.NoError(t, err)
	require.Empty(t, found)
	p.Inject(1, meshtest.AnyRequest, meshtest.Answer(502, "", ""))
	_, err = p.sender.Lookup(ctx, "X26", "TEST_WORKFLOW")
	asError(t, err, mesh.ErrTemporary)
}
