package main

import (
	"encoding/json"
	"time"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// encounterFile is a whole encounter as scripts write it; docs/deltoidctl.md tells of each field and
// record.schema.json says what each may hold. It names people and batches as a person would, never by our ids.
type encounterFile struct {
	Schema            string                `json:"$schema"` // for editors, not looked at
	ID                string                `json:"id"`      // UUID; the same file recorded twice makes one event
	Clinic            *clinicPart           `json:"clinic"`
	Person            personPart            `json:"person"`
	IdentityConfirmed bool                  `json:"identityConfirmed"`
	StatusSeen        bool                  `json:"statusSeen"`
	Status            statusPart            `json:"status"`
	Reported          []reportedPart        `json:"reported"`
	Circumstances     capture.Circumstances `json:"circumstances"`
	Plan              planPart              `json:"plan"`
	Screening         screeningPart         `json:"screening"`
	Consent           consentPart           `json:"consent"`
	Additional        capture.Additional    `json:"additional"`
	Direction         *capture.Direction    `json:"direction"`
	Give              *givePart             `json:"give"`
	NotGiven          *notGivenPart         `json:"notGiven"`
	Late              *capture.Late         `json:"late"`
	GivenBy           *capture.Site         `json:"givenBy"`
}

// statusPart is what was decided about the look-up of earlier vaccinations; deltoidctl history shows the keys.
type statusPart struct {
	GoneOn bool         `json:"goneOn"`
	Chosen []chosenPart `json:"chosen"`
}

type chosenPart struct {
	Conflict string `json:"conflict"`
	Keep     string `json:"keep"` // key of a vaccination, or both
	Reason   string `json:"reason"`
	By       string `json:"by"` // user name
}

type clinicPart struct {
	Site string         `json:"site"` // ODS code
	Day  catalogue.Date `json:"day"`
}

type personPart struct {
	NHSNumber       string         `json:"nhsNumber"`
	NHSNumberStatus string         `json:"nhsNumberStatus"`
	Forename        string         `json:"forename"`
	Surname         string         `json:"surname"`
	BirthDate       catalogue.Date `json:"birthDate"`
	Gender          string         `json:"gender"`
	Postcode        string         `json:"postcode"`
	Address         string         `json:"address"`
	EthnicCategory  string         `json:"ethnicCategory"`
	Practice        string         `json:"practice"`
}

// genders are the words of the file and the codes they stand for (NHS Data Dictionary).
var genders = map[string]string{"not known": "0", "male": "1", "female": "2", "not specified": "9"}

type reportedPart struct {
	Date          catalogue.Date     `json:"date"`
	Product       string             `json:"product"`
	ProductCode   string             `json:"productCode"` // dm+d, in place of the key
	ProductTerm   string             `json:"productTerm"` // not looked at: the code counts
	ProcedureCode string             `json:"procedureCode"`
	Kind          catalogue.DoseKind `json:"kind"`
	Country       string             `json:"country"`
}

type planPart struct {
	Disease     string             `json:"disease"`
	Product     string             `json:"product"`
	Kind        catalogue.DoseKind `json:"kind"`
	Eligibility string             `json:"eligibility"`
	Reason      string             `json:"reason"`
}

type screeningPart struct {
	Screener string                `json:"screener"` // user name
	Answers  map[string]answerPart `json:"answers"`
	Override *overridePart         `json:"override"`

	Precautions []string `json:"precautions"` // ids of rules
}

type overridePart struct {
	By     string `json:"by"` // user name
	Reason string `json:"reason"`
	Advice string `json:"advice"`
}

// answerPart is "no", or {"answer": "yes", "followUps": {…}}.
type answerPart struct {
	Answer    string            `json:"answer"`
	FollowUps map[string]string `json:"followUps"`
}

// UnmarshalJSON takes either form.
func (a *answerPart) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && raw[0] == '"' {
		return json.Unmarshal(raw, &a.Answer)
	}
	type plain answerPart
	return json.Unmarshal(raw, (*plain)(a))
}

type consentPart struct {
	Type         string `json:"type"`
	By           string `json:"by"`
	Relationship string `json:"relationship"`
	Clinician    string `json:"clinician"` // user name
	Notes        string `json:"notes"`

	LacksCapacity bool              `json:"lacksCapacity"`
	Consulted     string            `json:"consulted"`
	Gillick       map[string]string `json:"gillick"`
	Share         string            `json:"share"`
	At            time.Time         `json:"at"`
}

type givePart struct {
	Batch        batchPart   `json:"batch"`
	BodySite     string      `json:"bodySite"`
	Route        string      `json:"route"`
	AmountML     json.Number `json:"amountMl"`
	AmountReason string      `json:"amountReason"`
	Vaccinator   string      `json:"vaccinator"` // user name
	PreparedBy   string      `json:"preparedBy"` // user name
	At           time.Time   `json:"at"`

	SplitReason   string    `json:"splitReason"`
	HalfDose      bool      `json:"halfDose"`
	VialOpenedAt  time.Time `json:"vialOpenedAt"`
	VialReason    string    `json:"vialReason"`
	PastUseReason string    `json:"pastUseReason"`
}

type batchPart struct {
	Number string         `json:"number"`
	Expiry catalogue.Date `json:"expiry"` // only to tell two batches with one number apart
}

type notGivenPart struct {
	Choice string         `json:"choice"`
	Until  catalogue.Date `json:"until"`
	Note   string         `json:"note"`
	At     time.Time      `json:"at"`
}
