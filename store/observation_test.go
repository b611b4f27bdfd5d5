package store_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
)

func TestObservationsAndPacksAreKept(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	event := d.saveEvent("event-1", 1, jo)
	_, err := d.Observation(ctx, event.ID)
	assert.True(t, capture.IsNotFound(err))
	ended := capture.Observation{EventID: event.ID, Start: event.At, End: event.At.Add(900e9), EndedBy: "nurse"}
	require.NoError(t, d.SaveObservation(ctx, ended, d.entry("observation.end")))
	assert.True(t, capture.IsNotFound(d.SaveObservation(ctx, capture.Observation{EventID: "event-9"}, d.entry("observation.end"))), "its event is not here")
	pack := capture.Pack{GTIN: "05012345678900", Product: "comirnaty30_rtu", BoundBy: "nurse", BoundAt: event.At}
	require.NoError(t, d.SavePack(ctx, pack, d.entry("pack.bind")))
	assert.Error(t, d.SavePack(ctx, capture.Pack{}, d.entry("pack.bind")))

	d.reopen()
	kept, err := d.Observation(ctx, event.ID)
	require.NoError(t, err)
	assert.Equal(t, ended, kept)
	packs, err := d.Packs(ctx)
	require.NoError(t, err)
	assert.Equal(t, []capture.Pack{pack}, packs)
	report, err := d.Verify(ctx, nil)
	require.NoError(t, err)
	assert.True(t, report.OK(), report.Faults)
}
