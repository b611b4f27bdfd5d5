package paper

import (
	"io"
	"time"

	"deltoid/assets/catalogue"
)

// Issue is who prints when; it is said at the foot of every page.
type Issue struct {
	At       time.Time
	By       string // name of the member of staff
	Training bool   // made-up people: every page says so across its middle
}

// stamp is the issue in words.
func (i Issue) stamp() string {
	at := i.At.In(catalogue.London)
	text := "Printed " + catalogue.DateOf(at).Plain() + " at " + at.Format("15:04")
	if i.By != "" {
		text += " by " + i.By
	}
	return text
}

// layout is how a document looks as a whole.
type layout struct {
	title        string // of the document, at the head of every page; it holds no patient's details
	about        string // beside the title: site and day
	landscape    bool
	a5           bool
	confidential bool   // it holds patients' details
	number       string // of the first form; empty: it has no forms
}

// write lays out a document and writes it as PDF.
func write(w io.Writer, layout layout, issue Issue, fill func(*page)) error {
	p, err := newPage(layout, issue)
	if err != nil {
		return err
	}
	p.number = layout.number
	p.next()
	fill(p)
	p.feet()
	return p.pdf.Output(w)
}
