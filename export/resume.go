package export

import (
	"context"
	"crypto/sha256"
	"encoding"
	"encoding/hex"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"deltoid/capture"
)

// Checkpoint is how far a build had come when what was written of its file was made durable.
type Checkpoint struct {
	Fingerprint string      `json:"fingerprint"` // of what decides how rows look; another one means a new start
	After       int64       `json:"after"`       // pending row up to which everything is in the file or held back
	Seen        int         `json:"seen"`
	Report      BuildReport `json:"report"`
	Bytes       int64       `json:"bytes"`
	Hash        []byte      `json:"hash"` // state of the SHA-256
}

// Resumable is a Building that an interruption does not lose.
type Resumable interface {
	Building
	// Save makes everything written and decided so far durable.
	Save(Checkpoint) error
	// Suspend ends the work and keeps what was saved for Resume.
	Suspend() error
}

// Resumer is a Ledger that keeps unfinished files.
type Resumer interface {
	// Resume takes up the unfinished file of an extract with this fingerprint; ok is false when there is none.
	Resume(ctx context.Context, kind Kind, fingerprint string) (id string, building Building, from Checkpoint, ok bool, err error)
	// WaitingAfter is Waiting for the events whose first waiting row comes after one.
	WaitingAfter(ctx context.Context, kind Kind, before time.Time, after int64) iter.Seq2[Waiting, error]
}

// checkpointEvery is how many events pass between two checkpoints; a save at the desk never waits longer than one takes.
const checkpointEvery = 500

// begin starts a file, or takes up the one that was interrupted.
func (p *pouring) begin(ctx context.Context, delivery *Delivery, sheet *Sheet, configuration capture.Configuration) (Building, error) {
	resumer, able := p.Ledger.(Resumer)
	if able && p.profile.Unit != PerHour {
		p.fingerprint = fingerprint(p.profile, configuration)
		id, building, from, ok, err := resumer.Resume(ctx, p.profile.Kind, p.fingerprint)
		if err != nil {
			return nil, fmt.Errorf("take up extract file: %w", err)
		}
		if ok {
			delivery.ID = id
			p.file = newFile(building, sheet)
			return building, p.takeUp(from)
		}
	}
	building, err := p.Ledger.Begin(ctx, *delivery)
	if err != nil {
		return nil, fmt.Errorf("begin extract file: %w", err)
	}
	p.file = newFile(building, sheet)
	return building, nil
}

func (p *pouring) takeUp(from Checkpoint) error {
	p.after, p.seen, p.report = from.After, from.Seen, from.Report
	p.file.bytes, p.file.begun = from.Bytes, from.Bytes > 0
	state, able := p.file.hash.(encoding.BinaryUnmarshaler)
	if !able {
		return errRowLength
	}
	if err := state.UnmarshalBinary(from.Hash); err != nil {
		return fmt.Errorf("take up extract file: %w", err)
	}
	return nil
}

// checkpoint makes what was written durable, now and then.
func (p *pouring) checkpoint(waiting *Waiting) error {
	building, able := p.file.building.(Resumable)
	if !able || p.fingerprint == "" || p.seen%checkpointEvery != 0 {
		return nil
	}
	if err := p.file.out.Flush(); err != nil {
		return err
	}
	state, able := p.file.hash.(encoding.BinaryMarshaler)
	if !able {
		return nil
	}
	hash, err := state.MarshalBinary()
	if err != nil {
		return fmt.Errorf("keep the state of the checksum: %w", err)
	}
	return building.Save(Checkpoint{Fingerprint: p.fingerprint, After: waiting.Seqs[0], Seen: p.seen, Report: p.report, Bytes: p.file.bytes, Hash: hash})
}

// end drops a file that was not finished, unless somebody only interrupted it.
func end(ctx context.Context, building Building) {
	if resumable, able := building.(Resumable); able && ctx.Err() != nil {
		_ = resumable.Suspend() // the lock is gone with the program at the latest
		return
	}
	_ = building.Discard()
}

// fingerprint is of the profile and of every setting.
func fingerprint(profile *Profile, configuration capture.Configuration) string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%+v\n", profile.Facts)
	for _, c := range profile.Columns {
		fmt.Fprintln(sum, c.Name, c.Rule, c.Form, c.Max, c.Value, c.OnlyIf)
	}
	for _, key := range slices.Sorted(maps.Keys(configuration)) {
		fmt.Fprintf(sum, "%q=%q\n", key, configuration[key])
	}
	return hex.EncodeToString(sum.Sum(nil))
}
