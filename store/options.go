package store

import (
	"crypto/rand"
	"io"
	"strings"
	"time"

	"deltoid/capture"
)

// Options say where the store is and what of the world it uses.
type Options struct {
	Path string // of the database file, for example …/deltoid.db

	Now     func() time.Time // the clock; nil: time.Now
	Rand    io.Reader        // randomness for keys, nonces and ids; nil: the operating system's
	Files   *Files           // what is asked of the file system; nil: the operating system's
	Stretch Stretch          // cost of guessing a passphrase, for new key slots; zero: DefaultStretch

	AcceptClock   bool // go on although the clock is behind the last entry of the audit chain
	AnyPassphrase bool // allow passphrases shorter than MinPassphrase: training profiles only
}

// MinPassphrase is the fewest characters a passphrase may have.
const MinPassphrase = 8

func (o Options) withDefaults() (Options, error) {
	if strings.TrimSpace(o.Path) == "" {
		return o, fault(capture.Environment, "No place for the records file was given. Give a data folder", nil)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	if o.Files == nil {
		o.Files = SystemFiles()
	}
	if o.Stretch == (Stretch{}) {
		o.Stretch = DefaultStretch
	}
	return o, nil
}
