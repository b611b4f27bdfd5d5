package main

import (
	"context"
	"errors"
	"time"

	"deltoid/capture"
	"deltoid/export"
	"deltoid/ui"
)

// while is a context for work that takes long: it ends with the session too, which waits for the work. The caller calls
// end.
func (d *courierDesk) while(ctx context.Context) (_ context.Context, end func()) {
	d.working.Add(1)
	ctx, cancel := context.WithCancel(ctx)
	apart := context.AfterFunc(d.ctx, cancel)
	return ctx, func() {
		apart()
		cancel()
		d.working.Done()
	}
}

// now is the edge of a file of everything committed by now: a moment ahead, because it does not itself belong to the file.
func (d *courierDesk) now() time.Time { return d.profile.Desk.Now().Add(time.Millisecond) }

// Extracts implements ui.Deliveries.
func (d *courierDesk) Extracts(ctx context.Context) ([]ui.Extract, error) {
	configuration, err := d.profile.Store.Configuration(ctx)
	if err != nil {
		return nil, err
	}
	timetable := export.TimetableOf(configuration)
	var made []ui.Extract
	for _, profile := range d.profile.Profiles().On(configuration) {
		extract := ui.Extract{Kind: profile.Kind, Title: profile.Title, When: "made only when somebody says so"}
		if schedule, on := timetable.Of(profile); on {
			extract.When = schedule.String()
		}
		made = append(made, extract)
	}
	return made, nil
}

// Preview implements ui.Deliveries.
func (d *courierDesk) Preview(ctx context.Context, kind export.Kind, rows int) (export.Table, error) {
	ctx, end := d.while(ctx)
	defer end()
	return d.profile.Builder.PreviewTable(ctx, kind, d.now(), rows)
}

// Build implements ui.Deliveries.
func (d *courierDesk) Build(ctx context.Context, hold bool, progress func(export.Kind, int)) ([]export.Made, error) {
	ctx, end := d.while(ctx)
	defer end()
	made, err := d.profile.Builder.BuildAll(ctx, d.now(), progress)
	if !hold {
		d.profile.Courier.Go() // also after an error: what was made may go
		d.nudge()
		return made, err
	}
	for _, m := range made {
		if m.Delivery.ID != "" {
			err = errors.Join(err, d.profile.Courier.Hold(context.WithoutCancel(ctx), m.Delivery.ID, "saved to a folder"))
		}
	}
	return made, err
}

// Save implements ui.Deliveries.
func (d *courierDesk) Save(ctx context.Context, deliveryID, folder string) (string, error) {
	ctx, end := d.while(ctx)
	defer end()
	return d.profile.Copies.Save(ctx, deliveryID, folder)
}

// Rows implements ui.Deliveries.
func (d *courierDesk) Rows(ctx context.Context, deliveryID string, each func(export.FileRow) bool) error {
	ctx, end := d.while(ctx)
	defer end()
	for row, err := range d.profile.Store.FileRows(ctx, deliveryID) {
		if err != nil {
			return err
		}
		if !each(row) {
			return nil
		}
	}
	return nil
}

// Rejected implements ui.Deliveries.
func (d *courierDesk) Rejected(ctx context.Context) ([]export.Rejection, error) {
	return d.profile.Store.Rejected(ctx)
}

// Requeue implements ui.Deliveries.
func (d *courierDesk) Requeue(ctx context.Context, kind export.Kind, eventID string) error {
	desk := d.profile.Desk
	return d.profile.Store.Requeue(ctx, kind, eventID, capture.AuditEntry{
		At: desk.Now().UTC(), By: desk.User().ID, Action: "row.requeue", Subject: "event/" + eventID, Note: string(kind),
	})
}

// Summary implements ui.Deliveries.
func (d *courierDesk) Summary(ctx context.Context) (export.Summary, error) {
	ctx, end := d.while(ctx)
	defer end()
	return export.Summarise(ctx, d.profile.Store, d.profile.Profiles(), d.profile.Desk.Now())
}

// Postpone implements ui.Deliveries.
func (d *courierDesk) Postpone() {
	d.profile.Courier.Postpone(d.profile.Desk.Now().Add(longestAsking))
	d.nudge()
}
