package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/export"
	"deltoid/ui/form"
)

// record shows one saved event: its versions side by side, where its rows are, and the reactions to it.
type record struct {
	app  *App
	from screen // where Back leads
	read recordRead
	// latest is how many versions at the end are left out of sight, to look at older ones.
	latest  int
	correct *form.Button
	close   *form.Button
}

// recordRead is what is known of a record.
type recordRead struct {
	versions  []capture.Event
	places    []export.Place
	reactions []capture.Reaction
	staff     map[string]string // names by id
}

// sideBySide is how many versions fit beside each other.
const sideBySide = 3

// showRecord opens a saved event.
func showRecord(app *App, event capture.Event) {
	from, session := app.origin(), app.session
	once(app, func(ctx ctx) (recordRead, error) {
		var read recordRead
		var err error
		if read.versions, err = session.Desk.Store.Event(ctx, event.ID); err != nil {
			return read, err
		}
		if read.reactions, err = session.Desk.Reactions(ctx, event.ID); err != nil {
			return read, err
		}
		if read.places, err = session.Deliveries.Places(ctx, event.ID); err != nil {
			return read, err
		}
		read.staff, err = staffNames(ctx, session.Desk)
		return read, err
	}, func(read recordRead, err error) {
		if err != nil {
			app.tell(err)
			return
		}
		app.show(&record{app: app, from: from, read: read})
	})
}

// origin is the list from which a record is opened, to which Back leads.
func (a *App) origin() screen {
	switch page := a.current.(type) {
	case *records, *whoHad, *observing:
		return page
	case *record:
		return page.from
	case recordPage:
		return page.recordOrigin()
	}
	return newBoard(a)
}

// recordPage is a page about a record, which leads back to it.
type recordPage interface{ recordOrigin() screen }

// staffNames are the colleagues' names by id.
func staffNames(ctx ctx, desk *capture.Desk) (map[string]string, error) {
	staff, err := desk.Store.Staff(ctx)
	names := make(map[string]string, len(staff))
	for _, member := range staff {
		names[member.ID] = member.Name()
	}
	return names, err
}

// event is the record as it is now.
func (s *record) event() capture.Event { return s.read.versions[len(s.read.versions)-1] }

func (s *record) deleted() bool { return s.event().Action == capture.ActionDelete }

func (s *record) title() string { return s.event().Person.Name() + ", record" }

func (s *record) content() fyne.CanvasObject {
	left := form.VStack(14, form.Heading(s.heading()), form.HStack(12, s.buttons()...))
	if s.deleted() {
		left.Add(form.NewNotice(form.NoticeProblem, "This record was deleted", s.event().Change.Reason+". It stays here for those who look for it; the NHS is told to withdraw it."))
	}
	left.Add(s.versions())
	return form.Columns(0, []float32{0, 440},
		form.NewPage(form.Pad(16, 16, 16, 24, left)),
		form.Filled(form.White, form.NewPage(form.Pad(16, 20, 16, 20, s.beside()))))
}

func (s *record) heading() string {
	if s.event().NotGiven != nil {
		return s.event().Person.Name() + ": vaccine not given"
	}
	return s.event().Person.Name() + ": " + s.event().Product.Name
}

func (s *record) buttons() []fyne.CanvasObject {
	var buttons []fyne.CanvasObject
	event := s.event()
	s.correct = nil
	if !s.deleted() {
		s.correct = form.Primary("Correct", s.enter)
		buttons = append(buttons, s.correct)
		if event.Given != nil {
			buttons = append(buttons,
				form.Secondary("Record a reaction", func() {
					s.app.show(newReaction(s.app, event, func() { showRecord(s.app, event) }))
				}),
				form.Secondary("Vaccination card", s.card))
		}
		buttons = append(buttons, form.Secondary("Delete", func() { s.app.show(newDeleteRecord(s)) }))
	}
	s.close = form.Secondary("Back", s.back)
	return append(buttons, s.close)
}

// versions is the record as it is, or as many of its versions as fit beside each other.
func (s *record) versions() fyne.CanvasObject {
	desk := s.app.session.Desk
	if len(s.read.versions) == 1 {
		return form.NewSummaryList(eventRows(desk, s.event())...)
	}
	end := len(s.read.versions) - s.latest
	start := max(0, end-sideBySide)
	var heads, abouts []string
	for _, version := range s.read.versions[start:end] {
		head, about := versionHead(version, s.read.staff)
		heads, abouts = append(heads, head), append(abouts, about)
	}
	lines := form.VStack(10, compare(desk, s.read.versions[start:end], heads, abouts))
	if start > 0 {
		lines.Add(form.NewLink("Earlier versions", func() { s.look(1) }))
	}
	if s.latest > 0 {
		lines.Add(form.NewLink("Later versions", func() { s.look(-1) }))
	}
	return lines
}

func (s *record) look(back int) {
	s.latest += back
	s.app.refresh()
}

// beside is where the rows of the record are, and the reactions to it.
func (s *record) beside() fyne.CanvasObject {
	lines := form.VStack(12, form.Subheading("Where it is"))
	if len(s.read.places) == 0 {
		lines.Add(form.Body("Saved on this device. No extract carries it."))
	}
	for _, place := range s.read.places {
		lines.Add(form.VStack(4, form.Strong(fmt.Sprintf("%s, version %d", extractName(place.Kind), place.Version.Version)),
			stateTag(placeState(place)), form.Small(placeWord(place))))
	}
	if s.event().Given == nil {
		return lines
	}
	lines.Add(form.Rule())
	lines.Add(form.Subheading("Reactions"))
	if len(s.read.reactions) == 0 {
		lines.Add(form.Hint("None is recorded."))
	}
	for _, reaction := range s.read.reactions {
		lines.Add(s.reactionPanel(reaction))
	}
	return lines
}

func (s *record) reactionPanel(reaction capture.Reaction) fyne.CanvasObject {
	words := fmt.Sprintf("Reaction after %s: %s", count(reaction.Minutes, "minute"), reaction.Severity)
	about := []string{reaction.Description}
	if reaction.Adrenaline {
		about = append(about, "adrenaline given")
	}
	if reaction.Ambulance {
		about = append(about, "ambulance called")
	}
	for _, result := range s.app.session.Desk.Edition().ReactionResults() {
		if result.Key == reaction.Result {
			about = append(about, strings.ToLower(result.Label))
		}
	}
	return form.NewNotice(form.NoticeWarning, words, joined(about...)+". "+s.app.session.Desk.YellowCard(s.event())+".")
}

func (s *record) first() fyne.Focusable {
	if s.correct != nil {
		return s.correct
	}
	return s.close
}

func (s *record) back() { s.app.show(s.from) }

// enter corrects the record.
func (s *record) enter() {
	if s.correct != nil {
		showAmend(s)
	}
}
