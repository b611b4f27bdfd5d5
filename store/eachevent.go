package store

import (
	"context"

	"deltoid/capture"
)

// EachEvent walks over the latest version of every event, in the order they were first saved. It keeps one in memory at a time and
// stops at the first error, its own or the visitor's.
func (s *Store) EachEvent(ctx context.Context, visit func(capture.Event) error) error {
	rows, err := s.query(ctx, `SELECT latest.id, latest.version, latest.sealed
		FROM event AS first
		JOIN event AS latest ON latest.id = first.id AND latest.version = (SELECT max(version) FROM event WHERE event.id = first.id)
		WHERE first.version = 1
		ORDER BY first.seq`)
	if err != nil {
		return readingFault(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var version int64
		var sealed []byte
		if err := rows.Scan(&id, &version, &sealed); err != nil {
			return readingFault(err)
		}
		event, err := unseal[capture.Event](s.keys, eventTable, id, version, sealed)
		if err != nil {
			return err
		}
		if err := visit(event); err != nil {
			return err
		}
	}
	return readingFault(rows.Err())
}
