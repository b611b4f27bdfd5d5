package store

import (
	"context"
	"database/sql"
	"errors"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"deltoid/capture"
)

// What can be wrong with a records file or its key; match with errors.Is. The words come with the *capture.Error around them.
var (
	ErrMissing = errors.New("the records file does not exist")
	ErrForeign = errors.New("the file is not a Deltoid records file")
	ErrDamaged = errors.New("the records file is damaged")
	ErrNewer   = errors.New("the records file was made by a newer Deltoid")
	ErrClock   = errors.New("the clock is behind the last audit entry")

	// ErrWrongPassphrase is the answer to a user name and passphrase that open no key slot.
	ErrWrongPassphrase = &capture.Error{Code: capture.Forbidden, Field: "passphrase", Message: "The user name or the passphrase is wrong. Check that caps lock is off, then try again"}
	// ErrWrongRecoveryKey is the answer to a well-formed recovery key of another records file, or an older one.
	ErrWrongRecoveryKey = &capture.Error{Code: capture.Forbidden, Field: "recoveryKey", Message: "This recovery key is not the one of these records. Use the newest one that was written down for this device"}
)

func fault(code capture.Code, message string, cause error) error {
	return &capture.Error{Code: code, Message: message, Err: cause}
}

func damaged(cause error) error {
	return fault(capture.Environment, "The records file is damaged: it was changed outside Deltoid, or the disk is failing. Deltoid has not changed it. Keep a copy of it, then restore the latest backup", errors.Join(ErrDamaged, cause))
}

// Words for what did not happen.
const (
	notSaved = "Nothing was saved; what you typed is still on the screen. "
	notRead  = "Nothing was changed. "
)

// savingFault puts a fault met while saving into words. Faults that are in words already pass as they are.
func savingFault(err error) error {
	return inWords(err, notSaved, "The record could not be saved. ", ", then save again")
}

// readingFault puts a fault met while reading into words.
func readingFault(err error) error {
	return inWords(err, notRead, "The records file could not be read. ", ", then try again")
}

func inWords(err error, outcome, otherwise, again string) error {
	var known *capture.Error
	var many capture.Problems
	if err == nil || errors.As(err, &known) || errors.As(err, &many) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	say := func(happened, remedy string) error {
		return fault(capture.Environment, happened+outcome+remedy+again, err)
	}
	var lite *sqlite.Error
	if !errors.As(err, &lite) {
		return say(otherwise, "Restart Deltoid")
	}
	switch lite.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return say("The disk is full. ", "Free some space")
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH:
		return say("The records file may not be written to. ", "Ask whoever looks after this computer to make the data folder writable")
	case sqlite3.SQLITE_IOERR:
		return say("The disk does not answer as it should. ", "Check that it is connected and has space")
	case sqlite3.SQLITE_CANTOPEN:
		return say("The records file cannot be opened. ", "Check that the data folder exists and may be written to")
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return say("Another program is using the records file. ", "Wait a moment")
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return damaged(err)
	}
	return say(otherwise, "Restart Deltoid")
}

// isConstraint tells whether SQLite refused a row because one like it is there already.
func isConstraint(err error) bool {
	var lite *sqlite.Error
	return errors.As(err, &lite) && lite.Code()&0xff == sqlite3.SQLITE_CONSTRAINT
}

func notFound(err error) bool { return errors.Is(err, sql.ErrNoRows) }
