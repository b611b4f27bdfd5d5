package ui

import (
	"io"

	"deltoid/capture"
	"deltoid/export/paper"
)

// card saves the vaccination record card of the person of this record.
func (s *record) card() {
	app, event := s.app, s.event()
	once(app, func(ctx ctx) ([]capture.Event, error) { return app.session.Desk.Store.EventsOf(ctx, event.Person.ID) },
		func(events []capture.Event, err error) {
			if err != nil {
				app.tell(err)
				return
			}
			card := paper.Card{Person: event.Person, Events: events, Advice: []string{app.session.Desk.YellowCard(event) + "."}}
			app.show(newSavePaper(app, s, "Vaccination record card of "+event.Person.Name(), "vaccination-card-"+short(event.ID),
				func(w io.Writer, issue paper.Issue) error {
					return paper.WriteCard(w, card, app.session.Desk.Catalogue, issue)
				}))
		})
}
