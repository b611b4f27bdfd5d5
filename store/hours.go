package store

import (
	"context"
	"iter"
	"time"

	"deltoid/capture"
)

// hourOf is the hour of an event as it stands in the blind index.
func hourOf(at time.Time) string { return at.UTC().Truncate(time.Hour).Format("2006-01-02T15Z") }

// hoursPage is how many events are read at a time.
const hoursPage = 256

// InHour gives the versions, oldest first and committed before a moment, of each event of which one happened in the hour
// that begins at start.
func (s *Store) InHour(ctx context.Context, start, before time.Time) iter.Seq2[[]capture.Event, error] {
	return func(yield func([]capture.Event, error) bool) {
		hour := s.keys.blindValue(fieldEventHour, hourOf(start))
		for after := ""; ; {
			ids, err := s.indexed(ctx, hour, after)
			if err != nil {
				yield(nil, readingFault(err))
				return
			}
			for _, id := range ids {
				versions, err := s.events(ctx, `SELECT id, version, sealed FROM event WHERE id = ? AND committed_at < ? ORDER BY version`, id, before.UnixMicro())
				if err == nil && len(versions) == 0 {
					continue
				}
				if !yield(versions, err) || err != nil {
					return
				}
			}
			if len(ids) < hoursPage {
				return
			}
			after = ids[len(ids)-1]
		}
	}
}

// indexed lists ids under a value of the blind index, in order, after one of them.
func (s *Store) indexed(ctx context.Context, value []byte, after string) ([]string, error) {
	rows, err := s.query(ctx, `SELECT id FROM blind WHERE value = ? AND id > ? ORDER BY id LIMIT ?`, value, after, hoursPage)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// hoursName is the row of meta that says that every event stands in the index of hours.
const hoursName = "hours_indexed"

// indexHours enters the events of a file that was made before there was an index of hours.
func (s *Store) indexHours(ctx context.Context) error {
	var done int
	if err := s.queryRow(ctx, `SELECT count(*) FROM meta WHERE name = ?`, hoursName).Scan(&done); err != nil || done > 0 {
		return err
	}
	for after := int64(0); ; {
		versions, last, err := s.eventsAfter(ctx, after)
		if err != nil {
			return err
		}
		if err := s.commit(ctx, nil, func(t *transaction) error {
			for _, event := range versions {
				if err := t.addBlind(fieldEventHour, hourOf(event.At), event.ID); err != nil {
					return err
				}
			}
			if last > 0 {
				return nil
			}
			return t.exec(`INSERT OR IGNORE INTO meta (name, value) VALUES (?, x'01')`, hoursName)
		}); err != nil || last == 0 {
			return err
		}
		after = last
	}
}

// eventsAfter reads a page of event versions by their place in the table.
func (s *Store) eventsAfter(ctx context.Context, after int64) (versions []capture.Event, last int64, err error) {
	rows, err := s.query(ctx, `SELECT rowid, id, version, sealed FROM event WHERE rowid > ? ORDER BY rowid LIMIT ?`, after, hoursPage)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var version int64
		var sealed []byte
		if err := rows.Scan(&last, &id, &version, &sealed); err != nil {
			return nil, 0, err
		}
		event, err := unseal[capture.Event](s.keys, eventTable, id, version, sealed)
		if err != nil {
			continue // a damaged record is found by Verify, and must not keep anybody from their work
		}
		versions = append(versions, event)
	}
	return versions, last, rows.Err()
}
