package ui_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/capture"
)

func TestListsByInitials(t *testing.T) {
	s := newStage(t).signIn()
	s.aDay()
	s.command("Board")
	s.letters("sam")
	s.command("Names or initials")
	s.golden("board-initials")
	s.command("Records")
	s.golden("records-initials")
	s.command("Names or initials")
	s.command("Board")
	s.letters("sam")
	s.enter()
	s.at("SAMPLETON, Jo")
}

func TestANewClinicBeginsWithTheNoteOfTheLast(t *testing.T) {
	s := newStage(t)
	clinic, _ := s.desk.Clinic()
	clinic.ClosedAt, clinic.HandOver = now.Add(-16*time.Hour), "Two vials are in the fridge. The printer is out of paper."
	require.NoError(t, s.store.SaveClinic(t.Context(), clinic, capture.AuditEntry{At: now}))
	s.letters(passphrase)
	s.enter()
	s.at("Open the clinic")
	s.golden("clinic-note")
}
