package store

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"

	"deltoid/export"
)

// deliveries checks every finished file: its record, its rows and its bytes.
func (v *verification) deliveries() error {
	type row struct {
		id, kind, state string
		name            sql.NullString
		version         int64
		sealed          []byte
	}
	var all []row
	err := v.each(`SELECT id, version, kind, file_name, state, sealed FROM delivery`, func(rows *sql.Rows) error {
		var r row
		if err := rows.Scan(&r.id, &r.version, &r.kind, &r.name, &r.state, &r.sealed); err != nil {
			return err
		}
		all = append(all, r)
		return v.step()
	})
	if err != nil {
		return err
	}
	for _, r := range all {
		if r.state == buildingState {
			continue
		}
		v.report.Deliveries++
		name := nameOf(deliveryTable, r.id, r.version)
		plain := v.check(deliveryTable, r.id, r.version, r.sealed)
		var kept keptDelivery
		if plain == nil || json.Unmarshal(plain, &kept) != nil {
			continue
		}
		if string(kept.Kind) != r.kind || kept.FileName != r.name.String || string(kept.State) != r.state {
			v.fault("%s: its extract, file name or state was changed outside Deltoid", name)
		}
		if err := v.mapping(name, kept); err != nil {
			return err
		}
		if err := v.content(name, kept.Delivery); err != nil {
			return err
		}
	}
	return nil
}

// mapping checks that each row of a file is that of one waiting version, and that those versions say the same.
func (v *verification) mapping(name string, kept keptDelivery) error {
	digest, err := mappingDigest(v.ctx, v.tx, kept.ID)
	if err != nil {
		return err
	}
	if !bytes.Equal(digest, kept.Mapping) {
		v.fault("%s: which records it was built from was changed outside Deltoid", name)
	}
	var rows, places, last, own int
	if err := v.tx.QueryRowContext(v.ctx, `SELECT count(*), count(DISTINCT row_n), coalesce(max(row_n + max(span, 1) - 1), 0), coalesce(sum(span), 0)
		FROM delivery_row WHERE delivery_id = ? AND row_n > 0`, kept.ID).Scan(&rows, &places, &last, &own); err != nil {
		return err
	}
	switch {
	case kept.Counts && last > kept.Rows:
		v.fault("%s: it has %d rows, but a record leads to row %d", name, kept.Rows, last)
	case !kept.Counts && (own != kept.Rows || places != rows || last != own):
		v.fault("%s: it has %d rows, but %d records lead to them", name, kept.Rows, rows)
	}
	if kept.Released {
		return nil // its records are in another file, or wait for one
	}
	var astray int
	if err := v.tx.QueryRowContext(v.ctx, `SELECT count(*) FROM delivery_row AS m JOIN pending AS p ON p.seq = m.pending_seq
		WHERE m.delivery_id = ? AND (p.delivery_id IS NOT m.delivery_id OR p.row_n IS NOT m.row_n)
		AND NOT EXISTS (SELECT 1 FROM answer AS a WHERE a.delivery_id = m.delivery_id AND a.row_n = m.row_n AND a.outcome = 'requeued')`, kept.ID).Scan(&astray); err != nil {
		return err
	}
	if astray > 0 {
		v.fault("%s: %d of its records do not lead back to it", name, astray)
	}
	return nil
}

// content checks the kept bytes of a file.
func (v *verification) content(name string, delivery export.Delivery) error {
	sum, size, next := sha256.New(), int64(0), 0
	err := v.each(`SELECT n, sealed FROM chunk WHERE delivery_id = ? ORDER BY n`, func(rows *sql.Rows) error {
		var n int
		var sealed []byte
		if err := rows.Scan(&n, &sealed); err != nil {
			return err
		}
		if plain := v.opened(chunkTable, chunkID(delivery.ID, n), 0, sealed); plain != nil && n == next {
			sum.Write(plain)
			size += int64(len(plain))
		}
		next++
		return v.step()
	}, delivery.ID)
	if err != nil {
		return err
	}
	if size != delivery.Bytes || hex.EncodeToString(sum.Sum(nil)) != delivery.SHA256 {
		v.fault("%s: its content is not what was built", name)
	}
	return nil
}

// answers checks what the receiver said of each row.
func (v *verification) answers() error {
	return v.each(`SELECT delivery_id, row_n, outcome, sealed FROM answer`, func(rows *sql.Rows) error {
		var id, outcome string
		var row int
		var sealed []byte
		if err := rows.Scan(&id, &row, &outcome, &sealed); err != nil {
			return err
		}
		plain := v.opened(answerTable, answerID(id, row), 0, sealed)
		var kept keptAnswer
		if plain != nil && (json.Unmarshal(plain, &kept) != nil || string(kept.Outcome) != outcome) {
			v.fault("%s: the answer to row %d was changed outside Deltoid", nameOf(deliveryTable, id, 0), row)
		}
		return v.step()
	})
}

// pending checks each row of the ledger.
func (v *verification) pending() error {
	n := 0
	err := v.each(`SELECT p.seq, p.kind, p.record, p.record_id, p.record_version, p.delivery_id, p.row_n, m.row_n, d.state
		FROM pending AS p
		LEFT JOIN delivery_row AS m ON m.delivery_id = p.delivery_id AND m.pending_seq = p.seq
		LEFT JOIN delivery AS d ON d.id = p.delivery_id`, func(rows *sql.Rows) error {
		var seq, version int64
		var kind, id string
		var in table
		var delivery, state sql.NullString
		var row, mapped sql.NullInt64
		if err := rows.Scan(&seq, &kind, &in, &id, &version, &delivery, &row, &mapped, &state); err != nil {
			return err
		}
		n++
		if err := pendingFault(delivery, state, row, mapped, v.settled[seq]); err != nil {
			v.fault("%s: its row %d for the %s extract %s", nameOf(in, id, version), seq, kind, err)
		}
		return v.step()
	})
	if err != nil {
		return err
	}
	if err := v.superseded(); err != nil {
		return err
	}
	if n != v.due {
		v.fault("The ledger has %d rows for extracts, and the audit chain asks for %d", n, v.due)
	}
	return nil
}

// superseded checks the marks by which records are counted.
func (v *verification) superseded() error {
	var wrong int
	err := v.tx.QueryRowContext(v.ctx, `SELECT count(*) FROM pending AS p WHERE superseded IS NOT EXISTS
		(SELECT 1 FROM pending AS later WHERE later.record_id = p.record_id AND later.kind = p.kind AND later.record_version > p.record_version)`).Scan(&wrong)
	if wrong > 0 {
		v.fault("The ledger counts %d rows wrongly as the latest or not", wrong)
	}
	return err
}

// pendingFault says what is wrong with a row of the ledger.
func pendingFault(delivery, state sql.NullString, row, mapped sql.NullInt64, settled bool) error {
	switch {
	case !delivery.Valid && !row.Valid: // waiting
	case !delivery.Valid && !settled:
		return errors.New("was taken out although no audit entry says so")
	case !delivery.Valid:
	case state.String == buildingState || !state.Valid:
		return errors.New("is said to be in a file that does not exist")
	case !mapped.Valid || mapped != row:
		return errors.New("is said to be in a file that was built without it")
	}
	return nil
}
