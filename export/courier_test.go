package export_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/export"
	"deltoid/export/mesh"
)

func TestFileIsSentTrackedAndCollected(t *testing.T) {
	d := newDesk(t)
	assert.Equal(t, export.Report{At: d.now}, d.step(), "nothing to do")
	assert.Zero(t, d.mesh.handshakes)

	file := d.built()
	report := d.step()
	require.Len(t, report.Changed, 1)
	assert.Equal(t, export.Accepted, report.Changed[0].State)
	assert.Equal(t, "M1", report.Changed[0].MessageID)
	assert.Equal(t, string(d.ledger.content[file.ID]), d.mesh.bodies[file.ID], "the file as it was built")
	assert.Equal(t, d.now.Add(5*time.Minute), report.Next)
	assert.Equal(t, 1, d.mesh.handshakes)

	d.step()
	assert.Zero(t, d.mesh.tracks, "not before it is time")
	for range 12 {
		d.after(5 * time.Minute)
	}
	assert.Equal(t, 12, d.mesh.tracks)
	report = d.after(5 * time.Minute)
	assert.Equal(t, 12, d.mesh.tracks, "hourly after the first hour")
	assert.Equal(t, d.now.Add(55*time.Minute), report.Next)

	d.restart()
	d.mesh.status["M1"] = mesh.Tracking{Status: mesh.StatusAcknowledged}
	report = d.after(55 * time.Minute)
	require.Len(t, report.Changed, 1)
	assert.Equal(t, export.Collected, d.stand(file.ID).State)
	assert.Equal(t, []export.State{export.Built, export.Sending, export.Accepted, export.Collected}, states(d.stand(file.ID)))
	assert.Zero(t, report.Next)
	assert.Equal(t, 1, d.mesh.sends)
}

func TestSendingIsDurableBeforeTheRequest(t *testing.T) {
	d := newDesk(t)
	d.built()
	full := errors.New("disk full")
	d.ledger.failSave = func(delivery export.Delivery) error { return full }
	_, err := d.courier.Step(t.Context())
	require.ErrorIs(t, err, full)
	assert.Zero(t, d.mesh.sends, "what cannot be written down is not done")
}

func TestHandshakeOnceADay(t *testing.T) {
	d := newDesk(t)
	for range 5 {
		d.built()
		d.after(6 * time.Hour)
	}
	assert.Equal(t, 2, d.mesh.handshakes)
}

func TestFilesGoInTheOrderTheyWereBuilt(t *testing.T) {
	d := newDesk(t)
	first, second := d.built(), d.built()
	d.mesh.faults = []fault{{err: failure(mesh.ErrUnknownOutcome)}}
	d.step()
	assert.Equal(t, export.Sending, d.stand(first.ID).State)
	assert.Equal(t, export.Built, d.stand(second.ID).State, "not before the fate of the first is known")
	d.runDry()
	assert.Less(t, d.mesh.taken[first.ID][0], d.mesh.taken[second.ID][0])
}

func TestWhatHappenedIsWrittenDownAlthoughTheProgramEnds(t *testing.T) {
	d := newDesk(t)
	file := d.built()
	ending, end := context.WithCancel(t.Context())
	d.mesh.onSend = end
	d.ledger.needContext = true
	_, err := d.courier.Step(ending)
	require.NoError(t, err)
	assert.Equal(t, export.Accepted, d.stand(file.ID).State)

	var actions []string
	for _, entry := range d.ledger.audit {
		actions = append(actions, entry.Action)
		assert.Equal(t, "delivery/"+file.ID, entry.Subject)
	}
	assert.Equal(t, []string{"delivery.build", "delivery.send", "delivery.accepted"}, actions)
}

func TestRunWakesInTimeAndOnDemand(t *testing.T) {
	d := newDesk(t)
	d.built()
	pauses := make(chan time.Duration)
	timer := make(chan time.Time)
	d.courier.After = func(pause time.Duration) <-chan time.Time {
		pauses <- pause
		return timer
	}
	ctx, end := context.WithCancel(t.Context())
	wake, reports, ended := make(chan struct{}), make(chan export.Report, 1), make(chan error, 1)
	go func() { ended <- d.courier.Run(ctx, wake, func(r export.Report) { reports <- r }) }()
	assert.Len(t, (<-reports).Changed, 1)
	assert.Equal(t, 5*time.Minute, <-pauses)
	d.ledger.failSave = func(export.Delivery) error { return errors.New("disk full") }
	d.now = d.now.Add(5 * time.Minute)
	timer <- d.now
	assert.Contains(t, (<-reports).Problem, "disk")
	assert.Equal(t, 15*time.Minute, <-pauses)
	d.ledger.failSave = nil
	wake <- struct{}{}
	assert.Empty(t, (<-reports).Problem)
	<-pauses
	end()
	require.ErrorIs(t, <-ended, context.Canceled)
}
