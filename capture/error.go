package capture

import (
	"errors"
	"strings"
)

// Code says what sort of thing went wrong; machines decide on it, people read the message.
type Code string

// The codes of Error.
const (
	Invalid     Code = "invalid"     // something typed is missing or wrong; Field names it
	NotFound    Code = "not-found"   // there is no such person, event, batch …
	Conflict    Code = "conflict"    // somebody else changed it, or it exists already
	Forbidden   Code = "forbidden"   // this member of staff may not do it
	Refused     Code = "refused"     // a clinical or legal rule stops it
	Environment Code = "environment" // the computer: disk, clock, file, network
)

// Error is one fault in words for the person at the desk.
type Error struct {
	Code    Code   `json:"code"`
	Field   string `json:"field,omitempty"` // path in the record, for example person.birthDate
	Message string `json:"message"`         // what happened and what to do
	Err     error  `json:"-"`               // the cause, for the log; never patient data
}

func (e *Error) Error() string {
	if e.Field == "" {
		return e.Message
	}
	return e.Field + ": " + e.Message
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Problems is every fault of one check, so that nobody has to find them one at a time.
type Problems []*Error

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.Is and errors.As see each fault.
func (p Problems) Unwrap() []error {
	errs := make([]error, len(p))
	for i, problem := range p {
		errs[i] = problem
	}
	return errs
}

// Add notes that a field is wrong and what to do about it.
func (p *Problems) Add(field, message string) {
	*p = append(*p, &Error{Code: Invalid, Field: field, Message: message})
}

// refuse notes that a clinical or legal rule stops a field as it is.
func (p *Problems) refuse(field, message string) {
	*p = append(*p, &Error{Code: Refused, Field: field, Message: message})
}

// AddAll takes over the faults of a part, naming the part in front of each field.
func (p *Problems) AddAll(part string, faults Problems) {
	for _, fault := range faults {
		copied := *fault
		if part != "" {
			copied.Field = part + "." + fault.Field
		}
		*p = append(*p, &copied)
	}
}

// Err is nil when there is no fault.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// CodeOf is the code of the first fault in err, or "" when err is not ours.
func CodeOf(err error) Code {
	var fault *Error
	if errors.As(err, &fault) {
		return fault.Code
	}
	return ""
}

// ProblemsOf lists the faults in err, whether it holds one or many.
func ProblemsOf(err error) Problems {
	var many Problems
	if errors.As(err, &many) {
		return many
	}
	var one *Error
	if errors.As(err, &one) {
		return Problems{one}
	}
	return nil
}
