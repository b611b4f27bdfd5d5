package main

import (
	"deltoid/export"
)

// heldView is a record kept out of a file, with what the receiver would refuse.
type heldView struct {
	Record  string  `json:"record"`  // event or reaction
	EventID string  `json:"eventId"` // or that of the reaction
	Version int     `json:"version"`
	Faults  []fault `json:"faults"`
}

func viewHeld(held []export.HeldBack) []heldView {
	views := make([]heldView, len(held))
	for i, h := range held {
		views[i] = heldView{recordWord(h.Kind), h.Version.EventID, h.Version.Version, plainFaults(h.Problems)}
	}
	return views
}

func writeHeld(p *page, held []heldView) {
	for _, h := range held {
		p.line("  %s %s, version %d", h.Record, h.EventID, h.Version)
		for _, f := range h.Faults {
			p.line("    %s\t%s", f.Path, f)
		}
	}
}
