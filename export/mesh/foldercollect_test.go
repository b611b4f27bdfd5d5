package mesh_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/export/mesh"
	"deltoid/export/mesh/meshtest"
)

// arrives brings messages from mailbox 2 into the in folder, as the MESH client does.
func (d *dropbox) arrives(t testing.TB, contents ...string) (ids []string) {
	t.Helper()
	for _, content := range contents {
		id, err := d.Deliver(meshtest.Message{To: "X26ABC1", From: "X26ABC2", WorkflowID: "W_ACK", LocalID: "L", Parts: [][]byte{[]byte(content)}})
		require.NoError(t, err)
		ids = append(ids, id)
	}
	require.NoError(t, d.agent.Poll())
	return ids
}

func TestFolderCollect(t *testing.T) {
	d := newDropbox(t, true)
	f := d.open(t)
	ids := d.arrives(t, "one", "two")
	sent := newMessage("clinic-1", "a")
	_, err := f.Send(ctx, sent)
	asHandedOver(t, err)
	require.NoError(t, d.agent.Poll())
	d.clock.Advance(5 * 24 * time.Hour)
	require.NoError(t, d.agent.Poll()) // brings the report

	box, shelf := &mesh.Postbox{Source: f, Now: d.clock.Now}, new(shelf)
	done, err := box.Collect(ctx, shelf.store)
	require.NoError(t, err)
	require.Equal(t, 3, done.Taken)
	require.Equal(t, ids[0], shelf.arrivals[0].MessageID)
	require.Equal(t, "one", string(shelf.arrivals[0].Content))
	require.Equal(t, "W_ACK", shelf.arrivals[1].WorkflowID)
	require.Equal(t, "X26ABC2", shelf.arrivals[1].From)
	require.Empty(t, d.files(t, "in"))

	report, is := shelf.arrivals[2].Report()
	require.True(t, is)
	require.False(t, report.Success)
	require.Equal(t, "clinic-1", report.LocalID)
	require.Equal(t, "14", report.Code)
	_, taken, err := f.Reconcile(ctx, "clinic-1")
	require.NoError(t, err)
	require.True(t, taken)
	tracking, err := f.Track(ctx, report.MessageID)
	require.NoError(t, err)
	require.Equal(t, "clinic-1", tracking.LocalID)

	waiting, err := f.Inbox(ctx, mesh.InboxOptions{})
	require.NoError(t, err)
	require.Empty(t, waiting)
	require.NoError(t, f.Acknowledge(ctx, ids[0]), "it may be repeated")
}

func TestFolderInboxWaits(t *testing.T) {
	d := newDropbox(t, false)
	f := d.open(t)
	id := d.arrives(t, "one")[0]
	in := func(name string) string { return filepath.Join(d.agent.Folder("in"), name) }
	list := func() []string {
		ids, err := f.Inbox(ctx, mesh.InboxOptions{})
		require.NoError(t, err)
		return ids
	}
	d.clock.at = time.Now() // the MESH client may still be writing
	require.Empty(t, list())
	d.clock.Advance(time.Hour)
	require.NoError(t, os.Rename(in(id+".dat"), in("later")))
	require.Empty(t, list(), "the data is still to come")
	require.NoError(t, os.Rename(in("later"), in(id+".DAT")))
	require.Equal(t, []string{id}, list())
	require.Empty(t, d.files(t, "in"))

	require.NoError(t, os.WriteFile(in("odd.ctl"), []byte("<DTSCon"), 0o600))
	require.NoError(t, os.WriteFile(in("bare.ctl"), []byte("<DTSControl><MessageType>Report</MessageType></DTSControl>"), 0o600))
	require.NoError(t, os.WriteFile(in("other.txt"), nil, 0o600))
	require.Equal(t, []string{id, "bare", "odd"}, list())
	box, shelf := &mesh.Postbox{Source: f, Now: d.clock.Now}, new(shelf)
	done, err := box.Collect(ctx, shelf.store)
	require.NoError(t, err)
	require.Equal(t, 2, done.Taken)
	require.Len(t, done.Aside, 1)
	require.Equal(t, "odd", done.Aside[0].MessageID)

	for _, id := range []string{"", "..", "a/b", `../clinic`} {
		_, err := f.Download(ctx, id, new(bytes.Buffer))
		require.ErrorIs(t, err, mesh.ErrPermanent, id)
		require.ErrorIs(t, f.Acknowledge(ctx, id), mesh.ErrPermanent, id)
	}
	_, err = f.Download(ctx, "unknown", new(bytes.Buffer))
	asError(t, err, mesh.ErrNotFound)
}

// The program dies at every step of the collecting: each message is stored, and nothing is left over.
func TestFolderCollectDies(t *testing.T) {
	for _, step := range []string{"take data", "take control", "remove .ctl", "remove .dat"} {
		t.Run(step, func(t *testing.T) {
			d := newDropbox(t, false)
			d.arrives(t, "one", "two")
			got := map[string]int{}
			for tries := range 3 {
				f := d.open(t)
				died := tries > 1
				f.BeforeStep(func(name string) error {
					if name == step && !died {
						died = true
						return errPower
					}
					return nil
				})
				shelf := new(shelf)
				_, err := (&mesh.Postbox{Source: f, Now: d.clock.Now}).Collect(ctx, shelf.store)
				require.True(t, err == nil || errors.Is(err, errPower), "%v", err)
				for _, a := range shelf.arrivals {
					got[string(a.Content)]++
				}
			}
			require.Len(t, got, 2, fmt.Sprint(got))
			require.Empty(t, d.files(t, "in"))
			left, err := filepath.Glob(filepath.Join(d.config.Staging, "arrived", "*"))
			require.NoError(t, err)
			require.Empty(t, left)
		})
	}
}
