package store

import (
	"context"
	"time"

	"deltoid/capture"
	"deltoid/export"
)

// heldID is the place of a held-back record in its table.
func heldID(kind export.Kind, id string) string { return string(kind) + " " + id }

// putHeld keeps why a record is held back.
func (t *transaction) putHeld(kind export.Kind, record capture.Version, problems capture.Problems) error {
	back := export.HeldBack{Version: record, Kind: kind, Problems: problems, At: t.now}
	sealed, err := t.seal(heldTable, heldID(kind, record.EventID), int64(record.Version), back)
	if err != nil {
		return err
	}
	return t.exec(`INSERT OR REPLACE INTO held (kind, record_id, version, committed_at, sealed) VALUES (?, ?, ?, ?, ?)`,
		string(kind), record.EventID, record.Version, t.now.UnixMicro(), sealed)
}

// HeldBack lists the records kept out of files and why, oldest first.
func (s *Store) HeldBack(ctx context.Context) ([]export.HeldBack, error) {
	all, err := s.held(ctx, `SELECT kind, record_id, version, sealed FROM held WHERE EXISTS
		(SELECT 1 FROM pending AS p WHERE p.record_id = held.record_id AND p.kind = held.kind AND p.row_n IS NULL)
		ORDER BY committed_at, kind, record_id`)
	return all, readingFault(err)
}

// heldOf gives why a record is held back, by extract.
func (s *Store) heldOf(ctx context.Context, id string) (map[export.Kind]export.HeldBack, error) {
	all, err := s.held(ctx, `SELECT kind, record_id, version, sealed FROM held WHERE record_id = ?`, id)
	byKind := make(map[export.Kind]export.HeldBack, len(all))
	for _, back := range all {
		byKind[back.Kind] = back
	}
	return byKind, err
}

func (s *Store) held(ctx context.Context, query string, args ...any) ([]export.HeldBack, error) {
	rows, err := s.query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []export.HeldBack
	for rows.Next() {
		var kind export.Kind
		var id string
		var version int64
		var sealed []byte
		if err := rows.Scan(&kind, &id, &version, &sealed); err != nil {
			return nil, err
		}
		back, err := unseal[export.HeldBack](s.keys, heldTable, heldID(kind, id), version, sealed)
		if err != nil {
			return nil, err
		}
		back.At = back.At.In(time.UTC)
		all = append(all, back)
	}
	return all, rows.Err()
}
