package main

import (
	"context"
	"slices"
	"time"

	"deltoid/assets/catalogue"
	"deltoid/export"
	"deltoid/ui"
)

// Waits implements ui.Deliveries.
func (d *courierDesk) Waits(ctx context.Context) ([]ui.Waits, error) {
	ctx, end := d.while(ctx)
	defer end()
	on, err := d.extracts(ctx)
	if err != nil {
		return nil, err
	}
	held, err := d.profile.Store.HeldBack(ctx)
	if err != nil {
		return nil, err
	}
	var all days
	for _, profile := range on {
		if profile.Unit != export.PerEvent {
			continue // its records are in the others already
		}
		for waiting, err := range d.profile.Store.Waiting(ctx, profile.Kind, d.now()) {
			if err != nil {
				return nil, err
			}
			line := all.line(waiting.Since, profile)
			line.Records++
			if slices.ContainsFunc(held, func(h export.HeldBack) bool {
				return h.Kind == profile.Kind && h.Version.EventID == waiting.Event.ID
			}) {
				line.Held++
			}
		}
	}
	files, err := d.profile.Store.Deliveries(ctx)
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		profile, err := d.profile.Profiles().Find(file.Kind)
		if err != nil || profile.Unit != export.PerEvent || file.State != export.Built && file.State != export.Sending {
			continue
		}
		line := all.line(file.BuiltAt, profile)
		line.Files++
		line.Rows += file.Rows
	}
	slices.SortStableFunc(all, func(a, b ui.Waits) int { return a.Day.Compare(b.Day) })
	return all, nil
}

// days is what waits, a line for each day and extract.
type days []ui.Waits

func (d *days) line(at time.Time, profile *export.Profile) *ui.Waits {
	day := catalogue.DateOf(at)
	i := slices.IndexFunc(*d, func(w ui.Waits) bool { return w.Day == day && w.Kind == profile.Kind })
	if i < 0 {
		i = len(*d)
		*d = append(*d, ui.Waits{Day: day, Kind: profile.Kind, Title: profile.Title})
	}
	return &(*d)[i]
}
