package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// ByRecovery stands in audit entries for whoever used the recovery key.
const ByRecovery = "recovery"

// clockSlack is how far the clock may be behind the last audit entry without a word: clocks are set by small steps all day.
const clockSlack = 5 * time.Minute

// Unlock opens the records with a member of staff's passphrase. It returns ErrWrongPassphrase, or Environment errors
// around ErrClock and ErrDamaged. Nothing of the file is changed before the passphrase is proved right.
func (l *Locked) Unlock(ctx context.Context, userName, passphrase string) (*Store, capture.Staff, error) {
	if err := l.lookAgain(ctx); err != nil {
		return nil, capture.Staff{}, err
	}
	slot, ok := slotOf(l.slots, userName)
	if !ok {
		return nil, capture.Staff{}, ErrWrongPassphrase
	}
	dataKey, ok, err := slot.unwrap(l.database, passphrase)
	if err != nil {
		return nil, capture.Staff{}, err
	}
	if !ok {
		return nil, capture.Staff{}, ErrWrongPassphrase
	}
	s, err := l.start(ctx, dataKey, slot.id)
	if err != nil {
		return nil, capture.Staff{}, err
	}
	staff, err := s.staffMember(ctx, slot.id)
	if err != nil {
		s.abandon()
		return nil, capture.Staff{}, err
	}
	return s, staff, nil
}

// UnlockWithRecovery opens the records with the recovery key. Give somebody a new passphrase next.
func (l *Locked) UnlockWithRecovery(ctx context.Context, key string) (*Store, error) {
	canonical, err := parseRecoveryKey(key)
	if err != nil {
		return nil, err
	}
	if err := l.lookAgain(ctx); err != nil {
		return nil, err
	}
	for _, slot := range l.slots {
		if slot.id != recoverySlot {
			continue
		}
		dataKey, ok, err := slot.unwrap(l.database, canonical)
		if err != nil {
			return nil, err
		}
		if ok {
			return l.start(ctx, dataKey, ByRecovery)
		}
	}
	return nil, ErrWrongRecoveryKey
}

// lookAgain reads the key slots as they are now: a colleague may have been added while the sign-in was on the screen.
func (l *Locked) lookAgain(ctx context.Context) error {
	db, err := openUntouched(l.options.Path)
	if err != nil {
		return readingFault(err)
	}
	defer db.Close()
	slots, err := readKeyslots(ctx, db)
	if err != nil {
		return readingFault(err)
	}
	l.slots = slots
	return nil
}

// start makes a store of a file whose data key is proved.
func (l *Locked) start(ctx context.Context, dataKey []byte, by string) (*Store, error) {
	keys, err := newKeyring(dataKey, l.database, l.options.Rand)
	if err != nil {
		return nil, err
	}
	s, err := attach(ctx, l.options, keys)
	if err != nil {
		return nil, err
	}
	if err := s.start(ctx, by); err != nil {
		s.abandon()
		return nil, readingFault(err)
	}
	return s, nil
}

func (s *Store) start(ctx context.Context, by string) error {
	head, err := readHead(func(query string, args ...any) *sql.Row { return s.queryRow(ctx, query, args...) }, s.keys)
	if err != nil {
		return err
	}
	if err := migrate(ctx, s.writer); err != nil {
		return err
	}
	if err := s.checkClock(ctx, head, by); err != nil {
		return err
	}
	if err := s.dropAbandonedBuilds(ctx); err != nil {
		return err
	}
	if err := s.indexHours(ctx); err != nil {
		return err
	}
	if err := s.noticeRestore(ctx); err != nil {
		return err
	}
	return s.loadPeople(ctx)
}

// checkClock stops work on a computer whose clock has gone back: its records would be dated before those already kept.
func (s *Store) checkClock(ctx context.Context, head auditHead, by string) error {
	now := s.options.Now().UTC()
	if !now.Before(head.At.Add(-clockSlack)) {
		return nil
	}
	const layout = "15:04 on 2 January 2006"
	if !s.options.AcceptClock {
		return fault(capture.Environment, fmt.Sprintf("The clock of this computer shows %s, but the last entry here was made at %s. Set the clock and the date, or accept them if they are right, then start Deltoid again",
			now.In(catalogue.London).Format(layout), head.At.In(catalogue.London).Format(layout)), ErrClock)
	}
	entry := capture.AuditEntry{At: now, By: by, Action: "clock.accept", Subject: "store", Note: "the clock was behind the last entry"}
	return s.commit(ctx, &entry, func(t *transaction) error {
		t.resetClock = true
		return nil
	})
}
