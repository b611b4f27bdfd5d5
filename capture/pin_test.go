package capture_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
)

func TestPINsThatAreRefused(t *testing.T) {
	d := newDesk(t)
	for _, pin := range []string{"", "123", "123456789", "12a4", "0000", "1234", "6543"} {
		assert.Equal(t, "pin", capture.ProblemsOf(d.SetPIN(t.Context(), pin))[0].Field, pin)
	}
	assert.False(t, d.MayUsePIN(d.User()))
}

func TestComingBackWithAPIN(t *testing.T) {
	d := newDesk(t)
	require.NoError(t, d.SetPIN(t.Context(), "7391"))
	nurse := d.User()
	assert.NotContains(t, nurse.PINHash, "7391")
	assert.True(t, d.MayUsePIN(nurse))

	require.NoError(t, d.SignIn(t.Context(), d.store.staff[1]))
	assert.Equal(t, capture.Refused, capture.CodeOf(d.SwitchByPIN(t.Context(), "recorder", "7391")), "no PIN, no switch")
	assert.ErrorContains(t, d.SwitchByPIN(t.Context(), "nurse", "7392"), "4 tries are left")
	require.NoError(t, d.SwitchByPIN(t.Context(), "nurse", "7391"))
	assert.Equal(t, "nurse", d.User().ID)
	last := d.store.audit[len(d.store.audit)-1]
	assert.Equal(t, "staff.switch", last.Action)
	assert.Equal(t, "nurse", last.By)
}

func TestTooManyWrongPINsAskForThePassphrase(t *testing.T) {
	d := newDesk(t)
	require.NoError(t, d.SetPIN(t.Context(), "7391"))
	for range capture.WrongPINs {
		require.Error(t, d.SwitchByPIN(t.Context(), "nurse", "0001"))
	}
	assert.ErrorContains(t, d.SwitchByPIN(t.Context(), "nurse", "7391"), "Enter the passphrase", "the right one helps no more")
	require.NoError(t, d.SignIn(t.Context(), d.User()))
	require.NoError(t, d.SwitchByPIN(t.Context(), "nurse", "7391"))
}

func TestThePassphraseIsAskedForEveryDay(t *testing.T) {
	d := newDesk(t)
	require.NoError(t, d.SetPIN(t.Context(), "7391"))
	d.Now = func() time.Time { return now.AddDate(0, 0, 1) }
	assert.False(t, d.MayUsePIN(d.User()))
	assert.Equal(t, capture.Refused, capture.CodeOf(d.SwitchByPIN(t.Context(), "nurse", "7391")))
}
