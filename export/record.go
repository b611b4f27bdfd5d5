package export

import (
	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// record is what the columns of one row look at.
type record struct {
	*capture.Event                // nil in a row of counts
	flag           capture.Action // what the row does at the receiver; differs from Event.Action when no earlier version got there
	settings       *settings
	attribute      *Answer           // of a row about a further question
	reaction       *capture.Reaction // of a row about an adverse reaction
	hour           *hourCount        // of a row of counts
}

// Answer is what was answered to a further question about a vaccination.
type Answer struct {
	ID, Text, Value string
}

// blankGiven and blankNotGiven stand in for the part an event does not have: every column of it is empty.
var (
	blankGiven    capture.Given
	blankNotGiven capture.NotGivenAs
)

func (r *record) given() *capture.Given {
	if r.Given == nil {
		return &blankGiven
	}
	return r.Given
}

func (r *record) notGiven() *capture.NotGivenAs {
	if r.NotGiven == nil {
		return &blankNotGiven
	}
	return r.NotGiven
}

// procedure of a dose not given is blank, so that nobody takes it for one that was; a setting can send the intended one.
func (r *record) procedure() capture.Coded {
	if r.NotGiven == nil || !r.settings.intendedProcedure {
		return r.given().Procedure
	}
	return r.settings.intended(r.Event)
}

// product of a dose not given is the intended one, unless a setting keeps it back.
func (r *record) product() capture.Coded {
	if r.NotGiven != nil && !r.settings.intendedProduct {
		return capture.Coded{}
	}
	return r.Product.Coded
}

func (r *record) manufacturer() string {
	if r.Given == nil {
		return ""
	}
	return r.Product.Manufacturer
}

func (r *record) indication() capture.Coded {
	if r.Given == nil {
		return capture.Coded{}
	}
	return r.Indication
}

// registerURI goes with a registration number only.
func (r *record) registerURI() string {
	if r.Performer.Registration.Number == "" {
		return ""
	}
	return r.Performer.RegistrationURI
}

// reportOrigin decides at the receiver whether the registered GP is told.
func (r *record) reportOrigin() string {
	if r.PrimarySource {
		return r.settings.originWhenPrimary
	}
	return r.ReportOrigin
}

func (r *record) location() string {
	if r.LocationCode == "" {
		return capture.NoLocation
	}
	return r.LocationCode
}

// numberStatus keeps what is known of the tracing. A missing number that nobody tried to trace gets the configured
// status, and a number is never called missing.
func (r *record) numberStatus() string {
	status := r.Person.NHSNumberStatus
	if r.Person.NHSNumber == "" {
		switch status {
		case "", "01", "02", "03":
			return r.settings.blankStatus
		}
		return status
	}
	switch status {
	case "", "03", "07":
		return "02"
	}
	return status
}

// doseSequence is the nominal position in the course, by the table of the extract. The national table of COVID-19 knows
// only 1, 2 and blank, so what later doses send is a setting.
func (r *record) doseSequence() string {
	if number, nominal := r.settings.doseNumbers[r.Kind]; nominal || r.Kind == "" {
		return number
	}
	switch later := r.settings.laterDose; later {
	case laterBlank:
		return ""
	case laterOrdinal:
		return r.ordinal()
	default:
		return later
	}
}

// ordinal counts nominally: who was severely immunosuppressed at the primary course had three primary doses.
func (r *record) ordinal() string {
	position := 3
	if r.Kind != catalogue.ThirdPrimary && r.Circumstances.ImmunosuppressedAtPrimary {
		position++
	}
	if r.Kind == catalogue.SpringBooster {
		position++
	}
	return string(rune('0' + position))
}

// truth is one of the two words the receiver compares with; anything else would count as false there.
func truth(yes bool) string {
	if yes {
		return "TRUE"
	}
	return "FALSE"
}
