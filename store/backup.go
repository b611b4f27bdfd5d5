package store

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"

	"deltoid/capture"
)

// Backup writes a copy of the records as they are at this moment, looks at it as Open does, and only then gives it its
// name. The copy is sealed like the file itself and opens with the same passphrases. A file that is there already is a
// Conflict and stays as it is.
func (s *Store) Backup(ctx context.Context, path string) error {
	files := s.options.Files
	absolute, err := filepath.Abs(path)
	if err != nil {
		return fileFault("The place for the backup cannot be looked at", err)
	}
	switch taken, err := files.exists(absolute); {
	case err != nil:
		return fileFault("The place for the backup cannot be looked at", err)
	case taken:
		return errBackupTaken
	}
	making := absolute + ".new"
	files.dropAll(making)
	err = s.copyTo(ctx, making)
	if err == nil {
		err = publishBackup(files, making, absolute)
	}
	if err != nil {
		files.dropAll(making)
	}
	return err
}

func publishBackup(files *Files, making, path string) error {
	err := files.publish(making, path)
	if errors.Is(err, fs.ErrExist) {
		return errBackupTaken
	}
	if err != nil {
		return fileFault("The backup cannot be put in its place", err)
	}
	return nil
}

var errBackupTaken = &capture.Error{Code: capture.Conflict, Message: "There is a file of this name already. Choose another name for the backup"}

// copyTo writes the copy under a name that does not count yet.
func (s *Store) copyTo(ctx context.Context, making string) error {
	if err := s.options.Files.Claim(making); err != nil {
		return fileFault("The backup cannot be written", err)
	}
	// A connection of its own: copying only reads, but SQLite counts it as writing.
	db, err := openWriter(s.options.Path)
	if err != nil {
		return backupFault(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, making); err != nil {
		return backupFault(err)
	}
	options := s.options
	options.Path = making
	_, err = Open(ctx, options)
	return err
}

func backupFault(err error) error {
	return inWords(err, "No backup was made; the records themselves are safe. ", "The backup could not be written. ", ", then make the backup again")
}
