package profile_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/cmd/internal/profile"
	"deltoid/export"
	"deltoid/store"
)

// clock stands still until a test moves it.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func newClock() *clock { return &clock{time.Date(2022, 5, 12, 9, 0, 0, 0, time.UTC)} }

func mustTrain(t *testing.T, dir string, c *clock) *profile.Profile {
	t.Helper()
	p, recovery, err := profile.CreateTraining(t.Context(), dir, profile.Options{Now: c.now})
	require.NoError(t, err)
	require.NotEmpty(t, recovery)
	t.Cleanup(func() { _ = p.Close() })
	return p
}

func mustOpen(t *testing.T, dir string, c *clock, userName string) *profile.Profile {
	t.Helper()
	locked, err := profile.Open(t.Context(), dir, profile.Options{Now: c.now})
	require.NoError(t, err)
	p, err := locked.Unlock(t.Context(), userName, profile.TrainingPassphrase)
	require.NoError(t, err)
	t.Cleanup(func() { _ = p.Close() })
	return p
}

func TestTrainingProfile(t *testing.T) {
	dir, c := t.TempDir(), newClock()
	require.NoError(t, mustTrain(t, dir, c).Close())

	locked, err := profile.Open(t.Context(), dir, profile.Options{Now: c.now})
	require.NoError(t, err)
	require.Equal(t, []string{"a.nurse", "b.pharmacist", "c.recorder"}, locked.UserNames())
	require.True(t, locked.MarkedTraining())
	for _, name := range locked.UserNames() {
		require.NoError(t, mustOpen(t, dir, c, name).Close(), name)
	}

	p := mustOpen(t, dir, c, "a.nurse")
	assert.True(t, p.Training)
	assert.True(t, p.Staff.Admin)
	clinic, open := p.Desk.Clinic()
	require.True(t, open)
	assert.Equal(t, "RX8XX", clinic.Site.Code)
	assert.Equal(t, "comirnaty30_rtu", clinic.Product)
	assert.NotEmpty(t, clinic.BatchID)

	team, err := p.Store.Staff(t.Context())
	require.NoError(t, err)
	for _, staff := range team {
		assert.NoError(t, staff.Check(p.Desk.Edition()).Err(), staff.UserName)
		body, known := p.Desk.Edition().Body(staff.Registration.Body)
		assert.Equal(t, staff.UserName != "c.recorder", known, staff.UserName)
		assert.True(t, !known || body.Plausible(staff.Registration.Number), staff.UserName)
	}
}

func TestTrainingBatches(t *testing.T) {
	for _, at := range []time.Time{newClock().at, time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)} {
		p := mustTrain(t, t.TempDir(), &clock{at})
		today := p.Desk.Today()
		diseases := map[string]bool{}
		for _, product := range p.Desk.Edition().Products() {
			usable, err := p.Desk.Batches(t.Context(), product.Key)
			require.NoError(t, err)
			diseases[product.Disease] = diseases[product.Disease] || len(usable) > 0
		}
		for disease, vaccine := range diseases {
			assert.True(t, vaccine, "there is a vaccine to practise with against %s", disease)
		}
		all, err := p.Store.Batches(t.Context())
		require.NoError(t, err)
		ends := map[int]int{}
		for _, batch := range all {
			ends[batch.Expiry.DaysSince(today)]++
		}
		assert.Equal(t, 1, ends[3], "one is to be used up in three days")
		assert.Equal(t, 1, ends[-1], "one expired yesterday")
	}
}

func TestTrainingCohortIsFound(t *testing.T) {
	p := mustTrain(t, t.TempDir(), newClock())
	person := profile.Cohort(p.Desk.Today())[7]
	found, err := p.Store.PersonByNHSNumber(t.Context(), person.NHSNumber)
	require.NoError(t, err)
	assert.Equal(t, person.Name(), found.Name())
	assert.NotEmpty(t, p.Desk.Find(person.Surname, 10))
}

func TestLiveProfile(t *testing.T) {
	dir, c := t.TempDir(), newClock()
	admin := capture.Staff{UserName: "d.lead", Forename: "Dana", Surname: "Lead"}
	p, recovery, err := profile.Create(t.Context(), dir, profile.Options{Now: c.now}, admin, "a long passphrase")
	require.NoError(t, err)
	defer p.Close()
	assert.NotEmpty(t, recovery)
	assert.True(t, p.Staff.Admin)
	assert.False(t, p.Training)
	practice, err := p.StartPractice(t.Context(), 0)
	require.NoError(t, err)
	assert.Nil(t, practice, "live work has no practice server")

	_, _, err = profile.Create(t.Context(), dir, profile.Options{Now: c.now}, admin, "a long passphrase")
	assert.Equal(t, capture.Conflict, capture.CodeOf(err), "a profile is never made over another")
}

func TestCreateTellsEveryFault(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	_, _, err := profile.Create(t.Context(), dir, profile.Options{}, capture.Staff{UserName: "two words", Registration: capture.Registration{Body: "xyz"}}, "a long passphrase")
	require.Len(t, capture.ProblemsOf(err), 5)
	_, err = os.Stat(dir)
	require.ErrorIs(t, err, os.ErrNotExist, "nothing is made")
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	_, err := profile.Open(t.Context(), t.TempDir(), profile.Options{})
	require.ErrorIs(t, err, store.ErrMissing)

	dir := t.TempDir()
	require.NoError(t, os.WriteFile(profile.RecordsPath(dir), []byte("somebody's shopping list, long enough to have been a database header"), 0o600))
	_, err = profile.Open(t.Context(), dir, profile.Options{})
	require.ErrorIs(t, err, store.ErrForeign)

	dir, c := t.TempDir(), newClock()
	require.NoError(t, mustTrain(t, dir, c).Close())
	c.at = c.at.Add(-24 * time.Hour)
	locked, err := profile.Open(t.Context(), dir, profile.Options{Now: c.now})
	require.NoError(t, err)
	_, err = locked.Unlock(t.Context(), "a.nurse", "wrong")
	require.ErrorIs(t, err, store.ErrWrongPassphrase)
	_, err = locked.Unlock(t.Context(), "a.nurse", profile.TrainingPassphrase)
	require.ErrorIs(t, err, store.ErrClock)
}

func TestSettings(t *testing.T) {
	dir, c := t.TempDir(), newClock()
	p := mustTrain(t, dir, c)
	for key, test := range map[string]struct {
		value string
		code  capture.Code
	}{
		"nothing.such":    {"1", capture.NotFound},
		"training":        {"false", capture.Refused},
		"mesh.url":        {"https://mesh.example", capture.Refused},
		"covid.delimiter": {";", capture.Invalid},
	} {
		err := p.ChangeSetting(t.Context(), key, test.value)
		assert.Equal(t, test.code, capture.CodeOf(err), "%s: %v", key, err)
	}
	require.NoError(t, p.ChangeSetting(t.Context(), "mesh.url", "http://127.0.0.1:8700"))
	require.NoError(t, p.ChangeSetting(t.Context(), "mesh.url", ""))
	configuration, err := p.Store.Configuration(t.Context())
	require.NoError(t, err)
	assert.NotContains(t, configuration, "mesh.url", "the default is not kept")

	recorder := mustOpen(t, dir, c, "c.recorder")
	assert.Equal(t, capture.Forbidden, capture.CodeOf(recorder.ChangeSetting(t.Context(), "retro.max_days", "10")))
}

// decline records that somebody of the cohort did not want the vaccine.
func decline(t *testing.T, p *profile.Profile) capture.Event {
	t.Helper()
	person, err := p.Store.PersonByNHSNumber(t.Context(), profile.Cohort(p.Desk.Today())[60].NHSNumber)
	require.NoError(t, err)
	encounter, err := p.Desk.Start(t.Context(), person.ID)
	require.NoError(t, err)
	encounter.IdentityConfirmed = true
	encounter.Plan.Kind, encounter.Plan.Eligibility = "primary1", "age"
	encounter.NotGiven = &capture.NotGiven{Choice: "declined"}
	event, err := p.Desk.Complete(t.Context(), encounter)
	require.NoError(t, err)
	return event
}

func built(t *testing.T, p *profile.Profile) export.Delivery {
	t.Helper()
	decline(t, p)
	delivery, report, err := p.Builder.Build(t.Context(), export.Covid, p.Desk.Today().AddDays(1).Start(), nil)
	require.NoError(t, err)
	require.Equal(t, 1, report.Rows, report.HeldBack)
	return delivery
}

func stateOf(t *testing.T, p *profile.Profile, id string) export.State {
	t.Helper()
	delivery, err := p.Store.Delivery(t.Context(), id)
	require.NoError(t, err)
	return delivery.State
}

func TestPracticeCollects(t *testing.T) {
	p := mustTrain(t, t.TempDir(), newClock())
	delivery := built(t, p)
	practice, err := p.StartPractice(t.Context(), 0)
	require.NoError(t, err)
	require.Contains(t, practice.URL(), "127.0.0.1")
	again, err := p.StartPractice(t.Context(), 0)
	require.NoError(t, err)
	require.Same(t, practice, again, "there is one")

	_, err = p.Courier.Step(t.Context())
	require.NoError(t, err)
	require.Equal(t, export.Accepted, stateOf(t, p, delivery.ID))
	files, err := practice.Collect()
	require.NoError(t, err)
	require.Equal(t, 1, files)
	_, err = p.Courier.Step(t.Context())
	require.NoError(t, err)
	require.Equal(t, export.Collected, stateOf(t, p, delivery.ID))
}

func TestPracticeRunsByItself(t *testing.T) {
	p, _, err := profile.CreateTraining(t.Context(), t.TempDir(), profile.Options{})
	require.NoError(t, err)
	defer p.Close()
	delivery := built(t, p)
	_, err = p.StartPractice(t.Context(), time.Millisecond)
	require.NoError(t, err)
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	err = p.Courier.Run(ctx, nil, func(export.Report) {
		if stateOf(t, p, delivery.ID) == export.Collected {
			stop()
		}
	})
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, export.Collected, stateOf(t, p, delivery.ID))
}

func TestPracticeStartedAnew(t *testing.T) {
	dir, c := t.TempDir(), newClock()
	p := mustTrain(t, dir, c)
	accepted := built(t, p)
	_, err := p.StartPractice(t.Context(), 0)
	require.NoError(t, err)
	_, err = p.Courier.Step(t.Context())
	require.NoError(t, err)
	require.Equal(t, export.Accepted, stateOf(t, p, accepted.ID))
	require.NoError(t, p.Close())

	p = mustOpen(t, dir, c, "a.nurse")
	_, err = p.StartPractice(t.Context(), 0)
	require.NoError(t, err)
	require.Equal(t, export.Collected, stateOf(t, p, accepted.ID), "the receiver would have been next")
}

func TestWithoutPracticeNothingLeaves(t *testing.T) {
	p := mustTrain(t, t.TempDir(), newClock())
	delivery := built(t, p)
	report, err := p.Courier.Step(t.Context())
	require.NoError(t, err)
	require.NotEmpty(t, report.Problem)
	require.Equal(t, export.Built, stateOf(t, p, delivery.ID))
}

func TestOneProgramSends(t *testing.T) {
	dir, c := t.TempDir(), newClock()
	window := mustTrain(t, dir, c)
	delivery := built(t, window)
	require.NoError(t, window.TakeSending())
	require.NoError(t, window.TakeSending(), "it may be asked for again")

	other := mustOpen(t, dir, c, "b.pharmacist")
	require.ErrorIs(t, other.TakeSending(), profile.ErrSendsElsewhere)
	_, err := other.StartPractice(t.Context(), 0)
	require.NoError(t, err)
	report, err := other.Courier.Step(t.Context())
	require.NoError(t, err)
	require.Contains(t, report.Problem, "sends from there by itself")
	require.Equal(t, export.Built, stateOf(t, other, delivery.ID))

	require.NoError(t, window.Close())
	_, err = other.Courier.Step(t.Context())
	require.NoError(t, err)
	require.Equal(t, export.Accepted, stateOf(t, other, delivery.ID), "the next one takes over")
}
