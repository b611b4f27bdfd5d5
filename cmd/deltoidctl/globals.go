package main

import (
	"fmt"
	"time"

	"github.com/alecthomas/kong"
)

// globals are the flags of every command.
type globals struct {
	Data           string           `group:"every" placeholder:"DIR" help:"Folder of the profile. Default: the user data folder of this computer."`
	PassphraseFile string           `group:"every" placeholder:"FILE" help:"File whose first line is the passphrase; - reads a line of standard input. Else DELTOID_PASSPHRASE is used, else it is asked for on a terminal."`
	User           string           `group:"every" placeholder:"NAME" env:"DELTOID_USER" help:"User name to sign in with. Default: the first of the profile in alphabetical order."`
	JSON           bool             `group:"every" name:"json" help:"Print one JSON document instead of text."`
	Now            moment           `hidden:"" placeholder:"TIME" help:"Take this for the present, for example 2022-05-12T10:00:00+01:00."`
	Version        kong.VersionFlag `group:"every" help:"Print the version and stop."`
}

// clock is the computer's, or stands still at the moment given with --now.
func (g *globals) clock() func() time.Time {
	if at := time.Time(g.Now); !at.IsZero() {
		return func() time.Time { return at }
	}
	return time.Now
}

// moment is a time with its offset on the command line.
type moment time.Time

// UnmarshalText reads RFC 3339.
func (m *moment) UnmarshalText(text []byte) error {
	at, err := time.Parse(time.RFC3339, string(text))
	if err != nil {
		return fmt.Errorf("%q is not a time like 2022-05-12T10:00:00+01:00", text)
	}
	*m = moment(at)
	return nil
}
