package profile_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/cmd/internal/profile"
	"deltoid/store"
)

var newcomer = capture.Staff{UserName: "e.giver", Forename: "Eve", Surname: "Giver", Registration: capture.Registration{Body: "nmc", Number: "99X9999E"}}

const newPhrase = "staple stable able"

// signsIn tells whether a passphrase opens the records.
func signsIn(t *testing.T, dir string, c *clock, userName, passphrase string) bool {
	t.Helper()
	locked, err := profile.Open(t.Context(), dir, profile.Options{Now: c.now})
	require.NoError(t, err)
	p, err := locked.Unlock(t.Context(), userName, passphrase)
	if err != nil {
		require.ErrorIs(t, err, store.ErrWrongPassphrase)
		return false
	}
	require.NoError(t, p.Close())
	return true
}

func colleague(t *testing.T, p *profile.Profile, userName string) profile.Colleague {
	t.Helper()
	team, err := p.Team(t.Context())
	require.NoError(t, err)
	for _, member := range team {
		if member.UserName == userName {
			return member
		}
	}
	return profile.Colleague{}
}

func TestColleagueComesAndGoes(t *testing.T) {
	dir, c := t.TempDir(), newClock()
	p := mustTrain(t, dir, c)
	added, err := p.AddColleague(t.Context(), newcomer, newPhrase)
	require.NoError(t, err)
	assert.NotEmpty(t, added.ID)
	assert.True(t, colleague(t, p, "e.giver").SignsIn)
	assert.True(t, signsIn(t, dir, c, "e.giver", newPhrase))

	_, err = p.RemoveColleague(t.Context(), "e.giver")
	require.NoError(t, err)
	assert.False(t, signsIn(t, dir, c, "e.giver", newPhrase))
	gone := colleague(t, p, "e.giver")
	assert.Equal(t, added.ID, gone.ID, "what they recorded names them")
	assert.False(t, gone.SignsIn)

	_, err = p.GivePassphrase(t.Context(), "e.giver", newPhrase)
	require.NoError(t, err)
	assert.True(t, signsIn(t, dir, c, "e.giver", newPhrase), "and back again")
}

func TestNobodyIsHalfAdded(t *testing.T) {
	p := mustTrain(t, t.TempDir(), newClock())
	_, err := p.AddColleague(t.Context(), capture.Staff{UserName: "two words", Forename: "Eve", Surname: "Giver"}, "short")
	assert.Len(t, capture.ProblemsOf(err), 2, "the passphrase is among the faults")
	_, err = p.AddColleague(t.Context(), newcomer, "1234567")
	assert.ErrorContains(t, err, "at least 8 characters")
	assert.Empty(t, colleague(t, p, "e.giver"))
}

func TestTeamIsForAdministrators(t *testing.T) {
	dir, c := t.TempDir(), newClock()
	lead := mustTrain(t, dir, c)
	p := mustOpen(t, dir, c, "c.recorder")
	_, err := p.AddColleague(t.Context(), newcomer, newPhrase)
	assert.Equal(t, capture.Forbidden, capture.CodeOf(err))
	_, err = p.RemoveColleague(t.Context(), "b.pharmacist")
	assert.Equal(t, capture.Forbidden, capture.CodeOf(err))
	_, err = p.GivePassphrase(t.Context(), "b.pharmacist", newPhrase)
	assert.Equal(t, capture.Forbidden, capture.CodeOf(err))
	_, err = p.GivePassphrase(t.Context(), "c.recorder", newPhrase)
	require.NoError(t, err, "one's own is for everybody")
	assert.True(t, signsIn(t, dir, c, "c.recorder", newPhrase))
	assert.False(t, signsIn(t, dir, c, "c.recorder", profile.TrainingPassphrase))

	_, err = lead.RemoveColleague(t.Context(), "a.nurse")
	assert.Equal(t, capture.Refused, capture.CodeOf(err), "an administrator is always left")
	_, err = lead.RemoveColleague(t.Context(), "nobody")
	assert.Equal(t, capture.NotFound, capture.CodeOf(err))
}

func TestRecover(t *testing.T) {
	dir, c := t.TempDir(), newClock()
	p, key, err := profile.CreateTraining(t.Context(), dir, profile.Options{Now: c.now})
	require.NoError(t, err)
	require.NoError(t, p.Close())
	c.at = c.at.Add(time.Hour)
	locked, err := profile.Open(t.Context(), dir, profile.Options{Now: c.now})
	require.NoError(t, err)
	_, err = locked.Recover(t.Context(), "not a key", "a.nurse", newPhrase)
	assert.Equal(t, capture.Invalid, capture.CodeOf(err))
	_, err = locked.Recover(t.Context(), key, "nobody", newPhrase)
	assert.Equal(t, capture.NotFound, capture.CodeOf(err))
	_, err = locked.Recover(t.Context(), key, "a.nurse", newPhrase)
	require.NoError(t, err)
	assert.True(t, signsIn(t, dir, c, "a.nurse", newPhrase))
	assert.False(t, signsIn(t, dir, c, "a.nurse", profile.TrainingPassphrase))
	assert.True(t, signsIn(t, dir, c, "b.pharmacist", profile.TrainingPassphrase), "nobody else's is changed")
}
