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

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export"
	"deltoid/export/mesh"
)

// desk is a computer with files to send, a clock, and a MESH.
type desk struct {
	t       testing.TB
	ledger  *memory
	mesh    *fakeMESH
	courier *export.Courier
	builder *export.Builder
	now     time.Time
	sample  *sample
}

func newDesk(t testing.TB) *desk {
	d := &desk{t: t, ledger: newMemory(), now: buildTime, sample: newSample(t)}
	d.ledger.configuration["mesh.url"] = "https://mesh.example"
	d.mesh = newFakeMESH(d.clock)
	d.builder = builderFor(t, d.ledger)
	d.builder.Now = d.clock
	d.restart()
	return d
}

func (d *desk) clock() time.Time { return d.now }

// restart is the program started anew: everything but the ledger is forgotten.
func (d *desk) restart() {
	d.courier = &export.Courier{
		Ledger: d.ledger, Now: d.clock, Jitter: func() float64 { return 0 },
		Connect: func(capture.Configuration) (export.Post, error) { return d.mesh, nil },
	}
}

// built makes one file of one new event.
func (d *desk) built() export.Delivery {
	d.t.Helper()
	event := d.sample.given("2022-05-12T10:00:00Z", "comirnaty30_rtu", catalogue.Primary1)
	d.ledger.commit(event)
	delivery, _, err := d.builder.Build(d.t.Context(), export.Covid, d.now.Add(time.Hour), nil)
	require.NoError(d.t, err)
	require.NotEmpty(d.t, delivery.ID)
	return delivery
}

func (d *desk) step() export.Report {
	d.t.Helper()
	report, err := d.courier.Step(d.t.Context())
	require.NoError(d.t, err)
	return report
}

func (d *desk) after(pause time.Duration) export.Report {
	d.t.Helper()
	d.now = d.now.Add(pause)
	return d.step()
}

func (d *desk) stand(id string) export.Delivery {
	delivery, err := d.ledger.Delivery(d.t.Context(), id)
	require.NoError(d.t, err)
	return delivery
}

func states(delivery export.Delivery) []export.State {
	var all []export.State
	for _, passage := range delivery.Past {
		all = append(all, passage.State)
	}
	return all
}

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

// stepOrCrash steps; when the program dies in it, it is started anew.
func (d *desk) stepOrCrash() (report export.Report) {
	defer func() {
		if fault := recover(); fault != nil {
			if _, ours := fault.(crashed); !ours {
				panic(fault)
			}
			d.restart()
		}
	}()
	report, err := d.courier.Step(d.t.Context())
	if err != nil {
		report.Problem = err.Error()
	}
	return report
}

// runDry steps whenever something is due until every file has been taken, or a day has passed.
func (d *desk) runDry() {
	end := d.now.Add(24 * time.Hour)
	for d.now.Before(end) {
		report := d.stepOrCrash()
		if d.ledger.count(export.Built)+d.ledger.count(export.Sending) == 0 {
			return
		}
		next := report.Next
		if !next.After(d.now) {
			next = d.now.Add(time.Minute)
		}
		d.now = next
	}
}

func (m *memory) count(state export.State) (n int) {
	for _, delivery := range m.deliveries {
		if delivery.State == state {
			n++
		}
	}
	return n
}

func TestRefusedForGood(t *testing.T) {
	d := newDesk(t)
	file := d.built()
	d.mesh.faults = []fault{{err: &mesh.Error{Kind: mesh.ErrPermanent, Status: 417, Code: "12"}}}
	report := d.step()
	stands := d.stand(file.ID)
	assert.Equal(t, export.Refused, stands.State)
	assert.Contains(t, stands.Problem, "no mailbox has the recipient's address")
	assert.Contains(t, stands.Problem, "code 12")
	assert.Zero(t, report.Next, "nothing more without a person")

	second := d.built()
	report = d.step()
	assert.Equal(t, 1, d.mesh.sends)
	assert.Contains(t, report.Problem, file.FileName, "later files wait behind it, since they may change what it made new")
	assert.Equal(t, export.Built, d.stand(second.ID).State)

	d.ledger.configuration["covid.to_mailbox"] = "X26DPS2"
	require.NoError(t, d.courier.Retry(t.Context(), file.ID))
	assert.Equal(t, "X26DPS2", d.stand(file.ID).To)
	d.step()
	assert.Equal(t, export.Accepted, d.stand(file.ID).State)
	assert.Equal(t, export.Accepted, d.stand(second.ID).State)
}

func TestRowsOfARefusedFileGoIntoANewOne(t *testing.T) {
	d := newDesk(t)
	file := d.built()
	d.mesh.faults = []fault{{err: failure(mesh.ErrPermanent)}}
	d.step()
	behind := d.built()
	require.NoError(t, d.courier.Resend(t.Context(), file.ID))
	assert.Equal(t, export.Refused, d.stand(behind.ID).State, "not sent, its rows go along")
	fresh, report, err := d.builder.Build(t.Context(), export.Covid, d.now.Add(time.Hour), nil)
	require.NoError(t, err)
	assert.Equal(t, 2, report.Rows)
	d.step()
	assert.Equal(t, export.Accepted, d.stand(fresh.ID).State)
	assert.Len(t, d.mesh.taken, 1)
	assert.Equal(t, capture.Conflict, capture.CodeOf(d.courier.Resend(t.Context(), file.ID)), "only once")
	assert.Equal(t, capture.Conflict, capture.CodeOf(d.courier.Retry(t.Context(), file.ID)), "its rows are elsewhere now")
	assert.Equal(t, capture.Conflict, capture.CodeOf(d.courier.Resend(t.Context(), fresh.ID)))
	assert.Equal(t, capture.NotFound, capture.CodeOf(d.courier.Resend(t.Context(), "none")))
}

func TestNotCollectedInTime(t *testing.T) {
	d := newDesk(t)
	file := d.built()
	d.step()
	d.mesh.status["M1"] = mesh.Tracking{Status: mesh.StatusUndeliverable, Code: "14"}
	d.after(5 * time.Minute)
	stands := d.stand(file.ID)
	assert.Equal(t, export.Refused, stands.State)
	assert.Contains(t, stands.Problem, "five days")
	assert.Equal(t, capture.Conflict, capture.CodeOf(d.courier.Retry(t.Context(), file.ID)), "MESH had it: the same file may not go again")
	later := d.built()
	d.step()
	assert.Equal(t, export.Accepted, d.stand(later.ID).State, "nothing waits behind it")
	require.NoError(t, d.courier.Resend(t.Context(), file.ID))
	assert.Len(t, d.ledger.waiting(d.now.Add(time.Hour)), 1)
}

func TestTakenTwiceIsForAPerson(t *testing.T) {
	d := newDesk(t)
	file := d.built()
	d.mesh.faults = []fault{{err: failure(mesh.ErrUnknownOutcome), taken: true}}
	d.step()
	d.mesh.taken[file.ID] = append(d.mesh.taken[file.ID], "M9")
	report := d.after(time.Minute)
	stands := d.stand(file.ID)
	assert.Equal(t, export.Held, stands.State)
	assert.Contains(t, stands.Problem, "service desk")
	require.Len(t, report.Changed, 1, "an alert")
	d.after(24 * time.Hour)
	assert.Equal(t, 1, d.mesh.sends)

	d.mesh.taken[file.ID] = d.mesh.taken[file.ID][:1] // the service desk has sorted it out
	require.NoError(t, d.courier.Unhold(t.Context(), file.ID))
	assert.Equal(t, export.Sending, d.stand(file.ID).State, "it may have left, so it is looked up")
	d.step()
	assert.Equal(t, export.Accepted, d.stand(file.ID).State)
	assert.Equal(t, 1, d.mesh.sends)
}

func TestLookUpThatIsNotOfferedIsForAPerson(t *testing.T) {
	d := newDesk(t)
	file := d.built()
	d.mesh.faults = []fault{{err: failure(mesh.ErrUnknownOutcome)}}
	d.step()
	d.mesh.down = failure(mesh.ErrPermanent)
	d.after(time.Minute)
	assert.Equal(t, export.Held, d.stand(file.ID).State)
	assert.Contains(t, d.stand(file.ID).Problem, "Let it go")
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

func TestFileFoundTakenTwiceBeforeItGoesAgain(t *testing.T) {
	d := newDesk(t)
	file := d.built()
	d.mesh.faults = []fault{{err: failure(mesh.ErrTemporary), taken: true}}
	d.step()
	d.mesh.taken[file.ID] = append(d.mesh.taken[file.ID], "M9")
	d.after(time.Minute)
	assert.Equal(t, export.Held, d.stand(file.ID).State)
	require.NoError(t, d.courier.Unhold(t.Context(), file.ID))
	assert.Equal(t, export.Sending, d.stand(file.ID).State, "looked up before anything else")
	d.built()
	d.step()
	assert.Equal(t, export.Held, d.stand(file.ID).State)
	assert.Equal(t, 2, d.mesh.sends, "what MESH has, even twice, holds nothing up")
}

func TestRetryLooksBeforeItSends(t *testing.T) {
	d := newDesk(t)
	file := d.built()
	d.mesh.faults = []fault{{err: failure(mesh.ErrPermanent), taken: true}}
	d.step()
	assert.Equal(t, export.Refused, d.stand(file.ID).State)
	require.NoError(t, d.courier.Retry(t.Context(), file.ID))
	d.step()
	assert.Equal(t, export.Accepted, d.stand(file.ID).State)
	assert.Equal(t, 1, d.mesh.sends)
}

func TestSettingsOfAnotherMailboxCannotTellWhatBecameOfAFile(t *testing.T) {
	d := newDesk(t)
	file := d.built()
	d.mesh.faults = []fault{{err: failure(mesh.ErrUnknownOutcome)}}
	d.step()
	d.ledger.configuration["mesh.mailbox"] = "X26OTHER"
	d.after(time.Hour)
	assert.Equal(t, export.Held, d.stand(file.ID).State)
	assert.Zero(t, d.mesh.asks)
	require.NoError(t, d.courier.Unhold(t.Context(), file.ID), "a person made sure")
	d.runDry()
	assert.Equal(t, export.Accepted, d.stand(file.ID).State)
	assert.Equal(t, 2, d.mesh.sends)
}

func TestDamagedFileIsNeverSent(t *testing.T) {
	d := newDesk(t)
	file := d.built()
	d.ledger.content[file.ID] = []byte("something else")
	d.step()
	assert.Equal(t, export.Held, d.stand(file.ID).State)
	assert.Contains(t, d.stand(file.ID).Problem, "damaged")
	assert.Zero(t, d.mesh.sends)
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

func TestReleasedFileIsMarkedAlsoAfterACrash(t *testing.T) {
	d := newDesk(t)
	file := d.built()
	d.mesh.faults = []fault{{err: failure(mesh.ErrPermanent)}}
	d.step()
	full := errors.New("disk full")
	d.ledger.failSave = func(export.Delivery) error { return full }
	require.ErrorIs(t, d.courier.Resend(t.Context(), file.ID), full)
	d.ledger.failSave = nil
	assert.Len(t, d.ledger.waiting(d.now.Add(time.Hour)), 1, "the rows are not lost")
	require.NoError(t, d.courier.Resend(t.Context(), file.ID))
	assert.Equal(t, "released", d.stand(file.ID).ProblemCode)
}

func TestJitterShortensThePause(t *testing.T) {
	d := newDesk(t)
	d.courier.Jitter = func() float64 { return 0.5 }
	d.built()
	d.mesh.down = failure(mesh.ErrOffline)
	assert.Equal(t, d.now.Add(22500*time.Millisecond), d.step().Next)
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

func TestHoldAndUnhold(t *testing.T) {
	d := newDesk(t)
	file := d.built()
	require.NoError(t, d.courier.Hold(t.Context(), file.ID, "wrong clinic"))
	d.step()
	assert.Zero(t, d.mesh.sends)
	assert.Equal(t, export.Held, d.stand(file.ID).State)
	assert.Equal(t, capture.Conflict, capture.CodeOf(d.courier.Hold(t.Context(), file.ID, "again")))
	assert.Equal(t, capture.Conflict, capture.CodeOf(d.courier.Retry(t.Context(), file.ID)))
	d.built()
	assert.Contains(t, d.step().Problem, "wait behind")
	require.NoError(t, d.courier.Unhold(t.Context(), file.ID))
	d.step()
	assert.Equal(t, export.Accepted, d.stand(file.ID).State)
	assert.Equal(t, capture.Conflict, capture.CodeOf(d.courier.Hold(t.Context(), file.ID, "too late")))
	assert.Equal(t, capture.Conflict, capture.CodeOf(d.courier.Unhold(t.Context(), file.ID)))
}

func TestNotSetUp(t *testing.T) {
	d := newDesk(t)
	file := d.built()
	delete(d.ledger.configuration, "mesh.url")
	assert.Contains(t, d.step().Problem, "not set up")
	d.ledger.configuration["mesh.url"] = "https://mesh.example"
	d.ledger.configuration["covid.to_mailbox"] = ""
	d.ledger.deliveries[0].To = ""
	assert.Contains(t, d.step().Problem, "No receiver")
	assert.Zero(t, d.mesh.handshakes)
	d.ledger.configuration["covid.to_mailbox"] = "X26DPS7"
	d.step()
	assert.Equal(t, "X26DPS7", d.stand(file.ID).To, "set after the file was built")
	assert.Equal(t, export.Accepted, d.stand(file.ID).State)
}

func TestTrainingStaysOnThisComputer(t *testing.T) {
	d := newDesk(t)
	d.built()
	d.ledger.configuration["training"] = "true"
	assert.Contains(t, d.step().Problem, "training")
	assert.Zero(t, d.mesh.handshakes)
	for _, address := range []string{"http://localhost:8700", "http://127.0.0.1:8700", "http://[::1]:8700"} {
		d.ledger.configuration["mesh.url"] = address
		assert.Empty(t, d.step().Problem, address)
	}
	for _, address := range []string{"https://msg.intspineservices.nhs.uk", "https://localhost.example", "http://127.0.0.1.example", "::"} {
		_, err := export.NewPost(capture.Configuration{"training": "true", "mesh.url": address}, "1.0")
		assert.Equal(t, capture.Refused, capture.CodeOf(err), address)
	}
	_, err := export.NewPost(capture.Configuration{"mesh.url": "https://msg.intspineservices.nhs.uk", "mesh.password": "hush hush"}, "1.0")
	require.ErrorIs(t, err, mesh.ErrPermanent)
	assert.NotContains(t, err.Error(), "hush")
	_, err = export.NewPost(capture.Configuration{
		"training": "true", "mesh.url": "http://localhost:8700", "mesh.mailbox": "X26DEL", "mesh.password": "p", "mesh.shared_key": "k"}, "1.0")
	require.NoError(t, err)
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
