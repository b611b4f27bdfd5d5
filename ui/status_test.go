package ui_test

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/ui"
)

// provider answers look-ups with what a test says.
type provider struct {
	looked capture.Looked
	asked  int
}

func (p *provider) Look(context.Context, capture.Person, string) capture.Looked {
	p.asked++
	return p.looked
}

// national is an entry of the national history.
func national(day, product, name, where, batch string) capture.Vaccination {
	return capture.Vaccination{
		Dose: capture.Dose{Date: catalogue.MustDate(day), Disease: capture.COVID19, Product: product, Source: capture.SourceNational},
		Name: name, Where: where, Batch: batch, Identifier: capture.Identifier{System: "https://example.nhs.uk", Value: day + product},
	}
}

// withProvider adds a traced person whose history the provider knows.
func withProvider(t *testing.T, looked capture.Looked) (*stage, *provider) {
	t.Helper()
	s := newStage(t).signIn()
	p := &provider{looked: looked}
	s.desk.Provider = p
	s.person(capture.Person{NHSNumber: "9990000026", NHSNumberStatus: "01", Forename: "Pia", Surname: "Traceable", BirthDate: catalogue.MustDate("1950-07-09"), Gender: "2", Postcode: "LS7 3ZZ", Address: "8 Test Terrace"})
	s.letters("traceable")
	s.enter()
	s.choose("1")
	s.at("Earlier COVID-19 vaccinations")
	return s, p
}

func TestTheHistoryIsShownFromEverySource(t *testing.T) {
	hidden := national("2021-05-20", "comirnaty30_conc", "Comirnaty 30 Concentrate", "", "EX7788")
	hidden.Restricted = true
	s, p := withProvider(t, capture.Looked{State: capture.StatusFresh, At: now, Found: []capture.Vaccination{
		national("2021-11-20", "spikevax", "Spikevax", "St Example Pharmacy", "SP4411"),
		hidden,
		national("2021-02-27", "comirnaty30_conc", "Comirnaty 30 Concentrate", "St Example Hall", ""),
	}})
	assert.Equal(t, 1, p.asked)
	s.golden("status-checked")
	s.letters("2")
	s.press(fyne.KeyTab)
	s.letters("1")
	s.press(fyne.KeyTab)
	s.letters("1")
	s.press(fyne.KeyTab)
	s.letters("4")
	s.press(fyne.KeyTab)
	s.letters("2022")
	s.enter()
	s.at("Earlier COVID-19 vaccinations")
	s.golden("status-checked-reported")
	s.choose("1")
	s.at("Which dose is due?")
	assert.Equal(t, capture.StatusFresh, s.drafts()[0].Status.State)
}

func TestNoRecordFoundIsNoProofOfNoVaccination(t *testing.T) {
	s, _ := withProvider(t, capture.Looked{State: capture.StatusFresh, At: now})
	s.golden("status-checked-nothing")
}

func TestALookUpThatDoesNotAnswer(t *testing.T) {
	s, p := withProvider(t, capture.Looked{State: capture.StatusUnavailable})
	s.golden("status-unavailable")
	s.enter() // Try again has the focus
	assert.Equal(t, 2, p.asked)
	s.at("Earlier COVID-19 vaccinations")
	s.app.Window.Canvas().Focus(nil)
	s.enter() // Continue, which must not slip past
	s.at("Error")
	s.golden("status-unavailable-refused")
	s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeySpace) // over the fault and Try again to Continue anyway
	s.at("Deltoid: TRACEABLE, Pia, Earlier COVID-19 vaccinations")
	s.golden("status-went-on")
	s.choose("3")
	s.at("Which dose is due?")
	kept := s.drafts()[0].Status
	assert.Equal(t, capture.StatusUnavailable, kept.State)
	assert.True(t, kept.GoneOn)
}

func TestALookUpThatAnswersTheSecondTime(t *testing.T) {
	s, p := withProvider(t, capture.Looked{State: capture.StatusUnavailable})
	p.looked = capture.Looked{State: capture.StatusFresh, At: now}
	s.enter()
	s.choose("1")
	s.at("Which dose is due?")
	assert.False(t, s.drafts()[0].Status.GoneOn)
}

func TestTheWindowDoesNotWaitForTheLookUp(t *testing.T) {
	s := newStage(t).signIn()
	s.desk.Provider = &provider{looked: capture.Looked{State: capture.StatusFresh, At: now}}
	s.person(capture.Person{NHSNumber: "9990000026", NHSNumberStatus: "01", Forename: "Pia", Surname: "Traceable", BirthDate: catalogue.MustDate("1950-07-09"), Gender: "2", Postcode: "LS7 3ZZ"})
	s.letters("traceable")
	s.enter()
	s.letters("1")
	var waiting []func()
	s.app.Bridge = ui.Bridge{Away: func(work func()) { waiting = append(waiting, work) }, Back: func(show func()) { show() }}
	step := func() {
		work := waiting[0]
		waiting = waiting[1:]
		work()
	}
	s.enter()
	step() // the draft is saved; the look-up waits
	s.at("Earlier COVID-19 vaccinations")
	s.golden("status-looking")
	s.enter()
	s.at("Error")
	s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeySpace) // over the fault to Continue anyway
	s.at("Deltoid: TRACEABLE, Pia, Earlier COVID-19 vaccinations")
	s.letters("1")
	for len(waiting) > 0 { // the answer comes while the page is being filled in
		step()
	}
	s.golden("status-answered-late")
	s.app.Bridge = ui.DirectBridge()
	s.enter()
	s.at("Which dose is due?")
	assert.False(t, s.drafts()[0].Status.GoneOn, "in the end it was answered")
}

func TestSourcesThatDisagree(t *testing.T) {
	s, _ := withProvider(t, capture.Looked{State: capture.StatusFresh, At: now.Add(-time.Hour), Found: []capture.Vaccination{
		national("2021-11-20", "spikevax", "Spikevax", "St Example Pharmacy", "SP4411"),
		national("2021-11-18", "comirnaty30_conc", "Comirnaty 30 Concentrate", "St Example Hall", ""),
	}})
	s.golden("status-conflict")
	s.letters("1") // the first of them
	s.enter()
	s.at("Error")
	s.golden("status-conflict-refused")
	s.enter()
	s.letters("Card seen")
	s.press(fyne.KeyTab)
	s.letters("1")
	s.enter()
	s.at("Which dose is due?")
	visit := s.drafts()[0]
	require.Len(t, visit.Status.Chosen, 1)
	assert.Equal(t, "Card seen", visit.Status.Chosen[0].Reason)
	assert.Equal(t, "nurse", visit.Status.Chosen[0].ByID)
	known, err := s.desk.Status(t.Context(), visit, false)
	require.NoError(t, err)
	require.Len(t, known.Doses(), 1)
	assert.Equal(t, "spikevax", known.Doses()[0].Product)
}
