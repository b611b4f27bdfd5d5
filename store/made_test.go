package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export"
	"deltoid/store"
)

// Everybody here is made up; their NHS numbers are from the 999 range, which no living person has.

const passphrase = "three plain words"

var admin = capture.Staff{ID: "staff-1", UserName: "a.nurse", Forename: "Ada", Surname: "Nurse"}

// quick makes passphrases cheap to check; only tests may.
var quick = store.Stretch{Passes: 1, MemoryKiB: 64, Lanes: 1}

// clock is a clock that tests set. It moves on by a second at each look.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2022, 5, 12, 9, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(time.Second)
	return c.now
}

func (c *clock) move(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(by)
}

// desk is a store made for one test.
type desk struct {
	*store.Store
	t        testing.TB
	options  store.Options
	clock    *clock
	recovery string
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	d := &desk{t: t, clock: newClock()}
	d.options = store.Options{Path: filepath.Join(t.TempDir(), "deltoid.db"), Now: d.clock.Now, Stretch: quick}
	var err error
	d.Store, d.recovery, err = store.Create(context.Background(), d.options, admin, passphrase)
	require.NoError(t, err)
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// another opens the same file again, as a second process would.
func (d *desk) another() *store.Store {
	d.t.Helper()
	s, err := unlock(d.options)
	require.NoError(d.t, err)
	d.t.Cleanup(func() { _ = s.Close() })
	return s
}

// reopen closes the store and opens it again.
func (d *desk) reopen() {
	d.t.Helper()
	require.NoError(d.t, d.Close())
	d.Store = d.another()
}

func unlock(options store.Options) (*store.Store, error) {
	locked, err := store.Open(context.Background(), options)
	if err != nil {
		return nil, err
	}
	s, _, err := locked.Unlock(context.Background(), admin.UserName, passphrase)
	return s, err
}

func (d *desk) entry(action string) capture.AuditEntry {
	return capture.AuditEntry{At: d.clock.Now(), By: admin.ID, Action: action, Subject: "test"}
}

// nhsNumber is the n-th number of the 999 range with a right check digit.
func nhsNumber(n int) capture.NHSNumber {
	for i, found := 0, -1; ; i++ {
		nine := fmt.Sprintf("999%06d", i)
		for digit := '0'; digit <= '9'; digit++ {
			if number := capture.NHSNumber(nine + string(digit)); number.Valid() {
				if found++; found == n {
					return number
				}
			}
		}
	}
}

func person(id, forename, surname, born string) capture.Person {
	return capture.Person{ID: id, Forename: forename, Surname: surname, BirthDate: catalogue.MustDate(born), Gender: "2", Postcode: "LS1 4AP", NHSNumberStatus: "03"}
}

func event(id string, version int, of capture.Person) capture.Event {
	at := time.Date(2022, 5, 12, 9, 30, 0, 0, time.UTC)
	e := capture.Event{
		ID: id, Version: version, Action: capture.ActionNew, EncounterID: "visit-" + id, At: at, RecordedAt: at, Person: of,
		Disease: capture.COVID19, Product: capture.EventProduct{Key: "comirnaty30", Name: "Comirnaty 30"},
		Given: &capture.Given{BatchID: "batch-1", BatchNumber: "ZZTEST01", Expiry: catalogue.MustDate("2022-12-31"), Amount: "0.3"},
	}
	if version > 1 {
		e.Action, e.Change = capture.ActionUpdate, &capture.Change{Reason: "wrong batch", ByID: admin.ID, At: at}
	}
	return e
}

func (d *desk) saveEvent(id string, version int, of capture.Person) capture.Event {
	d.t.Helper()
	e := event(id, version, of)
	e.RecordedAt = d.clock.Now()
	require.NoError(d.t, d.SaveEvent(context.Background(), e, []string{string(export.Covid)}, "", d.entry("event.save")))
	return e
}

func newID() string { return uuid.NewString() }
