package store_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/export"
)

var jo = person("P1", "Jo", "Example", "1947-03-04")

// future is after every commit of a test.
var future = time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)

func (d *desk) waiting(before time.Time) []export.Waiting {
	d.t.Helper()
	return d.waitingFor(export.Covid, before)
}

func (d *desk) waitingFor(kind export.Kind, before time.Time) []export.Waiting {
	d.t.Helper()
	var all []export.Waiting
	for waiting, err := range d.Waiting(context.Background(), kind, before) {
		require.NoError(d.t, err)
		all = append(all, waiting)
	}
	return all
}

// file is one being built by a test.
type file struct {
	export.Building
	d        *desk
	delivery export.Delivery
	content  bytes.Buffer
}

func (d *desk) begin(name string) *file {
	d.t.Helper()
	return d.beginFor(export.Covid, name)
}

func (d *desk) beginFor(kind export.Kind, name string) *file {
	d.t.Helper()
	f := &file{d: d, delivery: export.Delivery{ID: newID(), Kind: kind, FileName: name, State: export.Built, BuiltAt: d.clock.Now()}}
	var err error
	f.Building, err = d.Begin(context.Background(), f.delivery)
	require.NoError(d.t, err)
	return f
}

func (f *file) write(text string) {
	f.d.t.Helper()
	f.content.WriteString(text)
	_, err := f.Write([]byte(text))
	require.NoError(f.d.t, err)
}

func (f *file) row(n int, waiting export.Waiting) {
	f.d.t.Helper()
	require.NoError(f.d.t, f.Row(n, waiting))
	if n > 0 {
		f.delivery.Rows++
		f.write(waiting.Version().EventID + "\n")
	}
}

func (f *file) finish() error {
	sum := sha256.Sum256(f.content.Bytes())
	f.delivery.Bytes, f.delivery.SHA256 = int64(f.content.Len()), hex.EncodeToString(sum[:])
	f.delivery.Past = []export.Passage{{At: f.delivery.BuiltAt, State: export.Built}}
	return f.Finish(context.Background(), f.delivery, f.d.entry("delivery.build"))
}

// build puts everything that waits into a file.
func (d *desk) build(name string) export.Delivery {
	d.t.Helper()
	return d.buildFor(export.Covid, name)
}

func (d *desk) buildFor(kind export.Kind, name string) export.Delivery {
	d.t.Helper()
	f := d.beginFor(kind, name)
	for i, waiting := range d.waitingFor(kind, future) {
		f.row(i+1, waiting)
	}
	require.NoError(d.t, f.finish())
	return f.delivery
}

// to moves a delivery to a state.
func (d *desk) to(delivery export.Delivery, state export.State) export.Delivery {
	d.t.Helper()
	delivery.State, delivery.ChangedAt = state, d.clock.Now()
	delivery.Past = append(delivery.Past, export.Passage{At: delivery.ChangedAt, State: state})
	require.NoError(d.t, d.SaveDelivery(context.Background(), delivery, d.entry("delivery."+string(state))))
	return delivery
}

func TestWaiting(t *testing.T) {
	d := newDesk(t)
	d.saveEvent("event-1", 1, jo)
	d.saveEvent("event-2", 1, jo)
	first := d.saveEvent("event-1", 2, jo)
	middle := d.clock.Now()
	last := d.saveEvent("event-1", 3, jo)
	d.saveEvent("event-3", 1, jo)

	t.Run("collapsed by event, in order of the first waiting version", func(t *testing.T) {
		all := d.waiting(future)
		require.Len(t, all, 3)
		require.Equal(t, last, all[0].Event)
		require.Equal(t, []int64{1, 3, 4}, all[0].Seqs)
		require.Zero(t, all[0].Carried)
		require.True(t, all[0].Since.Before(all[1].Since))
		require.Equal(t, []string{"event-1", "event-2", "event-3"}, []string{all[0].Event.ID, all[1].Event.ID, all[2].Event.ID})
	})
	t.Run("only what was committed before the moment", func(t *testing.T) {
		all := d.waiting(middle)
		require.Len(t, all, 2)
		require.Equal(t, first, all[0].Event)
		require.Equal(t, []int64{1, 3}, all[0].Seqs)
	})
	t.Run("many pages", func(t *testing.T) {
		for i := range 600 {
			d.saveEvent(fmt.Sprintf("many-%03d", i), 1, jo)
		}
		all := d.waiting(future)
		require.Len(t, all, 603)
		require.Equal(t, "many-599", all[602].Event.ID)
	})
	t.Run("stopped early", func(t *testing.T) {
		for range d.Waiting(context.Background(), export.Covid, future) {
			break
		}
	})
}

func TestBuild(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	for i := range 3 {
		d.saveEvent(fmt.Sprintf("event-%d", i+1), 1, jo)
	}
	d.saveEvent("event-1", 2, jo)
	delivery := d.build("first.csv")
	require.Empty(t, d.waiting(future))

	t.Run("content and delivery are kept", func(t *testing.T) {
		d.reopen()
		kept, err := d.Delivery(ctx, delivery.ID)
		require.NoError(t, err)
		require.Equal(t, delivery, kept)
		all, err := d.Deliveries(ctx)
		require.NoError(t, err)
		require.Equal(t, []export.Delivery{delivery}, all)
		require.Equal(t, "event-1\nevent-2\nevent-3\n", d.read(delivery.ID))
	})
	t.Run("every version has its place", func(t *testing.T) {
		places, err := d.Places(ctx, "event-1")
		require.NoError(t, err)
		require.Len(t, places, 2)
		require.Equal(t, 0, places[0].Row, "collapsed into the later version")
		require.Equal(t, 1, places[1].Row)
		require.Equal(t, export.Built, places[1].State)
		require.Equal(t, "first.csv", places[1].FileName)
		require.Equal(t, delivery.ID, places[1].DeliveryID)
	})
	t.Run("a later version is marked as carried before", func(t *testing.T) {
		d.saveEvent("event-2", 2, jo)
		all := d.waiting(future)
		require.Len(t, all, 1)
		require.Positive(t, all[0].Carried)
		places, err := d.Places(ctx, "event-2")
		require.NoError(t, err)
		require.Empty(t, places[1].DeliveryID)
	})
	t.Run("counted where the latest version is", func(t *testing.T) {
		overview, err := d.Overview(ctx)
		require.NoError(t, err)
		require.Equal(t, 1, overview.Waiting)
		require.Equal(t, map[export.State]int{export.Built: 2}, overview.Events)
		require.Equal(t, map[export.State]int{export.Built: 1}, overview.Files)
		require.Equal(t, 3, overview.NotSent())
		require.False(t, overview.Oldest.IsZero())
	})
	t.Run("a file name is used once; the build stands and takes another", func(t *testing.T) {
		f := d.begin("first.csv")
		f.row(1, d.waiting(future)[0])
		require.Equal(t, capture.Conflict, capture.CodeOf(f.finish()))
		f.delivery.FileName = "second.csv"
		require.NoError(t, f.finish())
		require.NoError(t, f.Discard(), "after Finish it does nothing")
		require.Equal(t, "event-2\n", d.read(f.delivery.ID))
		all, err := d.Deliveries(ctx)
		require.NoError(t, err)
		require.Equal(t, "second.csv", all[0].FileName, "newest first")
	})
	t.Run("not found", func(t *testing.T) {
		_, err := d.Delivery(ctx, "none")
		require.Equal(t, capture.NotFound, capture.CodeOf(err))
		_, err = d.Content(ctx, "none")
		require.Equal(t, capture.NotFound, capture.CodeOf(err))
	})
}

func (d *desk) read(id string) string {
	d.t.Helper()
	content, err := d.Content(context.Background(), id)
	require.NoError(d.t, err)
	data, err := io.ReadAll(content)
	require.NoError(d.t, err)
	require.NoError(d.t, content.Close())
	return string(data)
}

func TestLargeContent(t *testing.T) {
	d := newDesk(t)
	f := d.begin("large.csv")
	for i := range 100_000 {
		f.write(fmt.Sprintf("row %d of a file of several parts\n", i))
	}
	require.NoError(t, f.finish())
	require.Equal(t, f.content.String(), d.read(f.delivery.ID))
}

func TestDiscard(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	d.saveEvent("event-1", 1, jo)
	f := d.begin("first.csv")
	f.row(1, d.waiting(future)[0])
	_, err := d.Begin(ctx, export.Delivery{ID: newID(), Kind: export.Covid})
	require.Equal(t, capture.Conflict, capture.CodeOf(err), "one build at a time")
	_, err = d.another().Begin(ctx, export.Delivery{ID: newID(), Kind: export.Covid})
	require.Equal(t, capture.Conflict, capture.CodeOf(err), "also from another process")
	require.NoError(t, f.Discard())
	require.NoError(t, f.Discard())
	require.Equal(t, capture.Conflict, capture.CodeOf(f.Row(1, export.Waiting{})))
	require.Len(t, d.waiting(future), 1)
	all, err := d.Deliveries(ctx)
	require.NoError(t, err)
	require.Empty(t, all)
}

// A build of one process survives another process' start, which drops only what nobody is building.
func TestUnlockLeavesALiveBuild(t *testing.T) {
	d := newDesk(t)
	d.saveEvent("event-1", 1, jo)
	f := d.begin("first.csv")
	f.row(1, d.waiting(future)[0])
	d.another()
	require.NoError(t, f.finish())
	require.Empty(t, d.waiting(future))
}

func TestHold(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	d.saveEvent("event-1", 1, jo)
	d.saveEvent("event-2", 1, jo)
	var problems capture.Problems
	problems.Add("person.postcode", "Enter the full postcode")

	f := d.begin("first.csv")
	all := d.waiting(future)
	require.NoError(t, f.Hold(all[0], problems))
	f.row(1, all[1])
	require.NoError(t, f.finish())

	held, err := d.HeldBack(ctx)
	require.NoError(t, err)
	require.Len(t, held, 1)
	require.Equal(t, capture.Version{EventID: "event-1", Version: 1}, held[0].Version)
	require.Equal(t, problems, held[0].Problems)
	places, err := d.Places(ctx, "event-1")
	require.NoError(t, err)
	require.Equal(t, problems, places[0].Held)
	overview, err := d.Overview(ctx)
	require.NoError(t, err)
	require.Equal(t, 1, overview.Waiting)
	require.Equal(t, 1, overview.Held)

	t.Run("a later file with it clears the reason", func(t *testing.T) {
		d.saveEvent("event-1", 2, jo)
		d.build("second.csv")
		held, err := d.HeldBack(ctx)
		require.NoError(t, err)
		require.Empty(t, held)
	})
	t.Run("settled without a file", func(t *testing.T) {
		d.saveEvent("event-3", 1, jo)
		d.saveEvent("event-4", 1, jo)
		f := d.begin("third.csv")
		all := d.waiting(future)
		require.NoError(t, f.Hold(all[0], problems))
		require.NoError(t, f.Row(0, all[1]))
		require.NoError(t, f.Building.(export.Settler).Settle(ctx, d.entry("delivery.nothing")))
		require.NoError(t, f.Discard())
		all = d.waiting(future)
		require.Len(t, all, 1)
		require.Equal(t, "event-3", all[0].Event.ID)
		held, err := d.HeldBack(ctx)
		require.NoError(t, err)
		require.Len(t, held, 1)
		d.saveEvent("event-4", 2, jo)
		require.Zero(t, d.waiting(future)[1].Carried, "nothing of it was ever in a file")
	})
}

func TestFinishChecksTheFile(t *testing.T) {
	d := newDesk(t)
	f := d.begin("first.csv")
	f.write("one\n")
	f.delivery.Rows = 1
	require.Equal(t, capture.Environment, capture.CodeOf(f.finish()), "a row that was never written")
}

func TestSaveDelivery(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	d.saveEvent("event-1", 1, jo)
	built := d.build("first.csv")
	sending := d.to(built, export.Sending)

	t.Run("an older state never overwrites a newer", func(t *testing.T) {
		require.Equal(t, capture.Conflict, capture.CodeOf(d.SaveDelivery(ctx, built, d.entry("delivery.held"))))
	})
	t.Run("a built file is never changed", func(t *testing.T) {
		changed := sending
		changed.SHA256 = "00"
		require.Equal(t, capture.Conflict, capture.CodeOf(d.SaveDelivery(ctx, changed, d.entry("delivery.held"))))
	})
	t.Run("only a refused file is released, once, and is then never sent", func(t *testing.T) {
		require.Equal(t, capture.Conflict, capture.CodeOf(d.Release(ctx, built.ID, d.entry("delivery.release"))))
		refused := d.to(sending, export.Refused)
		require.NoError(t, d.Release(ctx, built.ID, d.entry("delivery.release")))
		require.Equal(t, capture.Conflict, capture.CodeOf(d.Release(ctx, built.ID, d.entry("delivery.release"))))
		all := d.waiting(future)
		require.Len(t, all, 1)
		require.Zero(t, all[0].Carried)
		again := refused
		again.State = export.Sending
		require.Equal(t, capture.Conflict, capture.CodeOf(d.SaveDelivery(ctx, again, d.entry("delivery.sending"))))
		d.build("second.csv")
		require.Empty(t, d.waiting(future))
	})
	t.Run("what a later file carried already goes out as it is now, never as it was", func(t *testing.T) {
		d.saveEvent("event-2", 1, jo)
		first := d.to(d.build("third.csv"), export.Sending)
		corrected := d.saveEvent("event-2", 2, jo)
		d.build("fourth.csv")
		d.to(first, export.Refused)
		require.NoError(t, d.Release(ctx, first.ID, d.entry("delivery.release")))
		all := d.waiting(future)
		require.Len(t, all, 1)
		require.Equal(t, corrected, all[0].Event)
		require.Len(t, all[0].Seqs, 1)
		require.Positive(t, all[0].Carried)
	})
	t.Run("none", func(t *testing.T) {
		require.Equal(t, capture.NotFound, capture.CodeOf(d.SaveDelivery(ctx, export.Delivery{ID: "none"}, d.entry("x"))))
		require.Equal(t, capture.NotFound, capture.CodeOf(d.Release(ctx, "none", d.entry("x"))))
	})
}
