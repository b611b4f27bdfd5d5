package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"

	"deltoid/capture"
	"deltoid/export"
)

// Finish makes the file, its rows and the audit entry durable in one transaction. A file name used before is a Conflict:
// the build stands, and may be finished under another name or discarded.
func (b *building) Finish(ctx context.Context, delivery export.Delivery, entry capture.AuditEntry) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.usable(); err != nil {
		return err
	}
	if err := b.describes(delivery); err != nil {
		return err
	}
	if err := b.store.useName(delivery.FileName); err != nil {
		return err
	}
	if err := b.flushLines(); err != nil {
		return b.fail(err)
	}
	if len(b.buffer) > 0 {
		if err := b.flushChunk(b.buffer); err != nil {
			return b.fail(err)
		}
		b.buffer = nil
	}
	err := b.store.commit(ctx, &entry, func(t *transaction) error {
		mapping, err := mappingDigest(t.ctx, t.tx, b.id)
		if err != nil {
			return err
		}
		if err := t.putDelivery(keptDelivery{Delivery: delivery, Mapping: mapping}); err != nil {
			return err
		}
		if err := b.carry(t); err != nil {
			return err
		}
		return b.clearHolds(t)
	})
	if err != nil {
		return err
	}
	b.over = true
	return unlockBuild(b.lock)
}

// Settle keeps what was decided about events although there is no file: which are held back and why, and which need no row.
func (b *building) Settle(ctx context.Context, entry capture.AuditEntry) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.usable(); err != nil {
		return err
	}
	if b.rows > 0 {
		return fault(capture.Environment, "This file has rows and must be finished. Build it again", nil)
	}
	if err := b.flushLines(); err != nil {
		return b.fail(err)
	}
	err := b.store.commit(ctx, &entry, func(t *transaction) error {
		var err error
		if t.settled, err = b.settle(t); err != nil {
			return err
		}
		if err := b.clearHolds(t); err != nil {
			return err
		}
		return t.dropBuilds(b.kind)
	})
	if err != nil {
		return err
	}
	b.over = true
	return unlockBuild(b.lock)
}

// settle marks the build's pending rows as needing nothing, and gives their numbers.
func (b *building) settle(t *transaction) ([]int64, error) {
	rows, err := t.tx.QueryContext(t.ctx, `UPDATE pending SET row_n = 0 WHERE row_n IS NULL AND kind = ?
		AND seq IN (SELECT pending_seq FROM delivery_row WHERE delivery_id = ?) RETURNING seq`, string(b.kind), b.id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var settled []int64
	for rows.Next() {
		var seq int64
		if err := rows.Scan(&seq); err != nil {
			return nil, err
		}
		settled = append(settled, seq)
	}
	return settled, rows.Err()
}

// mappingDigest is the SHA-256 of which pending rows a file was built from, and where in it they are: the pending row,
// its first data row, and how many it has where that is not one.
func mappingDigest(ctx context.Context, from querier, deliveryID string) ([]byte, error) {
	rows, err := from.QueryContext(ctx, `SELECT pending_seq, row_n, span FROM delivery_row WHERE delivery_id = ? ORDER BY pending_seq`, deliveryID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	sum := sha256.New()
	for rows.Next() {
		var seq, row, span int64
		if err := rows.Scan(&seq, &row, &span); err != nil {
			return nil, err
		}
		_ = binary.Write(sum, binary.BigEndian, [2]int64{seq, row}) // a hash takes everything
		if span != 1 {
			_ = binary.Write(sum, binary.BigEndian, span)
		}
	}
	return sum.Sum(nil), rows.Err()
}

// describes refuses a delivery that tells other things of the file than what was written.
func (b *building) describes(d export.Delivery) error {
	if d.ID == b.id && d.Kind == b.kind && d.Bytes == b.bytes && (d.Rows == b.rows || d.Counts) && d.SHA256 == hex.EncodeToString(b.sum.Sum(nil)) && d.FileName != "" && d.State != "" && d.State != buildingState {
		return nil
	}
	return &capture.Error{Code: capture.Environment, Message: "The file is not what its delivery says. Build it again",
		Err: fmt.Errorf("written %d rows, %d bytes; delivery says %d rows, %d bytes", b.rows, b.bytes, d.Rows, d.Bytes)}
}

// carry gives the waiting rows their place in the file.
func (b *building) carry(t *transaction) error {
	var due int64
	if err := t.row(`SELECT count(*) FROM delivery_row WHERE delivery_id = ?`, b.id).Scan(&due); err != nil {
		return err
	}
	carried, err := t.count(`UPDATE pending SET delivery_id = mapping.delivery_id, row_n = mapping.row_n
		FROM (SELECT delivery_id, pending_seq, row_n FROM delivery_row WHERE delivery_id = ?) AS mapping
		WHERE pending.seq = mapping.pending_seq AND pending.row_n IS NULL AND pending.kind = ?`, b.id, string(b.kind))
	if err != nil {
		return err
	}
	if carried != due {
		return fault(capture.Environment, "Some of these records went into another file meanwhile. Build the file again", nil)
	}
	return nil
}

// clearHolds takes away the reasons of earlier builds that this build did not give again.
func (b *building) clearHolds(t *transaction) error {
	return t.exec(`DELETE FROM held WHERE kind = ? AND committed_at < ?`, string(b.kind), b.since)
}
