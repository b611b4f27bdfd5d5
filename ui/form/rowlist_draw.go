package form

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// CreateRenderer implements fyne.Widget.
func (l *RowList) CreateRenderer() fyne.WidgetRenderer {
	l.ExtendBaseWidget(l)
	r := &rowListRenderer{
		list:  l,
		fill:  canvas.NewRectangle(White),
		line:  canvas.NewRectangle(Grey3),
		ring:  newFrame(Yellow),
		edge:  newFrame(Grey4),
		empty: Hint(""),
		track: canvas.NewRectangle(Grey4),
		thumb: canvas.NewRectangle(Grey1),
		wheel: newWheel(l.drag, l.roll),
	}
	r.Refresh()
	return r
}

// Measures of a list.
const (
	cellPadding = 12
	barWidth    = 12
)

type rowListRenderer struct {
	list         *RowList
	fill, line   *canvas.Rectangle
	ring, edge   *frame
	titles       []*canvas.Text
	rows         []*rowDrawing
	empty        *Text
	track, thumb *canvas.Rectangle
	wheel        *wheel
}

// rowDrawing is one row in sight.
type rowDrawing struct {
	ground *canvas.Rectangle
	mark   *canvas.Rectangle // the black bar at the left of the selected row
	line   *canvas.Rectangle
	cells  []*cellDrawing
}

// cellDrawing is one cell in sight: words, or a tag.
type cellDrawing struct {
	words *canvas.Text
	tag   *Tag
}

func (r *rowListRenderer) Layout(size fyne.Size) {
	r.list.scrollTo(r.list.first)
	r.list.MoveSideways(0)
	r.list.reveal()
	r.draw(size)
}

func (r *rowListRenderer) MinSize() fyne.Size {
	width := float32(0)
	for i, column := range r.list.columns {
		if r.list.sideways && i > 1 {
			break // the others can be moved to
		}
		width += max(column.Width, 60)
	}
	return fyne.NewSize(width, r.list.headHeight()+float32(r.list.least)*r.list.rowHeight()+1)
}

func (r *rowListRenderer) Refresh() {
	r.draw(r.list.Size())
	canvas.Refresh(r.list)
}

// draw sets the titles and the rows in sight for the present state.
func (r *rowListRenderer) draw(size fyne.Size) {
	list := r.list
	r.fill.Resize(size)
	r.wheel.Resize(size)
	r.ring.show(list.focused)
	r.ring.placeAround(fyne.Position{}, size, focusRing)
	thick := float32(1)
	r.edge.paint(Grey4)
	if list.focused {
		thick = 2
		r.edge.paint(Black)
	}
	r.edge.place(fyne.Position{}, size, thick)

	room := list.room()
	columns := list.placed(room)
	r.drawTitles(size, columns)
	r.drawRows(room, columns)
	r.drawBar(size, list.scrolls())

	show(r.empty, list.length == 0)
	r.empty.SetText(list.Empty)
	r.empty.Move(fyne.NewPos(cellPadding, list.headHeight()+8))
	fitWidth(r.empty, size.Width-2*cellPadding)
}

func (r *rowListRenderer) drawTitles(size fyne.Size, columns []placedColumn) {
	list, sizes := r.list, sizesOf(r.list)
	head := list.headHeight()
	show(r.line, head > 0)
	r.line.Move(fyne.NewPos(1, head-1))
	r.line.Resize(fyne.NewSize(size.Width-2, 1))
	for len(r.titles) < len(columns) {
		r.titles = append(r.titles, canvas.NewText("", Grey1))
	}
	r.titles = r.titles[:len(columns)]
	x := float32(0)
	for i, column := range columns {
		title := r.titles[i]
		title.TextSize, title.TextStyle = sizes.Small.Size, fyne.TextStyle{Bold: true}
		title.Text = clip(column.Title, column.room-cellPadding, measured(sizes.Small, true))
		placeWords(title, column.Column, x, column.room, 0, head)
		x += column.room
	}
}

func (r *rowListRenderer) drawRows(room float32, columns []placedColumn) {
	list := r.list
	if len(r.rows) > 0 && len(r.rows[0].cells) != len(columns) {
		r.rows = nil
	}
	count := min(list.inSight(), list.length-list.first)
	for len(r.rows) < count {
		r.rows = append(r.rows, newRowDrawing(len(columns)))
	}
	r.rows = r.rows[:max(0, count)]
	for i, row := range r.rows {
		n := list.first + i
		top := list.headHeight() + float32(i)*list.rowHeight()
		row.place(top, room, list.rowHeight())
		row.paint(list.selected == n, list.hovered == n)
		x := float32(0)
		cells := list.source(n)
		for c, column := range columns {
			cell := Cell{}
			if column.n < len(cells) {
				cell = cells[column.n]
			}
			row.cells[c].draw(sizesOf(list), cell, column.Column, x, column.room, top, list.rowHeight())
			x += column.room
		}
	}
}

func (r *rowListRenderer) drawBar(size fyne.Size, scrolls bool) {
	list := r.list
	show(r.track, scrolls)
	show(r.thumb, scrolls)
	if !scrolls {
		return
	}
	head := max(1, list.headHeight())
	track := size.Height - head - 1
	thumb := max(24, track*float32(list.inSight())/float32(list.length))
	travel := float32(list.first) / float32(max(1, list.length-list.inSight()))
	r.track.Move(fyne.NewPos(size.Width-barWidth-1, head))
	r.track.Resize(fyne.NewSize(barWidth, track))
	r.thumb.Move(fyne.NewPos(size.Width-barWidth+1, head+2+(track-thumb-4)*travel))
	r.thumb.Resize(fyne.NewSize(barWidth-4, thumb))
}

func newRowDrawing(columns int) *rowDrawing {
	row := &rowDrawing{
		ground: canvas.NewRectangle(White), mark: canvas.NewRectangle(Black), line: canvas.NewRectangle(Grey4),
	}
	for range columns {
		tag := NewTag("", ToneGrey, IconNone)
		row.cells = append(row.cells, &cellDrawing{canvas.NewText("", Black), tag})
	}
	return row
}

func (d *rowDrawing) place(top, width, height float32) {
	d.ground.Move(fyne.NewPos(1, top))
	d.ground.Resize(fyne.NewSize(width-2, height-1))
	d.mark.Move(fyne.NewPos(1, top))
	d.mark.Resize(fyne.NewSize(4, height-1))
	d.line.Move(fyne.NewPos(1, top+height-1))
	d.line.Resize(fyne.NewSize(width-2, 1))
}

func (d *rowDrawing) paint(selected, hovered bool) {
	ground := color.Color(White)
	switch {
	case selected:
		ground = PaleYellow
	case hovered:
		ground = Hover
	}
	d.ground.FillColor = ground
	show(d.mark, selected)
}

// draw sets one cell.
func (d *cellDrawing) draw(sizes Sizes, cell Cell, column Column, x, width, top, height float32) {
	tagged := cell.Tone != Tone{} && cell.Text != ""
	show(d.tag, tagged)
	show(d.words, !tagged)
	if tagged {
		if d.tag.label != cell.Text || d.tag.tone != cell.Tone || d.tag.icon != cell.Icon {
			d.tag.Set(cell.Text, cell.Tone, cell.Icon)
		}
		d.tag.Move(fyne.NewPos(x+cellPadding, top))
		d.tag.Resize(fyne.NewSize(width-cellPadding, height-1))
		return
	}
	d.words.TextSize, d.words.TextStyle = sizes.Body.Size, fyne.TextStyle{Bold: cell.Bold}
	d.words.Text = clip(cell.Text, width-2*cellPadding, measured(sizes.Body, cell.Bold))
	d.words.Color = Black
	if cell.Quiet {
		d.words.Color = Grey1
	}
	placeWords(d.words, column, x, width, top, height-1)
}

// placeWords sets one line of words in the middle of a cell's height.
func placeWords(words *canvas.Text, column Column, x, width, top, height float32) {
	words.Alignment = fyne.TextAlignLeading
	if column.Right {
		words.Alignment = fyne.TextAlignTrailing
	}
	least := words.MinSize()
	words.Move(fyne.NewPos(x+cellPadding, top+(height-least.Height)/2))
	words.Resize(fyne.NewSize(max(0, width-2*cellPadding), least.Height))
	words.Refresh()
}

func (r *rowListRenderer) Objects() []fyne.CanvasObject {
	objects := append(r.ring.objects(), r.fill)
	for _, title := range r.titles {
		objects = append(objects, title)
	}
	objects = append(objects, r.line)
	for _, row := range r.rows {
		objects = append(objects, row.ground, row.line, row.mark)
		for _, cell := range row.cells {
			objects = append(objects, cell.words, cell.tag)
		}
	}
	objects = append(objects, r.empty, r.track, r.thumb, r.wheel)
	return append(objects, r.edge.objects()...)
}

func (r *rowListRenderer) Destroy() {}
