package capture

import (
	"slices"
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
	Share         string            `json:"share,omitempty"`         // whether the record may be shared beyond the GP: yes, no; empty: not asked
}

// Refusal is the consent type of somebody who said no; it never goes with a dose.
const Refusal = "CT8"

// Competent weighs the answers to the Gillick statements: one no makes a child not competent, a yes to each competent;
// until then it is not decided (clinical facts 5).
func (c Consent) Competent(statements []catalogue.Code) (decided, competent bool) {
	answered := 0
	for _, statement := range statements {
		switch c.Gillick[statement.Key] {
		case No:
			return true, false
		case Yes:
			answered++
		}
	}
	all := answered == len(statements) && answered > 0
	return all, all
}

// offered tells whether the desk offers a way of consenting to a patient of an age in completed years. A child found
// not competent is asked for another's consent.
func (c Consent) offered(option catalogue.Consent, age int, edition *catalogue.Edition) bool {
	decided, competent := c.Competent(edition.GillickStatements())
	return option.Offered(age, c.LacksCapacity) && !(option.Gillick && decided && !competent)
}

// Check lists every fault of what a consent under which a dose would be given says by itself. Whether it suits the
// patient's age, came in time and was taken by somebody who may is looked at with the whole encounter.
func (c Consent) Check(edition *catalogue.Edition, staff func(id string) (Staff, bool)) Problems {
	var faults Problems
	option, ok := edition.Consent(c.Type)
	if !ok {
		faults.Add("type", "Choose who gave consent")
		return faults
	}
	if option.NeedsName && oneLine(c.By) == "" {
		faults.Add("by", "Enter the name of the person who decided")
	}
	if option.NeedsRelationship && oneLine(c.Relationship) == "" {
		faults.Add("relationship", "Enter how that person is related to the patient")
	}
	if option.NeedsConsulted && oneLine(c.Consulted) == "" {
		faults.Add("consulted", "Enter who was consulted about the best interests of the patient")
	}
	if _, known := staff(c.ClinicianID); !known {
		faults.Add("clinicianId", "Choose the clinician responsible for the consent")
	}
	if !slices.Contains([]string{"", Yes, No}, c.Share) {
		faults.Add("share", "Choose yes or no, or leave it out when it was not asked")
	}
	if option.Gillick {
		c.checkGillick(&faults, edition)
	}
	return faults
}

func (c Consent) checkGillick(faults *Problems, edition *catalogue.Edition) {
	statements := edition.GillickStatements()
	decided, competent := c.Competent(statements)
	switch {
	case decided && !competent:
		faults.refuse("type", "The child does not understand all that is asked, so is not Gillick competent. Ask a person with parental responsibility")
	case !decided:
		for _, statement := range statements {
			if answer := c.Gillick[statement.Key]; answer != Yes && answer != No {
				faults.Add("gillick."+statement.Key, "Answer yes or no: "+statement.Label)
			}
		}
	}
	if oneLine(c.Notes) == "" {
		faults.Add("notes", "Enter how the child showed that they understand")
	}
}

// ConsentOptions are the ways of consenting and refusing that are offered to the person of the encounter, by age and
// capacity, in order (clinical facts 5).
func (d *Desk) ConsentOptions(encounter Encounter) []catalogue.Consent {
	day := catalogue.DateOf(encounter.When(d.Now()))
	edition, age := d.Catalogue.At(day), encounter.Person.Age(day)
	return slices.DeleteFunc(edition.Consents(), func(option catalogue.Consent) bool {
		return !encounter.Consent.offered(option, age, edition)
	})
}

// checkConsent looks at the consent to a dose as part of the encounter.
func (r room) checkConsent(faults *Problems, encounter Encounter) {
	consent := encounter.Consent
	faults.AddAll("consent", consent.Check(r.edition, r.staff))
	option, ok := r.edition.Consent(consent.Type)
	switch {
	case !ok:
	case !option.Given:
		faults.Add("consent.type", "Consent was refused: record why the vaccine was not given")
	case !option.Offered(encounter.Person.Age(r.day), consent.LacksCapacity):
		faults.refuse("consent.type", "By age and capacity this person's consent is another's to give, or their own. Choose one of the ways offered")
	}
	// Clocks of two people differ by seconds, and times are typed to the minute.
	if consent.At.Truncate(time.Minute).After(encounter.When(r.now)) {
		faults.Add("consent.at", "Consent comes before the dose: correct the time of one of the two")
	}
}
