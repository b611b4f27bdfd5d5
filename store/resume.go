package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding"
	"errors"
	"iter"
	"time"

	"github.com/gofrs/flock"

	"deltoid/capture"
	"deltoid/export"
)

var (
	_ export.Resumable = (*building)(nil)
	_ export.Resumer   = (*Store)(nil)
)

// keptBuild is how far an unfinished file had come; it is sealed in its delivery.
type keptBuild struct {
	export.Checkpoint
	Chunks int   `json:"chunks"`
	Rows   int   `json:"rows"`
	Since  int64 `json:"since"`
}

// Save makes everything written and decided so far durable, in one transaction.
func (b *building) Save(at export.Checkpoint) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.usable(); err != nil {
		return err
	}
	s := b.store
	var chunk []byte
	if len(b.buffer) > 0 {
		var err error
		if chunk, err = s.keys.seal(string(chunkTable), chunkID(b.id, b.chunks), 0, b.buffer); err != nil {
			return err
		}
	}
	chunks := b.chunks
	err := s.commit(b.ctx, nil, func(t *transaction) error {
		if chunk != nil {
			if err := t.exec(`INSERT INTO chunk (delivery_id, n, sealed) VALUES (?, ?, ?)`, b.id, chunks, chunk); err != nil {
				return err
			}
			chunks++
		}
		for _, l := range b.lines {
			if err := b.putLine(t, l); err != nil {
				return err
			}
		}
		before := len(t.refs)
		sealed, err := t.seal(deliveryTable, b.id, 0, keptBuild{Checkpoint: at, Chunks: chunks, Rows: b.rows, Since: b.since})
		t.refs = t.refs[:before] // an unfinished file is not vouched for
		if err != nil {
			return err
		}
		return t.exec(`UPDATE delivery SET sealed = ? WHERE id = ? AND state = ?`, sealed, b.id, buildingState)
	})
	if err != nil {
		return b.fail(err)
	}
	b.chunks, b.buffer, b.lines = chunks, b.buffer[:0], b.lines[:0]
	return nil
}

// Suspend ends the work on the file and keeps what was saved. A file of which nothing was saved is dropped at the next start.
func (b *building) Suspend() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.over {
		return nil
	}
	b.over = true
	return unlockBuild(b.lock)
}

// Resume takes up the unfinished file of an extract with this fingerprint, if there is one.
func (s *Store) Resume(ctx context.Context, kind export.Kind, fingerprint string) (string, export.Building, export.Checkpoint, bool, error) {
	var none export.Checkpoint
	lock := flock.New(s.lockPath())
	locked, err := lock.TryLock()
	if err != nil {
		return "", nil, none, false, fileFault("The data folder cannot be written to", err)
	}
	if !locked {
		return "", nil, none, false, &capture.Error{Code: capture.Conflict, Message: "Another window is building a file at this moment. Try again when it has finished"}
	}
	b, from, err := s.takeUp(ctx, kind, fingerprint)
	if err != nil || b == nil {
		return "", nil, none, false, errors.Join(err, unlockBuild(lock))
	}
	b.lock = lock
	return b.id, b, from, true, nil
}

func (s *Store) takeUp(ctx context.Context, kind export.Kind, fingerprint string) (*building, export.Checkpoint, error) {
	var id string
	var sealed []byte
	err := s.queryRow(ctx, `SELECT id, sealed FROM delivery WHERE state = ? AND kind = ? AND length(sealed) > 0`, buildingState, string(kind)).Scan(&id, &sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, export.Checkpoint{}, nil
	}
	if err != nil {
		return nil, export.Checkpoint{}, readingFault(err)
	}
	kept, err := unseal[keptBuild](s.keys, deliveryTable, id, 0, sealed)
	if err != nil || kept.Fingerprint != fingerprint {
		return nil, export.Checkpoint{}, nil // it is begun anew
	}
	b := &building{ctx: ctx, store: s, id: id, kind: kind, sum: sha256.New(), chunks: kept.Chunks, rows: kept.Rows, bytes: kept.Bytes, since: kept.Since}
	if state, able := b.sum.(encoding.BinaryUnmarshaler); !able || state.UnmarshalBinary(kept.Hash) != nil {
		return nil, export.Checkpoint{}, nil
	}
	return b, kept.Checkpoint, s.commit(ctx, nil, func(t *transaction) error { return t.cutBack(id, kept) })
}

// cutBack drops what was written of a file after its last checkpoint: the bytes, and the rows of events whose first
// waiting row comes later.
func (t *transaction) cutBack(id string, kept keptBuild) error {
	if err := t.exec(`DELETE FROM chunk WHERE delivery_id = ? AND n >= ?`, id, kept.Chunks); err != nil {
		return err
	}
	return t.exec(`DELETE FROM delivery_row WHERE delivery_id = ? AND NOT EXISTS
		(SELECT 1 FROM pending AS this JOIN pending AS first ON first.record_id = this.record_id AND first.kind = this.kind
		WHERE this.seq = delivery_row.pending_seq AND first.row_n IS NULL AND first.seq <= ?)`, id, kept.After)
}

// forgetUnfinished lets unfinished files be begun anew: what they were built upon has changed.
func (t *transaction) forgetUnfinished() error {
	return t.exec(`UPDATE delivery SET sealed = x'' WHERE state = ?`, buildingState)
}

// WaitingAfter is Waiting for the events whose first waiting row comes after one.
func (s *Store) WaitingAfter(ctx context.Context, kind export.Kind, before time.Time, after int64) iter.Seq2[export.Waiting, error] {
	return s.waitingAfter(ctx, kind, before, after)
}
