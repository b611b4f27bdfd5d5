package capture

import (
	"strings"

	"deltoid/assets/catalogue"
)

// Staff is a member of the team. Who gives and who types may be two people.
type Staff struct {
	ID           string       `json:"id,omitempty"`
	UserName     string       `json:"userName"` // typed at sign-in, sent as USER_NAME
	Forename     string       `json:"forename"`
	Surname      string       `json:"surname"`
	Email        string       `json:"email,omitempty"`
	JobRole      string       `json:"jobRole,omitempty"` // SDS job role name
	Registration Registration `json:"registration,omitzero"`
	PINHash      string       `json:"pinHash,omitempty"` // bcrypt; empty: none
	Admin        bool         `json:"admin,omitempty"`   // may add staff, change settings, correct records
}

// Registration is a number in a professional register.
type Registration struct {
	Body   string `json:"body,omitempty"` // key in the catalogue: nmc, gmc, gphc, hcpc
	Number string `json:"number,omitempty"`
}

// Registered tells whether the person is a registered clinician, who may screen and take consent.
func (s Staff) Registered() bool { return s.Registration.Body != "" && s.Registration.Number != "" }

// Name is how the desk shows the member of staff: A. Nurse.
func (s Staff) Name() string {
	initial := ""
	for _, r := range s.Forename {
		initial = string(r) + ". "
		break
	}
	return initial + s.Surname
}

// FullName is both names.
func (s Staff) FullName() string { return strings.TrimSpace(s.Forename + " " + s.Surname) }

// Check lists every fault in the member of staff's details.
func (s Staff) Check(edition *catalogue.Edition) Problems {
	var faults Problems
	if s.UserName == "" || strings.ContainsAny(s.UserName, " \t\r\n") {
		faults.Add("userName", "Enter a user name without spaces")
	}
	checkName(&faults, "forename", "first name", s.Forename, 35)
	checkName(&faults, "surname", "last name", s.Surname, 35)
	if s.Registration.Body != "" {
		if _, ok := edition.Body(s.Registration.Body); !ok {
			faults.Add("registration.body", "Choose a registration body from the list")
		}
		if s.Registration.Number == "" {
			faults.Add("registration.number", "Enter the registration number")
		}
	} else if s.Registration.Number != "" {
		faults.Add("registration.body", "Choose which body issued the registration number")
	}
	return faults
}
