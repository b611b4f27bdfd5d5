package export_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/export"
)

func TestSummaryOfWhatWaitsByDayAndExtract(t *testing.T) {
	o := newOffice(t)
	o.now = at(t, "2022-05-20T22:30:00Z") // half past eleven in London
	o.record(2)
	file := o.build()
	require.NoError(t, o.courier.Hold(t.Context(), file.ID, "wrong clinic"))
	o.now = at(t, "2022-05-20T23:30:00Z") // the next day there
	o.record(3)
	summary, err := export.Summarise(t.Context(), o.store, nil, o.now)
	require.NoError(t, err)
	title := profileOf(export.Covid).Title
	assert.Equal(t, export.Summary{
		At: o.now, Records: 5, Oldest: at(t, "2022-05-20T22:30:00Z"),
		Days: []export.SummaryDay{
			{Day: catalogue.MustDate("2022-05-20"), Lines: []export.SummaryLine{{Kind: export.Covid, Title: title, Files: 1, Rows: 2, Attention: 1}}},
			{Day: catalogue.MustDate("2022-05-21"), Lines: []export.SummaryLine{{Kind: export.Covid, Title: title, Waiting: 3}}},
		},
	}, summary)

	require.NoError(t, o.courier.Unhold(t.Context(), file.ID))
	o.build()
	o.step()
	summary, err = export.Summarise(t.Context(), o.store, nil, o.now)
	require.NoError(t, err)
	assert.Zero(t, summary.Records)
	assert.Empty(t, summary.Days)
}

func TestHeldBackRecordsAreInTheSummary(t *testing.T) {
	o := newOffice(t)
	o.set("device.ip_address", "nowhere")
	o.record(2)
	_, report, err := o.builder.Build(t.Context(), export.Covid, o.now.Add(time.Hour), nil)
	require.NoError(t, err)
	require.Equal(t, 2, report.Held)
	summary, err := export.Summarise(t.Context(), o.store, nil, o.now)
	require.NoError(t, err)
	assert.Equal(t, 2, summary.Held)
	assert.Equal(t, 2, summary.Days[0].Lines[0].Held)
}

func TestLanes(t *testing.T) {
	answered := func(accepted, rejected, unsaid int) *export.Answered {
		return &export.Answered{Taken: true, RowsAt: buildTime, Accepted: accepted, Rejected: rejected, Unsaid: unsaid}
	}
	files := []export.Delivery{
		{State: export.Built, Rows: 2, BuiltAt: buildTime}, {State: export.Built, Rows: 3, BuiltAt: buildTime.Add(-time.Hour)},
		{State: export.Sending}, {State: export.Accepted}, {State: export.Held}, {State: export.Refused}, {State: export.Refused, ProblemCode: "released"},
		{State: export.Collected, Rows: 2, Answer: answered(2, 0, 0)}, {State: export.Collected, Rows: 2, Answer: answered(1, 1, 0)},
		{State: export.Collected, Rows: 2, Answer: answered(1, 0, 1)}, {State: export.Collected},
	}
	counts := map[export.Lane]int{}
	for _, lane := range export.Lanes(files) {
		counts[lane.Lane] = lane.Files
		if lane.Lane == export.LaneBuilt {
			assert.Equal(t, 5, lane.Rows)
			assert.Equal(t, buildTime.Add(-time.Hour), lane.Oldest)
		}
	}
	assert.Equal(t, map[export.Lane]int{
		export.LaneAttention: 3, export.LaneBuilt: 2, export.LaneSending: 1, export.LaneAccepted: 1, export.LaneCollected: 2, export.LaneAnswered: 1, export.LaneOver: 1,
	}, counts)
	assert.Equal(t, buildTime.Add(-2*time.Hour), export.OldestUnsent(export.Overview{Oldest: buildTime.Add(-2 * time.Hour)}, files[:2]))
	assert.Equal(t, buildTime.Add(-time.Hour), export.OldestUnsent(export.Overview{}, files[:2]))
}

func TestReferencesForTheServiceDesk(t *testing.T) {
	o := newOffice(t)
	o.record(1)
	file := o.build()
	o.step()
	references := o.stand(file.ID).References()
	require.NotEmpty(t, references)
	assert.Equal(t, export.Reference{Name: "MESH message id", Value: o.server.Messages(receiverMailbox)[0].ID}, references[0])
	assert.Contains(t, references, export.Reference{Name: "Local id", Value: file.ID})
}
