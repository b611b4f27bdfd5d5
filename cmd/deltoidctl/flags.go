package main

import (
	"maps"
	"strings"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// refusal is everything that is wrong with the flags of a command, told at once.
type refusal []fault

func (r refusal) Error() string {
	lines := make([]string, len(r))
	for i, f := range r {
		lines[i] = f.Path + ": " + f.String()
	}
	return strings.Join(lines, "\n")
}

// flagFaults names the flags instead of the desk's fields, with what may stand there. What no flag can put right stays as it is.
func flagFaults(err error, flags map[string]string, choices func(field string) []string) error {
	var faults refusal
	for _, problem := range capture.ProblemsOf(err) {
		if problem.Field == "" || problem.Code == capture.Environment || problem.Code == capture.Forbidden {
			return err
		}
		faults = append(faults, fault{Path: orUsual(flags[problem.Field], problem.Field), Code: problem.Code, Message: problem.Message, OneOf: choices(problem.Field)})
	}
	if len(faults) == 0 {
		return err
	}
	return faults
}

func withFlags(flags, more map[string]string) map[string]string {
	all := maps.Clone(flags)
	maps.Copy(all, more)
	return all
}

// edition is the reference data in force today, for commands that open no profile.
func (s *session) edition() (*catalogue.Edition, error) {
	known, err := catalogue.Load()
	if err != nil {
		return nil, err
	}
	return known.At(catalogue.DateOf(s.globals.clock()())), nil
}
