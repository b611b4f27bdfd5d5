package paper

import (
	"fmt"
	"io"

	"deltoid/capture"
)

// Totals are the figures of a day at a site.
type Totals struct {
	Site        capture.Site
	On          capture.Date
	Tables      []Tally
	Balance     []Count  // of the end of the day: drawn, given, wasted, saved, sent, accepted
	Differences []string // what does not add up, a sentence each
}

// Tally counts doses by something: hour, vaccine, batch, dose.
type Tally struct {
	By     string
	Counts []Count
}

// Count is one figure.
type Count struct {
	Label string
	N     int
}

// WriteTotals writes the figures of a day, each with its bar, and what does not add up.
func WriteTotals(w io.Writer, totals Totals, issue Issue) error {
	layout := layout{title: "Totals of the day", about: place(totals.Site) + " · " + totals.On.Plain()}
	return write(w, layout, issue, func(p *page) {
		for _, tally := range totals.Tables {
			p.bars(tally)
		}
		p.heading("End of the day", 12)
		if len(totals.Balance) > 0 {
			var rows [][]string
			for _, count := range totals.Balance {
				rows = append(rows, []string{count.Label, fmt.Sprint(count.N)})
			}
			table{columns: []column{{heading: "What", share: 4}, {heading: "Doses", share: 1, right: true}}, size: bodySize, bold: 1}.draw(p, rows)
			p.y += 2
		}
		if len(totals.Differences) == 0 {
			p.paragraph("Everything adds up.", "B", bodySize, black)
		}
		for _, difference := range totals.Differences {
			p.paragraph("Difference: "+difference, "B", bodySize, black)
		}
		p.signatures("Closed by", "Checked by")
	})
}

// bars draws a tally: label, bar, figure.
func (p *page) bars(tally Tally) {
	const labelShare, figure, barHeight = 0.38, 14.0, 3.6
	p.heading("By "+tally.By, 10)
	most, sum := 1, 0
	for _, count := range tally.Counts {
		most, sum = max(most, count.N), sum+count.N
	}
	left, full := margin+p.width()*labelShare, p.width()*(1-labelShare)-figure
	bar := func(count Count, style string) {
		p.letters(style, bodySize, black)
		height := p.lineHeight() + 0.8
		p.room(height)
		p.letters(style, bodySize, black)
		p.write(margin, p.y, p.fit(count.Label, p.width()*labelShare-3))
		p.writeRight(margin+p.width(), p.y, fmt.Sprint(count.N))
		if count.N > 0 && style == "" {
			p.frame(left, p.y+0.6, full*float64(count.N)/float64(most), barHeight, blue, &blue)
		}
		p.y += height
	}
	for _, count := range tally.Counts {
		bar(count, "")
	}
	bar(Count{"Together", sum}, "B")
}
