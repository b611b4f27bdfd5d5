package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"time"

	"deltoid/capture"
	"deltoid/export"
)

var _ export.AnswerBook = (*Store)(nil)

// answerTable holds what the receiver answered to each row of a file.
const answerTable table = "answer"

// keptAnswer is what is sealed of an answer.
type keptAnswer struct {
	Outcome     export.Outcome `json:"outcome"`
	Diagnostics string         `json:"diagnostics,omitempty"`
	At          time.Time      `json:"at"`
}

// SaveAnswers keeps what was said of rows of a file, all of it or nothing. A row is found by the record that the answer
// names, or else by its number; one that the file does not have is a Conflict. A row that was rejected stays so.
func (s *Store) SaveAnswers(ctx context.Context, deliveryID string, answers []export.RowAnswer) error {
	if len(answers) == 0 {
		return nil
	}
	return s.commit(ctx, nil, func(t *transaction) error {
		kept, err := readDelivery(t.ctx, t.tx, s.keys, deliveryID)
		if err != nil {
			return err
		}
		if err := t.forgetUnfinished(); err != nil {
			return err
		}
		for _, answer := range answers {
			row, err := t.answeredRow(kept.Delivery, answer)
			if err != nil {
				return err
			}
			if err := t.putAnswer(deliveryID, row, answer); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *transaction) answeredRow(delivery export.Delivery, answer export.RowAnswer) (int, error) {
	row := answer.Row
	if answer.ID != "" {
		var first, span int
		err := t.row(`SELECT m.row_n, m.span FROM delivery_row AS m JOIN pending AS p ON p.seq = m.pending_seq
			WHERE m.delivery_id = ? AND p.record_id = ? AND m.row_n > 0`, delivery.ID, answer.ID).Scan(&first, &span)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return 0, &capture.Error{Code: capture.Conflict, Field: "answer", Message: "The answer names a record that is not in this file. Ask the receiver which file it answers"}
		case err != nil:
			return 0, err
		case span == 1, row < first, row >= first+span:
			row = first
		}
	}
	if row < 1 || row > delivery.Rows {
		return 0, &capture.Error{Code: capture.Conflict, Field: "answer", Message: fmt.Sprintf("The answer names row %d, and the file has %d. Ask the receiver which file it answers", row, delivery.Rows)}
	}
	return row, nil
}

func answerID(deliveryID string, row int) string { return chunkID(deliveryID, row) }

func (t *transaction) putAnswer(deliveryID string, row int, answer export.RowAnswer) error {
	kept := keptAnswer{Outcome: export.RowRejected, Diagnostics: answer.Diagnostics, At: t.now}
	if answer.Accepted {
		kept = keptAnswer{Outcome: export.RowAccepted, At: t.now}
	}
	sealed, err := t.sealAnswer(deliveryID, row, kept)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO answer (delivery_id, row_n, outcome, committed_at, sealed) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (delivery_id, row_n) DO UPDATE SET outcome = excluded.outcome, committed_at = excluded.committed_at, sealed = excluded.sealed
		WHERE answer.outcome = 'accepted'`, deliveryID, row, string(kept.Outcome), t.now.UnixMicro(), sealed)
}

// sealAnswer seals without a word in the audit chain: the entry that closes the answer counts them.
func (t *transaction) sealAnswer(deliveryID string, row int, kept keptAnswer) ([]byte, error) {
	before := len(t.refs)
	sealed, err := t.seal(answerTable, answerID(deliveryID, row), 0, kept)
	t.refs = t.refs[:before]
	return sealed, err
}

// CountAnswers tells how many rows of a file were accepted and rejected.
func (s *Store) CountAnswers(ctx context.Context, deliveryID string) (accepted, rejected int, err error) {
	err = s.queryRow(ctx, `SELECT coalesce(sum(outcome = 'accepted'), 0), coalesce(sum(outcome <> 'accepted'), 0) FROM answer WHERE delivery_id = ?`, deliveryID).Scan(&accepted, &rejected)
	return accepted, rejected, readingFault(err)
}

// BuiltUpon lists, oldest first, the files not sent yet that change a record of which a file's row was rejected.
func (s *Store) BuiltUpon(ctx context.Context, deliveryID string) ([]string, error) {
	rows, err := s.query(ctx, `SELECT DISTINCT d.id, d.rowid FROM answer AS a
		JOIN delivery_row AS m ON m.delivery_id = a.delivery_id AND m.row_n = a.row_n
		JOIN pending AS refused ON refused.seq = m.pending_seq
		JOIN pending AS later ON later.record_id = refused.record_id AND later.kind = refused.kind AND later.record_version > refused.record_version
		JOIN delivery AS d ON d.id = later.delivery_id
		WHERE a.delivery_id = ? AND a.outcome = 'rejected' AND d.state = 'built' ORDER BY d.rowid`, deliveryID)
	if err != nil {
		return nil, readingFault(err)
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		var place int64
		if err := rows.Scan(&id, &place); err != nil {
			return nil, readingFault(err)
		}
		ids = append(ids, id)
	}
	return ids, readingFault(rows.Err())
}

// Rejected lists the rows that were rejected, oldest first, while no later version of the record stands for them.
func (s *Store) Rejected(ctx context.Context) ([]export.Rejection, error) {
	rows, err := s.query(ctx, `SELECT a.delivery_id, a.row_n, a.sealed, p.kind, p.record_id, p.record_version
		FROM answer AS a JOIN pending AS p ON p.delivery_id = a.delivery_id AND p.row_n = a.row_n
		WHERE a.outcome = 'rejected' AND p.superseded = 0 ORDER BY a.committed_at, p.seq`)
	if err != nil {
		return nil, readingFault(err)
	}
	defer rows.Close()
	var all []export.Rejection
	for rows.Next() {
		var rejection export.Rejection
		var sealed []byte
		if err := rows.Scan(&rejection.DeliveryID, &rejection.Row, &sealed, &rejection.Kind, &rejection.Version.EventID, &rejection.Version.Version); err != nil {
			return nil, readingFault(err)
		}
		kept, err := unseal[keptAnswer](s.keys, answerTable, answerID(rejection.DeliveryID, rejection.Row), 0, sealed)
		if err != nil {
			return nil, err
		}
		rejection.Diagnostics, rejection.At = kept.Diagnostics, kept.At
		all = append(all, rejection)
	}
	return all, readingFault(rows.Err())
}

// Requeue puts a rejected row's record back among the waiting ones, unchanged, for when the receiver was at fault.
func (s *Store) Requeue(ctx context.Context, kind export.Kind, id string, entry capture.AuditEntry) error {
	return s.commit(ctx, &entry, func(t *transaction) error {
		var seq int64
		var deliveryID string
		var row int
		err := t.row(`SELECT p.seq, p.delivery_id, p.row_n FROM pending AS p JOIN answer AS a ON a.delivery_id = p.delivery_id AND a.row_n = p.row_n
			WHERE p.record_id = ? AND p.kind = ? AND p.superseded = 0 AND a.outcome = 'rejected'`, id, string(kind)).Scan(&seq, &deliveryID, &row)
		if errors.Is(err, sql.ErrNoRows) {
			return &capture.Error{Code: capture.Conflict, Message: "This record was not rejected, or was corrected since. Look at the record again"}
		}
		if err != nil {
			return err
		}
		sealed, err := t.sealAnswer(deliveryID, row, keptAnswer{Outcome: export.RowRequeued, At: t.now})
		if err != nil {
			return err
		}
		if err := t.exec(`UPDATE answer SET outcome = 'requeued', sealed = ? WHERE delivery_id = ? AND row_n = ?`, sealed, deliveryID, row); err != nil {
			return err
		}
		if err := t.forgetUnfinished(); err != nil {
			return err
		}
		return t.exec(`UPDATE pending SET delivery_id = NULL, row_n = NULL WHERE seq = ?`, seq)
	})
}

// FileRows is which version of which event caused each row of a file, in the order of rows.
func (s *Store) FileRows(ctx context.Context, deliveryID string) iter.Seq2[export.FileRow, error] {
	return func(yield func(export.FileRow, error) bool) {
		for after := (fileRowPlace{}); ; {
			page, last, err := s.fileRows(ctx, deliveryID, after)
			if err != nil {
				yield(export.FileRow{}, readingFault(err))
				return
			}
			for _, row := range page {
				if !yield(row, nil) {
					return
				}
			}
			if len(page) < waitingPage {
				return
			}
			after = last
		}
	}
}

// fileRowPlace is where a page of FileRows ended; rows that count several records come several times.
type fileRowPlace struct {
	row int
	seq int64
}

func (s *Store) fileRows(ctx context.Context, deliveryID string, after fileRowPlace) (page []export.FileRow, last fileRowPlace, err error) {
	rows, err := s.query(ctx, `SELECT m.row_n, m.span, m.pending_seq, p.record_id, p.record_version, coalesce(a.outcome, '')
		FROM delivery_row AS m JOIN pending AS p ON p.seq = m.pending_seq
		LEFT JOIN answer AS a ON a.delivery_id = m.delivery_id AND a.row_n = m.row_n
		WHERE m.delivery_id = ? AND m.row_n > 0 AND (m.row_n, m.pending_seq) > (?, ?)
		ORDER BY m.row_n, m.pending_seq LIMIT ?`, deliveryID, after.row, after.seq, waitingPage)
	if err != nil {
		return nil, last, err
	}
	defer rows.Close()
	for rows.Next() {
		var row export.FileRow
		if err := rows.Scan(&row.Row, &row.Rows, &last.seq, &row.Version.EventID, &row.Version.Version, &row.Outcome); err != nil {
			return nil, last, err
		}
		last.row = row.Row
		page = append(page, row)
	}
	return page, last, rows.Err()
}
