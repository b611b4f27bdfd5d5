package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"deltoid/capture"
	"deltoid/export"
)

var _ export.Mail = (*Store)(nil)

// Messages that have come, the pieces of their contents, and what is remembered of the connection.
const (
	inboundTable      table = "inbound"
	inboundChunkTable table = "inbound_chunk"
	contactTable      table = "contact"
)

const noInbound = "There is no such message on this device. Look at the list of messages again"

// KeepInbound keeps a message with its content, in one durable step. One that is kept already stays as it is: MESH gives
// a message again when its acknowledgement was lost.
func (s *Store) KeepInbound(ctx context.Context, message export.Inbound, content []byte, entry capture.AuditEntry) error {
	if err := needID(message.ID, "message"); err != nil {
		return err
	}
	known, err := s.hasInbound(ctx, message.ID)
	if err != nil || known {
		return err
	}
	sum := sha256.Sum256(content)
	message.Bytes, message.SHA256 = int64(len(content)), hex.EncodeToString(sum[:])
	return s.commit(ctx, &entry, func(t *transaction) error {
		if known, err := t.version(inboundTable, message.ID); err != nil || known > 0 {
			return err // another process was faster
		}
		if err := t.putInbound(message, 1); err != nil {
			return err
		}
		for n := 0; len(content) > 0; n++ {
			size := min(len(content), chunkBytes)
			sealed, err := s.keys.seal(string(inboundChunkTable), chunkID(message.ID, n), 0, content[:size])
			if err != nil {
				return err
			}
			if err := t.exec(`INSERT INTO inbound_chunk (inbound_id, n, sealed) VALUES (?, ?, ?)`, message.ID, n, sealed); err != nil {
				return err
			}
			content = content[size:]
		}
		return nil
	})
}

func (s *Store) hasInbound(ctx context.Context, id string) (bool, error) {
	var n int
	err := s.queryRow(ctx, `SELECT count(*) FROM inbound WHERE id = ?`, id).Scan(&n)
	return n > 0, readingFault(err)
}

func (t *transaction) putInbound(message export.Inbound, version int64) error {
	sealed, err := t.seal(inboundTable, message.ID, version, message)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO inbound (id, version, seq, committed_at, state, sealed) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, seq = excluded.seq, state = excluded.state, sealed = excluded.sealed`,
		message.ID, version, t.seq(), t.now.UnixMicro(), string(message.State), sealed)
}

// SaveInbound keeps what became of a message. What came is never changed.
func (s *Store) SaveInbound(ctx context.Context, message export.Inbound, entry capture.AuditEntry) error {
	return s.commit(ctx, &entry, func(t *transaction) error {
		var version int64
		var sealed []byte
		err := t.row(`SELECT version, sealed FROM inbound WHERE id = ?`, message.ID).Scan(&version, &sealed)
		if notFound(err) {
			return &capture.Error{Code: capture.NotFound, Message: noInbound}
		}
		if err != nil {
			return err
		}
		kept, err := unseal[export.Inbound](s.keys, inboundTable, message.ID, version, sealed)
		if err != nil {
			return err
		}
		kept.State, kept.DeliveryID, kept.Outcome = message.State, message.DeliveryID, message.Outcome
		return t.putInbound(kept, version+1)
	})
}

// Inbound is a message that has come.
func (s *Store) Inbound(ctx context.Context, id string) (export.Inbound, error) {
	return oneRecord[export.Inbound](ctx, s, inboundTable, id, noInbound)
}

// InboundIn gives the messages in some state, oldest first; all of them when none is named.
func (s *Store) InboundIn(ctx context.Context, states ...export.InboundState) ([]export.Inbound, error) {
	if len(states) == 0 {
		return unsealAll[export.Inbound](ctx, s, inboundTable, `SELECT id, version, sealed FROM inbound ORDER BY rowid`)
	}
	var all []export.Inbound
	for _, state := range states {
		some, err := unsealAll[export.Inbound](ctx, s, inboundTable, `SELECT id, version, sealed FROM inbound WHERE state = ? ORDER BY rowid`, string(state))
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// InboundContent is what a message held, as it came; empty in a report.
func (s *Store) InboundContent(ctx context.Context, id string) ([]byte, error) {
	message, err := s.Inbound(ctx, id)
	if err != nil {
		return nil, err
	}
	rows, err := s.query(ctx, `SELECT n, sealed FROM inbound_chunk WHERE inbound_id = ? ORDER BY n`, id)
	if err != nil {
		return nil, readingFault(err)
	}
	defer rows.Close()
	content := make([]byte, 0, message.Bytes)
	for rows.Next() {
		var n int
		var sealed []byte
		if err := rows.Scan(&n, &sealed); err != nil {
			return nil, readingFault(err)
		}
		plain, err := s.keys.open(string(inboundChunkTable), chunkID(id, n), 0, sealed)
		if err != nil {
			return nil, damaged(fmt.Errorf("content of message %s part %d: %w", id, n, err))
		}
		content = append(content, plain...)
	}
	if err := rows.Err(); err != nil {
		return nil, readingFault(err)
	}
	if digest := sha256.Sum256(content); hex.EncodeToString(digest[:]) != message.SHA256 {
		return nil, damaged(fmt.Errorf("content of message %s is not what came", id))
	}
	return content, nil
}

// contactID is the id of the one contact record.
const contactID = "contact"

// Contact is what is remembered of the connection; the zero Contact when there is nothing.
func (s *Store) Contact(ctx context.Context) (export.Contact, error) {
	contact, err := oneRecord[export.Contact](ctx, s, contactTable, contactID, "")
	if capture.IsNotFound(err) {
		return export.Contact{}, nil
	}
	return contact, err
}

// SaveContact remembers it. It says nothing that a record depends on, so the audit chain does not name it.
func (s *Store) SaveContact(ctx context.Context, contact export.Contact) error {
	return s.commit(ctx, nil, func(t *transaction) error { return t.replace(contactTable, contactID, contact) })
}
