package ui_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
)

// asked makes a record one whose rules ask to watch for 15 minutes.
func asked(e *capture.Event) {
	e.Decision = capture.Decision{Outcome: capture.Proceed, Observe: 15, Reasons: []capture.Reason{{Sentence: "Anaphylaxis to a food before: watch for 15 minutes.", Observe: 15}}}
}

func TestObservation(t *testing.T) {
	s := newStage(t).signIn()
	s.command("Observation")
	s.at("Observation")
	s.golden("observation-none")
	s.record(1, 12, asked)
	s.record(2, 4, asked)
	s.record(3, 1, asked)
	s.record(4, 2, func(*capture.Event) {})
	s.command("Observation")
	s.golden("observation")
	s.pass(2)
	s.press(fyne.KeyHome) // somebody is there
	s.pass(2)
	s.golden("observation-over")

	s.enter() // to what can be done for the first
	s.enter() // they are well
	people, err := s.desk.Watched(t.Context())
	require.NoError(t, err)
	require.Len(t, people, 3)
	assert.False(t, people[2].Ended.LeftEarly)

	s.press(fyne.KeyHome, fyne.KeyReturn, fyne.KeyReturn)
	s.at("SAMPLETON, Jo leaves early")
	s.enter()
	s.at("Error: Deltoid: SAMPLETON, Jo leaves early")
	s.golden("leave-early-refused")
	s.enter()
	s.letters("Her lift was waiting; told whom to call")
	s.enter()
	s.at("Observation")
	s.golden("observation-ended")
	people, err = s.desk.Watched(t.Context())
	require.NoError(t, err)
	assert.Equal(t, "Her lift was waiting; told whom to call", people[2].Ended.Note)
	assert.True(t, people[2].Ended.LeftEarly)
}

func TestAReactionDuringObservation(t *testing.T) {
	s := newStage(t).signIn()
	s.record(1, 3, asked)
	s.command("Observation")
	s.press(fyne.KeyReturn, fyne.KeyTab, fyne.KeyReturn)
	s.at("Reaction of SAMPLETON, Joan")
	s.press(fyne.KeyEscape)
	s.at("Observation")
	s.press(fyne.KeyReturn, fyne.KeyTab, fyne.KeyTab, fyne.KeyReturn)
	s.at("SAMPLETON, Joan, record")
	s.press(fyne.KeyEscape)
	s.at("Observation")
}

func TestWhoWaitsIsInSightOnEveryScreen(t *testing.T) {
	s := newStage(t).signIn()
	s.record(1, 14, asked)
	s.pass(1)
	s.golden("board-observation")
}
