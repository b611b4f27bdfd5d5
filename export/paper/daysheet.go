package paper

import (
	"fmt"
	"io"
	"strings"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// Day is a day at a site as it was recorded.
type Day struct {
	Site   capture.Site
	On     capture.Date
	Events []capture.Event // latest versions, in the order they are printed
	Audit  AuditHead
	Note   string // hand-over note; may be empty
}

// AuditHead is the end of the audit chain. Whoever has this paper can prove later that nothing before it was changed.
type AuditHead struct {
	Entries int    // in the chain
	Hash    string // of the last one, hexadecimal
}

// WriteDaySheet writes everything recorded on a day, with the head of the audit chain and room for two signatures.
func WriteDaySheet(w io.Writer, day Day, known *catalogue.Catalogue, issue Issue) error {
	layout := layout{title: "Day sheet", about: place(day.Site) + " · " + day.On.Plain(), landscape: true, confidential: true}
	return write(w, layout, issue, func(p *page) {
		p.tally(day.Events)
		var rows [][]string
		for i, event := range day.Events {
			rows = append(rows, dayRow(i+1, event, known))
		}
		table{
			columns: []column{{heading: "No.", share: 1, right: true}, {heading: "Time", share: 1.3}, {heading: "Person", share: 6}, {heading: "Born", share: 2.6}, {heading: "NHS number", share: 2.9}, {heading: "Vaccine and dose", share: 5.5}, {heading: "Batch", share: 2.6}, {heading: "Outcome", share: 4.6}, {heading: "By", share: 3.4}},
			size:    smallSize, bold: 2,
		}.draw(p, rows)
		if day.Note != "" {
			p.heading("Hand-over note", 8)
			p.text(day.Note)
		}
		p.auditHead(day.Audit)
		p.signatures("Closed by", "Checked by")
	})
}

func (p *page) tally(events []capture.Event) {
	given, not, deleted := 0, 0, 0
	for _, event := range events {
		switch {
		case event.Action == capture.ActionDelete:
			deleted++
		case event.Given != nil:
			given++
		default:
			not++
		}
	}
	p.pairs(4, pair{"Given", fmt.Sprint(given)}, pair{"Not given", fmt.Sprint(not)}, pair{"Deleted", fmt.Sprint(deleted)}, pair{"Records", fmt.Sprint(len(events))})
}

func dayRow(n int, event capture.Event, known *catalogue.Catalogue) []string {
	batch, outcome := "", ""
	switch {
	case event.Given != nil:
		batch = event.Given.BatchNumber
		outcome = "Given, " + lower(event.Given.BodySite.Term) + ", " + event.Given.Amount + " " + event.Given.Unit.Term
	case event.NotGiven != nil:
		outcome = "Not given: " + event.NotGiven.Label
	}
	switch event.Action {
	case capture.ActionDelete:
		outcome = "Deleted. " + outcome
	case capture.ActionUpdate:
		outcome = fmt.Sprintf("%s (corrected, version %d)", outcome, event.Version)
	}
	return []string{
		fmt.Sprint(n), clock(event), event.Person.Name(), event.Person.BirthDate.Short(), number(event.Person),
		event.Product.Name + "\n" + kindOf(known, event.Kind), batch, outcome, event.Performer.Name(),
	}
}

// lower is a term of SNOMED CT in a sentence: left upper arm.
func lower(term string) string {
	term, _, _ = strings.Cut(term, " (")
	term = strings.TrimSuffix(term, " structure")
	if term == "" {
		return ""
	}
	return strings.ToLower(term[:1]) + term[1:]
}

// auditHead prints the hash in groups that can be read out.
func (p *page) auditHead(head AuditHead) {
	if head.Hash == "" {
		return
	}
	p.heading("Audit chain", 14)
	p.text(fmt.Sprintf("%d entries. Keep this sheet: the code below shows later that none of them was changed.", head.Entries))
	var groups []string
	for rest := head.Hash; rest != ""; {
		n := min(8, len(rest))
		groups = append(groups, rest[:n])
		rest = rest[n:]
	}
	p.paragraph(strings.Join(groups, " "), "B", bodySize, black)
}

// signatures leaves lines to sign on.
func (p *page) signatures(labels ...string) {
	p.room(18)
	p.y += 11
	width := p.width() / float64(len(labels))
	for i, label := range labels {
		x := margin + float64(i)*width
		p.line(x, p.y, x+width-8, black, 0.3)
		p.letters("", smallSize, grey)
		p.write(x, p.y+1, label+", name and signature")
	}
	p.y += 6
}
