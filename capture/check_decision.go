package capture

import (
	"slices"
	"strings"
)

func (r room) checkDecision(faults *Problems, encounter Encounter) {
	if r.assessErr != nil {
		*faults = append(*faults, &Error{Code: Refused, Field: "screening", Message: "Screening could not be worked out; check the vaccine and the dose", Err: r.assessErr})
		return
	}
	for _, question := range r.decision.Missing {
		faults.Add("screening.answers."+question, "Answer this question: yes, no or not known")
	}
	if !r.decision.Final() {
		return
	}
	for _, precaution := range r.decision.Precautions() {
		if !slices.Contains(encounter.Screening.Precautions, precaution.RuleID) {
			faults.Add("screening.precautions."+precaution.RuleID, "Tick that this precaution was taken: "+precaution.Sentence)
		}
	}
	if r.decision.NeedsOverride() {
		r.checkOverride(faults, encounter)
	}
}

func (r room) checkOverride(faults *Problems, encounter Encounter) {
	allowed, prescriber := r.decision.MayGoOn(r.mechanism)
	sentence := r.decision.Reasons[0].Sentence
	switch override := encounter.Screening.Override; {
	case !allowed:
		faults.refuse("screening", sentence+". This dose must not be given; record why it was not given")
	case override == nil || oneLine(override.Reason) == "":
		faults.refuse("screening.override", sentence+". To go on, a clinician must give a reason")
	default:
		clinician, ok := r.staff(override.ByID)
		if !ok || !clinician.Registered() {
			faults.Add("screening.override.byId", "Only a registered clinician may go on; choose one with a registration number")
		}
		if prescriber && oneLine(override.Advice) == "" && encounter.Direction == nil {
			faults.Add("screening.override.advice", "Enter the prescriber who directed this dose, with name and registration number")
		}
	}
}

// checkDirection looks at what a prescriber directed (WF-L3).
func (r room) checkDirection(faults *Problems, encounter Encounter) {
	direction := encounter.Direction
	if direction == nil {
		if !r.mechanism.Prescriber {
			return
		}
		direction = &Direction{}
	}
	faults.AddAll("direction", direction.Check(r.day))
}

// Check lists every fault of a direction for a dose given on a day.
func (d Direction) Check(day Date) Problems {
	var faults Problems
	if oneLine(d.Prescriber) == "" {
		faults.Add("prescriber", "Enter the name of the prescriber")
	}
	if number := oneLine(d.Number); number == "" || !strings.ContainsAny(number, "0123456789") {
		faults.Add("number", "Enter the prescriber's registration number")
	}
	switch {
	case d.On.IsZero():
		faults.Add("on", "Enter the day of the prescriber's direction")
	case d.On.After(day):
		faults.Add("on", "The prescriber directs before the dose: the day of the direction must not be later")
	}
	return faults
}

// Precautions are the reasons that let the dose be given with a precaution; each must be ticked before it is.
func (d Decision) Precautions() []Reason {
	return slices.DeleteFunc(slices.Clone(d.Reasons), func(r Reason) bool { return r.Outcome != Caution })
}

// taken are the precautions ticked that the decision asks for; a tick of an earlier answer means nothing any more.
func (d Decision) taken(ticked []string) []string {
	var taken []string
	for _, precaution := range d.Precautions() {
		if slices.Contains(ticked, precaution.RuleID) {
			taken = append(taken, precaution.RuleID)
		}
	}
	return taken
}
