package export_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/export"
	"deltoid/export/mesh"
)

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
	stopped := d.built()
	require.NoError(t, d.courier.Hold(t.Context(), stopped.ID, "wrong clinic"))
	require.NoError(t, d.courier.Resend(t.Context(), file.ID))
	assert.Equal(t, export.Refused, d.stand(behind.ID).State, "not sent, its rows go along")
	fresh, report, err := d.builder.Build(t.Context(), export.Covid, d.now.Add(time.Hour), nil)
	require.NoError(t, err)
	assert.Equal(t, 3, report.Rows)
	d.step()
	assert.Equal(t, export.Refused, d.stand(stopped.ID).State)
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
	d.mesh.lookFails = failure(mesh.ErrPermanent)
	d.after(time.Minute)
	assert.Equal(t, export.Held, d.stand(file.ID).State)
	assert.Contains(t, d.stand(file.ID).Problem, "enter the answer")

	require.NoError(t, d.courier.Resolve(t.Context(), file.ID, ""), "the service desk says it was not taken")
	assert.Equal(t, capture.Conflict, capture.CodeOf(d.courier.Resolve(t.Context(), file.ID, "M7")), "only once")
	d.step()
	assert.Equal(t, export.Accepted, d.stand(file.ID).State, "although the look-up is not offered")
	assert.Equal(t, 2, d.mesh.sends)
}

func TestServiceDeskKnowsTheMessage(t *testing.T) {
	d := newDesk(t)
	file := d.built()
	d.mesh.faults = []fault{{err: failure(mesh.ErrUnknownOutcome), taken: true}}
	d.step()
	d.mesh.lookFails = failure(mesh.ErrPermanent)
	d.after(time.Minute)
	require.NoError(t, d.courier.Resolve(t.Context(), file.ID, "M1"))
	d.mesh.status["M1"] = mesh.Tracking{Status: mesh.StatusAcknowledged}
	d.step()
	assert.Equal(t, export.Collected, d.stand(file.ID).State)
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
		_, err := export.NewPost(capture.Configuration{"training": "true", "mesh.url": address}, "1.0", time.Now)
		assert.Equal(t, capture.Refused, capture.CodeOf(err), address)
	}
	_, err := export.NewPost(capture.Configuration{"mesh.url": "https://msg.intspineservices.nhs.uk", "mesh.password": "hush hush"}, "1.0", time.Now)
	assert.Equal(t, capture.Invalid, capture.CodeOf(err))
	assert.NotContains(t, err.Error(), "hush")
	_, err = export.NewPost(capture.Configuration{
		"training": "true", "mesh.url": "http://localhost:8700", "mesh.mailbox": "X26DEL", "mesh.password": "p", "mesh.shared_key": "k"}, "1.0", time.Now)
	require.NoError(t, err)
}
