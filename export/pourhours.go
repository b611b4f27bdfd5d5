package export

import (
	"context"
	"time"

	"deltoid/capture"
)

// pourHours states the hour of the file in full, and before it every hour of the same London day from the first that
// changed since it was last stated: a late entry also changes the sums of the hours after it.
func (p *pouring) pourHours(ctx context.Context) error {
	from, changed, err := p.firstChanged(ctx)
	if err != nil || p.known && !changed {
		return err
	}
	placed, faults := map[hourKey]int{}, map[hourKey]capture.Problems{}
	tally := newTally(p.file.sheet)
	for hour := midnightOf(p.period); !hour.After(p.period); hour = hour.Add(time.Hour) {
		for versions, err := range p.Ledger.InHour(ctx, hour, p.before) {
			if err != nil {
				return err
			}
			tally.add(versions, hour)
		}
		for _, row := range tally.take() {
			if hour.Before(from) {
				continue
			}
			row.reported = p.at.now
			if err := p.takeCount(row, placed, faults); err != nil {
				return err
			}
		}
	}
	return p.place(ctx, placed, faults)
}

func (p *pouring) takeCount(row *hourCount, placed map[hourKey]int, faults map[hourKey]capture.Problems) error {
	if found := p.file.check(&record{hour: row, settings: &p.file.sheet.settings}, p.at); len(found) > 0 {
		faults[row.hourKey] = found
		return nil
	}
	if err := p.file.write(); err != nil {
		return err
	}
	p.report.Rows++
	placed[row.hourKey] = p.report.Rows
	p.file.show(p.report.Rows, nil, "")
	return nil
}

// firstChanged is the first hour of the file's day that changed, at the latest the hour of the file itself.
func (p *pouring) firstChanged(ctx context.Context) (from time.Time, changed bool, err error) {
	from = p.period
	midnight := midnightOf(p.period)
	err = p.eachWaiting(ctx, func(waiting Waiting) error {
		p.seen++
		versions := []capture.Event{waiting.Event}
		if waiting.Event.Version > 1 {
			var err error
			if versions, err = p.Ledger.Event(ctx, waiting.Event.ID); err != nil {
				return err
			}
		}
		for i := range versions {
			hour := hourOf(&versions[i])
			if hour.Before(midnight) || hour.After(p.period) {
				continue
			}
			changed = true
			if hour.Before(from) {
				from = hour
			}
		}
		return nil
	})
	return from, changed, err
}

// place tells the ledger in which row each waiting event counts. One of an hour to come waits on; one of an earlier day
// needs no row: of that day the daily extract is the record.
func (p *pouring) place(ctx context.Context, placed map[hourKey]int, faults map[hourKey]capture.Problems) error {
	p.seen = 0
	return p.eachWaiting(ctx, func(waiting Waiting) error {
		p.seen++
		event := &waiting.Event
		if hourOf(event).After(p.period) {
			p.report.Later++
			return nil
		}
		key := p.file.sheet.keyOf(event)
		if found := faults[key]; p.profile.Carries(event) && len(found) > 0 {
			return p.hold(&waiting, found)
		}
		if row := placed[key]; p.profile.Carries(event) && row > 0 {
			return p.file.building.Rows(row, 0, waiting)
		}
		p.report.Withdrawn++
		return p.file.building.Row(0, waiting)
	})
}
