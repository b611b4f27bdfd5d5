package catalogue

import (
	"fmt"
	"strings"
)

// Problem is one thing wrong with one cell of the reference data.
type Problem struct {
	File   string // name of the CSV file
	Line   int    // counted from 1, the header; 0 when the whole file is meant
	Column string // empty when the whole row is meant
	Says   string // what is wrong
	Cure   string // what to do
}

func (p Problem) Error() string {
	where := p.File
	if p.Line > 0 {
		where = fmt.Sprintf("%s line %d", where, p.Line)
	}
	if p.Column != "" {
		where += " column " + p.Column
	}
	return fmt.Sprintf("%s: %s; %s", where, p.Says, p.Cure)
}

// Problems is everything wrong with the reference data, so that nobody has to find the faults one at a time.
type Problems []Problem

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.As see each problem.
func (p Problems) Unwrap() []error {
	errs := make([]error, len(p))
	for i, problem := range p {
		errs[i] = problem
	}
	return errs
}

func (p *Problems) add(file string, line int, column, says, cure string) {
	*p = append(*p, Problem{file, line, column, says, cure})
}

// err is nil when nothing is wrong.
func (p Problems) err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}
