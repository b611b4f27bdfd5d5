package mesh

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// note is what we remember of a message given to the MESH client. It outlives the files, which the MESH client moves and
// people tidy away.
type note struct {
	LocalID    string    `json:"localId"`
	To         string    `json:"to"`
	WorkflowID string    `json:"workflowId"`
	FileName   string    `json:"fileName,omitempty"`
	Try        int       `json:"try,omitempty"`   // counts from 0; each has file names of its own
	Handed     time.Time `json:"handed,omitzero"` // when the MESH client was allowed to see it; zero: not yet
	MessageID  string    `json:"messageId,omitempty"`
	At         time.Time `json:"at,omitzero"` // when the MESH client sent it, as it says
}

var plainStem = regexp.MustCompile(`^[A-Za-z0-9_-]{1,80}$`)

// stem is the name of the pair of files without its ending; it is the local id where that can be a file name everywhere.
func (n note) stem() string {
	name := n.LocalID
	if !plainStem.MatchString(name) {
		sum := sha256.Sum256([]byte(name))
		name = hex.EncodeToString(sum[:16])
	}
	if n.Try > 0 {
		name += "_" + strconv.Itoa(n.Try+1)
	}
	return name
}

const noteEnding = ".note"

func (f *Folder) notePath(localID string) string {
	return filepath.Join(f.staging, note{LocalID: localID}.stem()+noteEnding)
}

func (f *Folder) keep(n note) error {
	return writeDurably(f.notePath(n.LocalID), func(w io.Writer) error { return json.NewEncoder(w).Encode(n) })
}

// recall gives the note of a message; false when there is none.
func (f *Folder) recall(localID string) (note, bool, error) {
	return readNote(f.notePath(localID))
}

func readNote(path string) (n note, found bool, err error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return note{}, false, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &n)
	}
	return n, err == nil, err
}

// recallMessage finds the note of a message by the id that MESH gave it.
func (f *Folder) recallMessage(messageID string) (note, bool, error) {
	entries, err := os.ReadDir(f.staging)
	if err != nil {
		return note{}, false, err
	}
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), noteEnding) {
			continue
		}
		n, found, err := readNote(filepath.Join(f.staging, entry.Name()))
		if err == nil && found && strings.EqualFold(n.MessageID, messageID) {
			return n, true, nil
		}
	}
	return note{}, false, nil
}
