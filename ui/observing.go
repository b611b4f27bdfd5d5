package ui

import (
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"deltoid/capture"
	"deltoid/ui/form"
)

// observing shows who waits after a dose today, how long yet, and what became of those who waited.
type observing struct {
	app     *App
	list    *form.RowList
	about   *form.Text
	detail  *fyne.Container
	people  []capture.Watched
	buttons []fyne.CanvasObject // of the person who is shown
	shown   string              // what the list says of everybody's time, so that a tick redraws only what changed
	ahead   bool                // the time of the person who is shown was not over when the buttons were made
}

func newObserving(app *App) *observing {
	s := &observing{app: app, about: form.Hint("").OneLine(), detail: container.NewStack()}
	s.list = form.NewRowList(form.Column{Title: "Observation", Width: 170}, form.Column{Title: "Person", Weight: 2}, form.Column{Title: "Vaccine", Weight: 2},
		form.Column{Title: "Given", Width: 80}, form.Column{Title: "Until", Width: 80}, form.Column{Title: "Time left", Width: 140})
	s.list.Empty = "Nobody needs to be observed."
	s.list.OnSelected = s.show
	s.list.OnOpen = func(int) {
		if len(s.buttons) > 0 {
			form.MoveFocus(s.buttons[0].(fyne.Focusable))
		}
	}
	return s
}

func (s *observing) title() string         { return "Observation" }
func (s *observing) first() fyne.Focusable { return s.list }
func (s *observing) enter()                {}
func (s *observing) back()                 { s.app.show(newBoard(s.app)) }

func (s *observing) content() fyne.CanvasObject {
	s.reload()
	top := form.VStack(10, form.Heading("Observation"), s.about)
	left := container.New(topAndRest{}, form.Pad(0, 0, 12, 0, top), s.list)
	return form.Columns(0, []float32{0, 380}, form.Pad(16, 24, 12, 24, left), form.Filled(form.White, form.NewPage(form.Pad(12, 12, 12, 12, s.detail))))
}

func (s *observing) reload() {
	session := s.app.session
	ask(s.app.Bridge, s.app.ctx, session.Desk.Watched, func(people []capture.Watched, err error) {
		if s.app.session != session {
			return
		}
		if err != nil {
			s.about.SetText("The observations could not be read: " + rootMessage(err))
			return
		}
		s.people = people
		s.fill()
		s.show(max(0, s.list.Selected()))
	})
}

// tick follows the clock. What has the focus at the right stays, unless something else can be done now.
func (s *observing) tick() {
	if s.times() == s.shown {
		return
	}
	s.fill()
	if row := s.list.Selected(); row >= 0 && row < len(s.people) && s.ahead != (s.people[row].Left(s.app.session.Desk.Now()) > 0) {
		s.show(row)
	}
}

// times are what the list says of everybody's time.
func (s *observing) times() string {
	words := ""
	for _, person := range s.people {
		words += timeLeft(person, s.app.session.Desk.Now()) + "\n"
	}
	return words
}

func (s *observing) fill() {
	now := s.app.session.Desk.Now()
	s.shown = s.times()
	rows := make([][]form.Cell, len(s.people))
	waiting, over := 0, 0
	for i, person := range s.people {
		rows[i] = append([]form.Cell{watchState(person, now)}, form.Cells(s.app.nameOf(person.Event.Person), person.Event.Product.Name,
			clockOf(person.Event.At), clockOf(person.Until), timeLeft(person, now))...)
		if person.Ended == nil {
			waiting++
			if person.Left(now) <= 0 {
				over++
				rows[i][5].Bold = true
			}
		}
	}
	s.list.SetRows(rows)
	s.about.SetText(watchWords(waiting, over))
	if len(s.people) == 0 {
		s.about.SetText("Those whom the rules ask to watch after a dose of today are listed here.")
	}
}

// watchWords says how many wait, and how many of them need not any more.
func watchWords(waiting, over int) string {
	words := "Nobody is waiting"
	if waiting > 0 {
		words = fmt.Sprintf("%d waiting", waiting)
	}
	if over > 0 {
		words += fmt.Sprintf(", time over for %d", over)
	}
	return words
}

// watchState is the tag of somebody's observation.
func watchState(person capture.Watched, now time.Time) form.Cell {
	switch {
	case person.Ended != nil && person.Ended.LeftEarly:
		return form.Cell{Text: "Left early", Tone: form.ToneOrange, Icon: form.IconWarning}
	case person.Ended != nil:
		return form.Cell{Text: "Ended", Tone: form.ToneGreen, Icon: form.IconTick}
	case person.Left(now) <= 0:
		return form.Cell{Text: "Time is over", Tone: form.ToneRed, Icon: form.IconClock}
	}
	return form.Cell{Text: "Waiting", Tone: form.ToneBlue, Icon: form.IconClock}
}

// timeLeft is how long somebody waits yet, in whole minutes begun, or since when they need not.
func timeLeft(person capture.Watched, now time.Time) string {
	left := person.Left(now)
	switch {
	case person.Ended != nil:
		return "at " + clockOf(person.Ended.End)
	case left <= -time.Minute:
		return count(int(-left/time.Minute), "minute") + " over"
	case left <= 0:
		return "now"
	}
	return count(int((left+time.Minute-1)/time.Minute), "minute")
}

// show tells about the person of a row, with what can be done.
func (s *observing) show(row int) {
	held := s.holdsFocus()
	s.buttons = nil
	lines := form.VStack(12)
	if row < len(s.people) {
		s.describe(lines, s.people[row])
	}
	s.detail.Objects = []fyne.CanvasObject{lines}
	s.detail.Refresh()
	s.app.body.Refresh()
	if held { // its button is gone: the focus must not go with it
		s.app.focus(s.list)
	}
}

func (s *observing) holdsFocus() bool {
	focused, ok := s.app.Window.Canvas().Focused().(fyne.CanvasObject)
	return ok && slices.Contains(s.buttons, focused)
}

func (s *observing) describe(lines *fyne.Container, person capture.Watched) {
	now := s.app.session.Desk.Now()
	event := person.Event
	for _, line := range []fyne.CanvasObject{
		form.Subheading(s.app.nameOf(event.Person)), form.Body(fmt.Sprintf("%s · %s", s.app.bornOf(event.Person), s.app.numberOf(event.Person))),
		form.Body(fmt.Sprintf("%s at %s, %d minutes", event.Product.Name, clockOf(event.At), event.Decision.Observe)),
	} {
		lines.Add(line)
	}
	for _, reason := range event.Decision.Reasons {
		if reason.Observe > 0 {
			lines.Add(form.NewInset(form.Body(reason.Sentence)))
		}
	}
	if ended := person.Ended; ended != nil {
		words := "Ended at " + clockOf(ended.End)
		if ended.LeftEarly {
			words = "Left early at " + clockOf(ended.End) + ": " + ended.Note
		}
		lines.Add(form.Strong(words))
	}
	s.buttons = s.actions(person, now)
	lines.Add(form.VStack(12, s.buttons...))
}

func (s *observing) actions(person capture.Watched, now time.Time) []fyne.CanvasObject {
	event := person.Event
	var buttons []fyne.CanvasObject
	s.ahead = person.Left(now) > 0
	switch {
	case person.Ended != nil:
	case s.ahead:
		buttons = append(buttons, form.Secondary("They leave early", func() { s.app.show(newLeaveEarly(s, person)) }))
	default:
		buttons = append(buttons, form.Primary("They are well: end", func() { s.end(event.ID) }))
	}
	return append(buttons, form.Secondary("Record a reaction", func() {
		s.app.show(newReaction(s.app, event, func() { s.app.show(s) }))
	}), form.Secondary("Open the record", func() { showRecord(s.app, event) }))
}

func (s *observing) end(eventID string) {
	desk := s.app.session.Desk
	once(s.app, func(ctx ctx) (capture.Observation, error) { return desk.EndObservation(ctx, eventID, "") }, func(_ capture.Observation, err error) {
		if err != nil {
			s.app.tell(err)
		}
		s.app.refreshStatus()
		s.reload()
	})
}

// leaveEarly asks why somebody goes before their time is over.
type leaveEarly struct {
	from    *observing
	person  capture.Watched
	note    *form.Entry
	field   *form.Field
	summary *form.ErrorSummary
}

func newLeaveEarly(from *observing, person capture.Watched) *leaveEarly {
	s := &leaveEarly{from: from, person: person, note: form.NewEntry(), summary: form.NewErrorSummary()}
	s.note.OnSubmitted = func(string) { s.enter() }
	s.field = form.NewField("Why do they leave?", "And what they were told. "+capture.StaysHere, s.note)
	return s
}

func (s *leaveEarly) title() string {
	return s.from.app.nameOf(s.person.Event.Person) + " leaves early"
}
func (s *leaveEarly) first() fyne.Focusable { return s.note }
func (s *leaveEarly) back()                 { s.from.app.show(s.from) }

func (s *leaveEarly) content() fyne.CanvasObject {
	words := fmt.Sprintf("The rules ask to watch until %s.", clockOf(s.person.Until))
	return form.NewPage(form.Pad(20, 24, 20, 40, form.MaxWidth(640, form.VStack(18, s.summary, form.Heading(s.title()), form.Lead(words), s.field,
		form.HStack(16, form.Primary("They have left", s.enter), form.Secondary("Back", s.back))))))
}

func (s *leaveEarly) enter() {
	app, note, id := s.from.app, s.note.Text, s.person.Event.ID
	once(app, func(ctx ctx) (capture.Observation, error) {
		return app.session.Desk.EndObservation(ctx, id, note)
	}, func(_ capture.Observation, err error) {
		if err != nil {
			app.refuse(s.summary, fieldFaults(err, map[string]*form.Field{"note": s.field})...)
			return
		}
		app.refreshStatus()
		s.back()
	})
}
