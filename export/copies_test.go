package export_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/export"
)

func TestCopyInAFolder(t *testing.T) {
	d := newDesk(t)
	file := d.built()
	copies := &export.Copies{Ledger: d.ledger, Now: d.clock, By: func() string { return "S7" }}
	folder := t.TempDir()
	path, err := copies.Save(t.Context(), file.ID, folder)
	require.NoError(t, err)
	assert.Equal(t, filepath.Join(folder, file.FileName), path)
	saved, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, d.ledger.content[file.ID], saved)
	last := d.ledger.audit[len(d.ledger.audit)-1]
	assert.Equal(t, "delivery.copy", last.Action)
	assert.Equal(t, "S7", last.By)
	assert.Equal(t, file, d.stand(file.ID), "a copy changes nothing")

	_, err = copies.Save(t.Context(), file.ID, folder)
	assert.Equal(t, capture.Conflict, capture.CodeOf(err), "never over another file")
	_, err = copies.Save(t.Context(), file.ID, filepath.Join(folder, "none"))
	assert.Equal(t, capture.Environment, capture.CodeOf(err))
	_, err = copies.Save(t.Context(), "none", folder)
	assert.Equal(t, capture.NotFound, capture.CodeOf(err))

	var out bytes.Buffer
	require.NoError(t, copies.WriteTo(t.Context(), file.ID, &out))
	assert.Equal(t, saved, out.Bytes())
}

func TestFailedCopyLeavesNothing(t *testing.T) {
	d := newDesk(t)
	file := d.built()
	full := errors.New("no space left")
	copies := &export.Copies{Ledger: d.ledger, Now: d.clock}
	folder := t.TempDir()
	for name, broken := range map[string]fullDisk{
		"no room to write": {write: full}, "not made durable": {sync: full}, "not closed": {close: full},
	} {
		copies.Create = func(path string) (export.SyncedFile, error) {
			file, err := os.Create(path)
			broken.File = file
			return broken, err
		}
		_, err := copies.Save(t.Context(), file.ID, folder)
		require.ErrorIs(t, err, full, name)
		assert.Equal(t, capture.Environment, capture.CodeOf(err))
		left, err := os.ReadDir(folder)
		require.NoError(t, err)
		assert.Empty(t, left, name)
	}

	copies.Create = nil
	require.NoError(t, os.WriteFile(filepath.Join(folder, "."+file.FileName+".part"), []byte("half"), 0o600))
	_, err := copies.Save(t.Context(), file.ID, folder)
	require.NoError(t, err, "what a crash left behind is no obstacle")

	d.ledger.content[file.ID] = append(d.ledger.content[file.ID], 'x')
	require.Error(t, copies.WriteTo(t.Context(), file.ID, &bytes.Buffer{}))
	_, err = copies.Save(t.Context(), file.ID, t.TempDir())
	assert.ErrorContains(t, err, "damaged")
}

func TestCopyNeverLeavesTheFolder(t *testing.T) {
	d := newDesk(t)
	file := d.built()
	copies := &export.Copies{Ledger: d.ledger, Now: d.clock}
	for _, name := range []string{"../x.csv", "/x.csv", "", ".."} {
		d.ledger.deliveries[0].FileName = name
		_, err := copies.Save(t.Context(), file.ID, t.TempDir())
		assert.Equal(t, capture.Invalid, capture.CodeOf(err), name)
	}
}

// fullDisk is a file that fails when it is told to.
type fullDisk struct {
	*os.File
	write, sync, close error
}

func (f fullDisk) Write(p []byte) (int, error) {
	if f.write != nil {
		return 0, f.write
	}
	return f.File.Write(p)
}

func (f fullDisk) Sync() error { return f.sync }

func (f fullDisk) Close() error { return errors.Join(f.File.Close(), f.close) }
