package paper

import "strings"

// letters chooses the letters: bold when style is B, points, colour.
func (p *page) letters(style string, size float64, colour ink) {
	p.pdf.SetFont("Arimo", style, size)
	p.pdf.SetTextColor(colour.r, colour.g, colour.b)
}

// lineHeight is that of the letters chosen.
func (p *page) lineHeight() float64 {
	_, height := p.pdf.GetFontSize()
	return height * 1.3
}

// write puts a line of text with its upper left corner at a point.
func (p *page) write(x, y float64, text string) {
	text = p.printable(text)
	if text == "" {
		return
	}
	p.pdf.SetXY(x, y)
	p.pdf.CellFormat(p.pdf.GetStringWidth(text), p.lineHeight(), text, "", 0, "L", false, 0, "")
}

// writeRight puts a line of text with its upper right corner at a point.
func (p *page) writeRight(x, y float64, text string) {
	text = p.printable(text)
	p.write(x-p.pdf.GetStringWidth(text), y, text)
}

func (p *page) printable(text string) string {
	printed, missing := p.face.printable(text)
	p.missing = p.missing || missing
	return printed
}

// wrap cuts a text into lines of a width, between words where it can.
func (p *page) wrap(text string, width float64) []string {
	var lines []string
	for _, paragraph := range strings.Split(p.printable(text), "\n") {
		line := ""
		for _, piece := range pieces(paragraph) {
			word, joined := strings.TrimPrefix(piece, " "), strings.TrimPrefix(line+piece, " ")
			if p.pdf.GetStringWidth(joined) <= width {
				line = joined
				continue
			}
			if line != "" {
				lines = append(lines, line)
			}
			for p.pdf.GetStringWidth(word) > width {
				start := p.start(word, width)
				lines, word = append(lines, start), word[len(start):]
			}
			line = word
		}
		lines = append(lines, line)
	}
	return lines
}

// pieces are the words of a text, each after its space, cut behind hyphens too.
func pieces(text string) []string {
	var all []string
	for _, word := range strings.Fields(text) {
		for i, part := range strings.SplitAfter(word, "-") {
			if i == 0 {
				part = " " + part
			}
			if part != "" {
				all = append(all, part)
			}
		}
	}
	return all
}

// start is as much of a word as a width takes, at least one letter.
func (p *page) start(word string, width float64) string {
	end := 0
	for i, r := range word {
		if next := i + len(string(r)); i == 0 || p.pdf.GetStringWidth(word[:next]) <= width {
			end = next
			continue
		}
		break
	}
	return word[:end]
}

// fit is a text on one line, cut with an ellipsis where the width ends.
func (p *page) fit(text string, width float64) string {
	text = strings.Join(strings.Fields(p.printable(text)), " ")
	if p.pdf.GetStringWidth(text) <= width {
		return text
	}
	return strings.TrimSpace(p.start(text, width-p.pdf.GetStringWidth("…"))) + "…"
}

// line draws a level line.
func (p *page) line(x1, y, x2 float64, colour ink, width float64) {
	p.pdf.SetDrawColor(colour.r, colour.g, colour.b)
	p.pdf.SetLineWidth(width)
	p.pdf.Line(x1, y, x2, y)
}

// frame draws a box, filled when fill is not nil.
func (p *page) frame(x, y, w, h float64, colour ink, fill *ink) {
	p.pdf.SetDrawColor(colour.r, colour.g, colour.b)
	p.pdf.SetLineWidth(0.3)
	style := "D"
	if fill != nil {
		p.pdf.SetFillColor(fill.r, fill.g, fill.b)
		style = "FD"
	}
	p.pdf.Rect(x, y, w, h, style)
}

// heading writes a heading and keeps it with a height of what follows.
func (p *page) heading(text string, follows float64) {
	p.room(8 + follows)
	p.y += 2.2
	p.letters("B", headingSize, black)
	p.write(margin, p.y, text)
	p.y += p.lineHeight() + 0.5
}

// text writes a paragraph over the whole width.
func (p *page) text(text string) { p.paragraph(text, "", bodySize, black) }

func (p *page) paragraph(text, style string, size float64, colour ink) {
	p.letters(style, size, colour)
	for _, line := range p.wrap(text, p.width()) {
		p.room(p.lineHeight())
		p.letters(style, size, colour)
		p.write(margin, p.y, line)
		p.y += p.lineHeight()
	}
}

// pair is a label with its value.
type pair struct{ label, value string }

// pairs writes labels over their values, side by side in columns of one width.
func (p *page) pairs(columns int, all ...pair) {
	width := p.width() / float64(columns)
	for len(all) > 0 {
		row := all[:min(columns, len(all))]
		all = all[len(row):]
		tallest := 1
		p.letters("B", bodySize, black)
		var values [][]string
		for _, one := range row {
			lines := p.wrap(one.value, width-3)
			values = append(values, lines)
			tallest = max(tallest, len(lines))
		}
		height := 4 + float64(tallest)*p.lineHeight() + 1.5
		p.room(height)
		for i, one := range row {
			x := margin + float64(i)*width
			p.letters("", smallSize, grey)
			p.write(x, p.y, one.label)
			p.letters("B", bodySize, black)
			for j, line := range values[i] {
				p.write(x, p.y+4+float64(j)*p.lineHeight(), line)
			}
		}
		p.y += height
	}
}
