package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/google/uuid"

	"deltoid/capture"
)

// Create makes a records file with its first member of staff, who becomes an administrator, and gives the recovery key,
// which is shown once and kept nowhere. A file that is there already is a Conflict and stays as it is.
func Create(ctx context.Context, options Options, admin capture.Staff, passphrase string) (*Store, string, error) {
	options, err := options.withDefaults()
	if err != nil {
		return nil, "", err
	}
	if strings.TrimSpace(admin.UserName) == "" {
		return nil, "", &capture.Error{Code: capture.Invalid, Field: "userName", Message: "Enter a user name without spaces"}
	}
	if err := options.checkPassphrase(passphrase); err != nil {
		return nil, "", err
	}
	path := options.Path
	switch taken, err := options.Files.exists(path); {
	case err != nil:
		return nil, "", fileFault("The place for the records file cannot be looked at", err)
	case taken:
		return nil, "", errTaken
	}
	if err := options.Files.MakeDir(filepath.Dir(path)); err != nil {
		return nil, "", fileFault("The data folder cannot be made", err)
	}
	// The file gets its name only when it is complete, so that a power cut leaves no half-made one.
	making := path + ".new"
	options.Files.dropAll(making)
	if err := options.Files.Claim(making); err != nil {
		return nil, "", fileFault("The records file cannot be made", err)
	}
	recovery, err := fill(ctx, options, making, admin, passphrase)
	if err == nil {
		err = publishNew(options.Files, making, path)
	}
	if err != nil {
		options.Files.dropAll(making)
		return nil, "", err
	}
	locked, err := Open(ctx, options)
	if err != nil {
		return nil, "", err
	}
	s, _, err := locked.Unlock(ctx, admin.UserName, passphrase)
	if err != nil {
		return nil, "", err
	}
	return s, recovery, nil
}

var errTaken = &capture.Error{Code: capture.Conflict, Message: "There is a records file in this data folder already. Open it, or choose another folder"}

func publishNew(files *Files, making, path string) error {
	err := files.publish(making, path)
	if errors.Is(err, fs.ErrExist) {
		return errTaken
	}
	if err != nil {
		return fileFault("The records file cannot be put in its place", err)
	}
	return nil
}

// fill makes a complete records file under a name that does not count yet, and closes it.
func fill(ctx context.Context, options Options, making string, admin capture.Staff, passphrase string) (recovery string, err error) {
	secrets := make([]byte, keySize+databaseSize)
	if _, err := io.ReadFull(options.Rand, secrets); err != nil {
		return "", fault(capture.Environment, "The computer gave no random numbers. Restart it, then try again", err)
	}
	keys, err := newKeyring(secrets[:keySize:keySize], secrets[keySize:], options.Rand)
	if err != nil {
		return "", err
	}
	if recovery, err = newRecoveryKey(options.Rand); err != nil {
		return "", err
	}
	if admin.ID == "" {
		id, err := uuid.NewRandomFromReader(options.Rand)
		if err != nil {
			return "", fmt.Errorf("draw an id: %w", err)
		}
		admin.ID = id.String()
	}
	admin.Admin = true
	options.Path = making
	s, err := attach(ctx, options, keys)
	if err != nil {
		return "", err
	}
	if err := s.fill(ctx, admin, passphrase, recovery); err != nil {
		s.abandon()
		return "", err
	}
	return recovery, s.Close()
}

func (s *Store) fill(ctx context.Context, admin capture.Staff, passphrase, recovery string) error {
	if err := migrate(ctx, s.writer); err != nil {
		return savingFault(err)
	}
	entry := capture.AuditEntry{At: s.options.Now().UTC(), By: admin.ID, Action: "store.create", Subject: "staff/" + admin.ID}
	return s.commit(ctx, &entry, func(t *transaction) error {
		if err := t.exec(`INSERT INTO meta (name, value) VALUES (?, ?)`, databaseName, s.keys.database); err != nil {
			return err
		}
		if err := t.exec(`INSERT INTO meta (name, value) VALUES (?, x'01')`, hoursName); err != nil {
			return err
		}
		if err := t.addSlot(admin.ID, admin.UserName, passphrase); err != nil {
			return err
		}
		canonical, err := parseRecoveryKey(recovery)
		if err != nil {
			return err
		}
		if err := t.addSlot(recoverySlot, "", canonical); err != nil {
			return err
		}
		return t.put(staffTable, admin.ID, 1, admin)
	})
}

// addSlot lets a secret open the file, in place of the one that did so for the same slot.
func (t *transaction) addSlot(id, userName, secret string) error {
	slot, err := newKeyslot(t.store.keys, id, userName, secret, t.store.options.Stretch)
	if err != nil {
		return err
	}
	t.vouch(keyslotTable, id, 0, slot.wrapped)
	return slot.put(t)
}
