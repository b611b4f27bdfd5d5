package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"deltoid/store"
)

// A power cut leaves any beginning of what was being written, and behind it anything at all. What was called saved
// before lies in front of the cut, and must be there; what was being saved is there whole or not at all.
func TestPowerCut(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	const events = 40
	var ends []int64 // size of the log when each event was called saved
	for i := range events {
		d.saveEvent(fmt.Sprintf("event-%d", i), 1, jo)
		info, err := os.Stat(d.options.Path + "-wal")
		require.NoError(t, err)
		ends = append(ends, info.Size())
	}
	require.Less(t, ends[0], ends[events-1], "the log was not folded in meanwhile")
	file, log := d.bytes(), read(t, d.options.Path+"-wal")

	cuts := []int64{0, 1, ends[0], ends[events/2], ends[events/2] + 1, ends[events/2] - 1, ends[events-1]}
	for range 20 {
		cuts = append(cuts, rand.Int64N(ends[events-1]))
	}
	for _, cut := range cuts {
		for name, behind := range map[string]int{"nothing behind": 0, "rubbish behind": 9000} {
			t.Run(fmt.Sprintf("cut at %d, %s", cut, name), func(t *testing.T) {
				options := d.options
				options.Path = filepath.Join(t.TempDir(), "deltoid.db")
				write(t, options.Path, file)
				left := append([]byte(nil), log[:cut]...)
				for range behind {
					left = append(left, byte(rand.IntN(256)))
				}
				write(t, options.Path+"-wal", left)
				requireSaved(t, ctx, options, ends, cut)
			})
		}
	}
}

func requireSaved(t *testing.T, ctx context.Context, options store.Options, ends []int64, cut int64) {
	t.Helper()
	s, err := unlock(options)
	require.NoError(t, err)
	defer s.Close()
	saved := 0
	for i, end := range ends {
		if end <= cut {
			saved++
			_, err := s.Event(ctx, fmt.Sprintf("event-%d", i))
			require.NoError(t, err, "event %d was called saved", i)
		}
	}
	report, err := s.Verify(ctx, nil)
	require.NoError(t, err)
	require.Empty(t, report.Faults)
	require.Contains(t, []int{saved, saved + 1}, report.Events)
}
