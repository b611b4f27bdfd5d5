package ui

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"deltoid/export"
	"deltoid/ui/form"
)

// lane is a state with the records in it.
type lane struct {
	words string
	count int
	note  string
}

// lanesOf are the lanes in the order in which a record goes through them, and last what waits for a person. Each record
// that MESH has not accepted is in exactly one.
func lanesOf(found delivered, now time.Time) []lane {
	events := found.overview.Events
	saved := lane{savedHere, found.overview.Waiting - found.overview.Held, "nothing waits"}
	if saved.count > 0 && !found.overview.Oldest.IsZero() {
		saved.note = "oldest " + ageWords(now.Sub(found.overview.Oldest))
	}
	attention := lane{needsAttention, events[export.Refused] + found.overview.Held + len(found.rejected), "nothing"}
	if attention.count > 0 {
		attention.note = fmt.Sprintf("%d refused, %d held, %d rejected", events[export.Refused], found.overview.Held, len(found.rejected))
	}
	return []lane{
		saved,
		{inFile, events[export.Built] + events[export.Sending], found.filesNote(now, export.Built, export.Sending)},
		{onHold, events[export.Held], found.filesNote(now, export.Held)},
		{acceptedByMESH, events[export.Accepted], found.filesNote(now, export.Accepted)},
		{collectedByNHS, events[export.Collected], found.answerNote()},
		attention,
	}
}

// filesNote counts the files in states, with the age of the oldest.
func (d delivered) filesNote(now time.Time, states ...export.State) string {
	files, oldest := 0, now
	for _, file := range d.files {
		for _, state := range states {
			if file.State == state {
				files++
				oldest = file.BuiltAt // they come newest first
			}
		}
	}
	if files == 0 {
		return "nothing"
	}
	return fmt.Sprintf("%s, oldest %s", count(files, "file"), ageWords(now.Sub(oldest)))
}

// answerNote counts what the receiver has said of collected rows that carry one record each: a companion has it once more.
func (d delivered) answerNote() string {
	accepted, open := 0, 0
	for _, file := range d.files {
		switch {
		case file.State != export.Collected || !carriesRecords(file.Kind):
		case file.Answer == nil:
			open += file.Rows
		default:
			accepted += file.Answer.Accepted
			open += file.Answer.Unsaid
		}
	}
	if accepted+open == 0 {
		return "nothing"
	}
	return fmt.Sprintf("%d accepted, %d not answered", accepted, open)
}

// carriesRecords tells whether an extract has one row for each record.
func carriesRecords(kind export.Kind) bool {
	profile, err := shipped.Find(kind)
	return err == nil && profile.Unit == export.PerEvent
}

// laneRow draws lanes side by side.
func laneRow(lanes []lane) fyne.CanvasObject {
	boxes := make([]fyne.CanvasObject, len(lanes))
	for i, l := range lanes {
		boxes[i] = form.Filled(form.White, form.Pad(8, 10, 6, 10, form.VStack(2,
			form.HStack(0, stateTag(l.words)), form.Subheading(fmt.Sprint(l.count)).OneLine(), form.Small(l.note))))
	}
	return form.Columns(8, nil, boxes...)
}
