package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"deltoid/export"
	"deltoid/ui/form"
)

// previewTable is the first rows of a file that is not made, with every column.
type previewTable struct {
	app    *App
	object fyne.CanvasObject
	list   *form.RowList
	where  *form.Text
	links  *fyne.Container // sideways, for the mouse
	rows   []export.PreviewRow
	total  int
}

// Widths of the columns of a preview: enough for the name of the column and for what stands in it, within bounds.
const (
	previewLetter   = 10
	previewNarrow   = 90
	previewWide     = 300
	previewRowWidth = 60
)

func (p *previewTable) make(app *App) {
	p.app = app
	p.where = form.Small("").OneLine()
	p.list = form.NewRowList(form.Column{Title: "Row", Width: previewRowWidth}).Sideways()
	p.list.OnSideways = p.sayWhere
	p.list.OnOpen = func(row int) { openVersion(app, p.rows[row].Version) }
	p.links = form.HStack(16, form.NewLink("Columns before", func() { p.list.MoveSideways(-1) }),
		form.NewLink("Columns after", func() { p.list.MoveSideways(1) }))
	top := form.Spread(p.where, p.links)
	p.object = container.New(topAndRest{}, form.Pad(0, 0, 6, 0, top), p.list)
}

func (p *previewTable) show(found look, empty string) {
	p.rows, p.total = found.table.Rows, found.table.Report.Rows
	if p.app.private {
		p.rows = nil
	}
	p.list.Empty = empty
	switch {
	case found.done && p.app.private && p.total > 0:
		p.list.Empty = "The rows are hidden while lists show initials."
	case found.done:
		p.list.Empty = "No row would go into this file."
	}
	p.list.SetColumns(previewColumns(found.table)...)
	rows := make([][]form.Cell, len(p.rows))
	for i, row := range p.rows {
		rows[i] = form.Cells(append([]string{fmt.Sprint(row.Row)}, row.Cells...)...)
		rows[i][0].Quiet = true
	}
	p.list.SetRows(rows)
	reveal(p.links, len(rows) > 0)
	p.sayWhere()
}

func previewColumns(table export.Table) []form.Column {
	columns := []form.Column{{Title: "Row", Width: previewRowWidth}}
	for i, name := range table.Columns {
		letters := len(name)
		for _, row := range table.Rows {
			letters = max(letters, len(row.Cells[i]))
		}
		columns = append(columns, form.Column{Title: name, Width: min(max(previewNarrow, float32(letters)*previewLetter+24), previewWide)})
	}
	return columns
}

// sayWhere tells which part of the file is in sight.
func (p *previewTable) sayWhere() {
	first, last, of := p.list.InSight()
	switch {
	case of == 0 || len(p.rows) == 0:
		p.where.SetText("")
	case len(p.rows) < p.total:
		p.where.SetText(fmt.Sprintf("First %d of %d rows, columns %d to %d of %d. Left and Right show others.", len(p.rows), p.total, first, last, of))
	default:
		p.where.SetText(fmt.Sprintf("%s, columns %d to %d of %d. Left and Right show others.", upperFirst(count(p.total, "row")), first, last, of))
	}
}
