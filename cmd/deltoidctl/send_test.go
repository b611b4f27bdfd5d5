package main

import (
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/cmd/internal/profile"
	"deltoid/export"
	"deltoid/export/mesh/meshtest"
)

// TestSendAsksWhatBecameOfAFile plays on the real clock: the server takes the file and dies before it answers, and the
// same call asks what became of it instead of sending it again.
func TestSendAsksWhatBecameOfAFile(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for the courier's first retry")
	}
	p, _, err := profile.CreateTraining(t.Context(), t.TempDir(), profile.Options{})
	require.NoError(t, err)
	defer p.Close()
	server := meshtest.New(meshtest.Options{})
	server.AddSandboxMailboxes()
	require.NoError(t, server.AddMailbox(meshtest.Mailbox{ID: peerReceiver, Password: meshtest.TestPassword}))
	require.NoError(t, server.Start())
	defer server.Close()
	for key, value := range map[string]string{
		"mesh.url": server.URL(), "mesh.mailbox": peerSender, "mesh.password": meshtest.TestPassword, "mesh.shared_key": meshtest.TestKey,
		"covid.to_mailbox": peerReceiver,
	} {
		require.NoError(t, p.ChangeSetting(t.Context(), key, value))
	}
	someone := profile.Cohort(p.Desk.Today())[20]
	done, err := recordOne(t.Context(), p, encounterFile{
		IdentityConfirmed: true, Plan: planPart{Product: "comirnaty30_rtu", Kind: "primary1"}, NotGiven: &notGivenPart{Choice: "declined"},
		Person: personPart{NHSNumber: someone.NHSNumber.Digits()},
	}, nil)
	require.NoError(t, err)
	require.Equal(t, recorded, done.Outcome, done.Faults)
	server.Inject(1, meshtest.NewMessage, meshtest.TakeThenDrop())

	s := &session{ctx: t.Context(), globals: &globals{}, stderr: io.Discard, out: newPrinter(true, io.Discard, io.Discard)}
	start := time.Now()
	view, err := (&sendCmd{}).send(s, p)
	require.NoError(t, err)
	require.Equal(t, exitDone, view.exit(), view.Files)
	require.Less(t, time.Since(start), time.Minute)
	require.Len(t, view.Files, 1)
	require.Equal(t, export.Accepted, view.Files[0].State)
	require.Len(t, server.Messages(peerReceiver), 1)
}
