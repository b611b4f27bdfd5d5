package main

import (
	"deltoid/export"
)

// heldView is a record kept out of a file, with what the receiver would refuse.
type heldView struct {
	EventID string  `json:"eventId"`
	Version int     `json:"version"`
	Faults  []fault `json:"faults"`
}

func viewHeld(held []export.HeldBack) []heldView {
	views := make([]heldView, len(held))
	for i, h := range held {
		views[i] = heldView{h.Version.EventID, h.Version.Version, plainFaults(h.Problems)}
	}
	return views
}

func writeHeld(p *page, held []heldView) {
	for _, h := range held {
		p.line("  event %s, version %d", h.EventID, h.Version)
		for _, f := range h.Faults {
			p.line("    %s\t%s", f.Path, f)
		}
	}
}
