package paper

import (
	"fmt"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"deltoid/assets/brand"
)

// Measures in millimetres; type in points.
const (
	margin   = 12.0
	headRoom = 25.0 // from the top of the page to its content
	footRoom = 14.0 // from its content to the bottom

	titleSize   = 15.0
	headingSize = 11.0
	bodySize    = 9.5
	smallSize   = 8.0
)

// ink is a colour.
type ink struct{ r, g, b int }

// The inks: those of the window, which are legible on a printer without colours as well.
var (
	black = ink{0x21, 0x2b, 0x32}
	blue  = ink{0x00, 0x5e, 0xb8}
	grey  = ink{0x4c, 0x62, 0x72}
	rule  = ink{0xae, 0xb7, 0xbd}
	pale  = ink{0xe8, 0xed, 0xee}
	faint = ink{0xd8, 0xdd, 0xe0}
)

// page is the paper being filled, from the top down.
type page struct {
	pdf     *fpdf.Fpdf
	face    *face
	layout  layout
	issue   Issue
	y       float64 // of the next content
	number  string  // of the form, at the right of the head; empty: none
	sheet   int     // of the form
	missing bool    // a letter could not be printed
	onNext  func()  // after the head of every page
}

func newPage(layout layout, issue Issue) (*page, error) {
	face, err := arimo()
	if err != nil {
		return nil, err
	}
	orientation, size := "P", "A4"
	if layout.landscape {
		orientation = "L"
	}
	if layout.a5 {
		size = "A5"
	}
	pdf := fpdf.New(orientation, "mm", size, "")
	pdf.SetCreationDate(issue.At.UTC())
	pdf.SetModificationDate(issue.At.UTC())
	pdf.SetCatalogSort(true)
	pdf.SetProducer("Deltoid", true)
	pdf.SetTitle(layout.title, true)
	pdf.SetLang("en-GB")
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(margin, margin, margin)
	pdf.SetCellMargin(0)
	pdf.AddUTF8FontFromBytes("Arimo", "", brand.Regular())
	pdf.AddUTF8FontFromBytes("Arimo", "B", brand.Bold())
	return &page{pdf: pdf, face: face, layout: layout, issue: issue}, pdf.Error()
}

func (p *page) width() float64  { w, _ := p.pdf.GetPageSize(); return w - 2*margin }
func (p *page) bottom() float64 { _, h := p.pdf.GetPageSize(); return h - footRoom }

// next begins another page, with its head.
func (p *page) next() {
	p.pdf.AddPage()
	if p.issue.Training {
		p.watermark()
	}
	p.y = margin
	p.letters("", bodySize, black)
	number := p.formNumber()
	taken := p.pdf.GetStringWidth(number) + 4
	p.writeRight(margin+p.width(), p.y+1.5, number)
	p.letters("B", titleSize, blue)
	p.write(margin, p.y, p.fit(p.layout.title, p.width()-taken))
	p.letters("", bodySize, black)
	p.letters("", bodySize, grey)
	p.write(margin, p.y+7, p.fit(p.layout.about, p.width()))
	p.line(margin, headRoom-1, margin+p.width(), blue, 0.5)
	p.y = headRoom + 0.5
	if p.onNext != nil {
		p.onNext()
	}
}

// formNumber says which form and which of its sheets this is: printed packs get mixed up.
func (p *page) formNumber() string {
	if p.number == "" {
		return ""
	}
	p.sheet++
	return fmt.Sprintf("Form %s, page %d", p.number, p.sheet)
}

// room begins another page unless a height is left on this one.
func (p *page) room(height float64) {
	if p.y+height > p.bottom() {
		p.next()
	}
}

// feet writes the foot of every page, when their number is known.
func (p *page) feet() {
	pages := p.pdf.PageCount()
	for n := 1; n <= pages; n++ {
		p.pdf.SetPage(n)
		p.letters("", smallSize, grey)
		y := p.bottom() + 3
		p.line(margin, y-1, margin+p.width(), rule, 0.2)
		p.write(margin, y, p.issue.stamp())
		p.writeRight(margin+p.width(), y, fmt.Sprintf("Page %d of %d", n, pages))
		var notes []string
		if p.layout.confidential {
			notes = append(notes, "Confidential: keep it locked away and shred it when it is no longer needed.")
		}
		if p.missing {
			notes = append(notes, string(unknown)+" stands for a letter that cannot be printed here; see the record.")
		}
		p.write(margin, y+4, strings.Join(notes, " "))
	}
	p.pdf.SetPage(pages)
}

func (p *page) watermark() {
	w, h := p.pdf.GetPageSize()
	p.letters("B", 64, faint)
	text := "TRAINING"
	p.pdf.TransformBegin()
	p.pdf.TransformRotate(35, w/2, h/2)
	p.write(w/2-p.pdf.GetStringWidth(text)/2, h/2-12, text)
	p.pdf.TransformEnd()
}
