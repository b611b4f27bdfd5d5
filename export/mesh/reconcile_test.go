package mesh_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"deltoid/export/mesh"
	"deltoid/export/mesh/meshtest"
)

// The heart of the matter: whatever happens to the reply, there is exactly one message in the end.
func TestLostReplyMakesExactlyOneMessage(t *testing.T) {
	for name, fault := range map[string]meshtest.Fault{
		"connection dropped":    meshtest.TakeThenDrop(),
		"reply broken off":      meshtest.TakeThenBreak(),
		"gateway lost patience": meshtest.TakeThenAnswer(504, "text/xml", "<fault/>"),
		"server error":          meshtest.TakeThenAnswer(500, "application/json", `{"message":"An internal error occurred."}`),
		"reply of another":      meshtest.TakeThenAnswer(202, "text/html", "<html>"),
	} {
		t.Run(name, func(t *testing.T) {
			p := newPost(t, meshtest.Options{})
			p.Inject(1, meshtest.NewMessage, fault)
			_, err := p.sender.Send(ctx, newMessage("clinic-1", "a"))
			asError(t, err, mesh.ErrUnknownOutcome)

			id, taken, err := p.sender.Reconcile(ctx, "clinic-1")
			require.NoError(t, err)
			require.True(t, taken)

			resumed, err := p.sender.Resume(ctx, newMessage("clinic-1", "a"))
			require.NoError(t, err)
			require.Equal(t, id, resumed)

			p.Inject(1, meshtest.NewMessage, fault)
			other, err := p.sender.SendOnce(ctx, newMessage("clinic-2", "a"))
			require.NoError(t, err)

			held := p.Messages("X26ABC2")
			require.Len(t, held, 2)
			require.Equal(t, id, held[0].ID)
			require.Equal(t, other, held[1].ID)
		})
	}
}

func TestReplyTooLateMakesExactlyOneMessage(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	taken, release := make(chan struct{}), make(chan struct{})
	defer close(release)
	p.Inject(1, meshtest.NewMessage, meshtest.TakeThenHold(taken, release))
	impatient, giveUp := context.WithCancel(ctx)
	go func() {
		<-taken
		giveUp()
	}()
	_, err := p.sender.Send(impatient, newMessage("clinic-1", "a"))
	asError(t, err, mesh.ErrUnknownOutcome)
	require.ErrorIs(t, err, context.Canceled)

	_, err = p.sender.Resume(ctx, newMessage("clinic-1", "a"))
	require.NoError(t, err)
	require.Len(t, p.Messages("X26ABC2"), 1)
}

// The connection died before the server read anything: we cannot know, so nothing is repeated before asking twice.
func TestMessageLostOnTheWay(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	p.Inject(1, meshtest.NewMessage, meshtest.Drop())
	_, err := p.sender.SendOnce(ctx, newMessage("clinic-1", "a"))
	asError(t, err, mesh.ErrUnknownOutcome)
	require.Empty(t, p.Messages("X26ABC2"))

	_, taken, err := p.sender.Reconcile(ctx, "clinic-1")
	require.NoError(t, err)
	require.False(t, taken)

	_, err = p.sender.Resume(ctx, newMessage("clinic-1", "a"))
	require.NoError(t, err)
	require.Len(t, p.Messages("X26ABC2"), 1)
}

func TestReconcileCannotTell(t *testing.T) {
	lookup := meshtest.Reading
	for name, row := range map[string]struct {
		fault meshtest.Fault
		kind  error
	}{
		"look-up fails":               {meshtest.Answer(503, "", ""), mesh.ErrTemporary},
		"look-up refused":             {meshtest.Answer(403, "", ""), mesh.ErrRefused},
		"gateway's 404":               {meshtest.Answer(404, "text/html", "<html>no such page</html>"), mesh.ErrPermanent},
		"look-up no longer offered":   {meshtest.Answer(410, "text/html", "<html>gone</html>"), mesh.ErrPermanent},
		"a message of another id":     {meshtest.Answer(200, "", `{"messageId":"A","localId":"other","status":"Accepted"}`), mesh.ErrPermanent},
		"a reply without message":     {meshtest.Answer(200, "", `{"status":"Accepted"}`), mesh.ErrTemporary},
		"several messages, says MESH": {meshtest.Answer(300, "", ""), mesh.ErrAmbiguous},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPost(t, meshtest.Options{})
			p.Inject(2, lookup, row.fault)
			_, taken, err := p.sender.Reconcile(ctx, "clinic-1")
			require.False(t, taken)
			asError(t, err, row.kind)

			_, err = p.sender.Resume(ctx, newMessage("clinic-1", "a"))
			asError(t, err, row.kind)

			p.ClearFaults()
			p.Inject(1, lookup, row.fault)
			p.Inject(1, meshtest.NewMessage, meshtest.TakeThenDrop())
			_, err = p.sender.SendOnce(ctx, newMessage("clinic-2", "a"))
			if row.kind == mesh.ErrAmbiguous {
				asError(t, err, mesh.ErrAmbiguous)
			} else {
				asError(t, err, mesh.ErrUnknownOutcome)
			}
			require.Len(t, p.Messages("X26ABC2"), 1, "no second message was sent")
		})
	}
}

func TestReconcileDuplicates(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	for range 2 {
		_, err := p.sender.Send(ctx, newMessage("clinic-1", "a"))
		require.NoError(t, err)
	}
	_, _, err := p.sender.Reconcile(ctx, "clinic-1")
	asError(t, err, mesh.ErrAmbiguous)
}

func TestResumeChecksTheMessage(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	_, err := p.sender.Resume(ctx, mesh.Message{LocalID: "clinic-1"})
	require.ErrorIs(t, err, mesh.ErrPermanent)
	require.Zero(t, p.Count())
}
