package paper

import (
	"io"
	"slices"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// Card is what somebody takes home.
type Card struct {
	Person capture.Person
	Events []capture.Event // of the person, latest versions; only doses that were given and stand are printed
	Next   []Due
	Advice []string // sentences at the foot of the card: whom to tell of side effects, and such
}

// Due is a dose to come back for.
type Due struct {
	Dose string       // in words: second dose, flu vaccination of the season
	From capture.Date // the first day it may be given
}

var cardTable = table{
	columns: []column{{heading: "Date", share: 4}, {heading: "Vaccine", share: 5}, {heading: "Dose", share: 4}, {heading: "Batch", share: 3}, {heading: "Given at", share: 5}},
	size:    bodySize, bold: 0,
}

// WriteCard writes the vaccination record card, A5, with the newest dose last.
func WriteCard(w io.Writer, card Card, known *catalogue.Catalogue, issue Issue) error {
	layout := layout{title: "Vaccination record card", about: "Keep this card and bring it to your next vaccination", landscape: true, a5: true}
	return write(w, layout, issue, func(p *page) {
		p.onNext = func() { // two identifiers are on every page
			p.pairs(3, pair{"Name", card.Person.Name()}, pair{"Date of birth", card.Person.BirthDate.Plain()}, pair{"NHS number", number(card.Person)})
		}
		p.onNext()
		var rows [][]string
		for _, event := range given(card.Events) {
			rows = append(rows, []string{
				event.Day().Plain(), event.Product.Name, kindOf(known, event.Kind), event.Given.BatchNumber, place(event.Site),
			})
		}
		if len(rows) == 0 {
			p.text("No vaccination is recorded here yet.")
		} else {
			cardTable.draw(p, rows)
		}
		p.dues(card.Next)
		for _, sentence := range card.Advice {
			p.y++
			p.text(sentence)
		}
	})
}

// given is the doses that were given and stand, oldest first.
func given(events []capture.Event) []capture.Event {
	var standing []capture.Event
	for _, event := range events {
		if _, ok := event.Dose(); ok {
			standing = append(standing, event)
		}
	}
	slices.SortStableFunc(standing, func(a, b capture.Event) int { return a.At.Compare(b.At) })
	return standing
}

func (p *page) dues(dues []Due) {
	p.heading("Next dose", 8)
	if len(dues) == 0 {
		p.text("No further dose is planned today.")
		return
	}
	for _, due := range dues {
		sentence := due.Dose
		if !due.From.IsZero() {
			sentence += ": from " + due.From.Plain()
		}
		p.paragraph(sentence, "B", headingSize, black)
	}
}
