package paper

import (
	"fmt"
	"io"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// BatchList is everybody who had a batch, for a recall.
type BatchList struct {
	Number  string
	Product string // name
	Expiry  capture.Date
	Had     []Had // in the order they are printed
}

// Had is one dose of the batch.
type Had struct {
	Event capture.Event
	State string // where the record is, in words: saved here, not sent; accepted
}

// WriteBatchList writes who had a batch, with a box to tick for everybody who was told.
func WriteBatchList(w io.Writer, list BatchList, known *catalogue.Catalogue, issue Issue) error {
	layout := layout{title: "Who had batch " + list.Number, about: list.Product + " · expiry " + list.Expiry.Plain(), landscape: true, confidential: true}
	return write(w, layout, issue, func(p *page) {
		if len(list.Had) == 0 {
			p.text("Nobody recorded on this device had this batch.")
			return
		}
		people := map[string]bool{}
		for _, had := range list.Had {
			people[had.Event.Person.ID] = true
		}
		p.pairs(3, pair{"Batch", list.Number}, pair{"Doses", fmt.Sprint(len(list.Had))}, pair{"People", fmt.Sprint(len(people))})
		var rows [][]string
		for i, had := range list.Had {
			event := had.Event
			rows = append(rows, []string{
				fmt.Sprint(i + 1), event.Person.Name(), event.Person.BirthDate.Short(), number(event.Person), event.Person.Postcode,
				event.Day().Short() + ", " + clock(event), kindOf(known, event.Kind), place(event.Site), had.State, "□",
			})
		}
		table{
			columns: []column{{heading: "No.", share: 1, right: true}, {heading: "Person", share: 6}, {heading: "Born", share: 2.7}, {heading: "NHS number", share: 3}, {heading: "Postcode", share: 2.3}, {heading: "Given", share: 3.4}, {heading: "Dose", share: 3}, {heading: "Site", share: 5}, {heading: "Record", share: 3.4}, {heading: "Told", share: 1.2}},
			size:    smallSize, bold: 1,
		}.draw(p, rows)
		p.signatures("List worked through by")
	})
}
