package export_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/export"
	"deltoid/export/mesh"
)

// TestFaultsOfSending: for each fault where the file stands after it, and that it arrives once in the end.
func TestFaultsOfSending(t *testing.T) {
	cases := []struct {
		name    string
		fault   fault
		state   export.State
		problem bool
		offline bool
		wait    time.Duration
		sends   int // in all, until it has arrived
	}{
		{"no connection", fault{err: failure(mesh.ErrOffline)}, export.Built, false, true, 30 * time.Second, 2},
		{"503 of a gateway before the message was read", fault{err: failure(mesh.ErrTemporary)}, export.Built, true, false, 30 * time.Second, 2},
		{"429 with Retry-After", fault{err: &mesh.Error{Kind: mesh.ErrTemporary, RetryAfter: time.Hour}}, export.Built, true, false, time.Hour, 2},
		{"403", fault{err: failure(mesh.ErrRefused)}, export.Built, true, false, 6 * time.Hour, 2},
		{"our certificate refused", fault{err: failure(mesh.ErrClientCertificate)}, export.Built, true, false, 6 * time.Hour, 2},
		{"server is not MESH", fault{err: failure(mesh.ErrServerCertificate)}, export.Built, true, false, 6 * time.Hour, 2},
		{"answer lost, message taken", fault{err: failure(mesh.ErrUnknownOutcome), taken: true}, export.Sending, true, false, 30 * time.Second, 1},
		{"answer lost, message taken late", fault{err: failure(mesh.ErrUnknownOutcome), taken: true, after: 4 * time.Minute}, export.Sending, true, false, 30 * time.Second, 1},
		{"answer lost, message not taken", fault{err: failure(mesh.ErrUnknownOutcome)}, export.Sending, true, false, 30 * time.Second, 2},
		{"an error nobody classified, message taken", fault{err: errors.New("odd"), taken: true}, export.Sending, true, false, 30 * time.Second, 1},
		{"the program dies, message taken", fault{crash: true, taken: true}, export.Sending, false, false, 0, 1},
		{"the program dies, message taken late", fault{crash: true, taken: true, after: 4 * time.Minute}, export.Sending, false, false, 0, 1},
		{"the program dies before", fault{crash: true}, export.Sending, false, false, 0, 2},
	}
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			d := newDesk(t)
			file := d.built()
			d.mesh.faults = []fault{test.fault}
			report := d.stepOrCrash()
			stands := d.stand(file.ID)
			assert.Equal(t, test.state, stands.State)
			assert.Equal(t, test.problem, stands.Problem != "", stands.Problem)
			assert.Equal(t, test.offline, report.Offline)
			if test.wait > 0 {
				assert.Equal(t, d.now.Add(test.wait), stands.NextAttempt)
				assert.Equal(t, stands.NextAttempt, report.Next)
				d.restart() // the schedule is in the ledger
				sends := d.mesh.sends
				d.after(test.wait - time.Second)
				assert.Equal(t, sends, d.mesh.sends, "not a second too early")
			}
			d.runDry()
			assert.Equal(t, export.Accepted, d.stand(file.ID).State)
			assert.Equal(t, []string{"M1"}, d.mesh.taken[file.ID], "once")
			assert.Equal(t, test.sends, d.mesh.sends)
			assert.Empty(t, d.stand(file.ID).Problem)
		})
	}
}

func TestRefusedLoginStopsTheMailbox(t *testing.T) {
	d := newDesk(t)
	first, second := d.built(), d.built()
	d.mesh.down = failure(mesh.ErrRefused)
	report := d.step()
	assert.Contains(t, report.Problem, "password")
	assert.Equal(t, 1, d.mesh.handshakes)
	assert.Zero(t, d.mesh.sends)
	assert.Equal(t, d.now.Add(6*time.Hour), report.Next)

	d.restart()
	report = d.after(time.Hour)
	assert.Contains(t, report.Problem, "password", "also after a restart")
	assert.Equal(t, 1, d.mesh.handshakes, "more tries may lock the mailbox")
	assert.Equal(t, export.Built, d.stand(first.ID).State)

	d.mesh.down = nil
	require.NoError(t, d.courier.Retry(t.Context(), second.ID), "a word about any file will do")
	d.step()
	assert.Equal(t, export.Accepted, d.stand(first.ID).State)
	assert.Equal(t, export.Accepted, d.stand(second.ID).State)
}

func TestCorrectedSettingsAreTriedAtOnce(t *testing.T) {
	d := newDesk(t)
	file := d.built()
	d.mesh.down = failure(mesh.ErrRefused)
	d.step()
	d.mesh.down = nil
	d.ledger.configuration["mesh.password"] = "the right one"
	assert.Empty(t, d.after(time.Minute).Problem)
	assert.Equal(t, export.Accepted, d.stand(file.ID).State)
}

func TestLongOffline(t *testing.T) {
	d := newDesk(t)
	file := d.built()
	var pauses []time.Duration
	d.mesh.faults = []fault{{err: failure(mesh.ErrOffline)}}
	for range 9 {
		report := d.step()
		d.mesh.down = failure(mesh.ErrOffline)
		assert.True(t, report.Offline)
		assert.Empty(t, report.Problem, "offline is normal")
		pauses = append(pauses, report.Next.Sub(d.now))
		d.now = report.Next
	}
	minutes := func(m float64) time.Duration { return time.Duration(m * float64(time.Minute)) }
	assert.Equal(t, []time.Duration{minutes(0.5), minutes(1), minutes(2), minutes(4), minutes(8), minutes(15), minutes(15), minutes(15), minutes(15)}, pauses)
	assert.Equal(t, []export.State{export.Built, export.Sending, export.Built}, states(d.stand(file.ID)), "a weekend offline leaves no trail of tries")
	assert.Equal(t, 9, d.stand(file.ID).Attempts)
	assert.Equal(t, 1, d.mesh.sends)
	d.mesh.down = nil
	require.NoError(t, d.courier.Retry(t.Context(), file.ID))
	d.step()
	assert.Equal(t, export.Accepted, d.stand(file.ID).State)
	assert.Zero(t, d.stand(file.ID).Attempts)
}

func TestFileTakenAgainstAllSignsIsFound(t *testing.T) {
	d := newDesk(t)
	file := d.built()
	d.mesh.faults = []fault{{err: failure(mesh.ErrTemporary), taken: true}}
	d.step()
	assert.Equal(t, export.Built, d.stand(file.ID).State)
	d.after(time.Minute)
	assert.Equal(t, export.Accepted, d.stand(file.ID).State)
	assert.Equal(t, 1, d.mesh.sends)
}

func TestOneFileInTroubleDoesNotKeepAnotherFromGoing(t *testing.T) {
	d := newDesk(t)
	d.built()
	d.step()
	d.mesh.trackFails = failure(mesh.ErrTemporary)
	d.after(5 * time.Minute)
	second := d.built()
	d.after(30 * time.Second)
	assert.Equal(t, export.Accepted, d.stand(second.ID).State)
}

func TestJitterShortensThePause(t *testing.T) {
	d := newDesk(t)
	d.courier.Jitter = func() float64 { return 0.5 }
	d.built()
	d.mesh.down = failure(mesh.ErrOffline)
	assert.Equal(t, d.now.Add(22500*time.Millisecond), d.step().Next)
}

func TestTrackingTroubleChangesNothing(t *testing.T) {
	d := newDesk(t)
	file := d.built()
	d.step()
	for _, test := range []struct {
		err  error
		wait time.Duration
	}{
		{failure(mesh.ErrOffline), 30 * time.Second}, {failure(mesh.ErrTemporary), 30 * time.Second},
		{failure(mesh.ErrNotFound), 24 * time.Hour}, {failure(mesh.ErrRefused), 6 * time.Hour},
	} {
		d.mesh.down = test.err
		require.NoError(t, d.courier.Retry(t.Context(), file.ID))
		d.step()
		assert.Equal(t, export.Accepted, d.stand(file.ID).State)
		assert.Equal(t, d.now.Add(test.wait), d.stand(file.ID).NextAttempt)
	}
	d.mesh.down = nil
	d.mesh.status["M1"] = mesh.Tracking{Status: mesh.StatusUploading}
	require.NoError(t, d.courier.Retry(t.Context(), file.ID))
	d.step()
	assert.Equal(t, 1, d.mesh.resumes, "the rest of the message follows")
}

func TestEndOfTheProgramIsNoFailure(t *testing.T) {
	d := newDesk(t)
	file := d.built()
	d.step()
	before := d.stand(file.ID)
	ending, end := context.WithCancel(t.Context())
	d.mesh.trackFails = failure(mesh.ErrTemporary)
	d.mesh.onTrack = end
	d.now = d.now.Add(5 * time.Minute)
	_, err := d.courier.Step(ending)
	require.NoError(t, err)
	assert.Equal(t, before, d.stand(file.ID))
}

func TestHandshakeInVainEndsTheRound(t *testing.T) {
	d := newDesk(t)
	d.built()
	d.step()
	d.built()
	d.step()
	d.mesh.down = failure(mesh.ErrTemporary)
	d.after(25 * time.Hour)
	assert.Equal(t, 2, d.mesh.handshakes, "once for all of them")
}

func TestALostFileGoesAgainHoweverOftenTheProgramIsStarted(t *testing.T) {
	d := newDesk(t)
	file := d.built()
	d.mesh.faults = []fault{{err: failure(mesh.ErrUnknownOutcome)}}
	d.step()
	for range 5 { // a scheduled call every 90 seconds, each a program of its own
		d.restart()
		d.after(90 * time.Second)
	}
	assert.Equal(t, export.Accepted, d.stand(file.ID).State)
	assert.Equal(t, 2, d.mesh.sends, "the lost one, and the one that arrived")
	assert.Len(t, d.mesh.taken[file.ID], 1)
}

func TestFileInDoubtIsNotOvertaken(t *testing.T) {
	d := newDesk(t)
	first := d.built()
	d.mesh.faults = []fault{{err: failure(mesh.ErrUnknownOutcome)}}
	d.step()
	d.mesh.taken[first.ID] = []string{"A", "B"}
	d.after(time.Minute)
	require.Equal(t, export.Held, d.stand(first.ID).State)
	second := d.built()
	d.mesh.faults = []fault{{err: failure(mesh.ErrUnknownOutcome)}}
	d.step()
	require.Equal(t, export.Sending, d.stand(second.ID).State, "what MESH has, even twice, holds nothing up")
	d.mesh.taken = map[string][]string{}
	d.restart()
	d.after(time.Minute) // both are in doubt from now on; the first is let go later
	d.now = d.now.Add(5 * time.Minute)
	require.NoError(t, d.courier.Unhold(t.Context(), first.ID))
	d.step()
	assert.Equal(t, 2, d.mesh.sends, "the second was not taken, and waits behind the first")
	assert.Equal(t, export.Built, d.stand(second.ID).State)
	d.runDry()
	assert.Less(t, d.mesh.taken[first.ID][0], d.mesh.taken[second.ID][0])
}

// TestNeverLostNeverTwice tries any order of faults, crashes, full disks and pauses.
func TestNeverLostNeverTwice(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		d := newDesk(t)
		d.courier.Jitter = func() float64 { return 0.3 }
		var files []export.Delivery
		kinds := []error{mesh.ErrOffline, mesh.ErrTemporary, mesh.ErrUnknownOutcome, mesh.ErrRefused, mesh.ErrClientCertificate, nil}
		for range rapid.IntRange(1, 25).Draw(r, "steps") {
			switch rapid.IntRange(0, 6).Draw(r, "what") {
			case 0:
				files = append(files, d.built())
			case 1:
				f := fault{err: failure(mesh.ErrUnknownOutcome), taken: rapid.Bool().Draw(r, "taken"), crash: rapid.Bool().Draw(r, "crash")}
				f.after = time.Duration(rapid.IntRange(0, 299).Draw(r, "late")) * time.Second
				d.mesh.faults = append(d.mesh.faults, f)
			case 2:
				if kind := rapid.SampledFrom(kinds).Draw(r, "down"); kind != nil {
					d.mesh.down = failure(kind)
				} else {
					d.mesh.down = nil
				}
			case 3:
				d.restart()
			case 4:
				full := rapid.Bool().Draw(r, "full")
				d.ledger.failSave = func(export.Delivery) error {
					if full {
						return errors.New("disk full")
					}
					return nil
				}
			default:
				d.now = d.now.Add(time.Duration(rapid.IntRange(0, 7*3600).Draw(r, "pause")) * time.Second)
				d.stepOrCrash()
			}
		}
		if len(files) == 0 {
			return
		}
		d.ledger.failSave, d.mesh.down, d.mesh.faults = nil, nil, nil
		for _, file := range files {
			if strings.Contains("built sending", string(d.stand(file.ID).State)) {
				require.NoError(r, d.courier.Retry(t.Context(), file.ID))
			}
		}
		d.runDry()
		for _, file := range files {
			assert.Len(r, d.mesh.taken[file.ID], 1, "exactly once")
			assert.Equal(r, export.Accepted, d.stand(file.ID).State)
		}
	})
}
