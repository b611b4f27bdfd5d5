package capture

import (
	"slices"
	"strings"

	"deltoid/assets/catalogue"
)

// Additional is what is asked for statistics and eligibility beside the vaccination (additional data capture). Every field may
// stay empty: not asked. Flags that dose rules look at are in Circumstances.
type Additional struct {
	HealthCareWorker string   `json:"healthCareWorker,omitempty"` // yes, no; empty: not asked
	CareHomeWorker   string   `json:"careHomeWorker,omitempty"`   // yes, no
	SocialCareWorker string   `json:"socialCareWorker,omitempty"` // yes, no
	WorkerRole       string   `json:"workerRole,omitempty"`       // key in the catalogue
	Employer         string   `json:"employer,omitempty"`         // ODS code or name
	CareHome         Site     `json:"careHome,omitzero"`          // where the person lives, when in a care home
	Pregnant         string   `json:"pregnant,omitempty"`         // yes, no, unknown
	PregnancyWeeks   int      `json:"pregnancyWeeks,omitempty"`   // 1 to 42; 0: not known
	Conditions       []string `json:"conditions,omitempty"`       // keys of risk groups in the catalogue
	ConditionNote    string   `json:"conditionNote,omitempty"`    // stays here, see StaysHere
	Housebound       bool     `json:"housebound,omitempty"`
	Trial            string   `json:"trial,omitempty"`        // name of a trial the person takes part in
	LocationType     string   `json:"locationType,omitempty"` // key in the catalogue; empty: that of the clinic
}

// StaysHere is shown beside every field of free text: such notes are never sent (clinical facts 6.1).
const StaysHere = "Stays on this device; not sent to the GP"

// longestNote is how many characters a note may have.
const longestNote = 500

// maxPregnancyWeeks is the longest pregnancy that is plausible, in completed weeks.
const maxPregnancyWeeks = 42

// with adds what these answers say to the facts that dose rules look at.
func (a Additional) with(c Circumstances) Circumstances {
	if a.HealthCareWorker == Yes || a.CareHomeWorker == Yes || a.SocialCareWorker == Yes {
		c.HealthOrCareWorker = true
	}
	return c
}

// Check lists every fault of the answers about a vaccination against a disease.
func (a Additional) Check(edition *catalogue.Edition, disease string) Problems {
	var faults Problems
	for field, answer := range map[string]string{
		"healthCareWorker": a.HealthCareWorker, "careHomeWorker": a.CareHomeWorker, "socialCareWorker": a.SocialCareWorker,
	} {
		if !slices.Contains([]string{"", Yes, No}, answer) {
			faults.Add(field, "Choose yes or no, or leave it out when it was not asked")
		}
	}
	if _, ok := edition.WorkerRole(a.WorkerRole); a.WorkerRole != "" && !ok {
		faults.Add("workerRole", "Choose what the person does at work")
	}
	if a.CareHome.Code != "" && !plausiblePlace(a.CareHome.Code) {
		faults.Add("careHome.code", "Check the ODS code of the care home: it has letters and is at most 8 characters")
	}
	a.checkPregnancy(&faults)
	groups := edition.RiskGroups(disease)
	for _, key := range a.Conditions {
		if !slices.ContainsFunc(groups, func(g catalogue.Code) bool { return g.Key == key }) {
			faults.Add("conditions", "Choose conditions from the list for this vaccine")
			break
		}
	}
	for field, text := range map[string]string{"conditionNote": a.ConditionNote, "employer": a.Employer, "trial": a.Trial} {
		if len([]rune(text)) > longestNote {
			faults.Add(field, "Shorten this to 500 characters")
		}
	}
	if _, ok := edition.LocationType(a.LocationType); a.LocationType != "" && !ok {
		faults.Add("locationType", "Choose the sort of place")
	}
	slices.SortFunc(faults, func(a, b *Error) int { return strings.Compare(a.Field, b.Field) })
	return faults
}

func (a Additional) checkPregnancy(faults *Problems) {
	if !slices.Contains([]string{"", Yes, No, Unknown}, a.Pregnant) {
		faults.Add("pregnant", "Choose yes, no or not known")
	}
	switch {
	case a.PregnancyWeeks == 0:
	case a.Pregnant != Yes:
		faults.Add("pregnancyWeeks", "Enter weeks of pregnancy only for somebody who is pregnant")
	case a.PregnancyWeeks < 1 || a.PregnancyWeeks > maxPregnancyWeeks:
		faults.Add("pregnancyWeeks", "Enter the completed weeks of pregnancy, from 1 to 42")
	}
}

// plausiblePlace tells whether a code fits where extracts carry that of a place.
func plausiblePlace(code string) bool { return plausibleODS(code) && len(code) <= 8 }

// checkAdditional looks at the answers and at the place where the dose was given.
func (r room) checkAdditional(faults *Problems, encounter Encounter) {
	faults.AddAll("additional", encounter.Additional.Check(r.edition, encounter.Plan.Disease))
	kind, code := r.place(encounter)
	if place, _ := r.edition.LocationType(kind); place.AsksPlace && (code == "" || code == NoLocation) {
		faults.Add("additional.careHome.code", "Enter the ODS code of the place: "+place.Label)
	}
}

// place is the sort of place where the dose was given, and its ODS code.
func (r room) place(encounter Encounter) (kind, code string) {
	here := encounter.Additional
	kind = firstOf(here.LocationType, r.clinic.LocationType)
	home := strings.ToUpper(oneLine(here.CareHome.Code))
	switch sort, _ := r.edition.LocationType(kind); {
	case sort.AsksPlace && home != "":
		return kind, home
	case kind != r.clinic.LocationType: // the clinic's place is another
		return kind, NoLocation
	}
	return kind, r.clinic.LocationCode
}
