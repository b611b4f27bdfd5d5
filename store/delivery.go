package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"strconv"

	"deltoid/capture"
	"deltoid/export"
)

const noDelivery = "There is no such file on this device. Look at the list of deliveries again"

// buildingState marks the delivery of a file that is not finished; no one sees it.
const buildingState = "building"

// Deliveries come newest first.
func (s *Store) Deliveries(ctx context.Context) ([]export.Delivery, error) {
	return unsealAll[export.Delivery](ctx, s, deliveryTable,
		`SELECT id, version, sealed FROM delivery WHERE state <> ? ORDER BY rowid DESC`, buildingState)
}

// Delivery is one of them.
func (s *Store) Delivery(ctx context.Context, id string) (export.Delivery, error) {
	kept, err := readDelivery(ctx, s.readers, s.keys, id)
	return kept.Delivery, readingFault(err)
}

// keptDelivery is a delivery with what the ledger alone knows of it.
type keptDelivery struct {
	export.Delivery
	Mapping  []byte `json:"mapping"`            // mappingDigest of its rows
	Released bool   `json:"released,omitempty"` // its rows wait for another file

	version int64
}

func readDelivery(ctx context.Context, from querier, keys *keyring, id string) (keptDelivery, error) {
	var kept keptDelivery
	var version int64
	var sealed []byte
	err := from.QueryRowContext(ctx, `SELECT version, sealed FROM delivery WHERE id = ? AND state <> ?`, id, buildingState).Scan(&version, &sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return kept, &capture.Error{Code: capture.NotFound, Message: noDelivery}
	}
	if err != nil {
		return kept, err
	}
	kept, err = unseal[keptDelivery](keys, deliveryTable, id, version, sealed)
	kept.version = version
	return kept, err
}

// SaveDelivery keeps a change of state together with its audit entry. What the file is never changes; a change made on an
// older state than the one kept, or to a file whose rows were released, is a Conflict.
func (s *Store) SaveDelivery(ctx context.Context, delivery export.Delivery, entry capture.AuditEntry) error {
	return s.commit(ctx, &entry, func(t *transaction) error {
		kept, err := readDelivery(t.ctx, t.tx, s.keys, delivery.ID)
		if err != nil {
			return err
		}
		before := kept.Delivery
		switch {
		case delivery.Kind != before.Kind, delivery.FileName != before.FileName, delivery.SHA256 != before.SHA256,
			delivery.Bytes != before.Bytes, delivery.Rows != before.Rows:
			return &capture.Error{Code: capture.Conflict, Message: "A file that is built is never changed. Build a new one"}
		case len(delivery.Past) < len(before.Past):
			return &capture.Error{Code: capture.Conflict, Message: "This delivery went on meanwhile in another window. Look at it again"}
		case kept.Released && delivery.State != export.Refused && delivery.State != export.Held:
			return &capture.Error{Code: capture.Conflict, Message: "The records of this file wait for a new file, so this one must not be sent. Build the new file"}
		case delivery.State == buildingState || delivery.State == "":
			return &capture.Error{Code: capture.Conflict, Message: "A file that is built stays built"}
		}
		kept.Delivery = delivery
		if delivery.State == export.Refused {
			if err := t.forgetUnfinished(); err != nil {
				return err
			}
		}
		return t.putDelivery(kept)
	})
}

// putDelivery keeps a finished delivery as its next version.
func (t *transaction) putDelivery(delivery keptDelivery) error {
	version := delivery.version + 1
	sealed, err := t.seal(deliveryTable, delivery.ID, version, delivery)
	if err != nil {
		return err
	}
	n, err := t.count(`UPDATE delivery SET version = ?, seq = ?, committed_at = ?, kind = ?, file_name = ?, state = ?, sealed = ? WHERE id = ?`,
		version, t.seq(), t.now.UnixMicro(), string(delivery.Kind), delivery.FileName, string(delivery.State), sealed, delivery.ID)
	switch {
	case isConstraint(err):
		return &capture.Error{Code: capture.Conflict, Field: "fileName", Message: "There was a file of this name already. Build the file again a second later", Err: err}
	case err == nil && n == 0:
		return &capture.Error{Code: capture.NotFound, Message: noDelivery}
	}
	return err
}

// Release puts a refused delivery's rows back among the waiting ones, so that they go into a new file. Which rows the
// refused file had stays known.
func (s *Store) Release(ctx context.Context, deliveryID string, entry capture.AuditEntry) error {
	return s.commit(ctx, &entry, func(t *transaction) error {
		kept, err := readDelivery(t.ctx, t.tx, s.keys, deliveryID)
		switch {
		case err != nil:
			return err
		case kept.State != export.Refused:
			return &capture.Error{Code: capture.Conflict, Message: "Only the records of a refused file can go into a new one. This file was not refused"}
		case kept.Released:
			return &capture.Error{Code: capture.Conflict, Message: "The records of this file wait for a new file already"}
		}
		kept.Released = true
		if err := t.putDelivery(kept); err != nil {
			return err
		}
		if err := t.forgetUnfinished(); err != nil {
			return err
		}
		return t.exec(`UPDATE pending SET delivery_id = NULL, row_n = NULL WHERE delivery_id = ?`, deliveryID)
	})
}

// Content is the file's bytes, as built. Reading fails at the end when they are not what was built.
func (s *Store) Content(ctx context.Context, id string) (io.ReadCloser, error) {
	delivery, err := s.Delivery(ctx, id)
	if err != nil {
		return nil, err
	}
	return &content{ctx: ctx, store: s, delivery: delivery, sum: sha256.New()}, nil
}

// content reads a file chunk by chunk, so that no read of the store stays open while it is sent.
type content struct {
	ctx      context.Context
	store    *Store
	delivery export.Delivery
	next     int
	rest     []byte
	read     int64
	sum      hash.Hash
	err      error
}

func (c *content) Read(into []byte) (int, error) {
	for len(c.rest) == 0 && c.err == nil {
		c.rest, c.err = c.chunk()
	}
	n := copy(into, c.rest)
	c.rest = c.rest[n:]
	if n > 0 || len(into) == 0 {
		return n, nil
	}
	return 0, c.err
}

func (c *content) chunk() ([]byte, error) {
	plain, err := c.store.readChunk(c.ctx, c.store.readers, c.delivery.ID, c.next)
	if errors.Is(err, sql.ErrNoRows) {
		if c.read != c.delivery.Bytes || hex.EncodeToString(c.sum.Sum(nil)) != c.delivery.SHA256 {
			return nil, damaged(fmt.Errorf("content of delivery %s is not what was built", c.delivery.ID))
		}
		return nil, io.EOF
	}
	if err != nil {
		return nil, readingFault(err)
	}
	c.next++
	c.read += int64(len(plain))
	c.sum.Write(plain)
	return plain, nil
}

// Close ends the reading.
func (c *content) Close() error {
	c.rest, c.err = nil, io.ErrClosedPipe
	return nil
}

// chunkID is the place of a chunk in its table.
func chunkID(deliveryID string, n int) string { return deliveryID + "/" + strconv.Itoa(n) }

func (s *Store) readChunk(ctx context.Context, from querier, deliveryID string, n int) ([]byte, error) {
	var sealed []byte
	if err := from.QueryRowContext(ctx, `SELECT sealed FROM chunk WHERE delivery_id = ? AND n = ?`, deliveryID, n).Scan(&sealed); err != nil {
		return nil, err
	}
	plain, err := s.keys.open(string(chunkTable), chunkID(deliveryID, n), 0, sealed)
	if err != nil {
		return nil, damaged(fmt.Errorf("content of delivery %s part %d: %w", deliveryID, n, err))
	}
	return plain, nil
}
