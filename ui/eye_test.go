package ui_test

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"
)

// golden compares the screen with its markup master; DELTOID_GOLDEN=write writes the master anew, and a picture for the
// eye beside it.
func (s *stage) golden(name string) {
	s.t.Helper()
	s.settle()
	if os.Getenv("DELTOID_GOLDEN") == "write" {
		s.picture(name)
		s.master(name)
		return
	}
	test.AssertRendersToMarkup(s.t, name+".xml", s.app.Window.Canvas())
}

func (s *stage) picture(name string) {
	s.t.Helper()
	path := filepath.Join("testdata", "eye", name+".png")
	require.NoError(s.t, os.MkdirAll(filepath.Dir(path), 0o755))
	file, err := os.Create(path)
	require.NoError(s.t, err)
	require.NoError(s.t, png.Encode(file, s.app.Window.Canvas().Capture()))
	require.NoError(s.t, file.Close())
}

// master writes what the canvas renders to as the new master: a comparison without a master leaves its finding in
// testdata/failed.
func (s *stage) master(name string) {
	s.t.Helper()
	kept := filepath.Join("testdata", name+".xml")
	_ = os.Remove(kept)
	done := make(chan struct{})
	go func() { // a failing assertion ends its goroutine
		defer close(done)
		test.AssertRendersToMarkup(&testing.T{}, name+".xml", s.app.Window.Canvas())
	}()
	<-done
	require.NoError(s.t, os.Rename(filepath.Join("testdata", "failed", name+".xml"), kept))
}
