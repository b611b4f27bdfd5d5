package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"deltoid/capture"
)

// The receiver takes no file name twice, and a restored backup does not know the names that were used after it was made.
// They therefore also stand in a list beside the records file, which a restore leaves where it is. A name tells the
// extract, the sender and the time, and nothing of a patient.

// namesPath is the list of file names that were used.
func (s *Store) namesPath() string { return s.options.Path + ".names" }

var errNameUsed = &capture.Error{Code: capture.Conflict, Field: "fileName", Message: "There was a file of this name already. Build the file again a second later"}

// useName puts a name on the list, durably; one that stands there is a Conflict. Whoever builds holds the build lock.
func (s *Store) useName(name string) error {
	file, err := os.OpenFile(s.namesPath(), os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return fileFault("The list of file names used cannot be opened", err)
	}
	err = appendName(file, name)
	if closing := file.Close(); err == nil && closing != nil {
		err = fileFault("The list of file names used cannot be written", closing)
	}
	return err
}

func appendName(file *os.File, name string) error {
	lines, whole := bufio.NewScanner(file), true
	for lines.Scan() {
		if strings.EqualFold(lines.Text(), name) {
			return errNameUsed
		}
	}
	if err := lines.Err(); err != nil {
		return fileFault("The list of file names used cannot be read", err)
	}
	if info, err := file.Stat(); err == nil && info.Size() > 0 {
		last := make([]byte, 1)
		_, err = file.ReadAt(last, info.Size()-1)
		whole = err == nil && last[0] == '\n'
	}
	line := name + "\n"
	if !whole {
		line = "\n" + line // a power cut left half a name
	}
	if _, err := file.WriteString(line); err != nil {
		return fileFault("The list of file names used cannot be written", err)
	}
	if err := file.Sync(); err != nil {
		return fileFault("The list of file names used cannot be written", err)
	}
	return nil
}

// restoredName is the row of meta that says how many names of the list the file does not know, and since when.
const restoredName = "restored"

// noticeRestore looks whether files were made that this file does not know: then it is a backup put back in place, and the
// receiver may have more than it says.
func (s *Store) noticeRestore(ctx context.Context) error {
	raw, err := os.ReadFile(s.namesPath())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fileFault("The list of file names used cannot be read", err)
	}
	lost := 0
	for line := range strings.Lines(string(raw)) {
		var known int
		if err := s.queryRow(ctx, `SELECT count(*) FROM delivery WHERE file_name = ?`, strings.TrimSuffix(line, "\n")).Scan(&known); err != nil {
			return err
		}
		if known == 0 {
			lost++
		}
	}
	before, _, err := s.restored(ctx)
	if err != nil || lost <= before {
		return err
	}
	return s.commit(ctx, nil, func(t *transaction) error {
		value := strconv.Itoa(lost) + " " + strconv.FormatInt(t.now.UnixMicro(), 10)
		return t.exec(`INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)`, restoredName, []byte(value))
	})
}

// restored is how many file names are not known here, and the commit time before which a record may be in one of those files.
func (s *Store) restored(ctx context.Context) (lost int, before int64, err error) {
	var value []byte
	err = s.queryRow(ctx, `SELECT value FROM meta WHERE name = ?`, restoredName).Scan(&value)
	if notFound(err) {
		return 0, 0, nil
	}
	if err == nil {
		_, err = fmt.Sscan(string(value), &lost, &before)
	}
	return lost, before, err
}

// NameUsed tells whether a file of this name was ever made here.
func (s *Store) NameUsed(name string) (bool, error) {
	raw, err := os.ReadFile(s.namesPath())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, fileFault("The list of file names used cannot be read", err)
	}
	for line := range strings.Lines(string(raw)) {
		if strings.EqualFold(strings.TrimSuffix(line, "\n"), name) {
			return true, nil
		}
	}
	return false, nil
}
