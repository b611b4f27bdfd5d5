package capture

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
	ConditionNote    string   `json:"conditionNote,omitempty"`
	Housebound       bool     `json:"housebound,omitempty"`
	Trial            string   `json:"trial,omitempty"`        // name of a trial the person takes part in
	LocationType     string   `json:"locationType,omitempty"` // key in the catalogue; empty: that of the clinic
}
