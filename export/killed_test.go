package export_test

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/export"
	"deltoid/export/mesh"
	"deltoid/export/mesh/meshtest"
	"deltoid/store"
)

// The child is this test program, started anew to be killed.
const (
	childPath = "DELTOID_COURIER_CHILD_RECORDS"
	childNow  = "DELTOID_COURIER_CHILD_NOW"
	childFile = "DELTOID_COURIER_CHILD_FILE"
)

// TestKilledCourierChild is no test by itself: it sends a file and collects its answer, with nothing but the records file.
func TestKilledCourierChild(t *testing.T) {
	path := os.Getenv(childPath)
	if path == "" {
		t.Skip("only as the child of TestKilledCourier")
	}
	now := at(t, os.Getenv(childNow))
	clock := func() time.Time { return now }
	records, err := unlockRecords(path, clock)
	require.NoError(t, err)
	courier := &export.Courier{Ledger: records, Mail: records, Now: clock, Jitter: func() float64 { return 0 }, Connect: clientInParts(clock, 400)}
	for range 40 {
		_, err := courier.Step(context.Background())
		require.NoError(t, err)
		stands, err := records.Delivery(context.Background(), os.Getenv(childFile))
		require.NoError(t, err)
		if stands.State == export.Accepted && stands.Answer != nil {
			break
		}
		now = now.Add(3 * time.Minute)
	}
	require.NoError(t, records.Close())
}

// A program is killed while a file of several parts goes out and its answer comes back: at each request, before and after MESH
// has done its work. Started again, it goes on, and in the end the file has arrived once and its answer is settled once.
func TestKilledCourier(t *testing.T) {
	acknowledge := func(r *http.Request) bool { return r.Method == http.MethodPut }
	download := func(r *http.Request) bool {
		return r.Method == http.MethodGet && strings.Contains(r.URL.Path, "/inbox/")
	}
	for name, match := range map[string]meshtest.Match{
		"first part": meshtest.NewMessage, "second part": laterPart("2"), "third part": laterPart("3"), "download": download, "acknowledge": acknowledge,
	} {
		for _, taken := range []bool{false, true} {
			t.Run(name+map[bool]string{false: " lost", true: " taken"}[taken], func(t *testing.T) { killedAt(t, match, taken) })
		}
	}
}

func killedAt(t *testing.T, match meshtest.Match, taken bool) {
	o := newOffice(t)
	o.record(12)
	file := o.build()
	o.deliver(bare(file)+"_InfAck_20220520T02000000.csv", fileAnswer(true))
	require.NoError(t, o.store.Close())

	alive := make(chan *os.Process, 1)
	o.server.Inject(1, match, func(w http.ResponseWriter, r *http.Request, serve http.Handler) {
		finish := meshtest.Drop()
		if taken {
			finish = meshtest.TakeThenDrop()
		}
		if err := (<-alive).Kill(); err != nil {
			t.Error(err)
		}
		finish(w, r, serve)
	})
	run := func() (killed bool) {
		o.tick()
		child := exec.Command(os.Args[0], "-test.run=^TestKilledCourierChild$", "-test.count=1")
		child.Env = append(os.Environ(), childPath+"="+o.store.Path(), childNow+"="+o.now.Format(time.RFC3339), childFile+"="+file.ID)
		var out bytes.Buffer
		child.Stdout, child.Stderr = &out, &out
		require.NoError(t, child.Start())
		alive <- child.Process
		err := child.Wait()
		if err == nil {
			<-alive
			return false
		}
		require.Negative(t, child.ProcessState.ExitCode(), out.String())
		return true
	}
	require.True(t, run(), "it was killed")
	o.now = o.now.Add(10 * time.Minute)
	require.False(t, run())

	records, err := unlockRecords(o.store.Path(), func() time.Time { return o.now.Add(3 * time.Hour) })
	require.NoError(t, err)
	o.store = records
	stands := o.stand(file.ID)
	require.Equal(t, export.Accepted, stands.State, stands.Problem)
	messages := o.server.Messages(receiverMailbox)
	require.Len(t, messages, 1, "once")
	require.Equal(t, messages[0].ID, stands.MessageID)
	require.Greater(t, len(messages[0].Parts), 3)
	o.requireAsBuilt(messages[0], file)
	require.Len(t, o.inbox(), 1)
	require.Equal(t, export.InboundSettled, o.inbox()[0].State)
	require.Equal(t, meshtest.Acknowledged, o.server.Messages(officeMailbox)[0].Status)
	o.whole()
}

func unlockRecords(path string, now func() time.Time) (*store.Store, error) {
	locked, err := store.Open(context.Background(), store.Options{Path: filepath.Clean(path), Now: now, Stretch: quickStretch})
	if err != nil {
		return nil, err
	}
	records, _, err := locked.Unlock(context.Background(), "a.nurse", officePassphrase)
	return records, err
}

// clientInParts is the real client, which cuts after so many bytes as sent.
func clientInParts(now func() time.Time, bytes int) func(c capture.Configuration) (export.Post, error) {
	return func(c capture.Configuration) (export.Post, error) {
		client, err := mesh.New(mesh.Config{
			BaseURL: c.Get("mesh.url"), Mailbox: c.Get("mesh.mailbox"), Password: c.Get("mesh.password"), SharedKey: c.Get("mesh.shared_key"),
			Product: "Deltoid", Version: "1.0.0", PartBytes: bytes,
		})
		if err != nil {
			return nil, err
		}
		client.Now = now
		return client, nil
	}
}
