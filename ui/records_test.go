package ui_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export"
)

// tabs presses Tab so many times.
func (s *stage) tabs(n int) {
	for range n {
		s.press(fyne.KeyTab)
	}
}

// replace types over all that stands in the box with the focus.
func (s *stage) replace(text string) {
	s.t.Helper()
	s.app.Window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	s.letters(text)
}

// aRecord opens the records area and the newest record, with everything a record can have.
func aRecord(t *testing.T) (*stage, capture.Event) {
	t.Helper()
	s := newStage(t).signIn()
	event := s.record(1, 30, func(e *capture.Event) {
		e.LegalMechanism = "pgd"
		e.Given.BodySite, e.Given.Unit = capture.Coded{Code: "368208006", Term: "Left upper arm structure"}, capture.Coded{Code: "258773002", Term: "ml"}
	})
	s.command("Records")
	s.at("Records")
	return s, event
}

func TestRecordsOfADayAndOfAPerson(t *testing.T) {
	s := newStage(t).signIn()
	s.aDay()
	s.deliveries.places = map[string][]export.Place{
		"e0000000-0000-4000-8000-000000000001": {{Kind: export.Covid, DeliveryID: "d", State: export.Accepted}},
	}
	s.command("Records")
	s.golden("records")
	s.letters("joan")
	s.golden("records-found")
	s.press(fyne.KeyDown, fyne.KeyReturn)
	s.at("SAMPLETON, Joan, record")
	s.press(fyne.KeyEscape)
	s.at("Records")
	s.tabs(3) // to the year
	s.replace("2021")
	s.enter()
	s.golden("records-none")
}

func TestARecordIsCorrected(t *testing.T) {
	s, event := aRecord(t)
	s.deliveries.places[event.ID] = []export.Place{
		{Version: capture.Version{EventID: event.ID, Version: 1}, Kind: export.Covid, DeliveryID: "d", State: export.Accepted, FileName: "COVID19_Vaccinations_v4_X26DEL_20220511T07000000.csv", Row: 12, Rows: 1, Outcome: export.RowAccepted},
		{Version: capture.Version{EventID: event.ID, Version: 1}, Kind: export.AttributeRows, Since: now.Add(-time.Hour)},
	}
	s.enter()
	s.at("SAMPLETON, Joan, record")
	s.golden("record")
	s.enter()
	s.at("Correct the record of SAMPLETON, Joan")
	s.golden("amend")
	s.enter()
	s.at("Error: Deltoid: Correct the record")
	s.golden("amend-refused")
	s.enter()      // to the batch
	s.letters("2") // the other one
	s.tabs(2)      // to the place on the body
	s.letters("2") // the other arm
	s.tabs(4)      // over the day to the time
	s.replace("x")
	s.tabs(4) // to the reason
	s.letters("Read off the wrong vial")
	s.enter()
	s.at("Error")
	s.golden("amend-time-refused")
	s.enter()
	s.replace("09:15")
	s.enter()
	s.at("Check the correction")
	s.golden("amend-check")
	s.enter()
	s.at("SAMPLETON, Joan, record")
	s.golden("record-versions")

	versions, err := s.store.Event(t.Context(), event.ID)
	require.NoError(t, err)
	require.Len(t, versions, 2)
	assert.Equal(t, "FN0603", versions[1].Given.BatchNumber)
	assert.Equal(t, "368209003", versions[1].Given.BodySite.Code)
	assert.Equal(t, "09:15", versions[1].At.In(catalogue.London).Format("15:04"))
	assert.Equal(t, "Read off the wrong vial", versions[1].Change.Reason)
	assert.Equal(t, event.Performer, versions[1].Performer, "what was left stays")
}

func TestARecordIsDeletedForGood(t *testing.T) {
	s, event := aRecord(t)
	s.enter()
	s.tabs(3)
	s.enter()
	s.at("Delete the record of SAMPLETON, Joan")
	s.golden("delete-record")
	s.enter() // in the reason: it deletes nothing
	s.at("Delete the record")
	s.tabs(1)
	s.enter()
	s.at("Error: Deltoid: Delete the record")
	s.enter()
	s.letters("Recorded for her sister")
	s.tabs(1)
	s.enter()
	s.at("SAMPLETON, Joan, record")
	s.golden("record-deleted")
	versions, err := s.store.Event(t.Context(), event.ID)
	require.NoError(t, err)
	assert.Equal(t, capture.ActionDelete, versions[1].Action)
	s.enter() // Back is all that is left
	s.at("Records")
	s.golden("records-deleted")
}

func TestAWrongBatchOfAMorningIsPutRight(t *testing.T) {
	s := newStage(t).signIn()
	s.aDay()
	s.command("Records")
	s.tabs(4)
	s.press(fyne.KeySpace)
	s.at("Correct many at once")
	s.golden("correct-many")
	s.tabs(3)
	s.letters("nine")
	s.tabs(8) // to the reason
	s.enter()
	s.at("Error: Deltoid: Correct many at once")
	s.golden("correct-many-refused")
	s.enter() // to the time
	s.replace("08:00")
	s.tabs(1)
	s.letters("09:00")
	s.tabs(1)
	s.letters("2") // the one batch of the day
	s.tabs(2)
	s.letters("2") // the other batch of the vaccine
	s.tabs(4)
	s.letters("The box was swapped at opening")
	s.golden("correct-many-filled")
	s.enter()
	s.at("Check what changes")
	s.press(fyne.KeyDown, fyne.KeySpace) // the second is left out
	s.golden("correct-preview")
	s.app.Window.Canvas().FocusPrevious() // to Back
	s.app.Window.Canvas().FocusPrevious() // to the green button
	s.enter()
	s.at("Corrected")
	s.golden("correct-done")
	numbers := map[string]int{}
	for _, event := range s.today() {
		if event.Given != nil {
			numbers[event.Given.BatchNumber]++
		}
	}
	assert.Equal(t, map[string]int{"FP1430": 5, "FN0603": 2}, numbers)
	s.enter()
	s.at("Records")
}

func TestWhoHadABatch(t *testing.T) {
	s := newStage(t).signIn()
	s.aDay()
	s.app.Papers = "/home/desk/Documents"
	s.command("Records")
	s.tabs(5)
	s.press(fyne.KeySpace)
	s.at("Who had a batch")
	s.letters("fp14")
	s.enter()
	s.golden("who-had")
	s.tabs(1)
	s.press(fyne.KeySpace)
	s.at("Save as PDF")
	s.golden("save-paper")
	s.press(fyne.KeyReturn)
	s.at("Error: Deltoid: Save as PDF")
	s.golden("save-paper-refused")

	path := filepath.Join(t.TempDir(), "recall.pdf")
	s.enter()
	s.replace(path)
	s.enter()
	s.enter() // closes the notice that says where it is
	s.at("Who had a batch")
	file, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "%PDF-", string(file[:5]))
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}

func TestADocumentReplacesNothing(t *testing.T) {
	s, _ := aRecord(t)
	path := filepath.Join(t.TempDir(), "card.pdf")
	require.NoError(t, os.WriteFile(path, []byte("mine"), 0o600))
	s.enter()
	s.tabs(2)
	s.enter()
	s.at("Save as PDF")
	s.replace(path)
	s.enter()
	s.at("Error: Deltoid: Save as PDF")
	kept, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "mine", string(kept))
	s.enter()
	s.replace(path + "2")
	s.enter()
	_, err = os.Stat(path + "2")
	assert.NoError(t, err)
}
