package export

import (
	"context"
	"slices"
	"time"

	"deltoid/capture"
)

// Table is a file that is not made, for somebody to look at first. It holds patient data and belongs on a screen, never in a
// log.
type Table struct {
	Kind    Kind         `json:"kind"`
	Columns []string     `json:"columns"`
	Rows    []PreviewRow `json:"rows"` // the first of them, as many as were asked for
	Report  BuildReport  `json:"report"`
}

// PreviewRow is a row as it would stand in the file.
type PreviewRow struct {
	Row     int             `json:"row"`
	Version capture.Version `json:"version,omitzero"` // that causes it; none in a row of counts
	Action  capture.Action  `json:"action,omitempty"`
	Cells   []string        `json:"cells"`
}

// PreviewTable is what Build would write, up to a number of rows, with how many there are and what is held back and why.
func (b *Builder) PreviewTable(ctx context.Context, kind Kind, before time.Time, limit int) (Table, error) {
	p, err := b.previewing(ctx, kind, before)
	if err != nil {
		return Table{}, err
	}
	table := Table{Kind: kind, Columns: make([]string, len(p.file.sheet.Columns))}
	for i, column := range p.file.sheet.Columns {
		table.Columns[i] = column.Name
	}
	p.file.seen = func(n int, waiting *Waiting, flag capture.Action, row []string) {
		if len(table.Rows) >= limit {
			return
		}
		shown := PreviewRow{Row: n, Action: flag, Cells: slices.Clone(row)}
		if waiting != nil {
			shown.Version = waiting.Version()
		}
		table.Rows = append(table.Rows, shown)
	}
	err = p.pour(ctx)
	table.Report = p.report
	return table, err
}
