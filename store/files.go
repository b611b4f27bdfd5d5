package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"deltoid/capture"
)

// Files is what the store asks of the file system beside SQLite's own reading and writing. Tests put faults here.
type Files struct {
	Stat    func(path string) (fs.FileInfo, error)
	MakeDir func(path string) error
	Claim   func(path string) error     // makes an empty file for its owner alone; it must not exist
	Link    func(from, to string) error // gives a file a second name, which must not exist
	Rename  func(from, to string) error
	Remove  func(path string) error
	Sync    func(path string) error // makes a file's content durable
	SyncDir func(path string) error // makes the names in a folder durable
}

// SystemFiles is the operating system's file system.
func SystemFiles() *Files {
	return &Files{
		Stat:    os.Stat,
		MakeDir: func(path string) error { return os.MkdirAll(path, 0o700) },
		Claim: func(path string) error {
			file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
			if err != nil {
				return err
			}
			return file.Close()
		},
		Link:   os.Link,
		Rename: os.Rename,
		Remove: os.Remove,
		Sync: func(path string) error {
			file, err := os.OpenFile(path, os.O_RDWR, 0)
			if err != nil {
				return err
			}
			return errors.Join(file.Sync(), file.Close())
		},
		SyncDir: func(path string) error {
			if runtime.GOOS == "windows" {
				return nil // NTFS journals names itself, and a folder cannot be flushed there
			}
			folder, err := os.Open(path)
			if err != nil {
				return err
			}
			return errors.Join(folder.Sync(), folder.Close())
		},
	}
}

// exists tells whether there is a file; a file that cannot be looked at is a fault.
func (f *Files) exists(path string) (bool, error) {
	_, err := f.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// publish gives a finished file its name, durably, and never in place of another file.
func (f *Files) publish(from, to string) error {
	if err := f.Sync(from); err != nil {
		return err
	}
	switch err := f.Link(from, to); {
	case err == nil:
		if err := f.Remove(from); err != nil {
			return err
		}
	case errors.Is(err, fs.ErrExist):
		return err
	default:
		// FAT and exFAT know no second names.
		if taken, err := f.exists(to); taken || err != nil {
			return errors.Join(err, fs.ErrExist)
		}
		if err := f.Rename(from, to); err != nil {
			return err
		}
	}
	return f.SyncDir(filepath.Dir(to))
}

// dropAll removes a database file and what SQLite may have put beside it. Files that are not there are no fault.
func (f *Files) dropAll(path string) {
	for _, ending := range []string{"", "-wal", "-shm", "-journal"} {
		_ = f.Remove(path + ending)
	}
}

// fileFault puts a fault of the file system into words.
func fileFault(what string, err error) error {
	return fault(capture.Environment, what+". Check that the disk is connected, has space and may be written to, then try again", err)
}
