package store

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"strings"
)

// recoverySlot is the id of the slot that the recovery key opens.
const recoverySlot = "recovery"

// saltSize is in bytes.
const saltSize = 16

// keyslot keeps the data key wrapped by one passphrase or by the recovery key.
type keyslot struct {
	id       string // staff id, or recoverySlot
	userName string
	stretch  Stretch
	salt     []byte
	wrapped  []byte
}

// newKeyslot wraps the data key for somebody.
func newKeyslot(k *keyring, id, userName, secret string, stretch Stretch) (keyslot, error) {
	slot := keyslot{id: id, userName: userName, stretch: stretch, salt: make([]byte, saltSize)}
	if err := stretch.check(); err != nil {
		return keyslot{}, err
	}
	if _, err := io.ReadFull(k.rand, slot.salt); err != nil {
		return keyslot{}, fmt.Errorf("draw a salt: %w", err)
	}
	aead, err := newAEAD(stretch.key(secret, slot.salt))
	if err != nil {
		return keyslot{}, err
	}
	slot.wrapped, err = sealWith(aead, k.rand, place(k.database, "keyslot", id, 0), k.dataKey)
	return slot, err
}

// unwrap gives the data key; ok is false when the secret is not the slot's.
func (s keyslot) unwrap(database []byte, secret string) (dataKey []byte, ok bool, err error) {
	if err := s.stretch.check(); err != nil {
		return nil, false, damaged(err)
	}
	aead, err := newAEAD(s.stretch.key(secret, s.salt))
	if err != nil {
		return nil, false, err
	}
	dataKey, err = openWith(aead, place(database, "keyslot", s.id, 0), s.wrapped)
	if err != nil || len(dataKey) != keySize {
		return nil, false, nil
	}
	return dataKey, true, nil
}

// put writes the slot in place of the one before.
func (s keyslot) put(t *transaction) error {
	return t.exec(`INSERT OR REPLACE INTO keyslot (id, user_name, passes, memory_kib, lanes, salt, wrapped, committed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		s.id, s.userName, s.stretch.Passes, s.stretch.MemoryKiB, s.stretch.Lanes, s.salt, s.wrapped, t.now.UnixMicro())
}

func readKeyslots(ctx context.Context, db *sql.DB) ([]keyslot, error) {
	rows, err := db.QueryContext(ctx, `SELECT id, user_name, passes, memory_kib, lanes, salt, wrapped FROM keyslot ORDER BY user_name, id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var slots []keyslot
	for rows.Next() {
		var s keyslot
		if err := rows.Scan(&s.id, &s.userName, &s.stretch.Passes, &s.stretch.MemoryKiB, &s.stretch.Lanes, &s.salt, &s.wrapped); err != nil {
			return nil, err
		}
		slots = append(slots, s)
	}
	return slots, rows.Err()
}

// slotOf finds a member of staff's slot by the user name typed; capitals matter only where two names differ by them alone.
func slotOf(slots []keyslot, userName string) (keyslot, bool) {
	userName = strings.TrimSpace(userName)
	var found []keyslot
	for _, slot := range slots {
		switch {
		case slot.id == recoverySlot:
		case slot.userName == userName:
			return slot, true
		case strings.EqualFold(slot.userName, userName):
			found = append(found, slot)
		}
	}
	if len(found) != 1 {
		return keyslot{}, false
	}
	return found[0], true
}
