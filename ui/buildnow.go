package ui

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"deltoid/export"
	"deltoid/ui/form"
)

// buildNow shows what a file of each extract would hold now, before anything is made. The rows are patient data: they are
// on the screen only, and cannot be copied.
type buildNow struct {
	app      *App
	extracts []Extract
	looks    []look // of the extracts, as they come
	list     *form.RowList
	name     *form.Text // of the chosen extract, in full
	about    *form.Text
	held     heldList
	table    previewTable
	left     *form.Page
	state    *fyne.Container // how far looking or building is, or the ways on
	buttons  []*form.Button
	stop     context.CancelFunc // of looking; nil: it is over
	message  string
}

// look is what was found out about an extract.
type look struct {
	table  export.Table
	people people // whose records are held back
	err    error
	done   bool
}

// previewRows is how many rows of a file the page shows.
const previewRows = 50

func newBuildNow(app *App) *buildNow { return &buildNow{app: app} }

func (s *buildNow) title() string { return "Build now" }

func (s *buildNow) content() fyne.CanvasObject {
	s.list = form.NewRowList(form.Column{Title: "Extract", Weight: 1},
		form.Column{Title: "Rows", Width: 76, Right: true}, form.Column{Title: "Held back", Width: 100, Right: true})
	s.list.OnSelected = s.show
	s.name, s.about = form.Strong(""), form.Small("")
	s.held.make(s.app)
	s.table.make(s.app)
	s.left = form.NewPage(form.VStack(6, s.list, s.name, s.about, form.Pad(8, 0, 0, 0, s.held.object)))
	s.state = container.NewStack()
	s.showState()
	top := form.VStack(10, form.Heading("What would go into the files"),
		form.Hint("Everything saved until now. Nothing is made yet. The rows show patients: mind who looks at the screen."), s.state)
	s.lookAll()
	rest := form.Columns(4, []float32{512}, s.left, form.Pad(8, 24, 0, 0, s.table.object))
	return container.New(topAndRest{}, form.Pad(16, 24, 4, 24, top), form.Pad(0, 0, 16, 16, rest))
}

// first is the list: the rows can be looked through before anything is done.
func (s *buildNow) first() fyne.Focusable { return s.list }
func (s *buildNow) enter()                {}

func (s *buildNow) back() {
	s.stopLooking()
	s.app.show(newDeliveries(s.app))
}

// recordOrigin implements recordPage: from a record it leads back here, and looks again.
func (s *buildNow) recordOrigin() screen { return s }

func (s *buildNow) stopLooking() {
	if s.stop != nil {
		s.stop()
		s.stop = nil
	}
}

// lookAll asks for the extracts, then for what each would hold, one after the other.
func (s *buildNow) lookAll() {
	s.stopLooking()
	var within context.Context
	within, s.stop = context.WithCancel(s.app.ctx)
	s.extracts, s.looks = nil, nil
	s.message, s.list.Empty = "", "Looking…"
	s.fill()
	s.showState()
	session := s.app.session
	ask(s.app.Bridge, within, session.Deliveries.Extracts, func(extracts []Extract, err error) {
		if s.app.session != session || within.Err() != nil {
			return
		}
		if err != nil {
			s.list.Empty = "The extracts could not be read."
			s.ended(faultsOf(err)[0].Message)
			return
		}
		s.list.Empty = "No extract is switched on. An administrator can do that in the settings."
		s.extracts, s.looks = extracts, make([]look, len(extracts))
		s.list.SetLeastRows(min(max(1, len(extracts)), 6))
		s.fill()
		s.lookAt(within, session, 0)
	})
}

func (s *buildNow) lookAt(within context.Context, session *Session, n int) {
	if n == len(s.extracts) {
		s.ended("")
		return
	}
	kind := s.extracts[n].Kind
	ask(s.app.Bridge, within, func(ctx ctx) (look, error) {
		table, err := session.Deliveries.Preview(ctx, kind, previewRows)
		if err != nil {
			return look{}, err
		}
		found, err := peopleOf(ctx, session.Desk, heldIDs(table.Report.HeldBack))
		return look{table: table, people: found}, err
	}, func(found look, err error) {
		if s.app.session != session || within.Err() != nil {
			return
		}
		found.err, found.done = err, true
		s.looks[n] = found
		s.fill()
		s.lookAt(within, session, n+1)
	})
}

func (s *buildNow) stopped() {
	s.list.Empty = "Not looked at."
	s.ended("Stopped before everything was looked at.")
}

// ended is the end of looking, by itself or with words on why.
func (s *buildNow) ended(message string) {
	s.stopLooking()
	s.message = message
	s.fill()
	s.showState()
}

// fill lists the extracts with what is known of each, and shows the chosen one.
func (s *buildNow) fill() {
	rows := make([][]form.Cell, len(s.extracts))
	for i, extract := range s.extracts {
		rows[i] = form.Cells(extract.Title, "…", "…")
		switch found := s.looks[i]; {
		case found.err != nil:
			rows[i][1].Text, rows[i][2].Text = "?", "?"
		case found.done:
			rows[i][1].Text, rows[i][2].Text = fmt.Sprint(found.table.Report.Rows), fmt.Sprint(found.table.Report.Held)
			rows[i][1].Bold, rows[i][2].Bold = found.table.Report.Rows > 0, found.table.Report.Held > 0
		}
	}
	s.list.SetRows(rows)
	if len(rows) == 0 {
		s.name.SetText("")
		s.about.SetText("")
		s.showLook(look{})
		return
	}
	if s.list.Selected() < 0 {
		s.list.Select(0)
		return
	}
	s.show(s.list.Selected())
}

// show shows one extract: when it is due, what is held back, and its rows.
func (s *buildNow) show(n int) {
	found := s.looks[n]
	s.name.SetText(s.extracts[n].Title)
	s.about.SetText(aboutExtract(s.extracts[n], found))
	s.showLook(found)
}

func (s *buildNow) showLook(found look) {
	empty := ""
	if s.stop != nil {
		empty = "Looking…"
	}
	s.held.show(found, empty)
	s.table.show(found, empty)
	s.left.Refresh()
}

// aboutExtract says when a file is due anyway, and what takes no part in this one.
func aboutExtract(extract Extract, found look) string {
	words := upperFirst(extract.When) + "."
	report := found.table.Report
	switch {
	case found.err != nil:
		return faultsOf(found.err)[0].Message
	case !found.done:
		return words
	}
	if report.Later > 0 {
		words += fmt.Sprintf(" %s later: the file that they follow has not gone, or their hour is not over.", goesGo(report.Later))
	}
	if report.Withdrawn > 0 {
		words += fmt.Sprintf(" For %s nothing need be sent.", count(report.Withdrawn, "record"))
	}
	return words
}

func goesGo(n int) string {
	if n == 1 {
		return "1 record goes"
	}
	return fmt.Sprintf("%d records go", n)
}

// showMaking implements maker.
func (s *buildNow) showMaking() { s.showState() }

// showMade goes to the deliveries, which say how building ended.
func (s *buildNow) showMade() {
	s.stopLooking()
	s.app.show(newDeliveries(s.app))
}

// showState shows how far looking or building is, with a way to stop it, or else the ways on.
func (s *buildNow) showState() {
	held := s.holdsFocus()
	var line []fyne.CanvasObject
	switch {
	case s.app.making != nil:
		s.buttons = []*form.Button{form.Secondary("Stop", s.app.making.stop)}
		line = []fyne.CanvasObject{s.buttons[0], form.Strong(s.app.making.words + "…").OneLine()}
	case s.stop != nil:
		s.buttons = []*form.Button{form.Secondary("Stop", s.stopped)}
		line = []fyne.CanvasObject{s.buttons[0], form.Strong("Looking at what waits…").OneLine()}
	default:
		s.buttons = []*form.Button{
			form.Primary("Build and send", func() { s.app.build(aside{}) }),
			form.Secondary("Save to a folder", func() { s.app.show(newSaveFiles(s.app, s)) }),
			form.Secondary("Look again", s.lookAll), form.Secondary("Back", s.back)}
		for _, button := range s.buttons {
			line = append(line, button)
		}
		if words := firstOf(s.message, waysOn(s.app.session.Deliveries.Connection())); words != "" {
			line = append(line, form.Body(words).OneLine())
		}
	}
	s.state.Objects = []fyne.CanvasObject{form.HStack(16, line...)}
	s.state.Refresh()
	if held { // its button is gone; the press that was meant for it must not build anything
		s.app.focus(s.list)
	}
}

// waysOn says what becomes of files without a connection.
func waysOn(mesh Connection) string {
	switch {
	case mesh.Problem != "":
		return "Files are built and wait here: MESH needs attention."
	case !mesh.Online:
		return "Files are built and wait here until MESH can be reached."
	}
	return ""
}

func (s *buildNow) holdsFocus() bool {
	focused := s.app.Window.Canvas().Focused()
	for _, button := range s.buttons {
		if focused == fyne.Focusable(button) {
			return true
		}
	}
	return false
}
