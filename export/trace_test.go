package export_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export"
)

func TestLedgerAnswersBothWays(t *testing.T) {
	s, ledger := newSample(t), newMemory()
	event := s.given("2022-05-12T10:00:00Z", "comirnaty30_rtu", catalogue.Primary1)
	ledger.commit(event)
	delivery, _ := build(t, builderFor(t, ledger))

	of, err := export.TraceOf(t.Context(), ledger, event.ID)
	require.NoError(t, err)
	require.Len(t, of.Places, 1)
	assert.Equal(t, delivery.ID, of.Places[0].DeliveryID)
	for _, name := range []string{delivery.ID, delivery.FileName} {
		of, err = export.TraceOf(t.Context(), ledger, name)
		require.NoError(t, err)
		assert.Equal(t, delivery, *of.Delivery)
	}
	for row, err := range ledger.FileRows(t.Context(), delivery.ID) {
		require.NoError(t, err)
		assert.Equal(t, export.FileRow{Row: 1, Rows: 1, Version: versionOf(event)}, row)
	}
	_, err = export.TraceOf(t.Context(), ledger, "nothing")
	assert.Equal(t, capture.NotFound, capture.CodeOf(err))
}
