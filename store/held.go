package store

import (
	"context"
	"time"

	"deltoid/capture"
	"deltoid/export"
)

// heldID is the place of a held-back event in its table.
func heldID(kind export.Kind, eventID string) string { return string(kind) + " " + eventID }

// putHeld keeps why an event is held back.
func (t *transaction) putHeld(kind export.Kind, event capture.Version, problems capture.Problems) error {
	back := export.HeldBack{Version: event, Kind: kind, Problems: problems, At: t.now}
	sealed, err := t.seal(heldTable, heldID(kind, event.EventID), int64(event.Version), back)
	if err != nil {
		return err
	}
	return t.exec(`INSERT OR REPLACE INTO held (kind, event_id, version, committed_at, sealed) VALUES (?, ?, ?, ?, ?)`,
		string(kind), event.EventID, event.Version, t.now.UnixMicro(), sealed)
}

// HeldBack lists the events kept out of files and why, oldest first.
func (s *Store) HeldBack(ctx context.Context) ([]export.HeldBack, error) {
	all, err := s.held(ctx, `SELECT kind, event_id, version, sealed FROM held WHERE EXISTS
		(SELECT 1 FROM pending AS p WHERE p.event_id = held.event_id AND p.kind = held.kind AND p.row_n IS NULL)
		ORDER BY committed_at, kind, event_id`)
	return all, readingFault(err)
}

// heldOf gives why an event is held back, by extract.
func (s *Store) heldOf(ctx context.Context, eventID string) (map[export.Kind]export.HeldBack, error) {
	all, err := s.held(ctx, `SELECT kind, event_id, version, sealed FROM held WHERE event_id = ?`, eventID)
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
