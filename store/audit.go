package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"deltoid/capture"
)

// recordRef names a record written together with an audit entry.
type recordRef struct {
	Table   table  `json:"t"`
	ID      string `json:"id"`
	Version int64  `json:"v,omitempty"`
	Digest  []byte `json:"d,omitempty"`    // SHA-256 of the sealed record
	Gone    bool   `json:"gone,omitempty"` // the record was removed
	// Dues are the extracts that must carry the version of an event or a reaction.
	Dues []string `json:"dues,omitempty"`
}

// auditRecord is what is sealed in a link of the chain.
type auditRecord struct {
	Entry   capture.AuditEntry `json:"entry"`
	Records []recordRef        `json:"records,omitempty"`
	// Settled are pending rows for which nothing need be sent, decided without a file.
	Settled []int64 `json:"settled,omitempty"`
	// ClockWas is the latest time seen before, when the clock had gone back behind it.
	ClockWas time.Time `json:"clockWas,omitzero"`
}

// auditHead is the end of the chain, kept sealed beside it so that a cut-off end is noticed.
type auditHead struct {
	Seq  int64     `json:"seq"`
	Hash []byte    `json:"hash"`
	At   time.Time `json:"at"` // latest time the clock has shown
}

// headName is the row of meta that holds the auditHead.
const headName = "audit_head"

type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// readHead gives the end of the chain; the zero head is that of a file being made.
func readHead(row func(query string, args ...any) *sql.Row, keys *keyring) (auditHead, error) {
	var head auditHead
	var sealed []byte
	err := row(`SELECT value FROM meta WHERE name = ?`, headName).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		var n int64
		if err := row(`SELECT count(*) FROM audit`).Scan(&n); err != nil {
			return head, err
		}
		if n > 0 {
			return head, damaged(errors.New("the head of the audit chain is missing"))
		}
		return head, nil
	}
	if err != nil {
		return head, err
	}
	plain, err := keys.open(string(metaTable), headName, 0, sealed)
	if err != nil {
		return head, damaged(fmt.Errorf("head of the audit chain: %w", err))
	}
	if err := json.Unmarshal(plain, &head); err != nil {
		return head, damaged(fmt.Errorf("head of the audit chain: %w", err))
	}
	return head, nil
}

// appendAudit adds the entry, with the digests of the records of this transaction, and moves the head.
func (t *transaction) appendAudit(entry capture.AuditEntry) error {
	record := auditRecord{Entry: entry, Records: t.refs, Settled: t.settled}
	latest := t.head.At
	if t.now.Before(latest) {
		record.ClockWas = latest
	}
	if t.now.After(latest) || t.resetClock {
		latest = t.now
	}
	plain, err := json.Marshal(record)
	if err != nil {
		return fmt.Errorf("encode audit entry: %w", err)
	}
	keys, seq := t.store.keys, t.seq()
	sealed, err := keys.seal(string(auditTable), "", seq, plain)
	if err != nil {
		return err
	}
	hash := keys.link(t.head.Hash, seq, sealed)
	if err := t.exec(`INSERT INTO audit (seq, committed_at, sealed, hash) VALUES (?, ?, ?, ?)`, seq, t.now.UnixMicro(), sealed, hash); err != nil {
		return err
	}
	t.head = auditHead{Seq: seq, Hash: hash, At: latest}
	return t.putHead()
}

func (t *transaction) putHead() error {
	plain, err := json.Marshal(t.head)
	if err != nil {
		return fmt.Errorf("encode head of the audit chain: %w", err)
	}
	sealed, err := t.store.keys.seal(string(metaTable), headName, 0, plain)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, headName, sealed)
}

// Audit appends an entry for something that changes no record.
func (s *Store) Audit(ctx context.Context, entry capture.AuditEntry) error {
	return s.commit(ctx, &entry, func(*transaction) error { return nil })
}
