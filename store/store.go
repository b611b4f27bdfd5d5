package store

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"sync/atomic"

	"deltoid/capture"
	"deltoid/export"
)

var (
	_ capture.Store = (*Store)(nil)
	_ export.Ledger = (*Store)(nil)
)

// Store is an unlocked records file. It is safe for concurrent use, and several processes may have the same file open.
type Store struct {
	options Options
	keys    *keyring
	writer  *sql.DB // one connection
	readers *sql.DB
	people  *peopleIndex

	refreshing sync.Mutex
	seenSeq    int64 // of the newest person in the index that was read from the file
	unreadable atomic.Int64

	writing    sync.Mutex // held for a whole transaction, so that the index follows the order of commits
	statements statements // of the writer
	queries    sync.Map   // of the readers, compiled: text to *sql.Stmt
}

// Path is where the records file is.
func (s *Store) Path() string { return s.options.Path }

// Close ends the use of the file. What was saved is safe whether or not Close is called.
func (s *Store) Close() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.people.wait()
	// The last connection to close folds the WAL into the file, so readers go first.
	if err := errors.Join(s.readers.Close(), s.writer.Close()); err != nil {
		return fault(capture.Environment, "The records file could not be closed cleanly. Nothing that was saved is lost; Deltoid puts it in order at the next start", err)
	}
	return nil
}

// attach opens the connections of an unlocked store.
func attach(ctx context.Context, options Options, keys *keyring) (*Store, error) {
	writer, err := openWriter(options.Path)
	if err != nil {
		return nil, readingFault(err)
	}
	readers, err := openReaders(options.Path)
	if err != nil {
		_ = writer.Close()
		return nil, readingFault(err)
	}
	s := &Store{options: options, keys: keys, writer: writer, readers: readers, people: newPeopleIndex(), statements: newStatements()}
	if err := writer.PingContext(ctx); err != nil {
		s.abandon()
		return nil, readingFault(err)
	}
	return s, nil
}

// abandon closes a store that did not come to be.
func (s *Store) abandon() { _ = errors.Join(s.readers.Close(), s.writer.Close()) }
