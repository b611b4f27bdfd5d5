package ui

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"deltoid/capture"
	"deltoid/export"
	"deltoid/ui/form"
)

// putRight is the list of records that do not get on until somebody puts them right: held back here because the receiver
// would refuse their rows, or rejected by the receiver.
type putRight struct {
	app    *App
	list   *form.RowList
	detail *fyne.Container
	about  *form.Text
	found  faulty
	link   *form.Button
}

// faulty are the records to put right.
type faulty struct {
	faults []faultyRecord
	people people
	titles map[export.Kind]string
}

// faultyRecord is one of them, for one extract.
type faultyRecord struct {
	version  capture.Version
	kind     export.Kind
	since    time.Time
	held     capture.Problems // of one that is held back
	rejected string           // the receiver's words, of one that was rejected
}

func (f faultyRecord) isHeld() bool { return f.held != nil }

func newPutRight(app *App) *putRight { return &putRight{app: app} }

func (s *putRight) title() string { return fmt.Sprintf("Put right, %d", len(s.found.faults)) }

func (s *putRight) content() fyne.CanvasObject {
	s.list = form.NewRowList(form.Column{Title: "Person", Width: 200}, form.Column{Title: "What is wrong", Weight: 1},
		form.Column{Title: "Found by", Width: 130}, form.Column{Title: "Since", Width: 136})
	s.list.Empty = "Nothing has to be put right."
	s.list.OnSelected = s.show
	s.list.OnOpen = s.open
	s.detail = container.NewStack()
	s.about = form.Hint("Each is kept, and the others go without it. Correct the record, and it goes by itself with the next file.")
	s.read()
	top := form.VStack(8, form.Heading("Records to put right"), s.about, form.HStack(16, form.Secondary("Back", s.back)))
	left := container.New(topAndRest{}, form.Pad(0, 0, 12, 0, top), s.list)
	return form.Columns(0, []float32{0, 420}, form.Pad(16, 24, 12, 24, left),
		form.Filled(form.White, form.Pad(16, 12, 12, 12, form.NewPage(s.detail))))
}

func (s *putRight) first() fyne.Focusable { return s.list }
func (s *putRight) enter()                {}
func (s *putRight) back()                 { s.app.show(newDeliveries(s.app)) }

// recordOrigin implements recordPage: from a record it leads back here.
func (s *putRight) recordOrigin() screen { return s }

func (s *putRight) read() {
	session := s.app.session
	ask(s.app.Bridge, s.app.ctx, func(ctx ctx) (faulty, error) { return readFaulty(ctx, session) },
		func(found faulty, err error) {
			if s.app.session != session {
				return
			}
			if err != nil {
				s.list.Empty = "What is to be put right could not be read: " + rootMessage(err)
				s.list.SetRows(nil)
				return
			}
			s.fill(found)
		})
}

func readFaulty(ctx ctx, session *Session) (faulty, error) {
	found := faulty{titles: map[export.Kind]string{}}
	held, err := session.Deliveries.HeldBack(ctx)
	if err != nil {
		return found, err
	}
	rejected, err := session.Deliveries.Rejected(ctx)
	if err != nil {
		return found, err
	}
	extracts, err := session.Deliveries.Extracts(ctx)
	if err != nil {
		return found, err
	}
	for _, extract := range extracts {
		found.titles[extract.Kind] = extract.Title
	}
	var ids []string
	for _, r := range rejected {
		found.faults = append(found.faults, faultyRecord{version: r.Version, kind: r.Kind, since: r.At, rejected: r.Diagnostics})
		ids = append(ids, r.Version.EventID)
	}
	for _, h := range held {
		found.faults = append(found.faults, faultyRecord{version: h.Version, kind: h.Kind, since: h.At, held: h.Problems})
		ids = append(ids, h.Version.EventID)
	}
	found.people, err = peopleOf(ctx, session.Desk, ids)
	return found, err
}

func (s *putRight) fill(found faulty) {
	s.found = found
	rows := make([][]form.Cell, len(found.faults))
	for i, fault := range found.faults {
		rows[i] = form.Cells(found.people.name(s.app, fault.version.EventID), fault.line(), "", clock(fault.since))
		rows[i][0].Bold = true
		rows[i][2].Text, rows[i][2].Tone = fault.tag()
	}
	selected := max(0, s.list.Selected())
	s.list.SetRows(rows)
	s.detail.Objects = nil
	s.detail.Refresh()
	if len(rows) > 0 {
		s.list.Select(min(selected, len(rows)-1))
		s.show(min(selected, len(rows)-1))
	}
	if s.app.current == screen(s) {
		s.app.Window.SetTitle("Deltoid: " + s.title())
	}
}

func (f faultyRecord) tag() (string, form.Tone) {
	if f.isHeld() {
		return "Held back", form.ToneOrange
	}
	return "Receiver", form.ToneRed
}

func (f faultyRecord) line() string {
	if f.isHeld() {
		return faultLine(f.held)
	}
	return firstOf(f.rejected, "The receiver gives no reason")
}

// show tells everything that is wrong with one record, with the ways to put it right beside.
func (s *putRight) show(row int) {
	fault := s.found.faults[row]
	words, tone := fault.tag()
	lines := form.VStack(10, form.Subheading(s.found.people.name(s.app, fault.version.EventID)), form.HStack(0, form.NewTag(words, tone, form.IconNone)))
	if fault.isHeld() {
		for _, problem := range fault.held {
			lines.Add(form.VStack(0, form.Strong(problem.Message).In(form.Red), form.Small(columnWords(problem.Field))))
		}
	} else {
		lines.Add(form.Strong("The receiver rejected its row: " + fault.line()).In(form.Red))
	}
	s.link = form.Primary("Open the record", func() { s.open(row) })
	lines.Add(form.HStack(16, s.link))
	if !fault.isHeld() {
		lines.Add(form.Body("If the record is right and the receiver was at fault, it can go once more as it is."))
		lines.Add(form.HStack(16, form.Secondary("Send it again unchanged", func() { s.requeue(fault) })))
	}
	lines.Add(form.Small(joined(firstOf(s.found.titles[fault.kind], string(fault.kind)),
		fmt.Sprintf("record %s, version %d", short(fault.version.EventID), fault.version.Version), "since "+clock(fault.since))))
	s.detail.Objects = []fyne.CanvasObject{lines}
	s.detail.Refresh()
}

func columnWords(column string) string {
	if column == "" {
		return ""
	}
	return "Column " + column
}

func (s *putRight) open(row int) { openVersion(s.app, s.found.faults[row].version) }

func (s *putRight) requeue(fault faultyRecord) {
	port := s.app.session.Deliveries
	once(s.app, func(ctx ctx) (struct{}, error) {
		return struct{}{}, port.Requeue(ctx, fault.kind, fault.version.EventID)
	},
		func(_ struct{}, err error) {
			if err != nil {
				s.app.tell(err)
				return
			}
			s.app.focus(s.list)
			s.about.SetText("The record waits again and goes with the next file.")
			s.read()
			s.app.refreshStatus()
		})
}
