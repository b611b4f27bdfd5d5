package capture_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
)

// watched is a desk with one dose that the rules ask to watch for so many minutes.
func watchedDose(t *testing.T, minutes int) (desk, capture.Event) {
	t.Helper()
	d := newDesk(t)
	d.assessor.decide = func(capture.Case) capture.Decision {
		return capture.Decision{Outcome: capture.Proceed, Observe: minutes}
	}
	event, err := d.Complete(t.Context(), ready(t, d))
	require.NoError(t, err)
	return d, event
}

func (d desk) after(minutes int) {
	d.Now = func() time.Time { return now.Add(time.Duration(minutes) * time.Minute) }
}

func TestSomebodyWaitsUntilTheirTimeIsOver(t *testing.T) {
	d, event := watchedDose(t, 15)
	d.after(5)
	all, err := d.Watched(t.Context())
	require.NoError(t, err)
	require.Len(t, all, 1)
	assert.Nil(t, all[0].Ended)
	assert.Equal(t, now.Add(15*time.Minute), all[0].Until)
	assert.Equal(t, 10*time.Minute, all[0].Left(d.Now()))

	d.after(17)
	assert.Equal(t, -2*time.Minute, all[0].Left(d.Now()))
	ended, err := d.EndObservation(t.Context(), event.ID, "")
	require.NoError(t, err)
	assert.Equal(t, capture.Observation{EventID: event.ID, Start: event.At, End: now.Add(17 * time.Minute), EndedBy: "nurse"}, ended)
	assert.Equal(t, "observation.end", d.store.audit[len(d.store.audit)-1].Action)
	all, err = d.Watched(t.Context())
	require.NoError(t, err)
	require.Len(t, all, 1, "what has ended is kept")
	assert.Equal(t, &ended, all[0].Ended)
	_, err = d.EndObservation(t.Context(), event.ID, "again")
	assert.ErrorContains(t, err, "ended at 10:19 by A. Nurse")
}

func TestLeavingEarlyTakesANote(t *testing.T) {
	d, event := watchedDose(t, 15)
	d.after(14)
	_, err := d.EndObservation(t.Context(), event.ID, " ")
	assert.Equal(t, []string{"note"}, fieldsOf(err))
	ended, err := d.EndObservation(t.Context(), event.ID, " had a  bus to catch ")
	require.NoError(t, err)
	assert.True(t, ended.LeftEarly)
	assert.Equal(t, "had a bus to catch", ended.Note)
}

func TestWhoIsNotWatched(t *testing.T) {
	none, event := watchedDose(t, 0)
	all, err := none.Watched(t.Context())
	require.NoError(t, err)
	assert.Empty(t, all, "the rules ask for nothing")
	_, err = none.EndObservation(t.Context(), event.ID, "")
	assert.Equal(t, capture.Refused, capture.CodeOf(err))

	deleted, event := watchedDose(t, 15)
	_, err = deleted.Delete(t.Context(), event.ID, "another person")
	require.NoError(t, err)
	all, err = deleted.Watched(t.Context())
	require.NoError(t, err)
	assert.Empty(t, all)

	late, event := watchedDose(t, 15)
	typed := event
	typed.ID, typed.At = "late", event.At.Add(-time.Hour)
	require.NoError(t, late.store.SaveEvent(t.Context(), typed, nil, "", capture.AuditEntry{}))
	_, err = late.Amend(t.Context(), event, "a correction after the dose")
	require.NoError(t, err)
	all, err = late.Watched(t.Context())
	require.NoError(t, err)
	require.Len(t, all, 1, "a dose typed in after its time is over is not waited for; a corrected one is")
	assert.Equal(t, event.ID, all[0].Event.ID)
}

func TestThoseWhoWaitComeFirst(t *testing.T) {
	d, event := watchedDose(t, 15)
	for id, minutes := range map[string]int{"b": -3, "c": -6, "d": -9} {
		other := event
		other.ID, other.At = id, event.At.Add(time.Duration(minutes)*time.Minute)
		require.NoError(t, d.store.SaveEvent(t.Context(), other, nil, "", capture.AuditEntry{}))
	}
	for _, id := range []string{"c", "d"} {
		_, err := d.EndObservation(t.Context(), id, "in a hurry")
		require.NoError(t, err)
		d.after(1)
	}
	all, err := d.Watched(t.Context())
	require.NoError(t, err)
	var ids []string
	for _, w := range all {
		ids = append(ids, w.Event.ID)
	}
	assert.Equal(t, []string{"b", event.ID, "d", "c"}, ids)
}
