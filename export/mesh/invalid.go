package mesh

import "strings"

// Problem is one field that cannot be used as it stands.
type Problem struct {
	Field string // name of the field in its struct, for example "BaseURL"
	ID    Field  // which setting that is; empty for what is no setting
	What  string // what is wrong with it; never repeats the value, which may be secret
	Cure  string // what to do about it
}

// Invalid lists every problem of one [Config], [Message] or call at once. Nothing was sent.
// It counts as [ErrPermanent]: the same input fails the same way.
type Invalid struct {
	Subject  string // what was looked at, for example "MESH settings"
	Problems []Problem
}

// Error names each field with its cure.
func (e *Invalid) Error() string {
	parts := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		parts[i] = p.Field + " " + p.What + " (" + p.Cure + ")"
	}
	return e.Subject + ": " + strings.Join(parts, "; ")
}

// Is makes errors.Is(err, ErrPermanent) true.
func (e *Invalid) Is(target error) bool { return target == ErrPermanent }

// problems collects what is wrong with one subject.
type problems []Problem

func (p *problems) add(field, what, cure string) {
	*p = append(*p, Problem{field, fieldIDs[field], what, cure})
}

// err is nil when nothing was found, so that a nil *Invalid never hides in an error.
func (p problems) err(subject string) error {
	if len(p) == 0 {
		return nil
	}
	return &Invalid{Subject: subject, Problems: p}
}
