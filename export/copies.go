package export

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"deltoid/capture"
)

// Copies takes kept files out of the ledger, byte for byte, for transfer by other means or for support. Every copy is
// in the audit chain, since it leaves the sealed store.
type Copies struct {
	Ledger Ledger
	Now    func() time.Time
	By     func() string                         // staff id for the audit chain; nil: the program itself
	Create func(path string) (SyncedFile, error) // makes a file that must not exist yet; nil: on the disk
}

// SyncedFile is a file that can be made to survive a power cut.
type SyncedFile interface {
	io.WriteCloser
	Sync() error
}

// WriteTo writes a kept file and verifies that it is what was built.
func (c *Copies) WriteTo(ctx context.Context, deliveryID string, out io.Writer) error {
	delivery, err := c.Ledger.Delivery(ctx, deliveryID)
	if err != nil {
		return err
	}
	if err := copyContent(ctx, c.Ledger, delivery, out); err != nil {
		return err
	}
	return c.note(ctx, delivery, "a copy was written out")
}

// Save writes a kept file into a folder under its own name and returns the path. A file of that name is never
// overwritten, and no half-written one is ever seen under it.
func (c *Copies) Save(ctx context.Context, deliveryID, folder string) (path string, err error) {
	delivery, err := c.Ledger.Delivery(ctx, deliveryID)
	if err != nil {
		return "", err
	}
	name := delivery.FileName
	if name == "" || filepath.Base(name) != name || !filepath.IsLocal(name) {
		return "", &capture.Error{Code: capture.Invalid, Field: "covid.file_name", Message: "The file name is not one for a folder. Correct the setting covid.file_name, then build the file again"}
	}
	path = filepath.Join(folder, name)
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return "", &capture.Error{Code: capture.Conflict, Field: "folder", Message: "There is a file " + name + " in this folder. Move it away or choose another folder", Err: err}
	}
	half := filepath.Join(folder, "."+name+".part")
	if err := c.write(ctx, delivery, half); err != nil {
		return "", err
	}
	if err := os.Rename(half, path); err != nil {
		os.Remove(half)
		return "", folderFault(err)
	}
	if err := syncFolder(folder); err != nil {
		return "", folderFault(err)
	}
	return path, c.note(ctx, delivery, "a copy was saved to a folder")
}

// write makes the half-written file whole and durable, or leaves none.
func (c *Copies) write(ctx context.Context, delivery Delivery, half string) error {
	if err := os.Remove(half); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return folderFault(err) // left behind by a crash, and not ours to keep
	}
	create := c.Create
	if create == nil {
		create = createFile
	}
	file, err := create(half)
	if err != nil {
		return folderFault(err)
	}
	err = copyContent(ctx, c.Ledger, delivery, file)
	if err == nil {
		err = file.Sync()
	}
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		os.Remove(half)
		return folderFault(err)
	}
	return nil
}

// errDamaged says that what is kept is not what was built.
var errDamaged = &capture.Error{Code: capture.Environment, Field: "content", Message: "The kept file is damaged: its checksum is not the one noted when it was built. Restore a backup"}

// copyContent copies a kept file and verifies that it is what was built.
func copyContent(ctx context.Context, ledger Ledger, delivery Delivery, out io.Writer) error {
	content, err := ledger.Content(ctx, delivery.ID)
	if err != nil {
		return fmt.Errorf("open kept file %s: %w", delivery.ID, err)
	}
	defer content.Close()
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(out, sum), content); err != nil {
		return fmt.Errorf("copy kept file %s: %w", delivery.ID, err)
	}
	if hex.EncodeToString(sum.Sum(nil)) != delivery.SHA256 {
		return errDamaged
	}
	return nil
}

func (c *Copies) note(ctx context.Context, delivery Delivery, note string) error {
	entry := entryFor(c.Now(), c.By, "delivery.copy", delivery.ID, note)
	if err := c.Ledger.Audit(ctx, entry); err != nil {
		return fmt.Errorf("note the copy of %s: %w", delivery.ID, err)
	}
	return nil
}

// createFile refuses an existing file; only its owner may read what is in it.
func createFile(path string) (SyncedFile, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
}

// syncFolder makes a new name durable; Windows does that by itself and cannot be asked to.
func syncFolder(folder string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	handle, err := os.Open(folder)
	if err != nil {
		return err
	}
	defer handle.Close()
	return handle.Sync()
}

func folderFault(err error) error {
	if capture.CodeOf(err) != "" {
		return err // the store's own words: the folder is not to blame
	}
	return &capture.Error{Code: capture.Environment, Field: "folder", Message: "The file could not be saved there. Check that the folder exists, that it may be written to and that the disk is not full", Err: err}
}
