package ui_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/export"
)

// toFile opens the file in a row of the list, by keys.
func (s *stage) toFile(row int) {
	s.t.Helper()
	s.command("Deliveries")
	s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab)
	for range row {
		s.press(fyne.KeyDown)
	}
	s.press(fyne.KeyReturn)
	s.at("Deltoid: File COVID19_Vaccinations")
}

// someRows are rows of a file with every answer there is.
func (s *stage) someRows() {
	s.t.Helper()
	events := s.aPreview()
	for i, outcome := range []export.Outcome{export.RowAccepted, export.RowRejected, export.RowRequeued, ""} {
		version := capture.Version{EventID: "4d3c2b1a-0000-4000-8000-000000000001", Version: 1}
		if i < len(events) {
			version = capture.Version{EventID: events[i].ID, Version: 1}
		}
		s.deliveries.rows = append(s.deliveries.rows, export.FileRow{Row: i + 1, Rows: 1, Version: version, Outcome: outcome})
	}
}

func TestDeliverTheRowsOfAFile(t *testing.T) {
	s := newStage(t).signIn()
	s.someRows()
	s.aWeek()
	s.toFile(4)
	s.golden("file-rejected")
	s.press(fyne.KeyReturn) // the rejected row comes first
	s.at("SAMPLETON")
	s.toFile(4)
	s.press(fyne.KeyEscape)
	s.at("Deliveries")
}

func TestDeliverWhatTheServiceDeskAsksFor(t *testing.T) {
	s := newStage(t).signIn()
	s.aWeek()
	s.toFile(0)
	s.golden("file-refused")
	s.press(fyne.KeyTab) // to the ids
	clipboard := fyne.CurrentApp().Clipboard()
	list, ok := s.app.Window.Canvas().Focused().(fyne.Shortcutable)
	require.True(t, ok)
	list.TypedShortcut(&fyne.ShortcutCopy{})
	assert.Equal(t, s.deliveries.files[0].ID, clipboard.Content())
	s.press(fyne.KeyTab, fyne.KeySpace) // all of it
	assert.Contains(t, clipboard.Content(), "Workflow id: VACCINATIONS_DAILY_COVID_4\n")
	assert.Contains(t, clipboard.Content(), "Tried: from X26DEL001 at https://mesh.example\n")
}

func TestDeliverAFileThatCannotBeRead(t *testing.T) {
	s := newStage(t).signIn()
	s.aWeek()
	s.command("Deliveries")
	s.deliveries.err = &capture.Error{Code: capture.Environment, Message: "The disk does not answer"}
	s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyReturn)
	s.golden("file-fault")
}

func TestDeliverAFileInDoubt(t *testing.T) {
	s := newStage(t).signIn()
	s.aWeek()
	s.toFile(2)
	for range 4 { // back over the other buttons to the first
		s.app.Window.Canvas().FocusPrevious()
	}
	s.press(fyne.KeySpace)
	s.at("What MESH says of the file")
	s.enter()
	s.at("Error: Deltoid: What MESH says of the file")
	s.enter()
	s.letters("1")
	s.enter()
	s.golden("resolve-refused")
	s.enter()
	s.letters("20220511070001123456_000002")
	s.enter()
	s.at("Deliveries")
	assert.Equal(t, []string{"resolve " + s.deliveries.files[2].ID + " 20220511070001123456_000002"}, s.deliveries.acted)
}

func TestDeliverNotTakenAfterAll(t *testing.T) {
	s := newStage(t).signIn()
	s.aWeek()
	s.toFile(2)
	for range 4 {
		s.app.Window.Canvas().FocusPrevious()
	}
	s.press(fyne.KeySpace)
	s.letters("2")
	s.enter()
	assert.Equal(t, []string{"resolve " + s.deliveries.files[2].ID + " "}, s.deliveries.acted)
}

func TestDeliverWhatIsToBePutRight(t *testing.T) {
	s := newStage(t).signIn()
	events := s.aPreview()
	s.deliveries.rejected = []export.Rejection{{
		Version: capture.Version{EventID: events[0].ID, Version: 1}, Kind: export.Covid, DeliveryID: "d", Row: 7,
		Diagnostics: "PERSON_DOB does not belong to this NHS number", At: now,
	}}
	s.command("Deliveries")
	s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeySpace)
	s.at("Put right, 2")
	s.golden("put-right-rejected")
	s.press(fyne.KeyDown)
	s.golden("put-right-held")
	s.press(fyne.KeyReturn)
	s.at(events[2].Person.Name())

	s.command("Deliveries")
	s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeySpace)
	s.deliveries.rejected = nil
	s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeySpace)
	assert.Equal(t, []string{"requeue covid " + events[0].ID}, s.deliveries.acted)
	s.at("Put right, 1")
	s.golden("put-right-requeued")
}

func TestDeliverNothingToPutRight(t *testing.T) {
	s := newStage(t).signIn()
	s.command("Deliveries")
	s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeySpace)
	s.golden("put-right-nothing")
	s.deliveries.err = &capture.Error{Code: capture.Environment, Message: "The disk does not answer"}
	s.press(fyne.KeyEscape)
	s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeySpace)
	s.golden("put-right-fault")
}

func TestDeliverAReactionIsPutRightAtItsDose(t *testing.T) {
	s := newStage(t).signIn()
	events := s.aPreview()
	reaction, err := s.desk.RecordReaction(t.Context(), capture.Reaction{
		EventID: events[1].ID, Minutes: 8, Type: "allergy", Severity: "mild", Manifest: capture.Coded{Code: "1324661000000105"}, Description: "hives", Result: "recovered"}, "")
	require.NoError(t, err)
	s.deliveries.held = []export.HeldBack{{
		Version: capture.Version{EventID: reaction.ID, Version: 1}, Kind: export.ReactionRows, At: now,
		Problems: capture.Problems{{Field: "REACTION", Message: "Enter what happened"}}}}
	s.command("Deliveries")
	s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeySpace)
	s.says(events[1].Person.Name())
	s.press(fyne.KeyReturn)
	s.at(events[1].Person.Name() + ", record")
	s.press(fyne.KeyEscape)
	s.at("Put right, 1")
}
