package form

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
)

var (
	_ fyne.Widget        = (*Link)(nil)
	_ fyne.Focusable     = (*Link)(nil)
	_ fyne.Tappable      = (*Link)(nil)
	_ fyne.Accessible    = (*Link)(nil)
	_ desktop.Hoverable  = (*Link)(nil)
	_ desktop.Cursorable = (*Link)(nil)
)

// Link is an underlined piece of text that leads somewhere: a row to change, a field to put right. It wraps
// where it must.
type Link struct {
	pressable

	// About completes the words for a screen reader, as in "Change" about "date of birth".
	About string

	colour color.NRGBA
	bold   bool
}

// NewLink returns a link that calls tapped.
func NewLink(label string, tapped func()) *Link {
	l := &Link{pressable: pressable{label: label, OnTapped: tapped}, colour: Blue}
	l.self = l
	l.ExtendBaseWidget(l)
	return l
}

// In gives the link a colour, such as red in an error summary or white on blue, and returns it.
func (l *Link) In(colour color.NRGBA) *Link {
	l.colour = colour
	l.Refresh()
	return l
}

// Strong makes the link bold and returns it.
func (l *Link) Strong() *Link {
	l.bold = true
	l.Refresh()
	return l
}

// AccessibilityLabel implements fyne.Accessible.
func (l *Link) AccessibilityLabel() string {
	if l.About == "" {
		return l.label
	}
	return l.label + " " + l.About
}

// AccessibilityRole implements fyne.Accessible.
func (l *Link) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleLink }

// CreateRenderer implements fyne.Widget.
func (l *Link) CreateRenderer() fyne.WidgetRenderer {
	l.ExtendBaseWidget(l)
	r := &linkRenderer{link: l}
	r.Refresh()
	return r
}

type linkRenderer struct {
	link    *Link
	lines   []string
	drawn   []linkLine
	wrapped float32
}

// linkLine is one line of a link: the yellow behind it, its words, and the line beneath.
type linkLine struct {
	back  *canvas.Rectangle
	words *canvas.Text
	under *canvas.Rectangle
}

func (r *linkRenderer) measure(words string) float32 {
	step := sizesOf(r.link).Body
	return fyne.MeasureText(words, step.Size, fyne.TextStyle{Bold: r.link.bold}).Width
}

func (r *linkRenderer) Layout(size fyne.Size) {
	if size.Width != r.wrapped {
		r.wrap(size.Width)
		r.draw()
	}
	pitch := sizesOf(r.link).Body.Line
	for i, line := range r.drawn {
		words := line.words.MinSize()
		y := float32(i) * pitch
		line.back.Move(fyne.NewPos(-2, y))
		line.back.Resize(fyne.NewSize(words.Width+4, pitch))
		line.words.Move(fyne.NewPos(0, y+(pitch-words.Height)/2))
		line.words.Resize(words)
		if r.link.focused {
			line.under.Move(fyne.NewPos(-2, y+pitch-2))
			line.under.Resize(fyne.NewSize(words.Width+4, 4))
			continue
		}
		line.under.Move(fyne.NewPos(0, y+pitch-4))
		line.under.Resize(fyne.NewSize(words.Width, r.thickness()))
	}
}

func (r *linkRenderer) thickness() float32 {
	if r.link.hovered {
		return 2
	}
	return 1
}

// MinSize asks for the natural width of a short link, so that it can stand in a row; a long one wraps.
func (r *linkRenderer) MinSize() fyne.Size {
	pitch := sizesOf(r.link).Body.Line
	return fyne.NewSize(min(r.measure(r.link.label), 2*widestWord), float32(len(r.lines))*pitch)
}

func (r *linkRenderer) Refresh() {
	r.wrap(r.link.Size().Width)
	r.draw()
	r.Layout(r.link.Size())
	canvas.Refresh(r.link)
}

func (r *linkRenderer) wrap(width float32) {
	r.wrapped = width
	if width <= 0 {
		r.lines = []string{r.link.label}
		return
	}
	r.lines = wrapWords(r.link.label, width+0.5, r.measure)
}

func (r *linkRenderer) draw() {
	for len(r.drawn) < len(r.lines) {
		r.drawn = append(r.drawn, linkLine{
			canvas.NewRectangle(Yellow), canvas.NewText("", Blue), canvas.NewRectangle(Blue),
		})
	}
	r.drawn = r.drawn[:len(r.lines)]
	colour := r.link.colour
	switch {
	case r.link.focused:
		colour = Black
	case r.link.hovered && colour == Blue:
		colour = DarkBlue
	}
	for i, line := range r.drawn {
		show(line.back, r.link.focused)
		line.words.Text = r.lines[i]
		line.words.Color = colour
		line.words.TextSize = sizesOf(r.link).Body.Size
		line.words.TextStyle = fyne.TextStyle{Bold: r.link.bold}
		line.words.Refresh()
		line.under.FillColor = colour
		line.under.Refresh()
	}
}

func (r *linkRenderer) Objects() []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, 0, 3*len(r.drawn))
	for _, line := range r.drawn {
		objects = append(objects, line.back, line.words, line.under)
	}
	return objects
}

func (r *linkRenderer) Destroy() {}
