package capture

// check is what the event keeps of the status: how much was known, and the choices that were made. A choice about a
// conflict that is there no more is left out.
func (s Status) check(said StatusCheck) StatusCheck {
	kept := StatusCheck{State: s.State, CheckedAt: s.CheckedAt, GoneOn: said.GoneOn && s.NeedsGoneOn()}
	for _, conflict := range s.Conflicts {
		if choice, made := choiceFor(said.Chosen, conflict); made {
			choice.Reason = oneLine(choice.Reason)
			kept.Chosen = append(kept.Chosen, choice)
		}
	}
	return kept
}

// checkStatus lists what must be decided about earlier vaccinations before a dose is recorded.
func (r room) checkStatus(faults *Problems, said StatusCheck) {
	if r.status.NeedsGoneOn() && !said.GoneOn {
		faults.Add("statusSeen", notChecked[r.status.LookUp])
	}
	for _, conflict := range r.status.Conflicts {
		field := "status.chosen." + conflict.Key
		choice, made := choiceFor(said.Chosen, conflict)
		switch clinician, known := r.staff(choice.ByID); {
		case !made:
			faults.Add(field, "Records of earlier vaccinations do not agree. Choose which counts today")
		case oneLine(choice.Reason) == "":
			faults.Add(field, "Enter why this record counts today")
		case !known || !clinician.Registered():
			faults.Add(field, "Only a registered clinician may choose which record counts; choose one with a registration number")
		}
	}
}

// notChecked says what to do about a look-up without a fresh answer.
var notChecked = map[StatusState]string{
	StatusNotRequested: "Check the history of vaccinations first, or choose to go on without it and ask the patient",
	StatusUnavailable:  "The history of vaccinations could not be got. Try again, or choose to go on and ask the patient",
	StatusNotPermitted: "The history of vaccinations is refused to this computer. Choose to go on and ask the patient, and tell the administrator",
	StatusStale:        "The history of vaccinations was checked more than 24 hours ago. Check it again, or choose to go on and ask the patient",
}
