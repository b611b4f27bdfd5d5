package ui_test

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/store"
	"deltoid/ui"
)

// slow makes the window wait for storage until the test lets it go on.
func (s *stage) slow() (letGo func()) {
	var waiting []func()
	s.app.Bridge = ui.Bridge{
		Away: func(work func()) { waiting = append(waiting, work) },
		Back: func(show func()) { show() },
	}
	return func() {
		s.app.Bridge = ui.DirectBridge()
		for _, work := range waiting {
			work()
		}
	}
}

func TestASecondPressWhileSavingSavesNothingTwice(t *testing.T) {
	s := newStage(t).signIn()
	s.toCheck("sam")
	letGo := s.slow()
	s.press(fyne.KeyReturn, fyne.KeyReturn, fyne.KeyEscape, fyne.KeyReturn)
	s.at("Check and confirm")
	letGo()
	s.at("Saved")
	require.Len(t, s.today(), 1)
}

func TestLeavingWhileSavingWaitsForIt(t *testing.T) {
	s := newStage(t).signIn()
	s.toScreening("sam")
	s.letters("22222")
	letGo := s.slow()
	s.enter()
	s.command("Deliveries")
	s.at("Clinical screening")
	letGo()
	s.at("Deliveries")
	drafts := s.drafts()
	require.Len(t, drafts, 1)
	assert.Len(t, drafts[0].Screening.Answers, 5)
}

func TestAnswersThatComeLateDoNotReplaceNewerOnes(t *testing.T) {
	s := newStage(t).signIn()
	letGo := s.slow()
	s.letters("sam")
	s.enter() // before any answer has come
	s.at("Board")
	letGo()
	s.at("SAMPLETON, Jo, Is this the right person?")
}

func TestCloseKeepsTheDraft(t *testing.T) {
	s := newStage(t).signIn()
	s.toScreening("sam")
	s.letters("22")
	closed := false
	s.app.Close(func() { closed = true })
	assert.True(t, closed)
	drafts := s.drafts()
	require.Len(t, drafts, 1)
	assert.Len(t, drafts[0].Screening.Answers, 2, "also a page that is half answered")
}

// full is a store whose disk is full until the test frees some space.
type full struct {
	*store.Store
	free bool
}

func (f *full) SaveDraft(ctx context.Context, visit capture.Encounter) error {
	if !f.free {
		return &capture.Error{Code: capture.Environment, Message: "The disk is full. Nothing was saved; what you typed is still on the screen. Free some space, then save again"}
	}
	return f.Store.SaveDraft(ctx, visit)
}

func TestAFullDiskLosesNothingAndEnterTriesAgain(t *testing.T) {
	s := newStage(t).signIn()
	s.letters("sam")
	s.enter()
	disk := &full{Store: s.store}
	s.desk.Store = disk
	s.choose("1")
	s.at("Error: Deltoid: SAMPLETON, Jo, Is this the right person?")
	s.golden("identity-disk-full")
	disk.free = true
	s.enter()
	s.at("Earlier COVID-19 vaccinations")
	assert.True(t, s.drafts()[0].IdentityConfirmed)
}
