package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"deltoid/capture"
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
	p.list.Empty = empty
	if found.done {
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

// heldList is the records that are kept out of a file, each with what to put right; Enter opens the record.
type heldList struct {
	app    *App
	object fyne.CanvasObject
	title  *form.Text
	list   *form.RowList
	faults *fyne.Container // of the chosen one, in full
	held   []export.HeldBack
}

// heldRows is how many of the held back records are in sight at a time.
const heldRows = 5

func (h *heldList) make(app *App) {
	h.app = app
	h.title = form.Strong("")
	h.list = form.NewRowList(form.Column{Width: 200}, form.Column{Weight: 1}).SetLeastRows(heldRows)
	h.list.OnOpen = func(row int) { openVersion(app, h.held[row].Version) }
	h.list.OnSelected = h.say
	h.faults = form.VStack(2)
	h.object = form.VStack(6, h.title, h.list, h.faults)
}

func (h *heldList) show(found look, empty string) {
	report := found.table.Report
	h.held = report.HeldBack
	rows := make([][]form.Cell, len(h.held))
	for i, back := range h.held {
		rows[i] = form.Cells(nameOr(found.names, back.Version.EventID), faultLine(back.Problems))
		rows[i][0].Bold = true
	}
	h.list.Empty = empty
	if found.done {
		h.list.Empty = "Nothing is held back."
	}
	h.list.SetRows(rows)
	switch {
	case report.Held > len(h.held):
		h.title.SetText(fmt.Sprintf("Held back: the first %d of %d. Enter opens the record", len(h.held), report.Held))
	case report.Held > 0:
		h.title.SetText(fmt.Sprintf("Held back: %d. Enter opens the record", report.Held))
	default:
		h.title.SetText("Held back")
	}
	h.say(max(0, h.list.Selected()))
}

// say tells everything that is wrong with one record.
func (h *heldList) say(row int) {
	h.faults.Objects = nil
	if row < len(h.held) {
		for _, problem := range h.held[row].Problems {
			h.faults.Add(form.Body(problem.Message).In(form.Red))
			h.faults.Add(form.Small(columnWords(problem.Field)))
		}
	}
	h.faults.Refresh()
}

// faultLine is what to put right, in one line: the rest stands on the page of what needs attention.
func faultLine(problems capture.Problems) string {
	if len(problems) == 0 {
		return ""
	}
	words := problems[0].Message
	if more := len(problems) - 1; more > 0 {
		words += fmt.Sprintf(" (and %d more)", more)
	}
	return words
}

func heldIDs(held []export.HeldBack) []string {
	ids := make([]string, len(held))
	for i, back := range held {
		ids[i] = back.Version.EventID
	}
	return ids
}

// namesOf are the names of the people whom records are about, by record. One that cannot be found has none.
func namesOf(ctx ctx, desk *capture.Desk, ids []string) (map[string]string, error) {
	names := make(map[string]string, len(ids))
	for _, id := range ids {
		if _, known := names[id]; known {
			continue
		}
		versions, err := versionsOf(ctx, desk, id)
		switch {
		case capture.IsNotFound(err):
		case err != nil:
			return nil, err
		case len(versions) > 0:
			names[id] = versions[len(versions)-1].Person.Name()
		}
	}
	return names, nil
}

// versionsOf are the versions of a vaccination record, or of the one that a reaction followed.
func versionsOf(ctx ctx, desk *capture.Desk, id string) ([]capture.Event, error) {
	versions, err := desk.Store.Event(ctx, id)
	if !capture.IsNotFound(err) {
		return versions, err
	}
	reactions, reactionErr := desk.Store.Reaction(ctx, id)
	if reactionErr != nil || len(reactions) == 0 {
		return nil, err
	}
	return desk.Store.Event(ctx, reactions[0].EventID)
}

// nameOr is the name of the person whom a record is about, or enough of its id to tell it by.
func nameOr(names map[string]string, id string) string {
	return firstOf(names[id], "record "+short(id))
}

// openVersion opens the record that caused a row; rows of counts are about nobody.
func openVersion(app *App, version capture.Version) {
	if version.EventID == "" {
		return
	}
	once(app, func(ctx ctx) ([]capture.Event, error) { return versionsOf(ctx, app.session.Desk, version.EventID) },
		func(versions []capture.Event, err error) {
			if err != nil || len(versions) == 0 {
				app.tell(err)
				return
			}
			showRecord(app, versions[len(versions)-1])
		})
}
