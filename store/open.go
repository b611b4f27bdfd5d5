package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"deltoid/capture"
)

// databaseName is the row of meta that holds the database id.
const databaseName = "database_id"

// Locked is a records file that was looked at and found whole, but not unlocked. Nothing of it has been changed.
type Locked struct {
	options  Options
	database []byte
	slots    []keyslot
}

// Open looks at a records file without a key. It returns Environment errors around ErrMissing, ErrForeign, ErrNewer and
// ErrDamaged; in each case the file is left as it was.
func Open(ctx context.Context, options Options) (*Locked, error) {
	options, err := options.withDefaults()
	if err != nil {
		return nil, err
	}
	info, err := options.Files.Stat(options.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fault(capture.Environment, "There is no records file here yet. Set Deltoid up, or check the data folder", errors.Join(ErrMissing, err))
	case err != nil:
		return nil, fileFault("The records file cannot be looked at", err)
	case info.IsDir(), info.Size() == 0:
		return nil, foreign("empty file or folder")
	}
	db, err := openUntouched(options.Path)
	if err != nil {
		return nil, readingFault(err)
	}
	defer db.Close()
	locked := &Locked{options: options}
	if err := locked.look(ctx, db); err != nil {
		return nil, readingFault(err)
	}
	return locked, nil
}

func (l *Locked) look(ctx context.Context, db *sql.DB) error {
	var application, version int
	var check string
	err := db.QueryRowContext(ctx, `PRAGMA application_id`).Scan(&application)
	var lite *sqlite.Error
	switch {
	case errors.As(err, &lite) && lite.Code()&0xff == sqlite3.SQLITE_NOTADB:
		return foreign("not an SQLite file")
	case err != nil:
		return err
	case application != applicationID:
		return foreign("an SQLite file of another program")
	}
	if err := db.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return err
	}
	if version > schemaVersion {
		return fault(capture.Environment, "These records were made by a newer Deltoid. Install the newest Deltoid on this computer; the file was not changed", fmt.Errorf("%w: version %d", ErrNewer, version))
	}
	if err := db.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&check); err != nil {
		return err
	}
	if check != "ok" {
		return damaged(errors.New(check))
	}
	if err := db.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = ?`, databaseName).Scan(&l.database); err != nil || len(l.database) != databaseSize {
		return damaged(errors.Join(errors.New("database id"), err))
	}
	l.slots, err = readKeyslots(ctx, db)
	if err == nil && len(l.slots) == 0 {
		return damaged(errors.New("no key slots"))
	}
	return err
}

func foreign(what string) error {
	return fault(capture.Environment, "This file is not a Deltoid records file. Choose the right data folder, or restore a backup; the file was not changed", fmt.Errorf("%w: %s", ErrForeign, what))
}

// UserNames are those who can unlock the file, in alphabetical order.
func (l *Locked) UserNames() []string {
	var names []string
	for _, slot := range l.slots {
		if slot.id != recoverySlot {
			names = append(names, slot.userName)
		}
	}
	return names
}
