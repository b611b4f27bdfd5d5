package ui_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/export"
)

// enter presses Enter.
func (s *stage) enter() { s.press(fyne.KeyReturn) }

// choose types a digit into the list that has the focus, and goes on.
func (s *stage) choose(digit string) {
	s.t.Helper()
	s.letters(digit)
	s.enter()
}

// toDose walks to the page of the dose for the first person that a search finds.
func (s *stage) toDose(query string) {
	s.t.Helper()
	s.letters(query)
	s.enter()
	s.at("Is this the right person?")
	s.choose("1")
	s.at("Earlier COVID-19 vaccinations")
	s.choose("1")
	s.at("Which dose is due?")
}

// toScreening walks on to the first page of questions.
func (s *stage) toScreening(query string) {
	s.t.Helper()
	s.toDose(query)
	s.enter()
	s.at("Why are they offered it?")
	s.choose("1")
	s.at("Clinical screening, page 1")
}

// onPage tells whether the title says so.
func (s *stage) onPage(words string) bool { return strings.Contains(s.app.Window.Title(), words) }

// screenFrom answers no from the page that is shown on, and yes to the last question: they want to go on.
func (s *stage) screenFrom() {
	s.t.Helper()
	for s.onPage("Clinical screening") {
		visit := s.drafts()[0]
		set, err := s.desk.Questions(s.t.Context(), visit)
		require.NoError(s.t, err)
		left := len(set.Questions) - len(visit.Screening.Answers)
		if left <= 5 {
			s.letters(strings.Repeat("2", left-1))
			s.choose("1")
			return
		}
		before := s.app.Window.Title()
		s.letters("22222")
		s.enter()
		require.NotEqual(s.t, before, s.app.Window.Title(), "the page was refused")
	}
}

// command does what the menu item of this label does.
func (s *stage) command(label string) {
	s.t.Helper()
	for _, menu := range s.app.Window.MainMenu().Items {
		for _, item := range menu.Items {
			if item.Label == label {
				item.Action()
				return
			}
		}
	}
	s.t.Fatalf("there is no command %q", label)
}

// consents is a grown-up who can decide and agrees.
func (s *stage) consents() {
	s.t.Helper()
	s.at("Consent")
	s.letters("1") // they can decide
	s.choose("1")  // and agree
}

func (s *stage) toCheck(query string) {
	s.t.Helper()
	s.toScreening(query)
	s.screenFrom()
	s.at("What screening says")
	s.enter()
	s.consents()
	s.at("Give the vaccine")
	s.choose("1")
	s.at("Check and confirm")
}

func (s *stage) today() []capture.Event {
	s.t.Helper()
	events, err := s.store.EventsOn(s.t.Context(), s.desk.Today())
	require.NoError(s.t, err)
	return events
}

func (s *stage) drafts() []capture.Encounter {
	s.t.Helper()
	drafts, err := s.store.Drafts(s.t.Context())
	require.NoError(s.t, err)
	return drafts
}

func TestSignIn(t *testing.T) {
	s := newStage(t)
	s.golden("signin")
	s.letters("wrong words")
	s.enter()
	s.at("Error: Deltoid: Sign in")
	s.golden("signin-refused")
}

func TestSignInWithAClockThatIsBehind(t *testing.T) {
	s := newStageWith(t, func(g *gate) {
		g.err = &capture.Error{Code: capture.Environment, Field: "clock", Message: "The clock of this computer says 12 May 2022 10:02, but the last record was saved at 13 May 2022 09:00. Set the clock"}
	})
	s.letters(passphrase)
	s.enter()
	s.at("Error")
	s.golden("signin-clock")
}

func TestSignInToADamagedFile(t *testing.T) {
	s := newStageWith(t, func(g *gate) {
		g.fault = &capture.Error{Code: capture.Environment, Message: "The records file is damaged. It was not changed. Restore a backup"}
	})
	s.at("Error: Deltoid: Sign in")
	s.golden("signin-damaged")
}

func TestJourney(t *testing.T) {
	s := newStage(t).signIn()
	s.golden("board")
	s.letters("sam")
	s.golden("board-found")
	s.enter()
	s.golden("identity")
	s.enter()
	s.at("Error")
	s.golden("identity-refused")
	s.enter() // follows the first link, to the question
	s.choose("1")
	s.golden("status")
	s.choose("1")
	s.golden("dose")
	s.enter()
	s.golden("eligible")
	s.choose("1")
	s.golden("screening")
	s.screenFrom()
	s.golden("judgement-proceed")
	s.enter()
	s.golden("consent")
	s.letters("1")
	s.golden("consent-capable")
	s.choose("1")
	s.golden("give")
	s.choose("1")
	s.golden("check")
	assert.Empty(t, s.today(), "nothing is final before it is confirmed")
	s.enter()
	s.at("Saved")
	s.golden("saved")

	events := s.today()
	require.Len(t, events, 1)
	assert.Equal(t, "FP1430", events[0].Given.BatchNumber)
	assert.Equal(t, "0.3", events[0].Given.Amount)
	assert.Equal(t, "nurse", events[0].Screening.ScreenerID)
	assert.Empty(t, s.drafts())
	s.deliveries.overview = export.Overview{Waiting: 1}
	s.enter()
	s.at("Board")
	s.golden("board-after")
}

func TestJourneyIsPutDownAndPickedUp(t *testing.T) {
	s := newStage(t).signIn()
	s.toScreening("sam")
	s.letters("22222")
	s.enter()
	s.at("page 2")
	s.letters("2")
	for range 6 { // back to the board, page by page
		s.press(fyne.KeyEscape)
	}
	s.at("Board")
	drafts := s.drafts()
	require.Len(t, drafts, 1)
	assert.Len(t, drafts[0].Screening.Answers, 6, "no answer is lost on the way back")
	s.golden("board-draft")
	s.letters("sam")
	s.enter()
	s.at("Clinical screening, page 2")
}

func TestScreeningOpensFollowUps(t *testing.T) {
	s := newStage(t).signIn()
	s.toScreening("sam")
	s.letters("1")
	s.golden("screening-followup")
	s.enter()
	s.at("Error")
	s.golden("screening-refused")
}

func TestAReactionOpensItsFollowUps(t *testing.T) {
	s := newStage(t).signIn()
	s.toScreening("sam")
	s.letters("2222") // C01 to C04
	s.letters("1")    // C05: a serious reaction to an earlier dose
	s.golden("screening-reaction")
}

func TestNotGiven(t *testing.T) {
	s := newStage(t).signIn()
	s.toDose("sam")
	s.command("Vaccine not given")
	s.at("Vaccine not given")
	s.golden("not-given")
	s.enter()
	s.at("Error")
	s.enter()
	s.choose("1")
	s.at("Check and confirm")
	s.golden("check-not-given")
	s.enter()
	s.at("Saved")
	s.golden("saved-not-given")
	events := s.today()
	require.Len(t, events, 1)
	assert.Nil(t, events[0].Given)
	assert.Equal(t, "1324741000000101", events[0].NotGiven.Situation.Code)
}
