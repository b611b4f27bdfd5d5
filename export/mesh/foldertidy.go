package mesh

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Tidy removes from the sent folder the messages of ours that MESH has had for so long; the MESH client never does. What
// became of them stays known. It returns how many there were.
func (f *Folder) Tidy(ctx context.Context, age time.Duration) (removed int, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	entries, err := os.ReadDir(f.staging)
	if err != nil {
		return 0, troubled(tidyUp, err)
	}
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), noteEnding) || ctx.Err() != nil {
			continue
		}
		n, known, err := readNote(filepath.Join(f.staging, entry.Name()))
		if err != nil || !known || n.MessageID == "" || f.Now().Sub(n.Handed) < age {
			continue
		}
		gone, err := removePair(f.sent, n.stem())
		if err != nil {
			return removed, troubled(tidyUp, err)
		}
		if gone {
			removed++
		}
	}
	return removed, nil
}

const tidyUp = "tidy up the sent folder"

func removePair(folder, stem string) (gone bool, err error) {
	for _, ending := range []string{".dat", ".ctl"} {
		switch err := os.Remove(filepath.Join(folder, stem+ending)); {
		case err == nil:
			gone = true
		case !errors.Is(err, fs.ErrNotExist):
			return gone, err
		}
	}
	return gone, nil
}
