package capture

import (
	"time"

	"deltoid/assets/catalogue"
)

// Consent is who agreed or refused, and the clinician who asked.
type Consent struct {
	Type         string    `json:"type,omitempty"` // key in the catalogue: CT1 … CT8
	By           string    `json:"by,omitempty"`   // name of the person who decided, when not the patient
	Relationship string    `json:"relationship,omitempty"`
	ClinicianID  string    `json:"clinicianId,omitempty"` // registered clinician responsible
	Notes        string    `json:"notes,omitempty"`
	At           time.Time `json:"at,omitzero"`

	LacksCapacity bool              `json:"lacksCapacity,omitempty"` // the patient cannot decide (Mental Capacity Act 2005)
	Consulted     string            `json:"consulted,omitempty"`     // who was consulted for a decision in best interests
	Gillick       map[string]string `json:"gillick,omitempty"`       // statement key to yes or no, for a child who decides
}

// Refusal is the consent type of somebody who said no; it never goes with a dose.
const Refusal = "CT8"

// Check lists every fault of a consent under which a dose would be given.
func (c Consent) Check(edition *catalogue.Edition, staff func(id string) (Staff, bool)) Problems {
	var faults Problems
	option, ok := edition.Consent(c.Type)
	if !ok {
		faults.Add("type", "Choose who gave consent")
		return faults
	}
	if option.NeedsName && c.By == "" {
		faults.Add("by", "Enter the name of the person who decided")
	}
	if option.NeedsRelationship && c.Relationship == "" {
		faults.Add("relationship", "Enter how that person is related to the patient")
	}
	clinician, known := staff(c.ClinicianID)
	switch {
	case !known:
		faults.Add("clinicianId", "Choose the clinician responsible for the consent")
	case !clinician.Registered():
		faults.Add("clinicianId", "Consent must be taken by a registered clinician; choose one with a registration number")
	}
	return faults
}
