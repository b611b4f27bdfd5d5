package store_test

import (
	"context"
	"fmt"
	"iter"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/capture"
	"deltoid/export"
	"deltoid/store"
)

// impatient is a store at which somebody loses patience after so many events.
type impatient struct {
	*store.Store
	after  int
	cancel context.CancelFunc
}

func (i *impatient) Waiting(ctx context.Context, kind export.Kind, before time.Time) iter.Seq2[export.Waiting, error] {
	return func(yield func(export.Waiting, error) bool) {
		seen := 0
		for waiting, err := range i.Store.Waiting(ctx, kind, before) {
			if seen++; seen == i.after {
				i.cancel()
			}
			if !yield(waiting, err) {
				return
			}
		}
	}
}

// A build that is interrupted is taken up where it was, also by the program started anew, and the file is the same.
func TestInterruptedBuildIsTakenUp(t *testing.T) {
	w := newWorld(t, nil)
	sound := func(e capture.Event) bool {
		return e.Given != nil && e.Given.BatchNumber != "" && e.Disease == capture.COVID19
	}
	event := rapid.Custom(func(r *rapid.T) capture.Event {
		w.r = r
		return w.dose("e045626e-4dc5-4df3-bc35-000000000000", 1)
	}).Filter(sound).Example(1)
	for i := range 1300 {
		event.ID, event.Person.Postcode = fmt.Sprintf("e045626e-4dc5-4df3-bc35-%012d", i+1), "LS1 4ZZ"
		if i%7 == 0 {
			event.Person.Postcode = "" // held back
		}
		event.Person.ID = "P1"
		require.NoError(t, w.SaveEvent(t.Context(), event, []string{"covid"}, "", w.entry("event.save")))
	}
	whole, err := w.builder.PreviewTable(t.Context(), export.Covid, future, 2000)
	require.NoError(t, err)

	ctx, cancel := context.WithCancel(t.Context())
	w.builder.Ledger = &impatient{Store: w.Store, after: 800, cancel: cancel}
	_, _, err = w.builder.Build(ctx, export.Covid, future, nil)
	require.ErrorIs(t, err, context.Canceled)
	deliveries, err := w.Deliveries(t.Context())
	require.NoError(t, err)
	require.Empty(t, deliveries, "nobody sees half a file")

	w.reopen()
	w.wire()
	_, err = w.builder.BuildDue(t.Context(), export.Hourly, w.clock.Now(), nil)
	require.NoError(t, err, "other extracts are made meanwhile")
	var heard []int
	delivery, report, err := w.builder.Build(t.Context(), export.Covid, future, func(events int) { heard = append(heard, events) })
	require.NoError(t, err)
	require.Equal(t, 1000, heard[0], "what was done is not done again")
	require.Equal(t, whole.Report.Rows, report.Rows)
	require.Equal(t, whole.Report.Held, report.Held)
	receiver := newReceiver(t)
	receiver.take(delivery, w.read(delivery.ID), nil)
	require.Len(t, receiver.tables[export.Covid], len(whole.Rows))
	held, err := w.HeldBack(t.Context())
	require.NoError(t, err)
	require.Len(t, held, report.Held)
	row := 0
	for place, err := range w.FileRows(t.Context(), delivery.ID) {
		require.NoError(t, err)
		require.Equal(t, whole.Rows[row].Version, place.Version)
		row++
		require.Equal(t, row, place.Row)
	}
	require.Equal(t, len(whole.Rows), row)
	found, err := w.Verify(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, found.Faults)
}
