package store_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/export"
	"deltoid/store"
)

// killedPath tells the test binary, started again as a child, to save events until it is killed.
const killedPath = "DELTOID_TEST_SAVE_UNTIL_KILLED"

func TestMain(m *testing.M) {
	if path := os.Getenv(killedPath); path != "" {
		if err := saveUntilKilled(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// saveUntilKilled prints each id once the store says that it is saved. Every so often it builds a file, too.
func saveUntilKilled(path string) error {
	ctx := context.Background()
	s, err := unlock(store.Options{Path: path})
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		id := newID()
		if err := s.SaveEvent(ctx, event(id, 1, jo), []string{"covid"}, "", capture.AuditEntry{Action: "event.save"}); err != nil {
			return err
		}
		fmt.Println(id)
		if i%3 == 0 {
			if err := react(ctx, s, id, i%2 == 0); err != nil {
				return err
			}
		}
		if i%25 == 24 {
			if err := leaveABuild(ctx, s); err != nil {
				return err
			}
		}
	}
}

// react saves a reaction to the dose of an event, and may delete both again.
func react(ctx context.Context, s *store.Store, id string, withdrawn bool) error {
	first := reaction("reaction to "+id, 1, event(id, 1, jo))
	if err := s.SaveReaction(ctx, first, []string{"reactions"}, capture.AuditEntry{Action: "reaction.new"}); err != nil || !withdrawn {
		return err
	}
	gone, due := withdrawal(event(id, 1, jo), first)
	return s.SaveCorrection(ctx, gone, []string{"covid"}, []capture.DueReaction{due}, capture.AuditEntry{Action: "event.delete"})
}

// leaveABuild begins a file, and finishes none: the next start drops it.
func leaveABuild(ctx context.Context, s *store.Store) error {
	building, err := s.Begin(ctx, export.Delivery{ID: newID(), Kind: export.Covid})
	if err != nil {
		return err
	}
	defer building.Discard()
	row := 0
	for waiting, err := range s.Waiting(ctx, export.Covid, time.Now().Add(time.Hour)) {
		if err != nil {
			return err
		}
		row++
		if err := building.Row(row, waiting); err != nil {
			return err
		}
		if _, err := building.Write(make([]byte, 1000)); err != nil {
			return err
		}
	}
	return nil
}

// Whatever the moment at which the program is killed, every event that it called saved is there afterwards.
func TestKilled(t *testing.T) {
	ctx := context.Background()
	options := store.Options{Path: filepath.Join(t.TempDir(), "deltoid.db"), Stretch: quick}
	s, _, err := store.Create(ctx, options, admin, passphrase)
	require.NoError(t, err)
	require.NoError(t, s.Close())
	saved := map[string]bool{}
	const rounds = 8
	for range rounds {
		for _, id := range runAndKill(t, options.Path, time.Duration(30+rand.IntN(300))*time.Millisecond) {
			saved[id] = true
		}
		s, err := unlock(options)
		require.NoError(t, err)
		for id := range saved {
			_, err := s.Event(ctx, id)
			require.NoError(t, err, "an event that was called saved is gone")
		}
		report, err := s.Verify(ctx, nil)
		require.NoError(t, err)
		require.Empty(t, report.Faults)
		require.GreaterOrEqual(t, report.Events, len(saved))
		events, withdrawn := requireTogether(t, s)
		overview, err := s.Overview(ctx)
		require.NoError(t, err)
		require.Equal(t, events, overview.Waiting, "every one of them waits to be sent")
		require.Equal(t, events+withdrawn, report.Events)
		require.NoError(t, s.Close())
	}
	t.Logf("%d events saved in %d rounds, none lost", len(saved), rounds)
	require.NotEmpty(t, saved)
}

// requireTogether requires that an event and the reaction to its dose were deleted together, and that each reaction waits.
func requireTogether(t *testing.T, s *store.Store) (events, withdrawn int) {
	t.Helper()
	reactions := 0
	require.NoError(t, s.EachEvent(t.Context(), func(e capture.Event) error {
		events++
		if e.Action == capture.ActionDelete {
			withdrawn++
		}
		of, err := s.ReactionsOf(t.Context(), e.ID)
		for _, r := range of {
			reactions++
			require.Equal(t, e.Action == capture.ActionDelete, r.Action == capture.ActionDelete)
		}
		return err
	}))
	for waiting, err := range s.Waiting(t.Context(), export.ReactionRows, time.Now().Add(time.Hour)) {
		require.NoError(t, err)
		require.Len(t, waiting.Seqs, waiting.Reaction.Version)
		reactions--
	}
	require.Zero(t, reactions, "every reaction waits to be sent")
	return events, withdrawn
}

func runAndKill(t *testing.T, path string, after time.Duration) (saved []string) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), killedPath+"="+path)
	out, err := child.StdoutPipe()
	require.NoError(t, err)
	child.Stderr = os.Stderr
	require.NoError(t, child.Start())
	lines := bufio.NewScanner(out)
	var kill *time.Timer
	for lines.Scan() {
		if kill == nil { // the clock starts with the first save, however slow the start
			kill = time.AfterFunc(after, func() { _ = child.Process.Kill() })
		}
		if id := lines.Text(); len(id) == 36 { // a line cut in the middle was not told
			saved = append(saved, id)
		}
	}
	require.NotNil(t, kill, "the child saved nothing")
	_ = child.Wait()
	return saved
}
