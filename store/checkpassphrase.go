package store

import (
	"context"

	"deltoid/capture"
)

// CheckPassphrase proves a colleague's passphrase while the records are open, as when a shared computer changes hands. It
// returns ErrWrongPassphrase, and changes nothing.
func (s *Store) CheckPassphrase(ctx context.Context, userName, passphrase string) (capture.Staff, error) {
	slots, err := readKeyslots(ctx, s.readers)
	if err != nil {
		return capture.Staff{}, readingFault(err)
	}
	slot, ok := slotOf(slots, userName)
	if !ok {
		return capture.Staff{}, ErrWrongPassphrase
	}
	if _, ok, err := slot.unwrap(s.keys.database, passphrase); err != nil || !ok {
		if err == nil {
			err = ErrWrongPassphrase
		}
		return capture.Staff{}, err
	}
	return s.staffMember(ctx, slot.id)
}
