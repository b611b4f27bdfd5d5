package store

import (
	"context"

	"deltoid/capture"
)

// SetPassphrase gives a colleague the passphrase that opens the records from now on, in place of any before it.
func (s *Store) SetPassphrase(ctx context.Context, staffID, passphrase string, entry capture.AuditEntry) error {
	if err := s.options.checkPassphrase(passphrase); err != nil {
		return err
	}
	staff, err := s.staffMember(ctx, staffID)
	if err != nil {
		return err
	}
	err = s.commit(ctx, &entry, func(t *transaction) error {
		var others int
		if err := t.row(`SELECT count(*) FROM keyslot WHERE user_name = ? AND id NOT IN (?, ?)`, staff.UserName, staffID, recoverySlot).Scan(&others); err != nil {
			return err
		}
		if others > 0 {
			return errUserNameTaken
		}
		return t.addSlot(staffID, staff.UserName, passphrase)
	})
	s.foldWAL(ctx, err)
	return err
}

// RemovePassphrase takes the records away from a colleague who has left. What they recorded stays. The last passphrase cannot be removed.
func (s *Store) RemovePassphrase(ctx context.Context, staffID string, entry capture.AuditEntry) error {
	err := s.commit(ctx, &entry, func(t *transaction) error {
		var others int
		if err := t.row(`SELECT count(*) FROM keyslot WHERE id NOT IN (?, ?)`, staffID, recoverySlot).Scan(&others); err != nil {
			return err
		}
		if others == 0 {
			return &capture.Error{Code: capture.Conflict, Message: "Nobody could unlock the records any more. Give a colleague a passphrase first"}
		}
		if staffID == recoverySlot {
			return errNoPassphrase
		}
		removed, err := t.remove(keyslotTable, staffID)
		if err == nil && !removed {
			return errNoPassphrase
		}
		return err
	})
	s.foldWAL(ctx, err)
	return err
}

// NewRecoveryKey makes a recovery key in place of the one before, which opens nothing any more. It is shown once and kept nowhere.
func (s *Store) NewRecoveryKey(ctx context.Context, entry capture.AuditEntry) (string, error) {
	key, err := newRecoveryKey(s.options.Rand)
	if err != nil {
		return "", fault(capture.Environment, "The computer gave no random numbers. Restart it, then try again", err)
	}
	canonical, err := parseRecoveryKey(key)
	if err != nil {
		return "", err
	}
	err = s.commit(ctx, &entry, func(t *transaction) error { return t.addSlot(recoverySlot, "", canonical) })
	s.foldWAL(ctx, err)
	if err != nil {
		return "", err
	}
	return key, nil
}

var (
	errUserNameTaken = &capture.Error{Code: capture.Conflict, Field: "userName", Message: "Choose another user name: this one is taken"}
	errNoPassphrase  = &capture.Error{Code: capture.NotFound, Message: "This colleague has no passphrase here"}
)

// foldWAL takes old key slots out of the write-ahead log as soon as nobody reads; a later checkpoint does it otherwise.
func (s *Store) foldWAL(ctx context.Context, failed error) {
	if failed != nil {
		return
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	_, _ = s.writer.ExecContext(context.WithoutCancel(ctx), `PRAGMA wal_checkpoint(TRUNCATE)`)
}
