package store

import (
	"fmt"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"deltoid/capture"
)

// Stretch is what one guess of a passphrase costs (Argon2id).
type Stretch struct {
	Passes    uint32
	MemoryKiB uint32
	Lanes     uint8
}

// DefaultStretch takes about a tenth of a second on an office computer.
var DefaultStretch = Stretch{Passes: 3, MemoryKiB: 64 << 10, Lanes: 1}

// Bounds on what a file may ask for, so that a changed file cannot exhaust the computer.
const (
	maxPasses    = 64
	maxMemoryKiB = 2 << 20
	maxLanes     = 64
)

func (s Stretch) check() error {
	if s.Passes < 1 || s.Passes > maxPasses || s.MemoryKiB < 8 || s.MemoryKiB > maxMemoryKiB || s.Lanes < 1 || s.Lanes > maxLanes {
		return fmt.Errorf("key slot asks for %d passes, %d KiB, %d lanes", s.Passes, s.MemoryKiB, s.Lanes)
	}
	return nil
}

// key makes a wrapping key of a passphrase. The same text typed on another keyboard or system gives the same key (NFC).
func (s Stretch) key(passphrase string, salt []byte) []byte {
	return argon2.IDKey(norm.NFC.Bytes([]byte(passphrase)), salt, s.Passes, s.MemoryKiB, s.Lanes, keySize)
}

func (o Options) checkPassphrase(passphrase string) error {
	if o.AnyPassphrase && passphrase != "" || utf8.RuneCountInString(passphrase) >= MinPassphrase {
		return nil
	}
	return &capture.Error{Code: capture.Invalid, Field: "passphrase", Message: fmt.Sprintf("Choose a passphrase of at least %d characters; three or four words are easy to remember", MinPassphrase)}
}
