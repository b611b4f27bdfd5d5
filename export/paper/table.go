package paper

// column is one of a table.
type column struct {
	heading string
	share   float64 // of the width, relative to the other columns
	right   bool    // numbers stand at the right
}

// table is rows under headings that are said again on every page.
type table struct {
	columns []column
	size    float64 // points of the letters
	bold    int     // the cells of this column are bold; -1: none
}

const cellPadding = 0.9

func (t table) widths(p *page) []float64 {
	sum := 0.0
	for _, c := range t.columns {
		sum += c.share
	}
	widths := make([]float64, len(t.columns))
	for i, c := range t.columns {
		widths[i] = c.share / sum * p.width()
	}
	return widths
}

// draw writes the rows. A row is never cut by the end of a page.
func (t table) draw(p *page, rows [][]string) {
	widths := t.widths(p)
	headings := make([]string, len(t.columns))
	for i, c := range t.columns {
		headings[i] = c.heading
	}
	head := t.lay(p, headings, widths, true)
	p.room(head.height + 8)
	t.put(p, head, widths)
	for _, cells := range rows {
		laid := t.lay(p, cells, widths, false)
		if p.y+laid.height > p.bottom() {
			p.next()
			t.put(p, head, widths)
		}
		t.put(p, laid, widths)
	}
}

// laid is a row cut into lines.
type laid struct {
	cells   [][]string
	height  float64
	heading bool
}

func (t table) style(i int, heading bool) string {
	if heading || i == t.bold {
		return "B"
	}
	return ""
}

func (t table) lay(p *page, cells []string, widths []float64, heading bool) laid {
	row := laid{cells: make([][]string, len(widths)), heading: heading}
	for i := range min(len(cells), len(widths)) {
		p.letters(t.style(i, heading), t.size, black)
		row.cells[i] = p.wrap(cells[i], widths[i]-2*cellPadding)
		row.height = max(row.height, float64(len(row.cells[i]))*p.lineHeight()+2*cellPadding)
	}
	return row
}

func (t table) put(p *page, row laid, widths []float64) {
	if row.heading {
		p.frame(margin, p.y, p.width(), row.height, pale, &pale)
	}
	x := margin
	for i, lines := range row.cells {
		p.letters(t.style(i, row.heading), t.size, black)
		for j, line := range lines {
			y := p.y + cellPadding + float64(j)*p.lineHeight()
			if t.columns[i].right {
				p.writeRight(x+widths[i]-cellPadding, y, line)
			} else {
				p.write(x+cellPadding, y, line)
			}
		}
		x += widths[i]
	}
	p.y += row.height
	p.line(margin, p.y, margin+p.width(), rule, 0.2)
}
