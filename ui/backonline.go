package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"deltoid/export"
	"deltoid/ui/form"
)

// backOnline is the full page after the connection came back: what waits, by day and extract. Nothing goes before somebody
// says so here, or under Deliveries.
type backOnline struct {
	app     *App
	heading *form.Text
	lead    *form.Text
	list    *form.RowList
	notice  *fyne.Container
	ways    *fyne.Container
	send    *form.Button
	later   *form.Button
	look    *form.Button
	summary export.Summary
	fault   string
}

func newBackOnline(app *App) *backOnline {
	app.back.ask(app.session.Desk.Now())
	return &backOnline{app: app}
}

// hearConnection takes in that the connection may be back, and asks where nobody is in the middle of something.
func (a *App) hearConnection() {
	session := a.session
	back := session.Deliveries.Connection().Back
	if !back.After(a.back.heard) {
		a.askNow()
		return
	}
	ask(a.Bridge, a.ctx, session.Deliveries.Summary, func(summary export.Summary, err error) {
		if a.session != session || err != nil {
			return
		}
		a.back.hear(back, mayGo(summary))
		a.askNow()
	})
}

// askNow shows the page in place of one that can be left at any moment. Everywhere else it waits until the board is shown.
func (a *App) askNow() {
	if a.locked != nil || a.busy || !a.asksNow() {
		return
	}
	switch page := a.current.(type) {
	case *board:
		if page.search.Text == "" {
			a.show(newBackOnline(a))
		}
	case *deliveries:
		a.show(newBackOnline(a))
	}
}

// asksNow tells whether the question is to be asked: only while there is a connection, and nothing is on its way already.
func (a *App) asksNow() bool {
	return a.session != nil && a.making == nil && a.session.Deliveries.Connection().Online && a.back.due(a.session.Desk.Now())
}

func (s *backOnline) title() string { return "You are back online" }

func (s *backOnline) content() fyne.CanvasObject {
	s.heading, s.lead = form.Heading(s.title()), form.Lead("")
	s.list = form.NewRowList(form.Column{Title: "Saved or built on", Width: 190}, form.Column{Title: "Extract", Weight: 1},
		form.Column{Title: "Saved here", Width: 110, Right: true}, form.Column{Title: "Held back", Width: 110, Right: true},
		form.Column{Title: "In a file", Width: 110, Right: true})
	s.list.Empty = "Looking…"
	s.list.Disable()
	s.notice = container.NewStack()
	s.send, s.later = form.Primary("Send now", s.start), form.Secondary("Ask me later", s.back)
	s.look = form.Secondary("Look first", func() { s.app.show(newBuildNow(s.app)) })
	s.ways = form.HStack(16, s.send, s.later, s.look)
	s.send.Hide()
	s.look.Hide()
	s.read()
	top := form.VStack(14, s.heading, s.lead, s.notice, s.ways)
	return container.New(topAndRest{}, form.Pad(32, 40, 16, 40, form.MaxWidth(1000, top)), form.Pad(0, 40, 32, 40, form.MaxWidth(1000, s.list)))
}

// first is nothing, so that a key that was meant for what was there before neither starts nor puts off anything.
func (s *backOnline) first() fyne.Focusable { return nil }
func (s *backOnline) enter()                {}

// back puts it off: the question comes again, at the earliest after the pause.
func (s *backOnline) back() {
	s.app.back.ask(s.app.session.Desk.Now())
	s.app.session.Deliveries.Postpone()
	s.app.home()
}

// start builds what waits and lets everything go.
func (s *backOnline) start() {
	s.app.back.settle()
	s.app.show(newDeliveries(s.app))
	s.app.build(aside{})
}

func (s *backOnline) follow() { s.read() }

func (s *backOnline) read() {
	session := s.app.session
	ask(s.app.Bridge, s.app.ctx, session.Deliveries.Summary, func(summary export.Summary, err error) {
		if s.app.session != session {
			return
		}
		s.fault = ""
		if err != nil {
			s.fault = "What waits could not be read. " + faultsOf(err)[0].Message
		}
		s.summary = summary
		s.fill()
	})
}

// fill shows what waits, and the ways on that there are now.
func (s *backOnline) fill() {
	var rows [][]form.Cell
	for _, day := range s.summary.Days {
		for i, line := range day.Lines {
			cells := form.Cells("", line.Title, some(line.Waiting-line.Held), some(line.Held), some(line.Rows))
			if i == 0 {
				cells[0] = form.Cell{Text: day.Day.Plain(), Bold: true}
			}
			rows = append(rows, cells)
		}
	}
	s.list.Empty = "Nothing waits any more."
	if s.fault != "" {
		s.list.Empty = ""
	}
	s.list.SetRows(rows)
	s.showWays()
}

func (s *backOnline) showWays() {
	mesh := s.app.session.Deliveries.Connection()
	s.lead.SetText(waitsWords(s.summary))
	s.heading.SetText(s.title())
	s.notice.Objects = nil
	switch {
	case s.fault != "":
		s.lead.SetText("")
		s.notice.Objects = []fyne.CanvasObject{form.NewNotice(form.NoticeProblem, s.fault, "Nothing was sent.")}
	case mesh.Problem != "":
		s.notice.Objects = []fyne.CanvasObject{form.NewNotice(form.NoticeProblem, "MESH needs attention", mesh.Problem+". Until then files wait here.")}
	case !mesh.Online:
		s.heading.SetText("The connection is gone again")
		s.notice.Objects = []fyne.CanvasObject{form.NewNotice(form.NoticeWarning, "MESH was reached for a moment", "Nothing was sent. You are asked again when it is back.")}
	}
	may := mesh.Online && s.fault == "" && mayGo(s.summary)
	focused := s.app.Window.Canvas().Focused()
	if !may && (focused == fyne.Focusable(s.send) || focused == fyne.Focusable(s.look)) {
		s.app.focus(s.later)
	}
	s.later.SetLabel("Ask me later")
	if s.fault == "" && s.summary.Records == 0 {
		s.later.SetLabel("Back to the board")
	}
	reveal(s.send, may)
	reveal(s.look, may)
	s.notice.Refresh()
	s.ways.Refresh()
	s.app.body.Refresh()
}

// mayGo tells whether anything of what waits could go: what is held back and files that wait for a person could not.
func mayGo(summary export.Summary) bool {
	for _, day := range summary.Days {
		for _, line := range day.Lines {
			if line.Waiting > line.Held || line.Files > line.Attention {
				return true
			}
		}
	}
	return false
}

// waitsWords say what exists only here, and since when.
func waitsWords(summary export.Summary) string {
	if summary.Records == 0 {
		return "Nothing waits any more."
	}
	words := fmt.Sprintf("%s exist only on this computer, the oldest for %s. Nothing goes before you say so.",
		upperFirst(count(summary.Records, "record")), ageWords(summary.At.Sub(summary.Oldest)))
	if summary.Records == 1 {
		words = fmt.Sprintf("1 record exists only on this computer, for %s. It does not go before you say so.", ageWords(summary.At.Sub(summary.Oldest)))
	}
	if summary.Held > 0 {
		words += fmt.Sprintf(" %d cannot go before it is put right.", summary.Held)
	}
	return words
}

// some is a number in a table, where nothing is better than a nought.
func some(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}
