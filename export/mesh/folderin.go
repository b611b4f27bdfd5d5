package mesh

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	// settled is how old a control file must be before it is touched: the MESH client may still be writing.
	settled = 2 * time.Second
	// unreadableFor is how long a control file may be unreadable before it is taken as it is.
	unreadableFor = time.Minute
)

// Inbox moves what the MESH client has brought into our own folder, pair by pair, and lists what lies there: the names
// of the files, which are the message ids for data. A pair is listed when both files are there. Options are not heeded.
func (f *Folder) Inbox(ctx context.Context, _ InboxOptions) ([]string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	entries, err := os.ReadDir(f.in)
	if err != nil {
		return nil, troubled(listInbox, err)
	}
	coming := map[string]bool{}
	for _, entry := range entries {
		stem, isControl := cutEnding(entry.Name(), ".ctl")
		if !isControl {
			continue
		}
		coming[stem] = true
		if ctx.Err() != nil {
			continue
		}
		if err := f.take(stem, entry); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, troubled(listInbox, err)
		}
	}
	return f.listArrived(coming)
}

func cutEnding(name, ending string) (stem string, found bool) {
	if len(name) <= len(ending) || !strings.EqualFold(name[len(name)-len(ending):], ending) {
		return "", false
	}
	return name[:len(name)-len(ending)], true
}

// take moves one pair, data first: the control file is the sign that both are there.
func (f *Folder) take(stem string, entry fs.DirEntry) error {
	control := filepath.Join(f.in, entry.Name())
	info, err := entry.Info()
	if err != nil {
		return err
	}
	age := f.Now().Sub(info.ModTime())
	if age < settled {
		return nil
	}
	data, err := findData(f.in, stem)
	if err != nil {
		return err
	}
	c, err := readControlFile(control)
	switch {
	case err != nil && age < unreadableFor:
		return nil
	case err == nil && !c.isReport() && data == "" && !exists(filepath.Join(f.arrived, stem+".dat")):
		return nil // still to come
	}
	if data != "" {
		if err := f.stepThen("take data", func() error { return moveDurably(data, filepath.Join(f.arrived, stem+".dat")) }); err != nil {
			return err
		}
	}
	return f.stepThen("take control", func() error { return moveDurably(control, filepath.Join(f.arrived, stem+".ctl")) })
}

func (f *Folder) stepThen(name string, do func() error) error {
	if err := f.step(name); err != nil {
		return err
	}
	return do()
}

// findData is the path of the data file of a control file, whatever the case of its ending; empty when there is none.
func findData(folder, stem string) (string, error) {
	for _, ending := range []string{".dat", ".DAT", ".Dat"} {
		path := filepath.Join(folder, stem+ending)
		switch _, err := os.Lstat(path); {
		case err == nil:
			return path, nil
		case !errors.Is(err, fs.ErrNotExist):
			return "", err
		}
	}
	return "", nil
}

// listArrived lists what lies in our folder, and removes data that was left over when the program ended in the middle of
// an acknowledgement: its control file is neither there nor still coming.
func (f *Folder) listArrived(coming map[string]bool) (stems []string, err error) {
	entries, err := os.ReadDir(f.arrived)
	if err != nil {
		return nil, troubled(listInbox, err)
	}
	for _, entry := range entries {
		if stem, isControl := cutEnding(entry.Name(), ".ctl"); isControl {
			stems = append(stems, stem)
		}
	}
	for _, entry := range entries {
		stem, isData := cutEnding(entry.Name(), ".dat")
		if !isData || coming[stem] || slices.Contains(stems, stem) {
			continue
		}
		if err := os.Remove(filepath.Join(f.arrived, entry.Name())); err != nil {
			return nil, troubled(listInbox, err)
		}
	}
	slices.Sort(stems) // message ids begin with the time
	return stems, nil
}

// arrivedPath is the path of a message that lies in our folder. No id leads out of it.
func (f *Folder) arrivedPath(op, id, ending string) (string, error) {
	if err := checkID(op, "messageID", id); err != nil {
		return "", err
	}
	if filepath.Base(id) != id {
		return "", (problems{{Field: "messageID", What: "is no file name", Cure: "give the id as the inbox gave it"}}).err(op)
	}
	return filepath.Join(f.arrived, id+ending), nil
}

// Download writes the content of a message to target and returns what its control file says. See [Client.Download].
func (f *Folder) Download(_ context.Context, messageID string, target io.Writer) (Headers, error) {
	control, err := f.arrivedPath(downloadMessage, messageID, ".ctl")
	if err != nil {
		return Headers{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	c, err := readControlFile(control)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Headers{}, &Error{Op: downloadMessage, Kind: ErrNotFound, MessageID: messageID}
	case errors.Is(err, errNoControlFile):
		return Headers{}, &Error{Op: downloadMessage, Kind: ErrPermanent, MessageID: messageID, Err: err}
	case err != nil:
		return Headers{}, troubled(downloadMessage, err)
	}
	headers := c.headers(messageID)
	if headers.IsReport() {
		return headers, nil
	}
	content, err := os.Open(filepath.Join(f.arrived, messageID+".dat"))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Headers{}, &Error{Op: downloadMessage, Kind: ErrPermanent, MessageID: messageID, Message: "its data file is missing"}
	case err != nil:
		return Headers{}, troubled(downloadMessage, err)
	}
	defer content.Close()
	store := &watched{Writer: target}
	if _, err := io.Copy(store, content); err != nil {
		if store.err != nil {
			return Headers{}, fmt.Errorf("store content of message: %w", store.err)
		}
		return Headers{}, troubled(downloadMessage, err)
	}
	return headers, nil
}

// Acknowledge removes a message that the caller has stored. It may be repeated. See [Client.Acknowledge].
func (f *Folder) Acknowledge(_ context.Context, messageID string) error {
	const op = "acknowledge message"
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, ending := range []string{".ctl", ".dat"} { // the control file is the sign that the message is there
		path, err := f.arrivedPath(op, messageID, ending)
		if err != nil {
			return err
		}
		if err := f.step("remove " + ending); err != nil {
			return troubled(op, err)
		}
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return troubled(op, err)
		}
	}
	return syncFolder(f.arrived)
}
