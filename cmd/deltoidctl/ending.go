package main

import (
	"context"
	"errors"
	"io/fs"

	"deltoid/capture"
	"deltoid/store"
)

// Exit codes; scripts rely on them.
const (
	exitDone        = 0
	exitRefused     = 1 // the input or the state was looked at and refused, with reasons
	exitUsage       = 2 // the command line cannot be understood, or says too little
	exitEnvironment = 3 // disk, clock, network, passphrase, damaged file: set it right and try again
)

// endedWith ends a command that has said everything already.
type endedWith int

func (e endedWith) Error() string { return "ended" }

// usageError is a fault in how the program was called.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usage(message string) error { return usageError{errors.New(message)} }

// failure is why a command could not do its work.
type failure struct {
	exit    int
	Code    capture.Code `json:"code"`
	Message string       `json:"message"`
	Faults  []fault      `json:"faults,omitempty"`
}

// codeUsage goes with exitUsage; the other codes are those of the desk.
const codeUsage capture.Code = "usage"

func (f failure) text(p *page) {
	p.line("deltoidctl: %s", f.Message)
	writeFaults(p, f.Faults)
}

// failureOf turns an error into what is said about it.
func failureOf(err error) failure {
	var wrong usageError
	if errors.As(err, &wrong) {
		return failure{exit: exitUsage, Code: codeUsage, Message: wrong.Error()}
	}
	var faults refusal
	if errors.As(err, &faults) {
		return failure{exit: exitRefused, Code: faults[0].Code, Message: "refused", Faults: faults}
	}
	problems := capture.ProblemsOf(err)
	switch {
	case errors.Is(err, store.ErrWrongPassphrase), errors.Is(err, store.ErrWrongRecoveryKey):
		// Nothing of the input was looked at: the call is to be set right and made again.
		return failure{exit: exitEnvironment, Code: capture.Forbidden, Message: problems[0].Message}
	case errors.Is(err, context.Canceled):
		return failure{exit: exitEnvironment, Code: capture.Environment, Message: "stopped; what was said to be done is done, the rest is not"}
	case len(problems) == 1 && problems[0].Field == "":
		return failure{exit: exitOf(problems[0].Code), Code: problems[0].Code, Message: err.Error()}
	case len(problems) > 0:
		return failure{exit: exitOf(problems[0].Code), Code: problems[0].Code, Message: "refused", Faults: plainFaults(problems)}
	}
	// What is not one of the desk's own faults came from the file system, the database or the network.
	return failure{exit: exitEnvironment, Code: capture.Environment, Message: environmentWords(err)}
}

func exitOf(code capture.Code) int {
	if code == capture.Environment {
		return exitEnvironment
	}
	return exitRefused
}

func environmentWords(err error) string {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return err.Error() + "; check who may read and write there"
	case errors.Is(err, fs.ErrNotExist):
		return err.Error() + "; check the path"
	}
	return err.Error()
}
