package ui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"deltoid/capture"
	"deltoid/ui/form"
)

// records finds saved events, by the person or by the day on which they were recorded.
type records struct {
	app    *App
	search *form.Entry
	day    *form.DateEntry
	dField *form.Field
	list   *form.RowList
	about  *form.Text
	found  []capture.Event
	asked  int // number of the latest question, so that a slow answer never replaces a newer one
	shown  capture.Date
}

// mostPeople is how many people's records a search lists.
const mostPeople = 20

func newRecords(app *App) *records {
	s := &records{app: app, search: form.NewEntry(), day: form.NewDateEntry(), about: form.Hint("").OneLine()}
	s.shown = app.session.Desk.Today()
	s.search.SetPlaceHolder("Name, date of birth, NHS number or postcode")
	s.search.OnChanged = func(string) { s.reload() }
	s.search.OnSubmitted = func(string) { s.open(0) }
	s.search.OnKey = s.key
	s.day.SetDate(s.shown)
	s.day.OnSubmit = s.byDay
	s.dField = form.NewField("Or day of recording", "", s.day)
	s.list = form.NewRowList(
		form.Column{Title: "When", Width: 165}, form.Column{Title: "Person", Weight: 2}, form.Column{Title: "Born", Width: 130},
		form.Column{Title: "Vaccine and dose", Weight: 3}, form.Column{Title: "Batch", Width: 110}, form.Column{Title: "By", Width: 130},
		form.Column{Title: "Record", Width: 190},
	)
	s.list.Empty = "No record."
	s.list.OnOpen = s.open
	return s
}

func (s *records) title() string { return "Records" }

func (s *records) content() fyne.CanvasObject {
	many := form.Secondary("Correct many at once", func() { s.app.show(newCorrectMany(s.app, s, s.shown)) })
	recall := form.Secondary("Who had a batch?", func() { s.app.show(newWhoHad(s.app, s)) })
	top := form.VStack(12, form.Heading("Records"),
		form.Columns(32, []float32{460, 260, 0}, form.Pad(26, 0, 0, 0, form.NewField("Person", "", s.search)), s.dField,
			form.Pad(52, 0, 0, 0, form.HStack(16, many, recall))),
		s.about)
	s.reload()
	return form.Pad(16, 24, 12, 24, container.New(topAndRest{}, form.Pad(0, 0, 10, 0, top), s.list))
}

func (s *records) first() fyne.Focusable { return s.search }
func (s *records) enter()                {}
func (s *records) back()                 { s.app.show(newBoard(s.app)) }

func (s *records) key(key *fyne.KeyEvent) bool {
	if key.Name == fyne.KeyDown && len(s.found) > 0 {
		s.app.focus(s.list)
		return true
	}
	return false
}

// byDay lists the day that was entered.
func (s *records) byDay() {
	day, err := s.day.Date()
	if err != nil {
		s.dField.SetError(err.Error())
		return
	}
	s.dField.SetError("")
	s.shown = day
	s.search.SetText("")
	s.reload()
}

// reload asks for the records of whoever was typed, or else of the day.
func (s *records) reload() {
	s.asked++
	asked, query, day := s.asked, strings.TrimSpace(s.search.Text), s.shown
	session := s.app.session
	type answer struct {
		events []capture.Event
		states []string
	}
	ask(s.app.Bridge, s.app.ctx, func(ctx ctx) (answer, error) {
		var a answer
		var err error
		if a.events, err = recordsOf(ctx, session.Desk, query, day); err != nil {
			return a, err
		}
		for _, event := range a.events {
			places, err := session.Deliveries.Places(ctx, event.ID)
			if err != nil {
				return a, err
			}
			a.states = append(a.states, placeWords(places))
		}
		return a, nil
	}, func(a answer, err error) {
		if asked != s.asked || s.app.session != session {
			return
		}
		if err != nil {
			s.about.SetText("The records could not be read: " + rootMessage(err))
			return
		}
		s.fill(a.events, a.states, query != "")
	})
}

// recordsOf are the latest versions of a search's or of a day's records, newest first.
func recordsOf(ctx ctx, desk *capture.Desk, query string, day capture.Date) ([]capture.Event, error) {
	var events []capture.Event
	if query == "" {
		onDay, err := desk.Store.EventsOn(ctx, day)
		if err != nil {
			return nil, err
		}
		events = onDay
	} else {
		for _, person := range desk.Find(query, mostPeople) {
			of, err := desk.Store.EventsOf(ctx, person.ID)
			if err != nil {
				return nil, err
			}
			events = append(events, of...)
		}
	}
	slices.SortStableFunc(events, func(a, b capture.Event) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID)) })
	return events, nil
}

func (s *records) fill(events []capture.Event, states []string, ofPeople bool) {
	s.found = events
	rows := make([][]form.Cell, len(events))
	for i, event := range events {
		rows[i] = append(form.Cells(moment(event.At), s.app.nameOf(event.Person), s.app.bornOf(event.Person), s.what(event), batchOf(event), event.Performer.Name()),
			recordState(event, states[i]))
	}
	s.list.SetRows(rows)
	words := count(len(events), "record")
	if ofPeople {
		words += " of the people who match"
	} else {
		words += " of " + s.shown.Plain()
	}
	s.about.SetText(words + ". Enter opens the first; the down arrow goes into the list.")
	if len(events) == 0 {
		s.about.SetText(strings.Replace(words, "0 records", "No record", 1) + ".")
	}
}

func (s *records) what(event capture.Event) string {
	words := event.Product.Name + ", " + strings.ToLower(kindWords(s.app.session.Desk.Catalogue, event.Kind))
	if event.NotGiven != nil {
		return "Not given: " + event.NotGiven.Label
	}
	return words
}

// batchOf is the number of the batch; empty when no dose was given.
func batchOf(event capture.Event) string {
	if event.Given == nil {
		return ""
	}
	return event.Given.BatchNumber
}

// recordState is the tag of a record in a list.
func recordState(event capture.Event, state string) form.Cell {
	if event.Action == capture.ActionDelete {
		state = fmt.Sprintf("Deleted · %s", strings.ToLower(state[:1])+state[1:])
		return form.Cell{Text: state, Tone: form.ToneGrey}
	}
	return form.Cell{Text: state, Tone: stateTones[state]}
}

func (s *records) open(row int) {
	if row < len(s.found) {
		showRecord(s.app, s.found[row])
	}
}
