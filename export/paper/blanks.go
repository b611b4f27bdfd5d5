package paper

// blank is a line to write on, with its label below.
type blank struct {
	label string
	share float64 // of the width, relative to the others beside it
}

// blanks draws lines to write on, side by side.
func (p *page) blanks(all ...blank) {
	const height, gap = 9.8, 4.0
	p.room(height)
	sum := 0.0
	for _, one := range all {
		sum += one.share
	}
	x := margin
	for _, one := range all {
		width := one.share / sum * p.width()
		p.line(x, p.y+6, x+width-gap, black, 0.2)
		p.letters("", smallSize-0.5, grey)
		p.write(x, p.y+6.2, p.fit(one.label, width-gap))
		x += width
	}
	p.y += height
}

const (
	boxSide  = 3.0
	boxSpace = boxSide + 1.5 // from its left edge to its label
)

// ticks draws boxes with their labels, as many on a line as it takes; without options a line to write on.
func (p *page) ticks(label string, options []string) {
	if len(options) == 0 {
		p.blanks(blank{label, 1})
		return
	}
	p.letters("", bodySize, black)
	height := p.lineHeight() + 0.6
	p.room(height)
	p.letters("", bodySize, black)
	x, right := margin, margin+p.width()
	if label != "" {
		p.write(x, p.y, label)
		x += p.pdf.GetStringWidth(p.printable(label)) + 4
	}
	for _, option := range options {
		option = p.fit(option, p.width()-boxSpace)
		needs := boxSpace + p.pdf.GetStringWidth(option)
		if x > margin && x+needs > right {
			p.y += height
			p.room(height)
			p.letters("", bodySize, black)
			x = margin
		}
		p.box(x, p.y, option)
		x += needs + 5
	}
	p.y += height
}

// box draws a box to tick and its label.
func (p *page) box(x, y float64, label string) {
	p.frame(x, y+0.6, boxSide, boxSide, black, nil)
	p.write(x+boxSpace, y, label)
}
