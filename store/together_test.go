package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/export"
)

// Several windows and deltoidctl work on one file: nothing is lost, nothing is saved twice, the chain holds.
func TestSeveralAtOnce(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	desks := []interface {
		capture.Store
		export.Ledger
	}{d.Store, d.another(), d.another()}
	const each = 40
	var saved, conflicts atomic.Int64
	var all sync.WaitGroup
	for i, desk := range desks {
		all.Go(func() {
			for n := range each {
				// Every event is tried by two desks; one of them wins.
				id := fmt.Sprintf("event-%d", (n+i%2)%each)
				e := event(id, 1, jo)
				switch err := desk.SaveEvent(ctx, e, []string{"covid"}, "", d.entry("event.save")); {
				case err == nil:
					saved.Add(1)
				case capture.CodeOf(err) == capture.Conflict:
					conflicts.Add(1)
				default:
					t.Errorf("save: %v", err)
				}
			}
		})
		all.Go(func() {
			for range each {
				if _, err := desk.EventsOf(ctx, jo.ID); err != nil {
					t.Errorf("read: %v", err)
				}
				if _, err := desk.Overview(ctx); err != nil {
					t.Errorf("overview: %v", err)
				}
				desk.Search("example", 10)
			}
		})
	}
	all.Go(func() {
		for n := range 10 {
			f := d.begin(fmt.Sprintf("file-%d.csv", n))
			row := 0
			for waiting, err := range d.Waiting(ctx, export.Covid, future) {
				if err != nil {
					t.Errorf("waiting: %v", err)
					break
				}
				row++
				f.row(row, waiting)
			}
			if err := f.finish(); err != nil {
				t.Errorf("finish: %v", err)
			}
		}
	})
	all.Wait()
	require.EqualValues(t, each, saved.Load())
	require.EqualValues(t, 2*each, conflicts.Load())
	d.build("last.csv")
	report, err := d.Verify(ctx, nil)
	require.NoError(t, err)
	require.Empty(t, report.Faults)
	require.Equal(t, each, report.Events)
	overview, err := d.Overview(ctx)
	require.NoError(t, err)
	require.Equal(t, each, overview.Events[export.Built], "each event is in a file once")
}

func TestRefresh(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	other := d.another()
	require.NoError(t, other.SavePerson(ctx, jo, d.entry("person.add")))
	require.Empty(t, d.Search("jo", 5))
	require.NoError(t, d.Refresh(ctx))
	require.Len(t, d.Search("jo", 5), 1)
	changed := jo
	changed.Surname = "Sample"
	require.NoError(t, d.SavePerson(ctx, changed, d.entry("person.change")))
	require.NoError(t, other.Refresh(ctx))
	require.NoError(t, d.Refresh(ctx))
	require.Equal(t, []capture.Person{changed}, other.Search("jo", 5))
	require.Equal(t, []capture.Person{changed}, d.Search("jo", 5))
	require.Equal(t, 1, d.People())
}

// Two windows with the same visit: the second to save is told, and nothing of the first is lost.
func TestDraftInTwoWindows(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	other := d.another()
	var wins atomic.Int64
	var all sync.WaitGroup
	for _, desk := range []capture.Store{d.Store, other} {
		all.Go(func() {
			for revision := 1; revision <= 20; revision++ {
				err := desk.SaveDraft(ctx, capture.Encounter{ID: "visit-1", EventID: "event-1", Revision: revision})
				if err == nil {
					wins.Add(1)
				} else if capture.CodeOf(err) != capture.Conflict {
					t.Error(errors.Unwrap(err))
				}
			}
		})
	}
	all.Wait()
	require.LessOrEqual(t, wins.Load(), int64(20))
	kept, err := d.Draft(ctx, "visit-1")
	require.NoError(t, err)
	require.Equal(t, 20, kept.Revision)
}
