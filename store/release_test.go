package store_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"deltoid/export"
)

// A refused file that is built again must not bring back what a later file has replaced already.
func TestReleaseCarriesTheEventAsItNowIs(t *testing.T) {
	d := newDesk(t)
	d.saveEvent("event-1", 1, jo)
	refused := d.to(d.build("one.csv"), export.Refused)
	newest := d.saveEvent("event-1", 2, jo)
	second := d.build("two.csv")
	require.NoError(t, d.Release(context.Background(), refused.ID, d.entry("delivery.release")))

	all := d.waiting(future)
	require.Len(t, all, 1)
	require.Equal(t, []int64{1}, all[0].Seqs, "only the row of the refused file waits")
	require.Equal(t, newest, all[0].Event, "but it carries the event as it is now")
	require.Positive(t, all[0].Carried, "the second file carries it")

	d.to(second, export.Accepted)
	require.Equal(t, newest, d.waiting(future)[0].Event)
}
