package ui

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"deltoid/export"
	"deltoid/ui/form"
)

// filePage is one file: the ids that the service desk asks for, its history, and its rows with what the receiver said of each.
type filePage struct {
	app   *App
	file  export.Delivery
	rows  *form.RowList
	above *form.Text
	ids   *form.RowList
	shown fileRows
	stop  context.CancelFunc // of reading the rows
}

// fileRows is what a page shows of the rows of a file.
type fileRows struct {
	rows   []export.FileRow
	people people
	more   bool // there are others, of which none was rejected
}

const (
	// shownRows is how many rows of a file the page lists, beside those that were rejected.
	shownRows = 300
	// searchedRows is how far the page looks for rejected ones.
	searchedRows = 200_000
)

func newFilePage(app *App, file export.Delivery) *filePage { return &filePage{app: app, file: file} }

func (s *filePage) title() string { return "File " + s.file.FileName }

func (s *filePage) content() fyne.CanvasObject {
	words, tone := fileTag(s.file)
	s.rows = form.NewRowList(form.Column{Title: "Row", Width: 70, Right: true}, form.Column{Title: "Person", Weight: 1},
		form.Column{Title: "Record", Width: 190}, form.Column{Title: "What the receiver said", Width: 200})
	s.rows.Empty = "Reading the rows…"
	s.rows.OnOpen = func(row int) { s.leave(); openVersion(s.app, s.shown.rows[row].Version) }
	s.above = form.Small(receiverSentence(s.file))
	ids := serviceIDs(s.file)
	s.ids = form.NewRowList(form.Column{Width: 200}, form.Column{Weight: 1}).SetLeastRows(len(ids))
	s.ids.SetRows(idRows(ids))
	s.ids.OnCopy = func(row int) string { return ids[row].Value }
	lines := []fyne.CanvasObject{form.Subheading(s.file.FileName), form.HStack(0, form.NewTag(words, tone, form.IconNone))}
	if s.file.Problem != "" {
		lines = append(lines, form.Strong(s.file.Problem).In(form.Red))
	}
	actions := append(fileActions(s.app, s.file, s.done), form.Secondary("Back", s.back))
	lines = append(lines, form.HStack(16, actions...), s.above)
	s.read()
	left := container.New(topAndRest{}, form.Pad(0, 0, 10, 0, form.VStack(8, lines...)), s.rows)
	return form.Columns(0, []float32{0, 590}, form.Pad(14, 24, 12, 24, left),
		form.Filled(form.White, form.Pad(14, 12, 12, 12, form.NewPage(s.beside(ids)))))
}

// beside are the ids and the history.
func (s *filePage) beside(ids []form.SummaryRow) fyne.CanvasObject {
	var all strings.Builder
	for _, id := range ids {
		fmt.Fprintf(&all, "%s: %s\n", id.Key, id.Value)
	}
	copied := form.Small("Ctrl+C copies the chosen line. None of them names a patient.")
	button := form.Secondary("Copy all", func() {
		fyne.CurrentApp().Clipboard().SetContent(all.String())
		copied.SetText("All of it is on the clipboard. None of it names a patient.")
	})
	lines := form.VStack(8, form.Strong("For the service desk"), s.ids, form.HStack(16, button), copied, form.Pad(6, 0, 0, 0, form.Strong("What happened")))
	if next := nextWords(s.file); next != "" {
		lines.Add(form.Body(next))
	}
	for _, passage := range slices.Backward(s.file.Past) {
		lines.Add(form.Small(passageWords(passage)))
	}
	return lines
}

// serviceIDs are what the service desk asks for. There is no patient in them.
func serviceIDs(file export.Delivery) []form.SummaryRow {
	var ids []form.SummaryRow
	for _, reference := range file.References() {
		name := reference.Name
		if name == "Sent" {
			name = "Tried" // of a file that MESH has not accepted nothing is called sent
		}
		ids = append(ids, form.SummaryRow{Key: name, Value: reference.Value})
	}
	ids = append(ids,
		form.SummaryRow{Key: "State", Value: stateWords(file.State) + " since " + clock(file.ChangedAt)},
		form.SummaryRow{Key: "Rows, bytes", Value: fmt.Sprintf("%d, %d", file.Rows, file.Bytes)})
	if file.ProblemCode != "" {
		ids = append(ids, form.SummaryRow{Key: "Code", Value: firstOf(codes[file.ProblemCode], file.ProblemCode)})
	}
	return ids
}

func idRows(ids []form.SummaryRow) [][]form.Cell {
	rows := make([][]form.Cell, len(ids))
	for i, id := range ids {
		rows[i] = []form.Cell{{Text: id.Key, Bold: true}, {Text: id.Value}}
	}
	return rows
}

// read lists the rows, the rejected ones first.
func (s *filePage) read() {
	s.leave()
	session := s.app.session
	var within context.Context
	within, s.stop = context.WithCancel(s.app.ctx)
	ask(s.app.Bridge, within, func(ctx ctx) (fileRows, error) {
		var rejected, others []export.FileRow
		var found fileRows
		seen := 0
		err := session.Deliveries.Rows(ctx, s.file.ID, func(row export.FileRow) bool {
			switch {
			case row.Outcome == export.RowRejected && len(rejected) < shownRows:
				rejected = append(rejected, row)
			case len(others) < shownRows:
				others = append(others, row)
			default:
				found.more = true
			}
			seen++
			return seen < searchedRows
		})
		if err != nil {
			return found, err
		}
		found.rows = append(rejected, others...)
		ids := make([]string, len(found.rows))
		for i, row := range found.rows {
			ids[i] = row.Version.EventID
		}
		found.people, err = peopleOf(ctx, session.Desk, ids)
		return found, err
	}, func(found fileRows, err error) {
		if s.app.session != session || within.Err() != nil {
			return
		}
		s.leave()
		s.fill(found, err)
	})
}

func (s *filePage) fill(found fileRows, err error) {
	s.shown = found
	s.rows.Empty = "No row of this file is about one record."
	if err != nil {
		s.rows.Empty = "The rows could not be read: " + rootMessage(err)
	}
	rows := make([][]form.Cell, len(found.rows))
	for i, row := range found.rows {
		record := fmt.Sprintf("%s, version %d", short(row.Version.EventID), row.Version.Version)
		rows[i] = append(form.Cells(fmt.Sprint(row.Row), found.people.name(s.app, row.Version.EventID), record), rowWords(row.Outcome))
		rows[i][1].Bold = true
	}
	s.rows.SetRows(rows)
	if found.more {
		s.above.SetText(receiverSentence(s.file) + fmt.Sprintf(" Listed are the first %d rows and those that were rejected.", shownRows))
	}
}

func (s *filePage) first() fyne.Focusable { return s.rows }
func (s *filePage) enter()                {}

func (s *filePage) back() {
	s.leave()
	s.app.show(newDeliveries(s.app))
}

// recordOrigin implements recordPage: from a record it leads back here.
func (s *filePage) recordOrigin() screen { return s }

// leave ends the reading of rows that nobody waits for any more.
func (s *filePage) leave() {
	if s.stop != nil {
		s.stop()
		s.stop = nil
	}
}

// done is after somebody did something about the file: it is read anew.
func (s *filePage) done(err error) {
	s.app.refreshStatus()
	if err != nil {
		s.app.tell(err)
		return
	}
	s.follow()
}

// follow shows the file as it stands now.
func (s *filePage) follow() {
	session := s.app.session
	ask(s.app.Bridge, s.app.ctx, session.Deliveries.Files, func(files []export.Delivery, err error) {
		if s.app.session != session || s.app.current != screen(s) {
			return
		}
		if err != nil {
			s.app.tell(err)
			return
		}
		i := slices.IndexFunc(files, func(f export.Delivery) bool { return f.ID == s.file.ID })
		if i >= 0 && !reflect.DeepEqual(s.file, files[i]) {
			s.file = files[i]
			s.app.refresh()
		}
	})
}
