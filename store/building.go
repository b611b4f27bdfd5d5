package store

import (
	"context"
	"crypto/sha256"
	"errors"
	"hash"
	"sync"

	"github.com/gofrs/flock"

	"deltoid/capture"
	"deltoid/export"
)

// Sizes that keep each write of a build short, so that saving at the desk never waits long for it.
const (
	chunkBytes  = 256 << 10
	linesAtOnce = 512 // rows and holds
)

var (
	_ export.Building = (*building)(nil)
	_ export.Settler  = (*building)(nil)
)

// building is a file being written. Whoever has the lock file builds; what lies unfinished while nobody has it is a wreck.
type building struct {
	ctx   context.Context
	store *Store
	lock  *flock.Flock
	id    string
	kind  export.Kind

	mu     sync.Mutex
	buffer []byte
	chunks int
	bytes  int64
	sum    hash.Hash
	rows   int // data rows so far that events have for themselves
	lines  []line
	since  int64 // commit time of its beginning; reasons for holding back that are older are not of this build
	over   bool  // finished, discarded or failed
	failed error
}

// line is a row or a hold that is not written yet.
type line struct {
	row      int
	span     int // rows; 0: shared
	waiting  export.Waiting
	problems capture.Problems
}

// lockPath is beside the records file; the file itself must not be opened by anybody but SQLite.
func (s *Store) lockPath() string { return s.options.Path + ".build" }

// Begin starts a file. Only one file is built at a time, by whichever process; a second one is a Conflict.
func (s *Store) Begin(ctx context.Context, delivery export.Delivery) (export.Building, error) {
	if err := needID(delivery.ID, "file"); err != nil {
		return nil, err
	}
	lock := flock.New(s.lockPath())
	switch locked, err := lock.TryLock(); {
	case err != nil:
		return nil, fileFault("The data folder cannot be written to", err)
	case !locked:
		return nil, &capture.Error{Code: capture.Conflict, Message: "Another window is building a file at this moment. Try again when it has finished"}
	}
	b := &building{ctx: ctx, store: s, lock: lock, id: delivery.ID, kind: delivery.Kind, sum: sha256.New()}
	err := s.commit(ctx, nil, func(t *transaction) error {
		if err := t.dropBuilds(delivery.Kind); err != nil {
			return err
		}
		b.since = t.now.UnixMicro()
		err := t.exec(`INSERT INTO delivery (id, version, seq, committed_at, kind, state, sealed) VALUES (?, 0, ?, ?, ?, ?, x'')`,
			delivery.ID, t.head.Seq, t.now.UnixMicro(), string(delivery.Kind), buildingState)
		if isConstraint(err) {
			return &capture.Error{Code: capture.Conflict, Field: "id", Message: "There is a file with this id already. Build the file again", Err: err}
		}
		return err
	})
	if err != nil {
		return nil, errors.Join(err, unlockBuild(lock))
	}
	return b, nil
}

func unlockBuild(lock *flock.Flock) error {
	if err := lock.Unlock(); err != nil {
		return fileFault("The lock of the build cannot be released", err)
	}
	return nil
}

// Write takes more of the file's bytes.
func (b *building) Write(data []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.usable(); err != nil {
		return 0, err
	}
	b.buffer = append(b.buffer, data...)
	b.sum.Write(data)
	b.bytes += int64(len(data))
	for len(b.buffer) >= chunkBytes {
		if err := b.fail(b.flushChunk(b.buffer[:chunkBytes])); err != nil {
			return 0, err
		}
		b.buffer = append(b.buffer[:0], b.buffer[chunkBytes:]...)
	}
	return len(data), nil
}

// Row says that data row n (from 1) carries the event; n 0 says that nothing need be sent for it any more.
func (b *building) Row(n int, waiting export.Waiting) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if n > 0 {
		b.rows++
	}
	return b.add(line{row: n, span: 1, waiting: waiting})
}

// Rows says that the event has count data rows from the first one on; count 0 says that it shares that row with others.
func (b *building) Rows(first, count int, waiting export.Waiting) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rows += count
	return b.add(line{row: first, span: count, waiting: waiting})
}

// Hold keeps the event waiting and says why; the reason is kept at once, whatever becomes of the file.
func (b *building) Hold(waiting export.Waiting, problems capture.Problems) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.add(line{waiting: export.Waiting{Event: waiting.Event, Reaction: waiting.Reaction}, problems: problems})
}

func (b *building) add(l line) error {
	if err := b.usable(); err != nil {
		return err
	}
	if b.lines = append(b.lines, l); len(b.lines) < linesAtOnce {
		return nil
	}
	return b.fail(b.flushLines())
}

func (b *building) flushChunk(plain []byte) error {
	s := b.store
	sealed, err := s.keys.seal(string(chunkTable), chunkID(b.id, b.chunks), 0, plain)
	if err != nil {
		return err
	}
	err = s.commit(b.ctx, nil, func(t *transaction) error {
		return t.exec(`INSERT INTO chunk (delivery_id, n, sealed) VALUES (?, ?, ?)`, b.id, b.chunks, sealed)
	})
	b.chunks++
	return err
}

func (b *building) flushLines() error {
	if len(b.lines) == 0 {
		return nil
	}
	err := b.store.commit(b.ctx, nil, func(t *transaction) error {
		for _, l := range b.lines {
			if err := b.putLine(t, l); err != nil {
				return err
			}
		}
		return nil
	})
	b.lines = b.lines[:0]
	return err
}

func (b *building) putLine(t *transaction, l line) error {
	if l.problems != nil {
		return t.putHeld(b.kind, l.waiting.Version(), l.problems)
	}
	for i, seq := range l.waiting.Seqs {
		row, span := 0, 1 // earlier versions are collapsed into the latest
		if i == len(l.waiting.Seqs)-1 {
			row, span = l.row, l.span
		}
		if err := t.exec(`INSERT INTO delivery_row (delivery_id, pending_seq, row_n, span) VALUES (?, ?, ?, ?)`, b.id, seq, row, span); err != nil {
			return err
		}
	}
	return nil
}

// Discard drops the file; after Finish it does nothing. Reasons for holding events back stay.
func (b *building) Discard() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.over {
		return nil
	}
	b.over = true
	b.ctx = context.WithoutCancel(b.ctx)
	b.lines = onlyHolds(b.lines)
	err := b.flushLines()
	drop := b.store.commit(b.ctx, nil, func(t *transaction) error { return t.dropBuilds(b.kind) })
	return errors.Join(err, drop, unlockBuild(b.lock))
}

func onlyHolds(lines []line) []line {
	var holds []line
	for _, l := range lines {
		if l.problems != nil {
			holds = append(holds, l)
		}
	}
	return holds
}

func (b *building) usable() error {
	if b.failed != nil {
		return b.failed
	}
	if b.over {
		return &capture.Error{Code: capture.Conflict, Message: "This file is finished. Build a new one"}
	}
	return nil
}

// fail remembers a fault, so that a file with a hole in it can never be finished.
func (b *building) fail(err error) error {
	if err != nil {
		b.failed = err
	}
	return err
}

// dropBuilds drops unfinished files that nobody can take up, and those of an extract. Only whoever has the lock may do it.
func (t *transaction) dropBuilds(kind export.Kind) error {
	const unfinished = `state = ? AND (length(sealed) = 0 OR kind = ?)`
	for _, statement := range []string{
		`DELETE FROM chunk WHERE delivery_id IN (SELECT id FROM delivery WHERE ` + unfinished + `)`,
		`DELETE FROM delivery_row WHERE delivery_id IN (SELECT id FROM delivery WHERE ` + unfinished + `)`,
		`DELETE FROM delivery WHERE ` + unfinished,
	} {
		if err := t.exec(statement, buildingState, string(kind)); err != nil {
			return err
		}
	}
	return nil
}

// dropAbandonedBuilds drops what a crash left behind and nobody can take up, unless somebody is building right now.
func (s *Store) dropAbandonedBuilds(ctx context.Context) error {
	var n int
	if err := s.queryRow(ctx, `SELECT count(*) FROM delivery WHERE state = ? AND length(sealed) = 0`, buildingState).Scan(&n); err != nil || n == 0 {
		return err
	}
	lock := flock.New(s.lockPath())
	locked, err := lock.TryLock()
	if err != nil {
		return fileFault("The data folder cannot be written to", err)
	}
	if !locked {
		return nil
	}
	err = s.commit(ctx, nil, func(t *transaction) error { return t.dropBuilds("") })
	return errors.Join(err, unlockBuild(lock))
}
