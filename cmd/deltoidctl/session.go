package main

import (
	"context"
	"errors"
	"io"
	"os"

	"deltoid/capture"
	"deltoid/cmd/internal/profile"
	"deltoid/store"
)

// session is one call of the program: what a command needs besides its own flags.
type session struct {
	ctx     context.Context
	globals *globals
	help    string // the call that says how to call this command
	stdin   *os.File
	stderr  io.Writer
	out     printer
}

// fail says why and gives the exit code; without an error it is the end of work well done.
func (s *session) fail(err error) int {
	if err == nil {
		return exitDone
	}
	f := failureOf(err)
	if f.exit == exitUsage {
		f.Message += "; see " + s.help
	}
	s.out.fail(f)
	return f.exit
}

// options are those of every profile that this call makes or opens.
func (s *session) options() profile.Options {
	return profile.Options{Now: s.globals.clock(), Version: version}
}

// dir is the folder of the profile.
func (s *session) dir() (string, error) {
	if s.globals.Data != "" {
		return s.globals.Data, nil
	}
	return profile.DefaultDir()
}

// look finds the profile, still locked.
func (s *session) look() (*profile.Locked, error) {
	dir, err := s.dir()
	if err != nil {
		return nil, err
	}
	locked, err := profile.Open(s.ctx, dir, s.options())
	if errors.Is(err, store.ErrMissing) {
		return nil, &capture.Error{Code: capture.Environment, Message: "There is no profile in " + dir + ". Make one with deltoidctl init, or name another folder with --data", Err: err}
	}
	return locked, err
}

// open signs in to the profile.
func (s *session) open() (*profile.Profile, error) {
	locked, err := s.look()
	if err != nil {
		return nil, err
	}
	name, err := s.userName(locked.UserNames())
	if err != nil {
		return nil, err
	}
	phrase, err := s.passphrase(name)
	if err != nil {
		return nil, err
	}
	p, err := locked.Unlock(s.ctx, name, phrase)
	if errors.Is(err, store.ErrWrongPassphrase) && s.globals.User == "" {
		return nil, &capture.Error{Code: capture.Forbidden, Message: store.ErrWrongPassphrase.Message + ". The passphrase was tried for " + name + "; --user names somebody else", Err: err}
	}
	return p, err
}

func (s *session) userName(known []string) (string, error) {
	switch {
	case s.globals.User != "":
		return s.globals.User, nil
	case len(known) > 0:
		return known[0], nil
	}
	return "", usage("nobody can sign in to this profile: give --user")
}
