package store

import (
	"bufio"
	"errors"
	"io/fs"
	"os"
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
