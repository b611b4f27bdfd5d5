package mesh_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/export/mesh"
	"deltoid/export/mesh/meshtest"
)

// The child is this test program, started anew to be killed.
const (
	childURL   = "DELTOID_MESH_CHILD_URL"
	childState = "DELTOID_MESH_CHILD_STATE"
)

var childContent = content(11, 4000)

// childMemory is what the child has on its disk: that it began, and how far it came.
type childMemory struct{ Upload mesh.Upload }

// TestKilledChild is no test by itself: it sends a message as a careful program does, and remembers on disk alone.
func TestKilledChild(t *testing.T) {
	url, state := os.Getenv(childURL), os.Getenv(childState)
	if url == "" {
		t.Skip("only as the child of TestKilled")
	}
	remember := func(memory childMemory) error {
		text, err := json.Marshal(memory)
		if err != nil {
			return err
		}
		if err := os.WriteFile(state+".half", text, 0o600); err != nil {
			return err
		}
		return os.Rename(state+".half", state)
	}
	c, err := mesh.New(mesh.Config{
		BaseURL: url, Mailbox: "X26ABC1", Password: meshtest.TestPassword, SharedKey: meshtest.TestKey,
		Product: "meshcheck", Version: "1.0", PartBytes: 1000,
	})
	require.NoError(t, err)
	m := newMessage("clinic-1", "")
	m.Body = mesh.Bytes(childContent)
	m.Keep = func(_ context.Context, upload mesh.Upload) error { return remember(childMemory{upload}) }

	text, err := os.ReadFile(state)
	if errors.Is(err, fs.ErrNotExist) {
		require.NoError(t, remember(childMemory{}))
		_, err = c.SendOnce(ctx, m)
		require.NoError(t, err)
		return
	}
	require.NoError(t, err)
	var memory childMemory
	require.NoError(t, json.Unmarshal(text, &memory))
	m.Upload = memory.Upload
	_, err = c.Resume(ctx, m)
	require.NoError(t, err)
}

// A program is killed while each part is on its way and after each part was taken, over and over, and the message arrives
// once, as it was.
func TestKilled(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	p.clock.Advance(time.Since(p.clock.Now())) // the child has the clock of the computer
	state := filepath.Join(t.TempDir(), "state.json")
	alive := make(chan *os.Process, 1)
	kill := func(taken bool) meshtest.Fault {
		return func(w http.ResponseWriter, r *http.Request, serve http.Handler) {
			finish := meshtest.Drop()
			if taken {
				finish = meshtest.TakeThenDrop()
			}
			if err := (<-alive).Kill(); err != nil {
				t.Error(err)
			}
			finish(w, r, serve)
		}
	}
	deaths := 0
	run := func() error {
		child := exec.Command(os.Args[0], "-test.run=^TestKilledChild$", "-test.count=1")
		child.Env = append(os.Environ(), childURL+"="+p.URL(), childState+"="+state)
		var out bytes.Buffer
		child.Stdout, child.Stderr = &out, &out
		if err := child.Start(); err != nil {
			return err
		}
		alive <- child.Process
		err := child.Wait()
		if err != nil && child.ProcessState.ExitCode() >= 0 {
			return fmt.Errorf("%w: %s", err, &out)
		}
		if err != nil {
			deaths++
		}
		return nil
	}
	for number := 1; number <= 4; number++ {
		for _, taken := range []bool{false, true} {
			if number == 1 && taken {
				p.Inject(1, meshtest.NewMessage, kill(taken))
			} else {
				p.Inject(1, partOf(number), kill(taken))
			}
			require.NoError(t, run())
		}
	}
	require.Equal(t, 8, deaths)
	require.NoError(t, run())
	held := p.Messages("X26ABC2")
	require.Len(t, held, 1)
	require.Equal(t, meshtest.Accepted, held[0].Status)
	got, err := held[0].Content()
	require.NoError(t, err)
	require.Equal(t, string(childContent), string(got))
}
