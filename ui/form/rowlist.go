package form

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

var (
	_ fyne.Widget       = (*RowList)(nil)
	_ fyne.Focusable    = (*RowList)(nil)
	_ fyne.Tappable     = (*RowList)(nil)
	_ fyne.Draggable    = (*RowList)(nil)
	_ fyne.Accessible   = (*RowList)(nil)
	_ fyne.Disableable  = (*RowList)(nil)
	_ desktop.Hoverable = (*RowList)(nil)
	_ fyne.Shortcutable = (*RowList)(nil)
)

// Column is one column of a RowList. A Width above zero is fixed; the columns of width zero share what is
// left by their Weight, which counts as 1 when it is not set.
type Column struct {
	Title  string
	Width  float32
	Weight float32
	Right  bool // set to the right, for numbers
}

// Cell is what stands in one column of a row: words, or a tag when Tone is set.
type Cell struct {
	Text  string
	Bold  bool
	Quiet bool // secondary text
	Tone  Tone
	Icon  Icon
}

// Cells are plain cells of these words.
func Cells(words ...string) []Cell {
	cells := make([]Cell, len(words))
	for i, text := range words {
		cells[i] = Cell{Text: text}
	}
	return cells
}

// RowList is a table of rows to look through and open. It is one tab stop: arrows, Page Up, Page Down,
// Home and End move, Enter opens, Ctrl+C copies where OnCopy is set. A click selects a row, and a click on the selected row opens it. Only the
// rows in sight are asked for, so there may be a hundred thousand.
type RowList struct {
	widget.BaseWidget
	Keys

	// OnSelected is called when another row becomes the selected one.
	OnSelected func(row int)
	// OnOpen is called by Enter on the selected row, or by a second click on it.
	OnOpen func(row int)
	// Empty is what is shown in place of no rows.
	Empty string
	// OnCopy gives what Ctrl+C puts on the clipboard for the selected row; nil: the chord goes on to the window.
	OnCopy func(row int) string
	// OnSideways is called when other columns have come in sight.
	OnSideways func()

	columns  []Column
	length   int
	source   func(row int) []Cell
	least    int // rows to keep room for
	selected int
	first    int // the row at the top
	hovered  int
	focused  bool
	dragged  float32
	pull     barPull
	passive  bool // moved by another control, no tab stop of its own
	sideways bool // there may be more columns than fit
	side     int  // the column beside the first one
}

// NewRowList returns a list without rows.
func NewRowList(columns ...Column) *RowList {
	l := &RowList{columns: columns, selected: -1, hovered: -1, least: 3, Empty: "Nothing here"}
	l.ExtendBaseWidget(l)
	return l
}

// SetRows shows these rows; the selection stays where it was if there still is such a row.
func (l *RowList) SetRows(rows [][]Cell) {
	l.SetSource(len(rows), func(row int) []Cell { return rows[row] })
}

// SetSource shows length rows, each asked for when it comes in sight.
func (l *RowList) SetSource(length int, source func(row int) []Cell) {
	l.length, l.source = length, source
	l.selected = min(l.selected, length-1)
	l.hovered = -1
	l.scrollTo(l.first)
	l.Refresh()
}

// SetLeastRows keeps room for this many rows.
func (l *RowList) SetLeastRows(rows int) *RowList {
	l.least = rows
	l.Refresh()
	return l
}

// Length is the number of rows.
func (l *RowList) Length() int { return l.length }

// Selected is the selected row; -1 when there is none.
func (l *RowList) Selected() int { return l.selected }

// Select moves the selection and brings it in sight; -1 takes it away.
func (l *RowList) Select(row int) {
	row = min(row, l.length-1)
	if row == l.selected {
		return
	}
	l.selected = max(-1, row)
	l.reveal()
	l.Refresh()
	if l.OnSelected != nil && l.selected >= 0 {
		l.OnSelected(l.selected)
	}
}

func (l *RowList) open() {
	if l.selected >= 0 && l.OnOpen != nil {
		l.OnOpen(l.selected)
	}
}

// TypedKey implements fyne.Focusable.
func (l *RowList) TypedKey(key *fyne.KeyEvent) {
	if reader.key(key) || l.claim(key) {
		return
	}
	page := max(1, l.inSight()-1)
	switch key.Name {
	case fyne.KeyDown:
		l.step(1)
	case fyne.KeyUp:
		l.step(-1)
	case fyne.KeyPageDown:
		l.step(page)
	case fyne.KeyPageUp:
		l.step(-page)
	case fyne.KeyHome:
		l.step(-l.length)
	case fyne.KeyEnd:
		l.step(l.length)
	case fyne.KeyLeft, fyne.KeyRight:
		if !l.sideways {
			passKey(l, key)
			return
		}
		l.turn(key.Name)
	case fyne.KeyReturn, fyne.KeyEnter:
		if l.selected < 0 || l.OnOpen == nil {
			passKey(l, key)
			return
		}
		l.open()
	default:
		passKey(l, key)
	}
}

// step moves the selection and stops at the ends.
func (l *RowList) step(by int) {
	if l.length == 0 {
		return
	}
	if l.selected < 0 {
		l.Select(0)
		return
	}
	l.Select(min(max(0, l.selected+by), l.length-1))
}

// TypedRune implements fyne.Focusable.
func (l *RowList) TypedRune(letter rune) { reader.letter(l, letter) }

func (l *RowList) snapshot() (func(), int) { return untouched() }

// FocusGained implements fyne.Focusable: the first row is selected when none is.
func (l *RowList) FocusGained() {
	l.focused = true
	if l.selected < 0 {
		l.Select(0)
	}
	l.Refresh()
	revealFocus(l)
}

// FocusLost implements fyne.Focusable.
func (l *RowList) FocusLost() {
	l.focused = false
	l.Refresh()
}

// Disable takes the list out of the tab order; it can still be clicked.
func (l *RowList) Disable() { l.passive = true }

// Enable makes the list a tab stop again.
func (l *RowList) Enable() { l.passive = false }

// Disabled implements fyne.Disableable.
func (l *RowList) Disabled() bool { return l.passive }

// Tapped implements fyne.Tappable.
func (l *RowList) Tapped(at *fyne.PointEvent) {
	row := l.rowAt(at.Position)
	again := row >= 0 && row == l.selected
	if row >= 0 {
		l.Select(row)
	}
	if !l.passive {
		focusOn(l)
	}
	if again || l.passive && row >= 0 {
		l.open()
	}
}

// rowAt is the row under a point; -1 where there is none.
func (l *RowList) rowAt(at fyne.Position) int {
	if at.Y < l.headHeight() {
		return -1
	}
	row := l.first + int((at.Y-l.headHeight())/l.rowHeight())
	if row >= l.length {
		return -1
	}
	return row
}

// MouseIn implements desktop.Hoverable.
func (l *RowList) MouseIn(at *desktop.MouseEvent) { l.MouseMoved(at) }

// MouseMoved implements desktop.Hoverable.
func (l *RowList) MouseMoved(at *desktop.MouseEvent) { l.hover(l.rowAt(at.Position)) }

// MouseOut implements desktop.Hoverable.
func (l *RowList) MouseOut() { l.hover(-1) }

func (l *RowList) hover(row int) {
	stir()
	if row != l.hovered {
		l.hovered = row
		l.Refresh()
	}
}

// barPull tells what a drag that is going on began on.
type barPull int

const (
	pullNone barPull = iota
	pullBar
	pullRows
)

// Dragged implements fyne.Draggable: the bar at the right can be pulled, the rows cannot.
func (l *RowList) Dragged(pull *fyne.DragEvent) {
	if l.pull == pullNone {
		l.pull = pullRows
		if pull.Position.X-pull.Dragged.DX >= l.Size().Width-2*barWidth {
			l.pull = pullBar
		}
	}
	track := l.Size().Height - l.headHeight()
	if l.pull == pullBar && track > 0 {
		l.drag(-pull.Dragged.DY * float32(l.length) * l.rowHeight() / track)
	}
}

// DragEnd implements fyne.Draggable.
func (l *RowList) DragEnd() { l.dragged, l.pull = 0, pullNone }

// drag moves the rows by pixels, one whole row at a time.
func (l *RowList) drag(pixels float32) {
	l.dragged -= pixels
	rows := int(l.dragged / l.rowHeight())
	if rows == 0 {
		return
	}
	l.dragged -= float32(rows) * l.rowHeight()
	l.scrollTo(l.first + rows)
	l.Refresh()
}

// scrollTo puts a row at the top, as far as there are rows to fill the list.
func (l *RowList) scrollTo(first int) {
	l.first = max(0, min(first, l.length-max(1, l.inSight())))
}

// reveal scrolls until the selected row is in sight.
func (l *RowList) reveal() {
	rows := l.inSight()
	switch {
	case l.selected < 0, rows == 0:
	case l.selected < l.first:
		l.scrollTo(l.selected)
	case l.selected >= l.first+rows:
		l.scrollTo(l.selected - rows + 1)
	}
}

// inSight is how many whole rows fit.
func (l *RowList) inSight() int {
	return max(0, int((l.Size().Height-l.headHeight()-1)/l.rowHeight()))
}

// scrolls tells whether there are more rows than fit; then there is a bar at the right.
func (l *RowList) scrolls() bool { return l.inSight() < l.length }

// room is the width for the columns.
func (l *RowList) room() float32 {
	if l.scrolls() {
		return l.Size().Width - barWidth
	}
	return l.Size().Width
}

func (l *RowList) rowHeight() float32 { return sizesOf(l).Dense + 4 }

// headHeight is that of the titles; zero when no column has one.
func (l *RowList) headHeight() float32 {
	for _, column := range l.columns {
		if column.Title != "" {
			return sizesOf(l).Dense
		}
	}
	return 0
}

// widths spreads the columns over a width.
func (l *RowList) widths(total float32) []float32 {
	widths := make([]float32, len(l.columns))
	left, weights := total, float32(0)
	for i, column := range l.columns {
		widths[i] = column.Width
		left -= column.Width
		if column.Width == 0 {
			weights += column.weight()
		}
	}
	for i, column := range l.columns {
		if column.Width == 0 {
			widths[i] = max(0, left*column.weight()/weights)
		}
	}
	return widths
}

func (c Column) weight() float32 {
	if c.Weight == 0 {
		return 1
	}
	return c.Weight
}

// AccessibilityLabel implements fyne.Accessible: the selected row, read out.
func (l *RowList) AccessibilityLabel() string {
	if l.selected < 0 {
		return l.Empty
	}
	var words []string
	for _, cell := range l.source(l.selected) {
		words = append(words, cell.Text)
	}
	return strings.Join(words, ", ")
}

// AccessibilityRole implements fyne.Accessible.
func (l *RowList) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }
