package ui_test

import (
	"context"

	"deltoid/export"
	"deltoid/ui"
)

// deliveries shows what a test puts into it.
type deliveries struct {
	overview export.Overview
	files    []export.Delivery
	held     []export.HeldBack
	rejected []export.Rejection
	rows     []export.FileRow
	places   map[string][]export.Place
	extracts []ui.Extract
	summary  export.Summary
	tables   map[export.Kind]export.Table
	made     []export.Made
	building func(context.Context, func(export.Kind, int)) error // while it builds
	mesh     ui.Connection
	err      error
	built    int
	acted    []string
	changed  func()
}

var _ ui.Deliveries = (*deliveries)(nil)

func (d *deliveries) Overview(context.Context) (export.Overview, error)    { return d.overview, d.err }
func (d *deliveries) Files(context.Context) ([]export.Delivery, error)     { return d.files, d.err }
func (d *deliveries) HeldBack(context.Context) ([]export.HeldBack, error)  { return d.held, d.err }
func (d *deliveries) Rejected(context.Context) ([]export.Rejection, error) { return d.rejected, d.err }
func (d *deliveries) Extracts(context.Context) ([]ui.Extract, error)       { return d.extracts, d.err }
func (d *deliveries) Summary(context.Context) (export.Summary, error)      { return d.summary, d.err }
func (d *deliveries) Connection() ui.Connection                            { return d.mesh }
func (d *deliveries) OnChange(changed func())                              { d.changed = changed }

func (d *deliveries) Places(_ context.Context, eventID string) ([]export.Place, error) {
	return d.places[eventID], d.err
}

func (d *deliveries) Rows(_ context.Context, _ string, each func(export.FileRow) bool) error {
	for _, row := range d.rows {
		if !each(row) {
			break
		}
	}
	return d.err
}

func (d *deliveries) Preview(ctx context.Context, kind export.Kind, rows int) (export.Table, error) {
	table := d.tables[kind]
	table.Rows = table.Rows[:min(rows, len(table.Rows))]
	if ctx.Err() != nil {
		return export.Table{}, ctx.Err()
	}
	return table, d.err
}

func (d *deliveries) Build(ctx context.Context, hold bool, progress func(export.Kind, int)) ([]export.Made, error) {
	d.built++
	if hold {
		d.acted = append(d.acted, "build and hold")
	}
	if d.building != nil {
		if err := d.building(ctx, progress); err != nil {
			return d.made, err
		}
	}
	return d.made, d.err
}

func (d *deliveries) Postpone() { d.acted = append(d.acted, "postpone") }

func (d *deliveries) Save(_ context.Context, id, folder string) (string, error) {
	return folder + "/" + id, d.did("save", id)
}

func (d *deliveries) did(what, id string) error {
	d.acted = append(d.acted, what+" "+id)
	return d.err
}

func (d *deliveries) Retry(_ context.Context, id string) error  { return d.did("retry", id) }
func (d *deliveries) Resend(_ context.Context, id string) error { return d.did("resend", id) }
func (d *deliveries) Hold(_ context.Context, id string) error   { return d.did("hold", id) }
func (d *deliveries) Unhold(_ context.Context, id string) error { return d.did("unhold", id) }

func (d *deliveries) Resolve(_ context.Context, id, messageID string) error {
	return d.did("resolve", id+" "+messageID)
}

func (d *deliveries) Requeue(_ context.Context, kind export.Kind, eventID string) error {
	return d.did("requeue", string(kind)+" "+eventID)
}
