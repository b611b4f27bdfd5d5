package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// correctMany puts one wrong answer right in the records of a day, for example the batch of a morning. Which records is
// asked at the left, what is right at the right.
type correctMany struct {
	app              *App
	from             *records
	day              *form.DateEntry
	start, end       *form.Entry
	wrong, gaveWrong *form.Chooser // which records: of this batch, by this vaccinator; empty: any
	batch, gave      *form.Chooser // what is right; empty: stays as it is
	code, name       *form.Entry
	reason           *form.Entry
	fields           map[string]*form.Field
	summary          *form.ErrorSummary
	matching         *form.Text
	button           *form.Button
	events           []capture.Event // of the day
	batches          []capture.Batch
	staff            []capture.Staff
}

func newCorrectMany(app *App, from *records, day capture.Date) *correctMany {
	s := &correctMany{
		app: app, from: from, day: form.NewDateEntry(), start: form.NewEntry().SetColumns(6), end: form.NewEntry().SetColumns(6),
		wrong: denseChooser(nil), gaveWrong: denseChooser(nil), batch: denseChooser(nil), gave: denseChooser(nil),
		code: form.NewEntry().SetColumns(10), name: form.NewEntry(), reason: form.NewEntry(),
		summary: form.NewErrorSummary(), matching: form.Strong("").OneLine(),
	}
	s.button = form.Primary("See what changes", s.enter)
	s.day.SetDate(day)
	s.day.OnChanged = s.load
	s.start.OnChanged, s.end.OnChanged = func(string) { s.tell() }, func(string) { s.tell() }
	s.gaveWrong.OnChanged = func(string) { s.tell() }
	s.wrong.OnChanged = func(string) { s.offer(); s.tell() }
	s.fields = map[string]*form.Field{
		"day": form.NewField("Day of recording", "", s.day), "start": form.NewField("Given from", "", s.start),
		"end":   form.NewField("Given until", "", s.end),
		"wrong": form.NewField("With this batch on record", "", s.wrong), "gaveWrong": form.NewField("Recorded as given by", "", s.gaveWrong),
		"batchId": form.NewField("Right batch", "", s.batch), "vaccinatorId": form.NewField("Who really gave them", "", s.gave),
		"site": form.NewField("Right ODS code", "", s.code), "siteName": form.NewField("Name of that site", "", s.name),
		"reason": form.NewField("Why are they corrected?", "This stays with each record", s.reason),
	}
	s.load()
	return s
}

func (s *correctMany) title() string         { return "Correct many at once" }
func (s *correctMany) first() fyne.Focusable { return s.day.Day }
func (s *correctMany) back()                 { s.app.show(s.from) }
func (s *correctMany) recordOrigin() screen  { return s.from }

func (s *correctMany) content() fyne.CanvasObject {
	f := s.fields
	times := form.Columns(16, []float32{230, 140, 140}, f["day"], form.Pad(26, 0, 0, 0, f["start"]), form.Pad(26, 0, 0, 0, f["end"]))
	left := form.VStack(12, form.Subheading("Which records?"), times, f["wrong"], f["gaveWrong"])
	right := form.VStack(12, form.Subheading("What is right?"), f["batchId"], f["vaccinatorId"],
		form.Columns(16, []float32{170, 0}, f["site"], f["siteName"]), f["reason"])
	return form.NewPage(form.Pad(8, 24, 8, 32, form.MaxWidth(1200, form.VStack(12, s.summary, form.Heading(s.title()),
		form.Columns(48, nil, left, right), form.HStack(16, s.button, form.Secondary("Back", s.back), s.matching)))))
}

// load reads the day that stands in the boxes, once it is one.
func (s *correctMany) load() {
	day, err := s.day.Date()
	if err != nil {
		return
	}
	session := s.app.session
	type read struct {
		events  []capture.Event
		batches []capture.Batch
		staff   []capture.Staff
	}
	ask(s.app.Bridge, s.app.ctx, func(ctx ctx) (read, error) {
		var r read
		var err error
		if r.events, err = session.Desk.Store.EventsOn(ctx, day); err != nil {
			return r, err
		}
		if r.batches, err = session.Desk.Store.Batches(ctx); err != nil {
			return r, err
		}
		r.staff, err = session.Desk.Store.Staff(ctx)
		return r, err
	}, func(r read, err error) {
		if now, _ := s.day.Date(); now != day || s.app.session != session {
			return
		}
		if err != nil {
			s.matching.SetText("The records could not be read: " + rootMessage(err))
			return
		}
		s.events, s.batches, s.staff = r.events, r.batches, r.staff
		s.ask()
		s.offer()
		s.tell()
	})
}

// ask offers the batches and the vaccinators that the records of the day name.
func (s *correctMany) ask() {
	batches, people := []form.Option{{Label: "Any batch"}}, []form.Option{{Label: "Anybody"}}
	seen := map[string]bool{}
	for _, event := range s.events {
		if event.Given == nil || event.Action == capture.ActionDelete {
			continue
		}
		if id := event.Given.BatchID; !seen["b"+id] {
			seen["b"+id] = true
			batches = append(batches, form.Option{Value: id, Label: event.Given.BatchNumber, Hint: event.Product.Name})
		}
		if id := event.Performer.ID; !seen["p"+id] {
			seen["p"+id] = true
			people = append(people, form.Option{Value: id, Label: event.Performer.Name()})
		}
	}
	choose(s.wrong, batches)
	choose(s.gaveWrong, people)
}

// offer lists what can be put in: batches of the vaccine that the wrong batch is of.
func (s *correctMany) offer() {
	keep := form.Option{Label: "Leave as it is"}
	batches, people := []form.Option{keep}, []form.Option{keep}
	product := ""
	for _, batch := range s.batches {
		if batch.ID == s.wrong.Selected() {
			product = batch.Product
		}
	}
	for _, batch := range s.batches {
		if product == "" || batch.Product == product && batch.ID != s.wrong.Selected() {
			row, _ := s.app.session.Desk.Edition().Product(batch.Product)
			batches = append(batches, form.Option{Value: batch.ID, Label: batch.Number, Hint: firstOf(row.Name, batch.Product)})
		}
	}
	for _, member := range s.staff {
		people = append(people, form.Option{Value: member.ID, Label: member.FullName()})
	}
	choose(s.batch, batches)
	choose(s.gave, people)
	s.app.body.Refresh()
}

// choose puts other options into a chooser and keeps what was chosen, as far as it is still there; the first means nothing.
func choose(chooser *form.Chooser, options []form.Option) {
	chosen := chooser.Selected()
	chooser.SetOptions(options...)
	if chooser.Radios != nil {
		chooser.Radios.Dense()
	}
	chooser.SetSelected("")
	chooser.SetSelected(chosen)
}

// matches are the records that are to be corrected; faults are times that cannot be read.
func (s *correctMany) matches() (found []capture.Event, faults []form.Fault) {
	limit := func(field string, entry *form.Entry) string {
		text := strings.TrimSpace(entry.Text)
		if text == "" {
			return ""
		}
		at, err := time.Parse("15:04", text)
		if err != nil {
			faults = append(faults, mark(s.fields[field], "Enter a time, for example 09:30, or leave it empty")...)
			return ""
		}
		return at.Format("15:04")
	}
	start, end := limit("start", s.start), limit("end", s.end)
	for _, event := range s.events {
		at := clockOf(event.At)
		switch {
		case event.Action == capture.ActionDelete, start != "" && at < start, end != "" && at > end:
		case s.wrong.Selected() != "" && (event.Given == nil || event.Given.BatchID != s.wrong.Selected()):
		case s.gaveWrong.Selected() != "" && (event.Given == nil || event.Performer.ID != s.gaveWrong.Selected()):
		default:
			found = append(found, event)
		}
	}
	return found, faults
}

// tell counts the records that match so far.
func (s *correctMany) tell() {
	found, _ := s.matches()
	words := "1 record matches"
	if len(found) != 1 {
		words = count(len(found), "record") + " match"
	}
	s.matching.SetText(words)
}

// enter shows what would change in each record.
func (s *correctMany) enter() {
	found, faults := s.matches()
	if _, err := s.day.Date(); err != nil {
		faults = append(faults, mark(s.fields["day"], err.Error())...)
	} else if len(faults) == 0 && len(found) == 0 {
		faults = append(faults, mark(s.fields["day"], "No record matches. Choose another day, time or batch")...)
	}
	correction := capture.Correction{BatchID: s.batch.Selected(), VaccinatorID: s.gave.Selected()}
	if s.code.Text != "" || s.name.Text != "" {
		correction.Site = capture.Site{Code: s.code.Text, Name: s.name.Text}
	}
	if correction == (capture.Correction{}) {
		faults = append(faults, mark(s.fields["batchId"], "Choose what is right: the batch, who gave them, or the site")...)
	}
	if strings.TrimSpace(s.reason.Text) == "" {
		faults = append(faults, mark(s.fields["reason"], "Enter why the records are corrected")...)
	}
	if len(faults) > 0 {
		s.app.refuse(s.summary, faults...)
		return
	}
	s.preview(found, correction)
}

func (s *correctMany) preview(found []capture.Event, correction capture.Correction) {
	ids := make([]string, len(found))
	for i, event := range found {
		ids[i] = event.ID
	}
	once(s.app, func(ctx ctx) ([]capture.Corrected, error) {
		return s.app.session.Desk.PreviewCorrection(ctx, ids, correction)
	}, func(previews []capture.Corrected, err error) {
		if err != nil {
			s.app.refuse(s.summary, fieldFaults(err, s.fields)...)
			return
		}
		s.app.show(newCorrectPreview(s, correction, previews))
	})
}
