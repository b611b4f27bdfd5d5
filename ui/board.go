package ui

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export"
	"deltoid/ui/form"
)

var london = catalogue.London

func minutesOf(n int) time.Duration { return time.Duration(n) * time.Minute }

// board is home: one search box, and beside it what is in progress and what was done today.
type board struct {
	app     *App
	search  *form.Entry
	found   []capture.Person
	results *form.RowList
	empty   *form.Text
	side    *fyne.Container
	drafts  []capture.Encounter
	asked   int // number of the latest search, so that a slow answer never replaces a newer one
	shown   int // number of the search whose answer is on the screen
	opening int // number of the search whose first person is to be opened as soon as it answers
}

// most is how many people a search lists; a longer list is read by typing one letter more.
const most = 50

func newBoard(app *App) *board { return &board{app: app} }

func (b *board) title() string { return "Board" }

func (b *board) content() fyne.CanvasObject {
	text := ""
	if b.search != nil {
		text = b.search.Text
	}
	b.search = form.NewEntry()
	b.search.SetPlaceHolder("Name, date of birth, NHS number or postcode")
	b.search.SetText(text)
	b.search.OnChanged = func(string) { b.look() }
	b.search.OnSubmitted = func(string) { b.openFirst() }
	b.search.OnKey = b.key
	b.results = form.NewRowList(
		form.Column{Title: "Name", Weight: 1}, form.Column{Title: "Born", Width: 150},
		form.Column{Title: "NHS number", Width: 130}, form.Column{Title: "Postcode", Width: 100},
	)
	b.results.OnOpen = b.open
	b.empty = form.Hint("Type any part: sm jo, 4 3 1947, 999 123, LS1. Enter opens the first.")
	b.side = container.NewStack()
	add := form.Secondary("Add a person", func() { b.app.show(newAddPerson(b.app, b.search.Text)) })
	top := form.VStack(12, form.Heading("Find a person"), form.Columns(16, []float32{0, 150}, b.search, add), b.empty)
	left := container.New(topAndRest{}, form.Pad(0, 0, 8, 0, top), b.results)
	b.look()
	b.reload()
	return form.Columns(0, []float32{0, 420},
		form.Pad(20, 24, 12, 24, left),
		form.Filled(form.White, form.Pad(20, 20, 12, 20, form.NewPage(b.side))))
}

func (b *board) first() fyne.Focusable { return b.search }
func (b *board) enter()                {}
func (b *board) back()                 { b.search.SetText(""); b.app.focus(b.search) }

// key lets the arrow go from the box into the list.
func (b *board) key(key *fyne.KeyEvent) bool {
	if key.Name == fyne.KeyDown && len(b.found) > 0 {
		b.app.focus(b.results)
		return true
	}
	if key.Name == fyne.KeyEscape {
		b.search.SetText("")
		return true
	}
	return false
}

// look searches in memory for what is typed so far.
func (b *board) look() {
	query := strings.TrimSpace(b.search.Text)
	b.asked++
	asked := b.asked
	if query == "" {
		b.shown = asked
		b.showFound(nil, "")
		return
	}
	desk := b.app.session.Desk
	ask(b.app.Bridge, b.app.ctx, func(ctx) ([]capture.Person, error) { return desk.Find(query, most), nil },
		func(found []capture.Person, _ error) {
			if asked != b.asked {
				return
			}
			b.shown = asked
			b.showFound(found, query)
			if b.opening == asked {
				b.open(0)
			}
		})
}

func (b *board) showFound(found []capture.Person, query string) {
	b.found = found
	today := b.app.session.Desk.Today()
	rows := make([][]form.Cell, len(found))
	for i, person := range found {
		rows[i] = form.Cells(b.app.nameOf(person), fmt.Sprintf("%s (%s)", b.app.bornOf(person), age(person, today)),
			b.app.numberOf(person), b.app.postcodeOf(person))
	}
	b.results.SetRows(rows)
	reveal(b.results, len(found) > 0)
	switch {
	case query == "":
		b.empty.SetText("Type any part: sm jo, 4 3 1947, 999 123, LS1. Enter opens the first.")
	case len(found) == 0:
		b.empty.SetText("Nobody on this device matches. Try fewer letters, or add the person.")
	case twins(found):
		b.empty.SetText("Take care: two people here have the same name and date of birth. Compare the NHS numbers.")
	case len(found) == most:
		b.empty.SetText(fmt.Sprintf("The first %d. Type more to see fewer.", most))
	default:
		b.empty.SetText(fmt.Sprintf("%d found. Enter opens the first; the down arrow goes into the list.", len(found)))
	}
	b.empty.Refresh()
}

// twins tells whether two people share name and birthday.
func twins(people []capture.Person) bool {
	seen := map[string]bool{}
	for _, person := range people {
		key := strings.ToLower(person.Name()) + person.BirthDate.String()
		if seen[key] {
			return true
		}
		seen[key] = true
	}
	return false
}

// openFirst opens the first person found, waiting for the answer to what was typed last.
func (b *board) openFirst() {
	if b.shown == b.asked {
		b.open(0)
		return
	}
	b.opening = b.asked
}

func (b *board) open(row int) {
	if row < len(b.found) {
		startJourney(b.app, b.found[row].ID)
	}
}

// reload fills the side with drafts and with what was done today.
func (b *board) reload() {
	type day struct {
		drafts []capture.Encounter
		events []capture.Event
		states []string
		staff  map[string]string
	}
	session := b.app.session
	ask(b.app.Bridge, b.app.ctx, func(ctx ctx) (day, error) {
		d := day{staff: map[string]string{}}
		err := session.Desk.Refresh(ctx)
		if err != nil {
			return d, err
		}
		if d.drafts, err = session.Desk.Store.Drafts(ctx); err != nil {
			return d, err
		}
		staff, err := session.Desk.Store.Staff(ctx)
		if err != nil {
			return d, err
		}
		for _, member := range staff {
			d.staff[member.ID] = member.Name()
		}
		if d.events, err = session.Desk.Store.EventsOn(ctx, session.Desk.Today()); err != nil {
			return d, err
		}
		for _, event := range d.events[max(0, len(d.events)-lately):] {
			places, err := session.Deliveries.Places(ctx, event.ID)
			if err != nil {
				return d, err
			}
			d.states = append(d.states, placeWords(places))
		}
		return d, nil
	}, func(d day, err error) {
		if b.app.session != session {
			return
		}
		lines := []fyne.CanvasObject{}
		if err != nil {
			lines = append(lines, form.Strong("The day could not be read: "+rootMessage(err)).In(form.Red))
		}
		lines = append(lines, form.Subheading(fmt.Sprintf("In progress: %d", len(d.drafts))))
		for _, draft := range d.drafts {
			lines = append(lines, b.draftLine(draft, d.staff[draft.UpdatedBy]))
		}
		if len(d.drafts) == 0 {
			lines = append(lines, form.Hint("Nothing is half done."))
		}
		given := 0
		for _, event := range d.events {
			if event.Given != nil && event.Action != capture.ActionDelete {
				given++
			}
		}
		lines = append(lines, form.Pad(12, 0, 0, 0, form.Subheading(fmt.Sprintf("Today: %d given, %d not given", given, len(d.events)-given))))
		recent := d.events[max(0, len(d.events)-lately):]
		for i := len(recent) - 1; i >= 0; i-- {
			lines = append(lines, b.eventLine(recent[i], d.states[i]))
		}
		if len(recent) == 0 {
			lines = append(lines, form.Hint("No record was saved yet today."))
		}
		b.drafts = d.drafts
		b.side.Objects = []fyne.CanvasObject{form.VStack(8, lines...)}
		b.side.Refresh()
	})
}

// lately is how many of today's records the board lists.
const lately = 8

func (b *board) draftLine(draft capture.Encounter, by string) fyne.CanvasObject {
	link := form.NewLink(b.app.nameOf(draft.Person), func() { startJourney(b.app, draft.Person.ID) })
	about := fmt.Sprintf("%s · left at %s by %s", stepWords(draft.Step), draft.UpdatedAt.In(london).Format("15:04"), by)
	return form.VStack(0, link, form.Small(about))
}

// eventLine is a record of today; its name opens it.
func (b *board) eventLine(event capture.Event, state string) fyne.CanvasObject {
	what := event.Product.Name + ", " + strings.ToLower(kindWords(b.app.session.Desk.Catalogue, event.Kind))
	if event.NotGiven != nil {
		what = "Not given: " + event.NotGiven.Label
	}
	return form.VStack(0,
		form.Spread(form.NewLink(b.app.nameOf(event.Person), func() { showRecord(b.app, event) }), stateTag(state)),
		form.Small(event.At.In(london).Format("15:04")+" · "+what))
}

func stepWords(step capture.Step) string {
	switch step {
	case capture.StepStatus:
		return "Status"
	case capture.StepDose:
		return "Dose"
	case capture.StepScreening:
		return "Screening"
	case capture.StepConsent:
		return "Consent"
	case capture.StepGive:
		return "Give"
	case capture.StepNotGiven:
		return "Not given"
	case capture.StepCheck:
		return "Not saved yet: check and confirm"
	}
	return "Identity"
}

// placeWords says in one word where an event's latest row is.
func placeWords(places []export.Place) string {
	words := savedHere
	for _, place := range places {
		switch {
		case len(place.Held) > 0:
			return needsAttention
		case place.DeliveryID == "":
			words = savedHere
		default:
			words = stateWords(place.State)
		}
	}
	return words
}
