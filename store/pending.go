package store

import (
	"context"
	"database/sql"
	"iter"
	"strings"
	"time"

	"deltoid/capture"
	"deltoid/export"
)

// waitingPage is how many waiting records are read at a time, so that a long build neither fills the memory nor keeps a
// read of the file open.
const waitingPage = 256

// Waiting gives the records with versions committed before a moment, in commit order of their first waiting version: events,
// or reactions each with the event they follow. The record given is the latest version committed before the moment, whether
// it waits or not: an older one never goes out after a newer.
func (s *Store) Waiting(ctx context.Context, kind export.Kind, before time.Time) iter.Seq2[export.Waiting, error] {
	return s.waitingAfter(ctx, kind, before, 0)
}

func (s *Store) waitingAfter(ctx context.Context, kind export.Kind, before time.Time, after int64) iter.Seq2[export.Waiting, error] {
	return func(yield func(export.Waiting, error) bool) {
		_, restored, err := s.restored(ctx)
		if err != nil {
			yield(export.Waiting{}, readingFault(err))
			return
		}
		for after := after; ; {
			firsts, err := s.firstWaiting(ctx, kind, before, after)
			if err != nil {
				yield(export.Waiting{}, readingFault(err))
				return
			}
			for _, first := range firsts {
				waiting, err := s.waitingRecord(ctx, kind, before, restored, first.recordID)
				if err != nil {
					yield(export.Waiting{}, readingFault(err))
					return
				}
				if !yield(waiting, nil) {
					return
				}
				after = first.seq
			}
			if len(firsts) < waitingPage {
				return
			}
		}
	}
}

// firstPending is the first waiting version of a record.
type firstPending struct {
	seq      int64
	recordID string
}

func (s *Store) firstWaiting(ctx context.Context, kind export.Kind, before time.Time, after int64) ([]firstPending, error) {
	rows, err := s.query(ctx, `SELECT seq, record_id FROM pending AS p
		WHERE kind = ? AND row_n IS NULL AND committed_at < ? AND seq > ?
		AND NOT EXISTS (SELECT 1 FROM pending AS earlier INDEXED BY pending_waiting_record WHERE earlier.record_id = p.record_id AND earlier.kind = p.kind
			AND earlier.row_n IS NULL AND earlier.committed_at < ? AND earlier.seq < p.seq)
		ORDER BY seq LIMIT ?`, string(kind), before.UnixMicro(), after, before.UnixMicro(), waitingPage)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var firsts []firstPending
	for rows.Next() {
		var first firstPending
		if err := rows.Scan(&first.seq, &first.recordID); err != nil {
			return nil, err
		}
		firsts = append(firsts, first)
	}
	return firsts, rows.Err()
}

// isCarried is whether the receiver has got a pending row, as far as is known: it is in a file that was not refused, and
// was not rejected by itself.
const isCarried = `p.row_n > 0 AND d.state <> 'refused'
	AND NOT EXISTS (SELECT 1 FROM answer AS a WHERE a.delivery_id = p.delivery_id AND a.row_n = p.row_n AND a.outcome <> 'accepted')`

// Carried is the newest version of an event or a reaction that the receiver of an extract has; 0 when there is none.
func (s *Store) Carried(ctx context.Context, kind export.Kind, id string) (int, error) {
	var version int
	err := s.queryRow(ctx, `SELECT coalesce(max(p.record_version), 0) FROM pending AS p JOIN delivery AS d ON d.id = p.delivery_id
		WHERE p.record_id = ? AND p.kind = ? AND `+isCarried, id, string(kind)).Scan(&version)
	return version, readingFault(err)
}

// waitingRecord collapses a record's waiting versions into one, which carries the record as it now is: a version that a
// later file has carried counts too, or a refused file that is built again would bring back older data.
func (s *Store) waitingRecord(ctx context.Context, kind export.Kind, before time.Time, restored int64, id string) (export.Waiting, error) {
	rows, err := s.query(ctx, `SELECT p.seq, p.record, p.record_version, p.committed_at, p.row_n IS NULL AND p.committed_at < ?, p.row_n IS NOT NULL,
			coalesce(`+isCarried+`, 0)
		FROM pending AS p LEFT JOIN delivery AS d ON d.id = p.delivery_id
		WHERE p.record_id = ? AND p.kind = ? ORDER BY p.seq`, before.UnixMicro(), id, string(kind))
	if err != nil {
		return export.Waiting{}, err
	}
	defer rows.Close()
	var waiting export.Waiting
	var of table
	var latest int64
	for rows.Next() {
		var seq, version, committedAt int64
		var waits, settled, carried bool
		if err := rows.Scan(&seq, &of, &version, &committedAt, &waits, &settled, &carried); err != nil {
			return export.Waiting{}, err
		}
		waiting.Doubt = waiting.Doubt || committedAt < restored
		if carried {
			waiting.Carried = max(waiting.Carried, int(version))
		}
		if waits || settled {
			latest = max(latest, version)
		}
		if !waits {
			continue
		}
		if len(waiting.Seqs) == 0 {
			waiting.Since = time.UnixMicro(committedAt).UTC()
		}
		waiting.Seqs = append(waiting.Seqs, seq)
	}
	if err := rows.Err(); err != nil {
		return export.Waiting{}, err
	}
	return waiting, s.putWaiting(ctx, &waiting, of, id, latest, before)
}

// putWaiting puts a version of a record into what waits; with a reaction goes the event it follows, as it was at the moment.
func (s *Store) putWaiting(ctx context.Context, waiting *export.Waiting, of table, id string, version int64, before time.Time) error {
	var sealed []byte
	if of == reactionTable {
		if err := s.queryRow(ctx, `SELECT sealed FROM reaction WHERE id = ? AND version = ?`, id, version).Scan(&sealed); err != nil {
			return err
		}
		reaction, err := unseal[capture.Reaction](s.keys, reactionTable, id, version, sealed)
		if err != nil {
			return err
		}
		waiting.Reaction, id = &reaction, reaction.EventID
		err = s.queryRow(ctx, `SELECT version FROM event WHERE id = ? ORDER BY committed_at < ? DESC, version DESC LIMIT 1`, id, before.UnixMicro()).Scan(&version)
		if err != nil {
			return err
		}
	}
	err := s.queryRow(ctx, `SELECT sealed FROM event WHERE id = ? AND version = ?`, id, version).Scan(&sealed)
	if err != nil {
		return err
	}
	waiting.Event, err = unseal[capture.Event](s.keys, eventTable, id, version, sealed)
	return err
}

// Places tells where each version of an event or of a reaction is, for each extract, oldest version first.
func (s *Store) Places(ctx context.Context, id string) ([]export.Place, error) {
	held, err := s.heldOf(ctx, id)
	if err != nil {
		return nil, readingFault(err)
	}
	rows, err := s.query(ctx, `SELECT p.kind, p.record_version, p.committed_at, p.row_n, coalesce(m.span, 0), coalesce(a.outcome, ''), d.id, d.version, d.sealed
		FROM pending AS p LEFT JOIN delivery AS d ON d.id = p.delivery_id
		LEFT JOIN delivery_row AS m ON m.delivery_id = p.delivery_id AND m.pending_seq = p.seq
		LEFT JOIN answer AS a ON a.delivery_id = p.delivery_id AND a.row_n = p.row_n
		WHERE p.record_id = ? ORDER BY p.record_version, p.kind`, id)
	if err != nil {
		return nil, readingFault(err)
	}
	defer rows.Close()
	var places []export.Place
	for rows.Next() {
		place := export.Place{Version: capture.Version{EventID: id}}
		var committedAt int64
		var row, deliveryVersion sql.NullInt64
		var deliveryID sql.NullString
		var sealed []byte
		if err := rows.Scan(&place.Kind, &place.Version.Version, &committedAt, &row, &place.Rows, &place.Outcome, &deliveryID, &deliveryVersion, &sealed); err != nil {
			return nil, readingFault(err)
		}
		place.Since, place.Row = time.UnixMicro(committedAt).UTC(), int(row.Int64)
		if deliveryID.Valid {
			delivery, err := unseal[export.Delivery](s.keys, deliveryTable, deliveryID.String, deliveryVersion.Int64, sealed)
			if err != nil {
				return nil, err
			}
			place.DeliveryID, place.State, place.FileName, place.MessageID = delivery.ID, delivery.State, delivery.FileName, delivery.MessageID
		} else if back, ok := held[place.Kind]; ok && !row.Valid && back.Version == place.Version {
			place.Held = back.Problems
		}
		places = append(places, place)
	}
	return places, readingFault(rows.Err())
}

// Unsent tells whether the latest version of an event has not been taken: it waits for a file, or MESH has not accepted
// the file it is in.
func (s *Store) Unsent(ctx context.Context, eventID string) (bool, error) {
	var n int
	err := s.queryRow(ctx, `SELECT count(*) FROM pending AS p LEFT JOIN delivery AS d ON d.id = p.delivery_id
		WHERE p.record_id = ? AND p.record_version = (SELECT max(version) FROM event WHERE id = p.record_id)
		AND (p.row_n IS NULL OR p.row_n > 0 AND d.state NOT IN (?, ?))`, eventID, export.Accepted, export.Collected).Scan(&n)
	return n > 0, readingFault(err)
}

// Overview counts what waits and what went where, record by record: companion extracts and those that are not made are
// left out.
func (s *Store) Overview(ctx context.Context) (export.Overview, error) {
	configuration, err := s.Configuration(ctx)
	if err != nil {
		return export.Overview{}, err
	}
	apart, kinds := notAmong(export.Shipped().Uncounted(configuration))
	overview := export.Overview{Events: map[export.State]int{}, Files: map[export.State]int{}}
	var oldest sql.NullInt64
	err = s.queryRow(ctx, `SELECT coalesce(sum(n), 0), min(oldest) FROM
		(SELECT count(DISTINCT record_id) AS n, (SELECT committed_at FROM pending AS p WHERE p.kind = kinds.kind AND p.row_n IS NULL ORDER BY p.seq LIMIT 1) AS oldest
			FROM pending AS kinds INDEXED BY pending_waiting_record WHERE row_n IS NULL AND kind `+apart+` GROUP BY kind)`, kinds...).Scan(&overview.Waiting, &oldest)
	if err != nil {
		return export.Overview{}, readingFault(err)
	}
	if oldest.Valid {
		overview.Oldest = time.UnixMicro(oldest.Int64).UTC()
	}
	err = s.queryRow(ctx, `SELECT count(*) FROM held WHERE kind `+apart+` AND EXISTS
		(SELECT 1 FROM pending AS p WHERE p.record_id = held.record_id AND p.kind = held.kind AND p.row_n IS NULL)`, kinds...).Scan(&overview.Held)
	if err != nil {
		return export.Overview{}, readingFault(err)
	}
	if err := s.countInto(ctx, overview.Files, `SELECT state, count(*) FROM delivery WHERE state <> 'building' GROUP BY state`); err != nil {
		return export.Overview{}, err
	}
	// An event counts where its latest version is; one that needs no row any more counts nowhere.
	err = s.countInto(ctx, overview.Events, `SELECT d.state, sum(rows.n) FROM
		(SELECT delivery_id, count(*) AS n FROM pending WHERE delivery_id IS NOT NULL AND superseded = 0 AND row_n > 0 AND kind `+apart+` GROUP BY delivery_id) AS rows
		JOIN delivery AS d ON d.id = rows.delivery_id GROUP BY d.state`, kinds...)
	return overview, err
}

// notAmong is a condition of SQL on a kind, and its arguments.
func notAmong(kinds []export.Kind) (condition string, args []any) {
	for _, kind := range kinds {
		args = append(args, string(kind))
	}
	return "NOT IN (" + strings.TrimSuffix(strings.Repeat("?, ", len(kinds)), ", ") + ")", args
}

func (s *Store) countInto(ctx context.Context, counts map[export.State]int, query string, args ...any) error {
	rows, err := s.query(ctx, query, args...)
	if err != nil {
		return readingFault(err)
	}
	defer rows.Close()
	for rows.Next() {
		var state export.State
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			return readingFault(err)
		}
		counts[state] = n
	}
	return readingFault(rows.Err())
}
