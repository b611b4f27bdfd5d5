package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"deltoid/capture"
	"deltoid/ui/form"
)

// record shows one saved event with the reactions to it.
type record struct {
	app       *App
	event     capture.Event
	reactions []capture.Reaction
	reaction  *form.Button
	close     *form.Button
}

// showRecord opens a saved event.
func showRecord(app *App, event capture.Event) {
	once(app, func(ctx ctx) ([]capture.Reaction, error) { return app.session.Desk.Reactions(ctx, event.ID) },
		func(reactions []capture.Reaction, err error) {
			if err != nil {
				app.tell(err)
				return
			}
			app.show(&record{app: app, event: event, reactions: reactions})
		})
}

func (s *record) title() string { return s.event.Person.Name() + ", record" }

func (s *record) content() fyne.CanvasObject {
	lines := form.VStack(18, form.Heading(s.heading()), form.NewSummaryList(s.rows()...))
	for _, reaction := range s.reactions {
		lines.Add(s.reactionPanel(reaction))
	}
	s.close = form.Secondary("Back", s.back)
	buttons := form.HStack(16)
	if s.event.Given != nil && s.event.Action != capture.ActionDelete {
		s.reaction = form.Primary("Record a reaction", s.enter)
		buttons.Add(s.reaction)
	}
	buttons.Add(s.close)
	lines.Add(buttons)
	return form.NewPage(form.Pad(20, 24, 20, 40, form.MaxWidth(820, lines)))
}

func (s *record) heading() string {
	if s.event.NotGiven != nil {
		return "Vaccine not given"
	}
	return s.event.Product.Name
}

func (s *record) rows() []form.SummaryRow {
	event, desk := s.event, s.app.session.Desk
	mechanism, _ := desk.Catalogue.At(event.Day()).LegalMechanism(event.LegalMechanism)
	rows := []form.SummaryRow{
		{Key: "Person", Value: joined(event.Person.Name(), "born "+event.Person.BirthDate.Plain(), "NHS number "+firstOf(event.Person.NHSNumber.Display(), "not provided"))},
		{Key: "When", Value: moment(event.At)},
		{Key: "Vaccine", Value: joined(event.Product.Name, kindWords(desk.Catalogue, event.Kind))},
	}
	if given := event.Given; given != nil {
		rows = append(rows,
			form.SummaryRow{Key: "Batch", Value: given.BatchNumber + ", use by " + given.Expiry.Plain()},
			form.SummaryRow{Key: "Given by", Value: event.Performer.Name()})
	}
	if not := event.NotGiven; not != nil {
		why := not.Label
		if !not.Until.IsZero() {
			why += ", until " + not.Until.Plain()
		}
		rows = append(rows, form.SummaryRow{Key: "Not given", Value: why})
	}
	return append(rows,
		form.SummaryRow{Key: "Legal mechanism", Value: mechanism.Label},
		form.SummaryRow{Key: "Site", Value: event.Site.Name + " (" + event.Site.Code + ")"},
		form.SummaryRow{Key: "Recorded by", Value: event.RecordedBy.Name()})
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
	return form.NewNotice(form.NoticeWarning, words, joined(about...)+". "+s.app.session.Desk.YellowCard(s.event)+".")
}

func (s *record) first() fyne.Focusable {
	if s.reaction != nil {
		return s.reaction
	}
	return s.close
}

func (s *record) back() { s.app.show(newBoard(s.app)) }

// enter records a reaction, where there was a dose.
func (s *record) enter() {
	if s.reaction != nil {
		s.app.show(newReaction(s.app, s.event, func() { showRecord(s.app, s.event) }))
	}
}
