package export

import (
	"context"
	"fmt"
	"time"
)

// longestCatchUp is how far back missed hours are made up for; of older ones the daily extract is the record.
const longestCatchUp = 24 * time.Hour

// setPeriod notes the hour of an hourly file, by default the last one that was over at the cut-off.
func (p *pouring) setPeriod(ctx context.Context, period time.Time) error {
	if p.profile.Unit != PerHour {
		return nil
	}
	if p.before.After(p.at.now) {
		p.before = p.at.now
	}
	if p.period = period; period.IsZero() {
		p.period = lastHour(p.before)
	}
	deliveries, err := p.Ledger.Deliveries(ctx)
	if err != nil {
		return fmt.Errorf("read deliveries: %w", err)
	}
	for _, d := range deliveries {
		p.known = p.known || d.Kind == p.profile.Kind && d.Period.Equal(p.period) && d.State != Refused
	}
	return nil
}

// lastHour is the start of the last hour that was over at a moment.
func lastHour(t time.Time) time.Time { return t.UTC().Truncate(time.Hour).Add(-time.Hour) }

// Made is a file that was made, or, with a zero Delivery, why none was.
type Made struct {
	Kind     Kind        `json:"kind"`
	Delivery Delivery    `json:"delivery,omitzero"`
	Report   BuildReport `json:"report"`
}

// BuildAll makes a file of each extract that the settings have made, those that follow others after them, and of hours
// that were missed one file each, oldest first. What was made before an error is given with it.
func (b *Builder) BuildAll(ctx context.Context, before time.Time, progress func(kind Kind, events int)) ([]Made, error) {
	configuration, err := b.Ledger.Configuration(ctx)
	if err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	var all []Made
	for _, profile := range b.profiles().On(configuration) {
		made, err := b.BuildDue(ctx, profile.Kind, before, func(events int) {
			if progress != nil {
				progress(profile.Kind, events)
			}
		})
		all = append(all, made...)
		if err != nil {
			return all, err
		}
	}
	return all, nil
}

// BuildDue makes the files of one extract that are due: one, or one for each hour that was missed.
func (b *Builder) BuildDue(ctx context.Context, kind Kind, before time.Time, progress func(events int)) ([]Made, error) {
	periods, err := b.periods(ctx, kind, before)
	if err != nil {
		return nil, err
	}
	var all []Made
	for _, period := range periods {
		delivery, report, err := b.build(ctx, kind, before, period, progress)
		if err != nil {
			return all, err
		}
		all = append(all, Made{kind, delivery, report})
	}
	return all, nil
}

// periods are the hours whose files are due, oldest first; of an extract that is not hourly a zero time.
func (b *Builder) periods(ctx context.Context, kind Kind, before time.Time) ([]time.Time, error) {
	profile, err := b.profiles().Find(kind)
	if err != nil || profile.Unit != PerHour {
		return []time.Time{{}}, err
	}
	if now := b.Now(); before.After(now) {
		before = now
	}
	deliveries, err := b.Ledger.Deliveries(ctx)
	if err != nil {
		return nil, fmt.Errorf("read deliveries: %w", err)
	}
	last := lastHour(before)
	period := last // the first file ever is about one hour
	for _, d := range deliveries {
		if d.Kind == kind { // newest first
			period = d.Period.Add(time.Hour)
			break
		}
	}
	if oldest := lastHour(before.Add(-longestCatchUp)); period.Before(oldest) {
		period = oldest
	}
	var periods []time.Time
	for ; period.Before(last); period = period.Add(time.Hour) {
		periods = append(periods, period)
	}
	return append(periods, last), nil // once more, when the last one was stated: something may have changed
}
