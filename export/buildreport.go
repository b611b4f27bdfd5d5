package export

import "deltoid/capture"

// BuildReport is what went into a file and what did not.
type BuildReport struct {
	Rows      int        `json:"rows"`
	Withdrawn int        `json:"withdrawn"`          // events deleted before anybody outside heard of them: nothing is sent
	Held      int        `json:"held"`               // events kept out because the receiver would refuse their rows
	HeldBack  []HeldBack `json:"heldBack,omitempty"` // the first maxHeldShown of them, with reasons
}

// maxHeldShown bounds the reasons kept in memory; the ledger keeps them all.
const maxHeldShown = 500

// take sends one event its way.
func (r *BuildReport) take(file *file, waiting *Waiting, kind Kind, at *moment) error {
	flag := actionFor(waiting)
	if flag == "" {
		r.Withdrawn++
		return file.building.Row(0, *waiting)
	}
	if faults := file.check(&waiting.Event, flag, at); len(faults) > 0 {
		r.Held++
		if len(r.HeldBack) < maxHeldShown {
			version := capture.Version{EventID: waiting.Event.ID, Version: waiting.Event.Version}
			r.HeldBack = append(r.HeldBack, HeldBack{Version: version, Kind: kind, Problems: faults, At: at.now})
		}
		return file.building.Hold(*waiting, faults)
	}
	if err := file.write(); err != nil {
		return err
	}
	r.Rows++
	return file.building.Row(r.Rows, *waiting)
}

// actionFor is what a row does at the receiver, which knows only the versions it was sent: the first one there is new,
// whatever it was here. It is empty when the receiver never heard of a deleted event.
func actionFor(waiting *Waiting) capture.Action {
	deleted := waiting.Event.Action == capture.ActionDelete
	switch {
	case deleted && !waiting.CarriedIn:
		return ""
	case deleted:
		return capture.ActionDelete
	case waiting.CarriedIn:
		return capture.ActionUpdate
	}
	return capture.ActionNew
}
