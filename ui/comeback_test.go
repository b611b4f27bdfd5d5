package ui_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export"
	"deltoid/ui"
)

const (
	covidTitle = "COVID-19 daily clinical vaccination extract"
	fluTitle   = "Seasonal influenza 2021-22 daily clinical extract"
)

// offlineSince is a window that has recorded for two days without a connection.
func offlineSince(t *testing.T) *stage {
	t.Helper()
	s := newStage(t).signIn()
	s.deliveries.extracts = twoExtracts
	s.deliveries.overview = export.Overview{Waiting: 29, Held: 1, Oldest: now.Add(-26 * time.Hour), Events: map[export.State]int{export.Built: 12}}
	s.deliveries.summary = export.Summary{
		At: now, Records: 41, Held: 1, Oldest: now.Add(-26 * time.Hour),
		Days: []export.SummaryDay{
			{Day: catalogue.MustDate("2022-05-11"), Lines: []export.SummaryLine{
				{Kind: export.Covid, Title: covidTitle, Waiting: 20, Held: 1, Files: 1, Rows: 12}, {Kind: export.Flu, Title: fluTitle, Waiting: 2}}},
			{Day: catalogue.MustDate("2022-05-12"), Lines: []export.SummaryLine{{Kind: export.Covid, Title: covidTitle, Waiting: 7}}},
		},
	}
	s.offline()
	return s
}

func (s *stage) offline() {
	s.deliveries.mesh = ui.Connection{Words: "Offline since 08:10", Back: s.deliveries.mesh.Back}
	s.deliveries.changed()
}

func (s *stage) online() {
	s.deliveries.mesh = ui.Connection{Words: "MESH reached at 10:02", Online: true, Back: s.clock}
	s.deliveries.changed()
}

func TestDeliverBackOnline(t *testing.T) {
	s := offlineSince(t)
	s.at("Board")
	s.online()
	s.at("You are back online")
	assert.Zero(t, s.deliveries.built, "nothing goes by itself")
	s.golden("back-online")
	s.enter() // meant for the board: it neither starts nor puts off
	s.at("You are back online")
	s.press(fyne.KeyTab, fyne.KeySpace)
	s.at("Deliveries")
	assert.Equal(t, 1, s.deliveries.built)
	s.command("Board")
	s.at("Board")
	s.clock = s.clock.Add(time.Hour)
	s.deliveries.changed()
	s.at("Board") // it is answered
}

func TestDeliverAskMeLater(t *testing.T) {
	s := offlineSince(t)
	s.online()
	s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeySpace)
	s.at("Board")
	assert.Equal(t, []string{"postpone"}, s.deliveries.acted)
	s.clock = s.clock.Add(14 * time.Minute)
	s.deliveries.changed()
	s.at("Board")
	s.clock = s.clock.Add(time.Minute)
	s.deliveries.changed()
	s.at("You are back online")
	assert.Zero(t, s.deliveries.built)
}

func TestDeliverAFlappingConnectionAsksOnceInAWhile(t *testing.T) {
	s := offlineSince(t)
	asked := 0
	for range 60 { // an hour of coming and going
		s.clock = s.clock.Add(time.Minute)
		s.offline()
		s.online()
		if s.onPage("You are back online") {
			asked++
			s.press(fyne.KeyEscape)
		}
		s.at("Board")
	}
	assert.Equal(t, 4, asked)
}

func TestDeliverBackOnlineWaitsForTheVisit(t *testing.T) {
	s := offlineSince(t)
	s.letters("sam")
	s.online()
	s.at("Board") // somebody is typing
	s.enter()
	s.at("Is this the right person?")
	s.deliveries.changed()
	s.at("Is this the right person?")
	s.command("Board")
	s.at("You are back online")
}

func TestDeliverBackOnlineWithNothingToSend(t *testing.T) {
	s := offlineSince(t)
	s.deliveries.summary = export.Summary{At: now, Records: 2, Held: 1, Days: []export.SummaryDay{
		{Day: catalogue.MustDate("2022-05-12"), Lines: []export.SummaryLine{{Kind: export.Covid, Title: covidTitle, Waiting: 1, Held: 1, Files: 1, Rows: 1, Attention: 1}}}}}
	s.online()
	s.at("Board")
	s.deliveries.summary.Days[0].Lines[0].Waiting = 5 // recorded since: they were never offline
	s.deliveries.changed()
	s.at("Board")
}

func TestDeliverBackOnlineAndGoneAgain(t *testing.T) {
	s := offlineSince(t)
	s.online()
	s.press(fyne.KeyTab) // to Send now
	s.offline()
	s.golden("back-online-gone")
	s.press(fyne.KeySpace) // it is Ask me later now
	s.at("Board")
	assert.Zero(t, s.deliveries.built)
}

func TestDeliverBackOnlineOfADamagedLedger(t *testing.T) {
	s := offlineSince(t)
	s.online()
	s.deliveries.err = &capture.Error{Code: capture.Environment, Message: "The disk does not answer"}
	s.deliveries.changed()
	s.golden("back-online-fault")
}

func TestDeliverBackOnlineLooksFirst(t *testing.T) {
	s := offlineSince(t)
	s.online()
	s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeySpace)
	s.at("Build now")
	assert.Zero(t, s.deliveries.built)
}
