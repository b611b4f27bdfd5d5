package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"deltoid/capture"
)

// table names a table of sealed records. Only these constants ever become part of a statement.
type table string

const (
	personTable        table = "person"
	staffTable         table = "staff"
	clinicTable        table = "clinic"
	batchTable         table = "batch"
	stockTable         table = "stock"
	draftTable         table = "draft"
	configurationTable table = "configuration"
	lookTable          table = "look"
	eventTable         table = "event"
	reactionTable      table = "reaction"
	observationTable   table = "observation"
	packTable          table = "pack"
	deliveryTable      table = "delivery"
	chunkTable         table = "chunk"
	heldTable          table = "held"
	auditTable         table = "audit"
	metaTable          table = "meta"
	keyslotTable       table = "keyslot"
)

// keepsVersions tells whether a table keeps every version of its records, not only the latest.
func (t table) keepsVersions() bool { return t == eventTable || t == reactionTable }

// transaction is one durable change: its records, and the audit entry that vouches for them.
type transaction struct {
	ctx     context.Context
	tx      *sql.Tx
	store   *Store
	now     time.Time
	head    auditHead
	refs    []recordRef
	settled []int64  // pending rows for which nothing need be sent
	after   []func() // run once the change is durable

	resetClock bool // the clock's going back was accepted by a person
}

// commit runs work in one immediate transaction. A nil error means that all of it is on the disk; any other that none of it is.
// entry may be nil for what needs no audit.
func (s *Store) commit(ctx context.Context, entry *capture.AuditEntry, work func(*transaction) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx) // a save once begun ends in one of the two ways it can end
	s.writing.Lock()
	defer s.writing.Unlock()
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return savingFault(err)
	}
	t := &transaction{ctx: ctx, tx: tx, store: s, now: s.options.Now().UTC()}
	defer s.compileWanted(ctx)
	if err := t.do(entry, work); err != nil {
		_ = tx.Rollback() // SQLite has rolled back already when the disk was at fault
		return savingFault(err)
	}
	if err := tx.Commit(); err != nil {
		_ = tx.Rollback()
		return savingFault(err)
	}
	for _, then := range t.after {
		then()
	}
	return nil
}

func (t *transaction) do(entry *capture.AuditEntry, work func(*transaction) error) error {
	var err error
	if t.head, err = readHead(t.row, t.store.keys); err != nil {
		return err
	}
	if err := work(t); err != nil {
		return err
	}
	if entry == nil {
		return nil
	}
	return t.appendAudit(*entry)
}

// seq is the number of the audit entry this transaction writes.
func (t *transaction) seq() int64 { return t.head.Seq + 1 }

// seal makes the sealed form of a record and notes its digest for the audit entry.
func (t *transaction) seal(in table, id string, version int64, value any) ([]byte, error) {
	plain, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", in, err)
	}
	sealed, err := t.store.keys.seal(string(in), id, version, plain)
	if err != nil {
		return nil, err
	}
	t.vouch(in, id, version, sealed)
	return sealed, nil
}

func (t *transaction) vouch(in table, id string, version int64, sealed []byte) {
	digest := sha256.Sum256(sealed)
	t.refs = append(t.refs, recordRef{Table: in, ID: id, Version: version, Digest: digest[:]})
}

// put keeps a record in place of the version before it.
func (t *transaction) put(in table, id string, version int64, value any) error {
	sealed, err := t.seal(in, id, version, value)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO `+string(in)+` (id, version, seq, committed_at, sealed) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, seq = excluded.seq, committed_at = excluded.committed_at, sealed = excluded.sealed`,
		id, version, t.seq(), t.now.UnixMicro(), sealed)
}

// version is that of the record kept; 0 when there is none.
func (t *transaction) version(in table, id string) (int64, error) {
	var version int64
	err := t.row(`SELECT version FROM `+string(in)+` WHERE id = ?`, id).Scan(&version)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return version, err
}

// replace keeps a record as the next version.
func (t *transaction) replace(in table, id string, value any) error {
	version, err := t.version(in, id)
	if err != nil {
		return err
	}
	return t.put(in, id, version+1, value)
}

// remove drops a record that is no longer needed, and says so in the audit entry; ok is false when there was none.
func (t *transaction) remove(in table, id string) (ok bool, err error) {
	n, err := t.count(`DELETE FROM `+string(in)+` WHERE id = ?`, id)
	if n == 0 || err != nil {
		return false, err
	}
	t.refs = append(t.refs, recordRef{Table: in, ID: id, Gone: true})
	return true, nil
}
