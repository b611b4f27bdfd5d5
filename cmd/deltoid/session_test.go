package main

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/cmd/internal/profile"
	"deltoid/export"
	"deltoid/ui"
)

// desk is the window's side of a courier that is not running, on a training profile.
func desk(t *testing.T, settings map[string]string) *courierDesk {
	t.Helper()
	p, _, err := profile.CreateTraining(t.Context(), t.TempDir(), options(false))
	require.NoError(t, err)
	t.Cleanup(func() { _ = p.Close() })
	configuration, err := p.Store.Configuration(t.Context())
	require.NoError(t, err)
	for key, value := range settings {
		configuration[key] = value
	}
	require.NoError(t, p.Store.SaveConfiguration(t.Context(), configuration, capture.AuditEntry{At: p.Desk.Now(), Action: "settings.change"}))
	ctx, stop := context.WithCancel(context.Background())
	t.Cleanup(stop)
	return &courierDesk{profile: p, ctx: ctx, wake: make(chan struct{}, 1), done: make(chan struct{})}
}

// faulty keeps a record that no extract takes as it is.
func (d *courierDesk) faulty(t *testing.T) {
	t.Helper()
	event := capture.Event{ID: "e0000000-0000-4000-8000-000000000001", Version: 1, Action: capture.ActionNew, At: d.profile.Desk.Now(), RecordedAt: d.profile.Desk.Now(), Disease: capture.COVID19, Given: &capture.Given{}}
	require.NoError(t, d.profile.Store.SaveEvent(t.Context(), event, []string{string(export.Covid)}, "", capture.AuditEntry{At: d.profile.Desk.Now(), Action: "event.given", Subject: "event/" + event.ID}))
}

func TestSessionPreviewsAndBuildsEveryExtractThatIsOn(t *testing.T) {
	d := desk(t, map[string]string{"covid.send_empty": "true", "schedule.daily": "off"})
	d.faulty(t)
	extracts, err := d.Extracts(t.Context())
	require.NoError(t, err)
	require.NotEmpty(t, extracts)
	assert.Equal(t, export.Covid, extracts[0].Kind)
	assert.Equal(t, "made only when somebody says so", extracts[0].When)

	table, err := d.Preview(t.Context(), export.Covid, 10)
	require.NoError(t, err)
	assert.NotEmpty(t, table.Columns)
	assert.Equal(t, 1, table.Report.Held)
	summary, err := d.Summary(t.Context())
	require.NoError(t, err)
	assert.Equal(t, 1, summary.Records)

	looked := map[export.Kind]bool{}
	made, err := d.Build(t.Context(), true, func(kind export.Kind, _ int) { looked[kind] = true })
	require.NoError(t, err)
	assert.Len(t, made, len(extracts))
	for _, extract := range extracts {
		assert.True(t, looked[extract.Kind], extract.Kind)
	}
	require.NotEmpty(t, made[0].Delivery.ID)
	assert.Empty(t, d.wake, "nothing goes of what is held")
	files, err := d.Files(t.Context())
	require.NoError(t, err)
	for _, file := range files {
		assert.Equal(t, export.Held, file.State, file.FileName)
	}
	path, err := d.Save(t.Context(), made[0].Delivery.ID, t.TempDir())
	require.NoError(t, err)
	assert.FileExists(t, path)
	held, err := d.HeldBack(t.Context())
	require.NoError(t, err)
	assert.Len(t, held, 1)
}

func TestSessionBuildingWakesTheCourier(t *testing.T) {
	d := desk(t, nil)
	_, err := d.Build(t.Context(), false, nil)
	require.NoError(t, err)
	assert.Len(t, d.wake, 1)
}

func TestSessionEndStopsWhatTakesLong(t *testing.T) {
	d := desk(t, nil)
	d.faulty(t)
	ended, end := context.WithCancel(context.Background())
	d.ctx = ended
	end()
	_, err := d.Preview(t.Context(), export.Covid, 1)
	require.ErrorIs(t, err, context.Canceled)
	d.working.Wait()
}

func TestSessionSaysOnlyWhatMESHHasShown(t *testing.T) {
	at := time.Date(2022, 5, 12, 9, 2, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		report export.Report
		want   ui.Connection
	}{
		"not tried":  {export.Report{}, ui.Connection{Words: "MESH not tried yet"}},
		"no reply":   {export.Report{Link: export.Link{Known: true, Since: at}}, ui.Connection{Words: "Offline since 10:02"}},
		"one try":    {export.Report{Offline: true, Link: export.Link{Known: true, Online: true, Heard: at}}, ui.Connection{Words: "MESH reached at 10:02", Online: true}},
		"to be done": {export.Report{Problem: "Check the mailbox"}, ui.Connection{Words: "Needs attention", Problem: "Check the mailbox"}},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, c.want, connectionOf(c.report)) })
	}
}

func TestSessionKeepsWhenTheConnectionCameBack(t *testing.T) {
	at := time.Date(2022, 5, 12, 9, 2, 0, 0, time.UTC)
	d := &courierDesk{}
	d.heard(export.Report{At: at, Back: true, Link: export.Link{Known: true, Online: true, Heard: at}})
	d.heard(export.Report{At: at.Add(time.Minute), Link: export.Link{Known: true, Since: at}})
	assert.Equal(t, ui.Connection{Words: "Offline since 10:02", Back: at}, d.Connection())
}
