package mesh_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"deltoid/export/mesh"
	"deltoid/export/mesh/meshtest"
)

func (p *post) deliver(t testing.TB, m meshtest.Message) string {
	t.Helper()
	id, err := p.Deliver(m)
	require.NoError(t, err)
	return id
}

func TestInboxFollowsThePages(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	var want []string
	for i := range 32 {
		want = append(want, p.deliver(t, meshtest.Message{To: "X26ABC2", From: "X", WorkflowID: "W", Parts: [][]byte{fmt.Append(nil, i)}}))
	}
	ids, err := p.receiver.Inbox(ctx, mesh.InboxOptions{PageSize: 10})
	require.NoError(t, err)
	require.Equal(t, want, ids)
	require.Equal(t, 4, p.Count())
	require.Contains(t, p.Requests()[1].Path, "continue_from=")

	ids, err = p.receiver.Inbox(ctx, mesh.InboxOptions{})
	require.NoError(t, err)
	require.Equal(t, want, ids)
	require.Equal(t, 5, p.Count())

	ids, err = p.sender.Inbox(ctx, mesh.InboxOptions{})
	require.NoError(t, err)
	require.Empty(t, ids)
}

func TestInboxFilter(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	workflows := map[string]string{}
	for i := range 30 {
		w := []string{"FLU", "FLU_ACK", "RSV"}[i%3]
		workflows[p.deliver(t, meshtest.Message{To: "X26ABC2", WorkflowID: w, Parts: [][]byte{{1}}})] = w
	}
	for filter, want := range map[string]int{"FLU": 10, "!FLU": 20, "FLU*": 20, "!FLU*": 10, "*_ACK*": 10, "!*_ACK*": 20, "none": 0} {
		t.Run(filter, func(t *testing.T) {
			ids, err := p.receiver.Inbox(ctx, mesh.InboxOptions{PageSize: 10, WorkflowFilter: filter})
			require.NoError(t, err)
			require.Len(t, ids, want)
		})
	}
}

func TestInboxPageSize(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	for _, size := range []int{-1, 1, 9, 5001} {
		_, err := p.receiver.Inbox(ctx, mesh.InboxOptions{PageSize: size})
		require.Equal(t, []string{"PageSize"}, fields(t, err))
	}
	require.Zero(t, p.Count())
}

func TestInboxReplies(t *testing.T) {
	page := func(next string) string {
		return `{"messages":["A"],"links":{"self":"/messageexchange/X26ABC2/inbox","next":"` + next + `"}}`
	}
	for name, row := range map[string]struct {
		body string
		kind error
	}{
		"leads to another server":     {page("https://evil.example/messageexchange/X26ABC2/inbox"), mesh.ErrPermanent},
		"leads to another by slashes": {page("//evil.example/messageexchange/X26ABC2/inbox"), mesh.ErrPermanent},
		"leads out of MESH":           {page("/elsewhere"), mesh.ErrPermanent},
		"cannot be read":              {page("%zz"), mesh.ErrPermanent},
		"leads round in a circle":     {page("/messageexchange/X26ABC2/inbox"), mesh.ErrTemporary},
		"is no JSON":                  {"<html>", mesh.ErrTemporary},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPost(t, meshtest.Options{})
			p.Inject(5, meshtest.Reading, meshtest.Answer(200, "application/vnd.mesh.v2+json", row.body))
			ids, err := p.receiver.Inbox(ctx, mesh.InboxOptions{})
			asError(t, err, row.kind)
			require.LessOrEqual(t, p.Count(), 2)
			if row.body[0] == '{' {
				require.Equal(t, []string{"A"}, ids, "what was found is kept")
			}
		})
	}
	t.Run("version 1 has no links", func(t *testing.T) {
		p := newPost(t, meshtest.Options{})
		p.Inject(1, meshtest.Reading, meshtest.Answer(200, "", `{"messages":["A","B","A"]}`))
		ids, err := p.receiver.Inbox(ctx, mesh.InboxOptions{})
		require.NoError(t, err)
		require.Equal(t, []string{"A", "B"}, ids)
	})
	t.Run("an empty page is not the last", func(t *testing.T) {
		p := newPost(t, meshtest.Options{})
		p.Inject(1, meshtest.Reading, meshtest.Answer(200, "", `{"messages":[],"links":{"next":"/messageexchange/X26ABC2/inbox?max_results=20"}}`))
		id := p.deliver(t, meshtest.Message{To: "X26ABC2", Parts: [][]byte{{1}}})
		ids, err := p.receiver.Inbox(ctx, mesh.InboxOptions{})
		require.NoError(t, err)
		require.Equal(t, []string{id}, ids)
	})
}
