package ui_test

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// record puts a finished record of the clinic into the store, so many minutes before now.
func (s *stage) record(n, minutes int, change func(*capture.Event)) capture.Event {
	s.t.Helper()
	at := now.Add(-time.Duration(minutes) * time.Minute)
	who := capture.Performer{ID: "nurse", UserName: "a.nurse", Forename: "Agnes", Surname: "Nurse"}
	people := s.desk.Find("Sampleton", 2)
	event := capture.Event{
		ID: fmt.Sprintf("e0000000-0000-4000-8000-%012d", n), Version: 1, Action: capture.ActionNew, At: at.UTC(), RecordedAt: at.UTC(),
		Person: people[n%2], Site: capture.Site{Code: "RX8XX", Name: "St Example Hall"}, Performer: who, RecordedBy: who,
		Disease: capture.COVID19, Kind: catalogue.SpringBooster,
		Product: capture.EventProduct{Key: "comirnaty30_rtu", Name: "Comirnaty 30 Ready to use"},
		Given:   &capture.Given{BatchID: s.batch.ID, BatchNumber: s.batch.Number, Expiry: s.batch.Expiry, Amount: "0.3"},
	}
	change(&event)
	require.NoError(s.t, s.store.SaveEvent(s.t.Context(), event, nil, "", capture.AuditEntry{Action: "event.given", Subject: "event/" + event.ID}))
	return event
}

// aDay is a morning with a few records.
func (s *stage) aDay() {
	s.t.Helper()
	for i, minutes := range []int{150, 140, 95, 90, 85, 30} {
		s.record(i+1, minutes, func(*capture.Event) {})
	}
	s.record(7, 20, func(e *capture.Event) {
		e.Given, e.NotGiven = nil, &capture.NotGivenAs{Choice: "declined", Label: "The patient declined"}
	})
	s.record(8, 10, func(e *capture.Event) { e.Kind = catalogue.Booster1 })
}

func TestTotals(t *testing.T) {
	s := newStage(t).signIn()
	s.aDay()
	s.command("Totals")
	s.at("Totals")
	s.golden("totals")

	s.press(fyne.KeyTab, fyne.KeySpace) // the first batch
	s.at("Count doses")
	s.letters("nine")
	s.enter()
	s.at("Error: Deltoid: Count doses")
	s.golden("count-refused")
	s.press(fyne.KeyTab)
	s.command("Totals")
	s.press(fyne.KeyTab, fyne.KeySpace)
	s.letters("9")
	s.press(fyne.KeyTab)
	s.letters("1")
	s.press(fyne.KeyTab)
	s.letters("dropped")
	s.enter()
	s.at("Totals")
	s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeySpace) // past the count to the difference
	s.at("Explain a difference")
	s.letters("one dose went to the ward")
	s.press(fyne.KeyTab, fyne.KeySpace)
	s.at("Totals")
	s.golden("totals-explained")

	day, err := s.desk.Reconcile(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []capture.Stock{{ID: day.Stocks[0].ID, ClinicID: day.Stocks[0].ClinicID, BatchID: s.batch.ID, Drawn: 9, Wasted: 1, WastedWhy: "dropped"}}, day.Stocks)
	assert.Empty(t, day.Unexplained())

	s.letters("Two vials are in the fridge")
	s.press(fyne.KeyTab, fyne.KeySpace)
	s.at("Open the clinic")
	clinics, err := s.store.Clinics(t.Context())
	require.NoError(t, err)
	assert.Equal(t, "Two vials are in the fridge", clinics[0].HandOver)
}

func TestTotalsKeepTheClinicOpenOverADifference(t *testing.T) {
	s := newStage(t).signIn()
	s.aDay()
	s.command("Totals")
	s.press(fyne.KeyReturn)
	s.at("Error: Deltoid: Totals")
	s.golden("totals-refused")
	_, open := s.desk.Clinic()
	assert.True(t, open)
}
