package main

import (
	"strings"

	"deltoid/capture"
)

// fault is one thing wrong, where it is and what to do about it.
type fault struct {
	Path    string       `json:"path,omitempty"` // JSON path in the encounter file, or the name of a setting
	Code    capture.Code `json:"code"`
	Message string       `json:"message"`
	OneOf   []string     `json:"oneOf,omitempty"` // what may stand there
}

func (f fault) String() string {
	if len(f.OneOf) == 0 {
		return f.Message
	}
	end := ". "
	if strings.HasSuffix(f.Message, "?") {
		end = " "
	}
	return f.Message + end + "One of: " + strings.Join(f.OneOf, ", ")
}

func writeFaults(p *page, faults []fault) {
	for _, f := range faults {
		if f.Path == "" {
			p.line("  %s", f)
			continue
		}
		p.line("  %s\t%s", f.Path, f)
	}
}

// plainFaults takes over the desk's faults with the names it gives the fields.
func plainFaults(problems capture.Problems) []fault {
	faults := make([]fault, len(problems))
	for i, problem := range problems {
		faults[i] = fault{Path: problem.Field, Code: problem.Code, Message: problem.Message}
	}
	return faults
}
