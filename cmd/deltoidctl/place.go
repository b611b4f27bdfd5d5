package main

import (
	"strings"

	"deltoid/export"
)

// placeView is where one version of an event or of a reaction is, for one extract, in words and as the ledger has it.
type placeView struct {
	export.Place
	Words string `json:"words"`
}

func viewPlaces(places []export.Place) []placeView {
	views := make([]placeView, len(places))
	for i, place := range places {
		views[i] = placeView{place, placeWords(place)}
	}
	return views
}

// recordWord is what the rows of an extract are about.
func recordWord(kind export.Kind) string {
	if found, err := export.Shipped().Find(kind); err == nil && found.Unit == export.PerReaction {
		return "reaction"
	}
	return "event"
}

// placeWords never say "sent" of what MESH has not taken.
func placeWords(place export.Place) string {
	if place.DeliveryID == "" {
		if len(place.Held) > 0 {
			return "saved here, held back from the file: " + strings.ReplaceAll(place.Held.Error(), "\n", "; ")
		}
		return "saved here, waiting for the next file"
	}
	if place.Row == 0 {
		return "nothing to send: a later version went in its place"
	}
	file := place.FileName
	switch place.State {
	case export.Built:
		return "in file " + file + ", not sent yet"
	case export.Sending:
		return "in file " + file + ", being sent; not known yet whether MESH has it"
	case export.Accepted:
		return "accepted by MESH in file " + file + " (message " + place.MessageID + "), not collected yet"
	case export.Collected:
		return "collected by the receiver in file " + file + " (message " + place.MessageID + ")"
	case export.Refused:
		return "in file " + file + ", which was refused; somebody has to act"
	case export.Held:
		return "in file " + file + ", which somebody has stopped"
	}
	return "in file " + file
}
