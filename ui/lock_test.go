package ui_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
)

const cleosPassphrase = "four other odd words"

// withCleo gives the recorder a passphrase.
func (s *stage) withCleo() *stage {
	s.t.Helper()
	staff, err := s.store.Staff(s.t.Context())
	require.NoError(s.t, err)
	for _, member := range staff {
		if member.UserName == "c.recorder" {
			require.NoError(s.t, s.store.SetPassphrase(s.t.Context(), member.ID, cleosPassphrase, capture.AuditEntry{At: now}))
		}
	}
	return s
}

func TestALockKeepsTheWork(t *testing.T) {
	s := newStage(t).signIn()
	s.toScreening("sam")
	s.letters("22")
	s.command("Lock")
	s.at("Locked")
	assert.NotContains(t, s.app.Window.Title(), "SAMPLETON")
	s.golden("lock")
	require.Len(t, s.drafts(), 1)
	assert.Len(t, s.drafts()[0].Screening.Answers, 2, "put down")
	s.command("Board")
	s.command("Records")
	s.at("Locked")
	s.letters("wrong")
	s.enter()
	s.at("Error: Deltoid: Locked")
	s.golden("lock-refused")
	s.enter()
	s.letters(passphrase)
	s.enter()
	s.at("Clinical screening, page 1")
	s.letters("222") // the answers before are still there
	s.enter()
	s.at("Clinical screening, page 2")
}

func TestAColleagueTakesOverASharedComputer(t *testing.T) {
	s := newStage(t).withCleo().signIn()
	s.toScreening("sam")
	s.letters("22")
	s.command("Lock")
	s.app.Window.Canvas().FocusPrevious() // from the passphrase to the list
	s.letters("2")
	s.golden("lock-colleague")
	s.enter() // to the passphrase
	s.letters(cleosPassphrase)
	s.enter()
	s.at("Board")
	assert.Equal(t, "c.recorder", s.desk.User().UserName)
	s.golden("board-colleague")

	s.command("Lock")
	s.app.Window.Canvas().FocusPrevious()
	s.letters("2")
	s.enter()
	s.letters(passphrase)
	s.enter()
	s.at("Clinical screening, page 1")
	assert.Equal(t, "a.nurse", s.desk.User().UserName, "and comes back to her own work")
}

func TestComingBackWithAPIN(t *testing.T) {
	s := newStage(t).signIn()
	s.command("Set your PIN")
	s.at("Set your PIN")
	s.golden("set-pin")
	s.letters("1234")
	s.tabs(1)
	s.letters("1234")
	s.enter()
	s.at("Error: Deltoid: Set your PIN")
	s.golden("set-pin-refused")
	s.enter()
	s.replace("7391")
	s.tabs(1)
	s.replace("7392")
	s.enter()
	s.at("Error")
	s.enter()
	s.replace("7391")
	s.enter()
	s.at("Board")
	s.enter() // closes the notice
	s.command("Lock")
	s.golden("lock-pin")
	for range capture.WrongPINs {
		s.at("Locked")
		s.letters("7392")
		s.enter()
		s.at("Error")
		s.enter()
	}
	s.golden("lock-pin-used-up")
	s.letters("7391")
	s.enter()
	s.at("Error") // only the passphrase helps now
	s.enter()
	s.letters(passphrase)
	s.enter()
	s.at("Board")
	s.command("Lock")
	s.letters("7391")
	s.enter()
	s.at("Board")
}

func TestAnIdleWindowLocks(t *testing.T) {
	s := newStage(t).signIn()
	s.pass(3)
	s.letters("s") // somebody is there
	s.pass(4)
	s.golden("idle-warning")
	s.letters("a")
	s.pass(3)
	s.at("Board")
	s.pass(2)
	s.at("Locked")
	s.pass(30)
	s.at("Locked")
	s.letters(passphrase)
	s.enter()
	s.at("Board")
}

func TestALaptopThatSleptLocksAtOnce(t *testing.T) {
	s := newStage(t).signIn()
	s.clock = s.clock.AddDate(0, 0, 1)
	s.pass(1)
	s.at("Locked")
}

func TestAWindowThatNeverLocks(t *testing.T) {
	s := newStage(t)
	require.NoError(t, s.store.SaveConfiguration(t.Context(), capture.Configuration{capture.LockMinutes: "0"}, capture.AuditEntry{At: now}))
	s.signIn()
	s.pass(60)
	s.at("Board")
}

func TestAWindowLocksThoughTheVisitCannotBeSaved(t *testing.T) {
	s := newStage(t).signIn()
	s.toScreening("sam")
	s.letters("22")
	s.desk.Store = fullDisk{s.store}
	s.command("Lock")
	s.at("Locked")
	s.golden("lock-not-saved")
	s.desk.Store = s.store
	s.letters(passphrase)
	s.enter()
	s.at("Clinical screening, page 1")
	s.letters("222")
	s.enter()
	s.at("Clinical screening, page 2")
	assert.Len(t, s.drafts()[0].Screening.Answers, 5, "nothing was lost")
}

// fullDisk is a store that takes no drafts.
type fullDisk struct{ capture.Store }

func (fullDisk) SaveDraft(context.Context, capture.Encounter) error { return errFull }

var errFull = &capture.Error{Code: capture.Environment, Message: "The disk is full. Nothing was changed", Err: errors.New("no space")}
