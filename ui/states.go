package ui

import (
	"fyne.io/fyne/v2"

	"deltoid/export"
	"deltoid/ui/form"
)

// Words for where a record or a file is. "Sent" is never said of what MESH has not accepted.
const (
	savedHere      = "Saved here"
	inFile         = "In file"
	sendingNow     = "Sending"
	acceptedByMESH = "Accepted by MESH"
	collectedByNHS = "Collected by the NHS"
	needsAttention = "Needs attention"
	onHold         = "On hold"
)

func stateWords(state export.State) string {
	switch state {
	case export.Built:
		return inFile
	case export.Sending:
		return sendingNow
	case export.Accepted:
		return acceptedByMESH
	case export.Collected:
		return collectedByNHS
	case export.Refused:
		return needsAttention
	case export.Held:
		return onHold
	}
	return savedHere
}

var stateTones = map[string]form.Tone{
	savedHere: form.ToneGrey, inFile: form.ToneBlue, sendingNow: form.ToneAqua, acceptedByMESH: form.TonePurple,
	collectedByNHS: form.ToneGreen, needsAttention: form.ToneRed, onHold: form.ToneOrange,
}

// stateTag is the word in its colour.
func stateTag(words string) fyne.CanvasObject {
	return form.NewTag(words, stateTones[words], form.IconNone)
}
