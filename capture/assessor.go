package capture

import "deltoid/assets/catalogue"

// Answer is what the patient said to one screening question.
type Answer struct {
	Value     string            `json:"value"`               // yes, no, unknown
	FollowUps map[string]string `json:"followUps,omitempty"` // follow-up id to choice key, ISO date or text
}

// The three answers of every question.
const (
	Yes     = "yes"
	No      = "no"
	Unknown = "unknown"
)

// Circumstances are facts about the person that dose rules look at.
type Circumstances struct {
	AtRisk                    bool `json:"atRisk,omitempty"`
	HouseholdContact          bool `json:"householdContact,omitempty"` // lives with somebody immunosuppressed
	CareHomeResident          bool `json:"careHomeResident,omitempty"`
	ImmunosuppressedAtPrimary bool `json:"immunosuppressedAtPrimary,omitempty"` // severely, at dose 1 or 2
	Immunosuppressed          bool `json:"immunosuppressed,omitempty"`          // severely, now
	HealthOrCareWorker        bool `json:"healthOrCareWorker,omitempty"`
	Carer                     bool `json:"carer,omitempty"`
}

// Case is everything a decision may depend on; nothing else may influence it.
type Case struct {
	Day           Date // day of vaccination, not of typing
	Person        Person
	Circumstances Circumstances
	History       []Dose // any order
	Disease       string
	Product       string // product key; empty while none is chosen
	Kind          catalogue.DoseKind
	Mechanism     string // legal mechanism key
	Answers       map[string]Answer
}

// Assessor decides. The same case always gives the same answer.
type Assessor interface {
	// Questions are those to ask in this case, in order.
	Questions(Case) (catalogue.QuestionSet, error)
	// Assess weighs the answers and the checks. It fails only on a case it cannot read, such as an unknown product.
	Assess(Case) (Decision, error)
	// NextDose says which dose is due by the rules in force on the day.
	NextDose(Case) (Suggestion, error)
}
