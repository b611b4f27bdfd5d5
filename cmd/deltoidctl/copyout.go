package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"deltoid/capture"
	"deltoid/export"
)

// copyOut writes a file as it was built. It has its name only when it is complete, and never takes the place of another.
func copyOut(ctx context.Context, ledger export.Ledger, delivery export.Delivery, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make the folder of the copy: %w", err)
	}
	content, err := ledger.Content(ctx, delivery.ID)
	if err != nil {
		return err
	}
	defer content.Close()
	temporary, err := os.CreateTemp(filepath.Dir(path), ".deltoid-*") // for its owner alone
	if err != nil {
		return fmt.Errorf("copy the file: %w", err)
	}
	defer os.Remove(temporary.Name())
	_, err = io.Copy(temporary, content)
	err = errors.Join(err, temporary.Sync(), temporary.Close())
	if err == nil {
		err = name(temporary.Name(), path)
	}
	if errors.Is(err, fs.ErrExist) {
		return &capture.Error{Code: capture.Conflict, Message: "There is a file named " + delivery.FileName + " in that folder already; it was left as it is. The new one is kept for sending: copy it to another folder with --again " + delivery.ID}
	}
	if err != nil {
		return fmt.Errorf("copy the file: %w; it is kept for sending: copy it with --again %s", err, delivery.ID)
	}
	return nil
}

// name gives a finished file its name unless another has it.
func name(temporary, path string) error {
	err := os.Link(temporary, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	// FAT and some network folders know no second names.
	switch _, err := os.Lstat(path); {
	case err == nil:
		return fs.ErrExist
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	return os.Rename(temporary, path)
}
