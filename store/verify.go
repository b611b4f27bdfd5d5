package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Report is what Verify found. It carries no patient data: faults name records by their opaque ids.
type Report struct {
	Records      int       // sealed records opened, of every sort
	Events       int       // event versions among them
	AuditEntries int       //
	Deliveries   int       //
	LastEntry    time.Time // of the audit chain
	Faults       []string  // in words; none when everything is as it was saved
	Notes        []string  // what somebody should know and is no fault
}

// OK tells whether everything is as it was saved.
func (r Report) OK() bool { return len(r.Faults) == 0 }

// maxFaults ends the list; a file with more is beyond listing.
const maxFaults = 1000

// Verify reads the whole file and checks that it is sound, that every sealed record opens, that the audit chain is
// unbroken and names every record as it is, and that the ledger accounts for every version that is due. It sees the file
// as of one moment, and saving goes on beside it. progress may be nil.
func (s *Store) Verify(ctx context.Context, progress func(done, total int)) (Report, error) {
	tx, err := s.readers.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return Report{}, readingFault(err)
	}
	defer func() { _ = tx.Rollback() }()
	v := &verification{ctx: ctx, tx: tx, keys: s.keys, compiled: map[string]*sql.Stmt{}, progress: progress, vouched: map[recordKey]recordRef{}, settled: map[int64]bool{}}
	if err := v.count(); err != nil {
		return Report{}, readingFault(err)
	}
	for _, check := range []func() error{v.file, v.chain, v.records, v.events, v.reactions, v.drafts, v.slots, v.blinds, v.deliveries, v.answers, v.inbound, v.pending, v.missing} {
		if err := check(); err != nil {
			if ctx.Err() != nil {
				return Report{}, ctx.Err()
			}
			v.fault("The file itself cannot be read to its end: the disk is failing or the file was changed outside Deltoid")
			break
		}
	}
	return v.report, nil
}

// verification is one run of Verify.
type verification struct {
	ctx      context.Context
	tx       *sql.Tx
	keys     *keyring
	progress func(done, total int)
	compiled map[string]*sql.Stmt // queries that are asked for each record
	done     int
	total    int
	report   Report

	vouched map[recordKey]recordRef // what the chain says of each record, last word
	settled map[int64]bool          // pending rows for which nothing need be sent
	blindN  int                     // entries the blind index must have
	due     int                     // rows the ledger must have
}

// recordKey names a record; the version is 0 where only the latest is kept.
type recordKey struct {
	table   table
	id      string
	version int64
}

func keyOf(ref recordRef) recordKey {
	if ref.Table.keepsVersions() {
		return recordKey{ref.Table, ref.ID, ref.Version}
	}
	return recordKey{ref.Table, ref.ID, 0}
}

func (v *verification) fault(format string, args ...any) {
	switch {
	case len(v.report.Faults) < maxFaults:
		v.report.Faults = append(v.report.Faults, fmt.Sprintf(format, args...))
	case len(v.report.Faults) == maxFaults:
		v.report.Faults = append(v.report.Faults, "There are more faults than can be listed")
	}
}

// step tells progress of one more row.
func (v *verification) step() error {
	v.done++
	if v.done%1000 == 0 && v.progress != nil {
		v.progress(v.done, v.total)
	}
	return v.ctx.Err()
}

// countedTables are those whose rows Verify looks at one by one.
var countedTables = []table{auditTable, personTable, staffTable, clinicTable, batchTable, stockTable, configurationTable, lookTable, eventTable, reactionTable, observationTable, packTable, draftTable, keyslotTable, deliveryTable, chunkTable, heldTable, answerTable, inboundTable, inboundChunkTable, contactTable, "pending"}

func (v *verification) count() error {
	for _, name := range countedTables {
		var n int
		if err := v.tx.QueryRowContext(v.ctx, `SELECT count(*) FROM `+string(name)).Scan(&n); err != nil {
			return err
		}
		v.total += n
	}
	return nil
}

// file asks SQLite itself.
func (v *verification) file() error {
	if err := v.each(`PRAGMA integrity_check(20)`, func(rows *sql.Rows) error {
		var word string
		if err := rows.Scan(&word); err != nil {
			return err
		}
		if word != "ok" {
			v.fault("The file is damaged: %s", word)
		}
		return nil
	}); err != nil {
		return err
	}
	return v.each(`PRAGMA foreign_key_check`, func(rows *sql.Rows) error {
		var child, parent string
		var row sql.NullInt64
		var n int
		if err := rows.Scan(&child, &row, &parent, &n); err != nil {
			return err
		}
		v.fault("A row of %s names a row of %s that is not there", child, parent)
		return nil
	})
}

// each runs a query and hands over every row.
func (v *verification) each(query string, take func(*sql.Rows) error, args ...any) error {
	rows, err := v.tx.QueryContext(v.ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := take(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// one asks for one row, by a query that is asked many times.
func (v *verification) one(query string, args []any, into ...any) error {
	compiled, ok := v.compiled[query]
	if !ok {
		var err error
		if compiled, err = v.tx.PrepareContext(v.ctx, query); err != nil {
			return err
		}
		v.compiled[query] = compiled
	}
	return compiled.QueryRowContext(v.ctx, args...).Scan(into...)
}
