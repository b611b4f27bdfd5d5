package ui

import (
	"fmt"
	"time"

	"deltoid/export"
	"deltoid/ui/form"
)

// inDoubt tells whether nobody knows if MESH has taken a file; a file held by hand has no such code.
func inDoubt(file export.Delivery) bool { return file.State == export.Held && file.ProblemCode != "" }

// fileTag is where a file is, in its colour: at the end what the receiver said of its rows.
func fileTag(file export.Delivery) (words string, tone form.Tone) {
	switch {
	case file.Lane() == export.LaneOver:
		return "Built again", form.ToneGrey
	case inDoubt(file):
		return needsAttention, stateTones[needsAttention]
	case file.State == export.Collected && file.Answer != nil && file.Answer.Rejected > 0:
		return count(file.Answer.Rejected, "row") + " rejected", form.ToneRed
	case file.State == export.Collected && file.Complete():
		return "All rows accepted", form.ToneGreen
	}
	words = stateWords(file.State)
	return words, stateTones[words]
}

// receiverSentence is what the receiver said of a file and its rows. Silence is not an answer.
func receiverSentence(file export.Delivery) string {
	answer := file.Answer
	if answer == nil {
		return "The receiver has said nothing of this file yet."
	}
	if !answer.Taken {
		return "The receiver did not take the file, " + clock(answer.FileAt) + "."
	}
	words := "The receiver took the file"
	if !answer.FileAt.IsZero() {
		words += ", " + clock(answer.FileAt)
	}
	if answer.RowsAt.IsZero() {
		return words + ". Of its rows it has said nothing yet."
	}
	words += fmt.Sprintf(". Of %s it accepted %d and rejected %d", count(file.Rows, "row"), answer.Accepted, answer.Rejected)
	if answer.Unsaid > 0 {
		return words + fmt.Sprintf("; %d are named in no answer, so they count as not confirmed.", answer.Unsaid)
	}
	return words + "."
}

// rowWords are what the receiver said of one row.
func rowWords(outcome export.Outcome) form.Cell {
	switch outcome {
	case export.RowAccepted:
		return form.Cell{Text: "Accepted", Tone: form.ToneGreen}
	case export.RowRejected:
		return form.Cell{Text: "Rejected", Tone: form.ToneRed}
	case export.RowRequeued:
		return form.Cell{Text: "Rejected, sent again", Tone: form.ToneGrey}
	}
	return form.Cell{Text: "No answer yet", Quiet: true}
}

// codes are our own codes in plain words. Those of MESH are numbers, which the words on the problem explain.
var codes = map[string]string{
	"offline":   "MESH could not be reached",
	"busy":      "MESH was busy and took nothing",
	"unknown":   "the answer of MESH was lost",
	"login":     "MESH did not let us in",
	"permanent": "MESH refused it",
	"ambiguous": "MESH holds it more than once",
	"lost":      "MESH does not know it any more",
	"released":  "its rows go in a new file",
}

// passageWords tell one change in a file's life.
func passageWords(passage export.Passage) string {
	words := clock(passage.At) + " · " + stateWords(passage.State)
	note := firstOf(codes[passage.Note], passage.Note)
	if note != "" {
		words += " · " + note
	}
	return words
}

// ageWords are how long something has waited, as people say it.
func ageWords(age time.Duration) string {
	switch {
	case age < time.Minute:
		return "less than a minute"
	case age < 2*time.Hour:
		return count(int(age.Minutes()), "minute")
	case age < 48*time.Hour:
		return count(int(age.Hours()), "hour")
	}
	return count(int(age.Hours())/24, "day")
}

// clock is a moment on the clinic's wall clock.
func clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(london).Format("2 Jan 15:04")
}

// short is enough of an opaque id to tell records apart by eye.
func short(id string) string { return id[:min(8, len(id))] }
