package export

import (
	"context"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// Builder makes extract files out of what waits. A file is built once; sending it again never builds again.
type Builder struct {
	Ledger    Ledger
	Catalogue *catalogue.Catalogue
	Now       func() time.Time
	NewID     func() string // a UUID
	By        func() string // staff id for the audit chain; nil: the program itself
}

// progressEvery is how many events pass between two calls of progress.
const progressEvery = 500

// maxStampMoves bounds the search for a file name that was never used, one second a step.
const maxStampMoves = 120

// Build makes one file of everything committed before a moment. With nothing to send it makes none, unless the
// settings want an empty one, and the Delivery is zero. Progress, which may be nil, hears how many events were looked at.
func (b *Builder) Build(ctx context.Context, kind Kind, before time.Time, progress func(events int)) (Delivery, BuildReport, error) {
	configuration, err := b.configurationFor(ctx, kind)
	if err != nil {
		return Delivery{}, BuildReport{}, err
	}
	now := b.Now().UTC()
	delivery := Delivery{
		ID: b.NewID(), Kind: kind, State: Built, BuiltAt: now, ChangedAt: now,
		WorkflowID: configuration.Get("covid.workflow_id"), To: configuration.Get("covid.to_mailbox"),
		Past: []Passage{{At: now, State: Built}},
	}
	building, err := b.Ledger.Begin(ctx, delivery)
	if err != nil {
		return Delivery{}, BuildReport{}, fmt.Errorf("begin extract file: %w", err)
	}
	defer building.Discard()

	file := newFile(building, NewSheet(configuration, b.Catalogue))
	report, err := b.pour(ctx, kind, before, now, file, progress)
	if err != nil {
		return Delivery{}, report, err
	}
	if report.Rows == 0 && !configuration.Is("covid.send_empty") {
		return Delivery{}, report, b.settle(ctx, building, delivery, report)
	}
	if err := file.close(); err != nil {
		return Delivery{}, report, err
	}
	delivery.Rows, delivery.Bytes, delivery.SHA256 = report.Rows, file.bytes, hex.EncodeToString(file.hash.Sum(nil))
	return b.finish(ctx, building, delivery, report, configuration)
}

// Preview says what Build would do, and makes nothing.
func (b *Builder) Preview(ctx context.Context, kind Kind, before time.Time) (BuildReport, error) {
	configuration, err := b.configurationFor(ctx, kind)
	if err != nil {
		return BuildReport{}, err
	}
	return b.pour(ctx, kind, before, b.Now().UTC(), newFile(nothing{}, NewSheet(configuration, b.Catalogue)), nil)
}

func (b *Builder) configurationFor(ctx context.Context, kind Kind) (capture.Configuration, error) {
	if kind != Covid {
		return nil, &capture.Error{Code: capture.Invalid, Field: "kind", Message: "There is no such extract; the only one is " + string(Covid)}
	}
	configuration, err := b.Ledger.Configuration(ctx)
	if err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	return configuration, nil
}

// pour takes every waiting event to the file, or says why not. Memory does not grow with the number of events.
func (b *Builder) pour(ctx context.Context, kind Kind, before, now time.Time, file *file, progress func(int)) (BuildReport, error) {
	var report BuildReport
	at, seen := momentOf(now), 0
	var current Waiting // one place for all of them: a new one each would cost an allocation of more than a kilobyte
	for waiting, err := range b.Ledger.Waiting(ctx, kind, before) {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			current = waiting
			err = report.take(file, &current, kind, at)
		}
		if err != nil {
			return report, fmt.Errorf("build extract file: %w", err)
		}
		if seen++; progress != nil && seen%progressEvery == 0 {
			progress(seen)
		}
	}
	if progress != nil {
		progress(seen)
	}
	return report, nil
}

// finish names the file and makes it durable. A name used before moves the stamp on by a second; the content stays.
func (b *Builder) finish(ctx context.Context, building Building, delivery Delivery, report BuildReport, configuration capture.Configuration) (Delivery, BuildReport, error) {
	stamp := delivery.BuiltAt
	for range maxStampMoves {
		delivery.FileName = fileName(configuration, stamp)
		err := building.Finish(ctx, delivery, b.entry("delivery.build", delivery, report))
		if err == nil {
			return delivery, report, nil
		}
		if capture.CodeOf(err) != capture.Conflict {
			return Delivery{}, report, fmt.Errorf("finish extract file: %w", err)
		}
		stamp = stamp.Add(time.Second)
	}
	return Delivery{}, report, &capture.Error{Code: capture.Conflict, Field: "covid.file_name",
		Message: "Every file name of these two minutes was used before. Put {stamp} into the setting covid.file_name, or correct this computer's clock"}
}

// fileName fills the pattern of the settings.
func fileName(configuration capture.Configuration, stamp time.Time) string {
	return strings.NewReplacer(
		"{ods}", configuration.Get("supplier.ods"),
		"{stamp}", stampOf(stamp.UTC(), '0'),
	).Replace(configuration.Get("covid.file_name"))
}

func (b *Builder) settle(ctx context.Context, building Building, delivery Delivery, report BuildReport) error {
	settler, able := building.(Settler)
	if !able || report.Held+report.Withdrawn == 0 {
		return nil
	}
	if err := settler.Settle(ctx, b.entry("delivery.nothing", delivery, report)); err != nil {
		return fmt.Errorf("keep what is held back: %w", err)
	}
	return nil
}

func (b *Builder) entry(action string, delivery Delivery, report BuildReport) capture.AuditEntry {
	note := fmt.Sprintf("%d rows, %d held back, %d withdrawn", report.Rows, report.Held, report.Withdrawn)
	return entryFor(b.Now(), b.By, action, delivery.ID, note)
}

// entryFor is an audit entry about a delivery; with nobody named the program itself did it.
func entryFor(now time.Time, by func() string, action, id, note string) capture.AuditEntry {
	entry := capture.AuditEntry{At: now.UTC(), Action: action, Subject: "delivery/" + id, Note: note}
	if by != nil {
		entry.By = by()
	}
	return entry
}
