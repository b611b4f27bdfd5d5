package capture

// Direction is what a prescriber directed for this patient: the written instruction of a PSD, or the prescriber's own decision
// (WF-L3). It is recorded before the dose.
type Direction struct {
	Prescriber string `json:"prescriber"` // name
	Number     string `json:"number"`     // in the professional register
	On         Date   `json:"on"`         // day of the direction
}
