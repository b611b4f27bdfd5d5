package export

import (
	"context"
	"encoding/hex"
	"fmt"
	"time"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// Builder makes extract files out of what waits. A file is built once; sending it again never builds again.
type Builder struct {
	Ledger    Ledger
	Catalogue *catalogue.Catalogue
	Profiles  *Profiles // nil: the shipped ones
	Now       func() time.Time
	NewID     func() string // a UUID
	By        func() string // staff id for the audit chain; nil: the program itself
}

// progressEvery is how many events pass between two calls of progress.
const progressEvery = 500

// maxStampMoves bounds the search for a file name that was never used.
const maxStampMoves = 120

// slotOf is the first time from which a file may be named, and how far apart such times are: any second, or with several
// devices that send for one supplier the second of the minute that is this device's own.
func slotOf(now time.Time, device string) (first time.Time, step time.Duration) {
	second := number(device)
	if device == "" || second < 0 || second > 59 {
		return now, time.Second
	}
	wait := (second - now.Second() + 60) % 60
	return now.Add(time.Duration(wait) * time.Second), time.Minute
}

// Build makes one file of everything committed before a moment. With nothing to send it makes none, unless the
// settings want an empty one, and the Delivery is zero. Progress, which may be nil, hears how many events were looked at.
// An hourly file is about the last hour that was over by then.
func (b *Builder) Build(ctx context.Context, kind Kind, before time.Time, progress func(events int)) (Delivery, BuildReport, error) {
	return b.build(ctx, kind, before, time.Time{}, progress)
}

func (b *Builder) build(ctx context.Context, kind Kind, before, period time.Time, progress func(events int)) (Delivery, BuildReport, error) {
	profile, configuration, err := b.profileFor(ctx, kind)
	if err != nil {
		return Delivery{}, BuildReport{}, err
	}
	now := b.Now().UTC()
	mailbox, workflowID := profile.Address(configuration)
	delivery := Delivery{
		ID: b.NewID(), Kind: kind, State: Built, BuiltAt: now, ChangedAt: now,
		WorkflowID: workflowID, To: mailbox, Past: []Passage{{At: now, State: Built}},
	}
	p := &pouring{Builder: b, profile: profile, before: before, at: momentOf(now), progress: progress}
	if err := p.setPeriod(ctx, period); err != nil {
		return Delivery{}, BuildReport{}, err
	}
	delivery.Period, delivery.Counts = p.period, profile.Unit == PerHour
	building, err := p.begin(ctx, &delivery, NewSheet(profile, configuration, b.Catalogue), configuration)
	if err != nil {
		return Delivery{}, BuildReport{}, err
	}
	defer end(ctx, building)
	if err := p.pour(ctx); err != nil {
		return Delivery{}, p.report, err
	}
	if p.report.Rows == 0 && (p.known || !profile.yes(configuration, "send_empty", profile.SendEmpty)) {
		return Delivery{}, p.report, b.settle(ctx, building, delivery, p.report)
	}
	if err := p.file.close(); err != nil {
		return Delivery{}, p.report, err
	}
	delivery.Rows, delivery.Bytes, delivery.SHA256 = p.report.Rows, p.file.bytes, hex.EncodeToString(p.file.hash.Sum(nil))
	name := func(stamp string) string { return profile.fileName(configuration, stamp) }
	return b.finish(ctx, building, delivery, p.report, configuration.Get("device.number"), name)
}

// Preview says what Build would do, and makes nothing.
func (b *Builder) Preview(ctx context.Context, kind Kind, before time.Time) (BuildReport, error) {
	p, err := b.previewing(ctx, kind, before)
	if err != nil {
		return BuildReport{}, err
	}
	err = p.pour(ctx)
	return p.report, err
}

func (b *Builder) previewing(ctx context.Context, kind Kind, before time.Time) (*pouring, error) {
	profile, configuration, err := b.profileFor(ctx, kind)
	if err != nil {
		return nil, err
	}
	p := &pouring{Builder: b, profile: profile, before: before, at: momentOf(b.Now().UTC())}
	p.file = newFile(nothing{}, NewSheet(profile, configuration, b.Catalogue))
	return p, p.setPeriod(ctx, time.Time{})
}

func (b *Builder) profileFor(ctx context.Context, kind Kind) (*Profile, capture.Configuration, error) {
	profile, err := b.profiles().Find(kind)
	if err != nil {
		return nil, nil, err
	}
	configuration, err := b.Ledger.Configuration(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("read settings: %w", err)
	}
	return profile, configuration, nil
}

func (b *Builder) profiles() *Profiles {
	if b.Profiles == nil {
		return Shipped()
	}
	return b.Profiles
}

// finish names the file and makes it durable. A name used before moves the stamp on by a second; the content stays.
func (b *Builder) finish(ctx context.Context, building Building, delivery Delivery, report BuildReport, device string, name func(stamp string) string) (Delivery, BuildReport, error) {
	stamp, step := slotOf(delivery.BuiltAt, device)
	for range maxStampMoves {
		delivery.FileName = name(stampOf(stamp.UTC(), '0'))
		err := building.Finish(ctx, delivery, b.entry("delivery.build", delivery, report))
		if err == nil {
			return delivery, report, nil
		}
		if capture.CodeOf(err) != capture.Conflict {
			return Delivery{}, report, fmt.Errorf("finish extract file: %w", err)
		}
		stamp = stamp.Add(step)
	}
	return Delivery{}, report, &capture.Error{Code: capture.Conflict, Field: string(delivery.Kind) + ".file_name",
		Message: "Every file name of the next minutes was used before. Put {stamp} into the setting " + string(delivery.Kind) + ".file_name, or correct this computer's clock"}
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
