package ui_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"
)

func TestSignInScreen(t *testing.T) {
	s := newStage(t)
	s.golden("signin")
	s.letters("wrong words")
	s.press(fyne.KeyReturn)
	s.golden("signin-refused")
}

// answerNo answers every question of the page with no, and goes on.
func (s *stage) answerNo() {
	for range 5 {
		s.letters("2")
	}
	s.press(fyne.KeyReturn)
}

func TestJourneyScreens(t *testing.T) {
	s := newStage(t).signIn()
	s.golden("board")
	s.letters("sam")
	s.golden("board-found")
	s.press(fyne.KeyReturn)
	s.at("Is this the right person?")
	s.golden("identity")
	s.press(fyne.KeyReturn)
	s.golden("identity-refused")
	s.press(fyne.KeyReturn)
	s.letters("1")
	s.press(fyne.KeyReturn)
	s.at("Earlier COVID-19 vaccinations")
	s.golden("status")
	s.letters("1")
	s.press(fyne.KeyReturn)
	s.at("Which dose is due?")
	s.golden("dose")
	s.press(fyne.KeyReturn)
	s.at("Why are they offered it?")
	s.golden("eligible")
	s.letters("1")
	s.press(fyne.KeyReturn)
	s.at("Clinical screening, page 1")
	s.golden("screening")
	s.letters("1")
	s.golden("screening-followup")
	s.press(fyne.KeyReturn)
	s.golden("screening-refused")
	s.press(fyne.KeyReturn)
	s.letters("2")
	for page := 0; page < 8; page++ {
		if title := s.app.Window.Title(); !contains(title, "Clinical screening") {
			break
		}
		s.answerNo()
	}
	s.at("What screening says")
	s.golden("judgement")
	s.press(fyne.KeyReturn)
	s.at("Consent")
	s.golden("consent")
	s.letters("1")
	s.press(fyne.KeyReturn)
	s.at("Give the vaccine")
	s.golden("give")
	s.letters("1")
	s.press(fyne.KeyReturn)
	s.at("Check and confirm")
	s.golden("check")
	s.press(fyne.KeyReturn)
	s.at("Saved")
	s.golden("saved")
	events, err := s.store.EventsOn(t.Context(), s.desk.Today())
	require.NoError(t, err)
	require.Len(t, events, 1)
	s.press(fyne.KeyReturn)
	s.at("Board")
	s.golden("board-after")
}

func contains(text, part string) bool { return strings.Contains(text, part) }
