package ui

import (
	"fmt"
	"io"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"deltoid/capture"
	"deltoid/export/paper"
	"deltoid/ui/form"
)

// whoHad lists the people who had a batch, for a recall, and saves the list as PDF.
type whoHad struct {
	app     *App
	from    *records
	search  *form.Entry
	list    *form.RowList
	people  *form.RowList
	heading *form.Text
	about   *form.Text
	save    *form.Button
	all     []capture.Batch
	found   []capture.Batch
	had     []paper.Had
	batch   capture.Batch // whose people are listed
	asked   int
}

func newWhoHad(app *App, from *records) *whoHad {
	s := &whoHad{app: app, from: from, search: form.NewEntry(), heading: form.Subheading("Choose a batch"), about: form.Hint("").OneLine()}
	s.search.OnChanged = func(string) { s.filter() }
	s.search.OnSubmitted = func(string) { s.app.focus(s.list) }
	s.search.OnKey = func(key *fyne.KeyEvent) bool {
		if key.Name == fyne.KeyDown {
			s.app.focus(s.list)
		}
		return key.Name == fyne.KeyDown
	}
	s.list = form.NewRowList(form.Column{Title: "Batch", Width: 90}, form.Column{Title: "Vaccine"}, form.Column{Title: "Expiry", Width: 120})
	s.list.Empty = "No batch has this number."
	s.list.OnSelected = s.choose
	s.list.OnOpen = func(int) { s.app.focus(s.people) }
	s.people = form.NewRowList(form.Column{Title: "Given", Width: 165}, form.Column{Title: "Person", Weight: 2}, form.Column{Title: "Born", Width: 125},
		form.Column{Title: "NHS number", Width: 130}, form.Column{Title: "Postcode", Width: 100}, form.Column{Title: "Record", Width: 170})
	s.people.Empty = "Nobody recorded on this device."
	s.people.OnOpen = func(row int) { showRecord(s.app, s.had[row].Event) }
	s.save = form.Secondary("Save as PDF", s.paper)
	return s
}

func (s *whoHad) title() string         { return "Who had a batch" }
func (s *whoHad) first() fyne.Focusable { return s.search }
func (s *whoHad) enter()                {}
func (s *whoHad) back()                 { s.app.show(s.from) }

func (s *whoHad) content() fyne.CanvasObject {
	field := form.NewField("Batch number", "Any part of it", s.search)
	left := container.New(topAndRest{}, form.Pad(0, 0, 10, 0, form.VStack(14, form.Heading("Who had a batch?"), field)), s.list)
	right := container.New(topAndRest{}, form.Pad(0, 0, 10, 0, form.VStack(8, form.Spread(s.heading, form.HStack(16, s.save, form.Secondary("Back", s.back))), s.about)), s.people)
	s.load()
	return form.Columns(0, []float32{430, 0}, form.Pad(16, 16, 12, 24, left), form.Filled(form.White, form.Pad(16, 24, 12, 20, right)))
}

func (s *whoHad) load() {
	ask(s.app.Bridge, s.app.ctx, s.app.session.Desk.Store.Batches, func(batches []capture.Batch, err error) {
		if err != nil {
			s.about.SetText("The batches could not be read: " + rootMessage(err))
			return
		}
		s.all = batches
		s.filter()
	})
}

// filter lists the batches whose numbers hold what was typed.
func (s *whoHad) filter() {
	typed := strings.ToUpper(strings.TrimSpace(s.search.Text))
	s.found = nil
	var rows [][]form.Cell
	for _, batch := range s.all {
		if strings.Contains(batch.Number, typed) {
			product, _ := s.app.session.Desk.Edition().Product(batch.Product)
			s.found = append(s.found, batch)
			rows = append(rows, form.Cells(batch.Number, firstOf(product.Name, batch.Product), batch.Expiry.Short()))
		}
	}
	s.list.SetRows(rows)
	if selected := s.list.Selected(); selected >= 0 {
		s.choose(selected)
	}
}

// choose lists who had a batch.
func (s *whoHad) choose(row int) {
	s.batch = s.found[row]
	s.asked++
	asked, session, batch := s.asked, s.app.session, s.batch
	ask(s.app.Bridge, s.app.ctx, func(ctx ctx) ([]paper.Had, error) {
		events, err := session.Desk.WhoHad(ctx, batch.ID)
		if err != nil {
			return nil, err
		}
		var had []paper.Had
		for _, event := range events {
			places, err := session.Deliveries.Places(ctx, event.ID)
			if err != nil {
				return nil, err
			}
			had = append(had, paper.Had{Event: event, State: placeWords(places)})
		}
		return had, nil
	}, func(had []paper.Had, err error) {
		if asked != s.asked || s.app.session != session {
			return
		}
		s.fill(had, err)
	})
}

func (s *whoHad) fill(had []paper.Had, err error) {
	s.had = had
	s.heading.SetText("Who had " + s.batch.Number)
	people := map[string]bool{}
	rows := make([][]form.Cell, len(had))
	for i, one := range had {
		person := one.Event.Person
		people[person.ID] = true
		rows[i] = append(form.Cells(moment(one.Event.At), s.app.nameOf(person), s.app.bornOf(person), s.app.numberOf(person), s.app.postcodeOf(person)),
			form.Cell{Text: one.State, Tone: stateTones[one.State]})
	}
	s.people.SetRows(rows)
	words := fmt.Sprintf("%s, %s", count(len(had), "dose"), persons(len(people)))
	if err != nil {
		words = "The records could not be read: " + rootMessage(err)
	}
	s.about.SetText(words)
}

func persons(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

// paper saves the list.
func (s *whoHad) paper() {
	if s.batch.ID == "" {
		s.app.focus(s.list)
		return
	}
	desk := s.app.session.Desk
	product, _ := desk.Edition().Product(s.batch.Product)
	list := paper.BatchList{Number: s.batch.Number, Product: firstOf(product.Name, s.batch.Product), Expiry: s.batch.Expiry, Had: s.had}
	name := "who-had-batch-" + fileWord(s.batch.Number) + "-" + desk.Today().String()
	s.app.show(newSavePaper(s.app, s, fmt.Sprintf("Who had batch %s: %s", s.batch.Number, count(len(s.had), "dose")), name,
		func(w io.Writer, issue paper.Issue) error {
			return paper.WriteBatchList(w, list, desk.Catalogue, issue)
		}))
}

// fileWord is text that any disk takes as part of a file name.
func fileWord(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return '-'
	}, text)
}
