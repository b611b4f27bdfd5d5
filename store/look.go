package store

import (
	"context"
	"encoding/hex"

	"deltoid/capture"
)

// fieldLook is not a field of the blind index: it makes ids of look-ups that do not lead to the person.
const fieldLook = "look"

func (s *Store) lookID(personID, disease string) string {
	return hex.EncodeToString(s.keys.blindValue(fieldLook, personID+"\x00"+disease))
}

// KeptLook is the look-up kept of a person and a disease.
func (s *Store) KeptLook(ctx context.Context, personID, disease string) (capture.KeptLook, error) {
	return oneRecord[capture.KeptLook](ctx, s, lookTable, s.lookID(personID, disease), "No look-up of this person's vaccinations is kept on this device")
}

// KeptLooks are all that are kept.
func (s *Store) KeptLooks(ctx context.Context) ([]capture.KeptLook, error) {
	return allRecords[capture.KeptLook](ctx, s, lookTable)
}

// KeepLook puts a look-up in place of the one before, for its person and disease.
func (s *Store) KeepLook(ctx context.Context, look capture.KeptLook, entry capture.AuditEntry) error {
	if err := needID(look.PersonID, "look-up"); err != nil {
		return err
	}
	return s.commit(ctx, &entry, func(t *transaction) error {
		return t.replace(lookTable, s.lookID(look.PersonID, look.Disease), look)
	})
}

// DropLooks removes look-ups; one that is gone already is no error. SQLite overwrites what it removes.
func (s *Store) DropLooks(ctx context.Context, looks []capture.KeptLook, entry capture.AuditEntry) error {
	return s.commit(ctx, &entry, func(t *transaction) error {
		for _, look := range looks {
			if _, err := t.remove(lookTable, s.lookID(look.PersonID, look.Disease)); err != nil {
				return err
			}
		}
		return nil
	})
}
