package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

var (
	_ fyne.Widget     = (*Checkbox)(nil)
	_ fyne.Focusable  = (*Checkbox)(nil)
	_ fyne.Tappable   = (*Checkbox)(nil)
	_ fyne.Accessible = (*Checkbox)(nil)
	_ faulty          = (*Checkbox)(nil)
)

// Checkbox is a box to tick. Space ticks it and takes the tick away, Enter goes on.
type Checkbox struct {
	widget.BaseWidget
	Keys

	// OnChanged is called when the tick comes or goes.
	OnChanged func(ticked bool)
	// OnSubmit is called by Enter; when it is nil Enter goes on to the window.
	OnSubmit func()

	label, hint *Text
	dense       bool
	ticked      bool
	focused     bool
	fault       bool
}

// NewCheckbox returns a box without a tick; the hint may be empty.
func NewCheckbox(label, hint string) *Checkbox {
	c := &Checkbox{label: Body(label), hint: Small(hint)}
	c.hint.Hidden = hint == ""
	c.ExtendBaseWidget(c)
	return c
}

// Dense makes the row lower, where many must fit, and returns the box.
func (c *Checkbox) Dense() *Checkbox {
	c.dense = true
	c.Refresh()
	return c
}

// row is the height of the box with its focus ring.
func (c *Checkbox) row() float32 {
	if c.dense {
		return sizesOf(c).Dense
	}
	return sizesOf(c).Control
}

// edge is the length of the box's edge: as high as the row, less the room for the focus ring.
func (c *Checkbox) edge() float32 { return c.row() - 2*focusRing }

// labelIndent is where the label begins.
func (c *Checkbox) labelIndent() float32 { return c.edge() + radioPadding }

// Ticked tells whether the box is ticked.
func (c *Checkbox) Ticked() bool { return c.ticked }

// SetTicked ticks the box or not, without telling OnChanged.
func (c *Checkbox) SetTicked(ticked bool) {
	c.ticked = ticked
	c.Refresh()
}

// Label is the words beside the box.
func (c *Checkbox) Label() string { return c.label.Text() }

// SetFault shows or takes away the red edge.
func (c *Checkbox) SetFault(fault bool) {
	c.fault = fault
	c.Refresh()
}

// SetError marks the box as what an error summary speaks of; the summary has the words.
func (c *Checkbox) SetError(message string) { c.SetFault(message != "") }

func (c *Checkbox) toggle() {
	c.SetTicked(!c.ticked)
	if c.OnChanged != nil {
		c.OnChanged(c.ticked)
	}
}

// Tapped implements fyne.Tappable.
func (c *Checkbox) Tapped(*fyne.PointEvent) {
	focusOn(c)
	c.toggle()
}

// TypedRune implements fyne.Focusable.
func (c *Checkbox) TypedRune(letter rune) { reader.letter(c, letter) }

func (c *Checkbox) snapshot() (func(), int) { return untouched() }

// TypedKey implements fyne.Focusable.
func (c *Checkbox) TypedKey(key *fyne.KeyEvent) {
	switch {
	case reader.key(key), c.claim(key):
	case key.Name == fyne.KeySpace:
		c.toggle()
	case isEnter(key) && c.OnSubmit != nil:
		c.OnSubmit()
	default:
		passKey(c, key)
	}
}

// FocusGained implements fyne.Focusable.
func (c *Checkbox) FocusGained() {
	c.focused = true
	c.Refresh()
	revealFocus(c)
}

// FocusLost implements fyne.Focusable.
func (c *Checkbox) FocusLost() {
	c.focused = false
	c.Refresh()
}

// AccessibilityLabel implements fyne.Accessible.
func (c *Checkbox) AccessibilityLabel() string {
	if c.ticked {
		return c.Label() + ", ticked"
	}
	return c.Label() + ", not ticked"
}

// AccessibilityRole implements fyne.Accessible.
func (c *Checkbox) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer implements fyne.Widget.
func (c *Checkbox) CreateRenderer() fyne.WidgetRenderer {
	c.ExtendBaseWidget(c)
	r := &checkboxRenderer{
		box:  c,
		fill: canvas.NewRectangle(White),
		ring: newFrame(Yellow),
		edge: newFrame(Grey1),
		tick: IconTick.Draw(Black, 24),
	}
	r.dress()
	return r
}

type checkboxRenderer struct {
	box        *Checkbox
	fill       *canvas.Rectangle
	ring, edge *frame
	tick       *canvas.Image
}

func (r *checkboxRenderer) Layout(size fyne.Size) {
	c, sizes := r.box, sizesOf(r.box)
	edge := c.edge()
	at, square := fyne.NewPos(0, focusRing), fyne.NewSquareSize(edge)
	within(r.fill, at, edge, 0)
	within(r.tick, at, edge, edge/8)
	r.ring.placeAround(at, square, focusRing)
	thick := float32(inputEdge)
	if c.focused {
		thick = focusEdge
	}
	r.edge.place(at, square, thick)
	x := c.labelIndent()
	c.label.Move(fyne.NewPos(x, (c.row()-sizes.Body.Line)/2))
	tall := fitWidth(c.label, size.Width-x)
	c.hint.Move(fyne.NewPos(x, (c.row()-sizes.Body.Line)/2+tall))
	fitWidth(c.hint, size.Width-x)
}

func (r *checkboxRenderer) MinSize() fyne.Size {
	sizes, label := sizesOf(r.box), r.box.label.MinSize()
	size := fyne.NewSize(r.box.labelIndent()+label.Width, r.box.row()-sizes.Body.Line+label.Height)
	if r.box.hint.Visible() {
		size.Height += r.box.hint.MinSize().Height
	}
	return size
}

func (r *checkboxRenderer) dress() {
	show(r.tick, r.box.ticked)
	r.ring.show(r.box.focused)
	switch {
	case r.box.focused:
		r.edge.paint(Black)
	case r.box.fault:
		r.edge.paint(Red)
	default:
		r.edge.paint(Grey1)
	}
}

func (r *checkboxRenderer) Refresh() {
	r.dress()
	r.Layout(r.box.Size())
	canvas.Refresh(r.box)
}

func (r *checkboxRenderer) Objects() []fyne.CanvasObject {
	objects := append(r.ring.objects(), r.fill)
	objects = append(objects, r.edge.objects()...)
	return append(objects, r.tick, r.box.label, r.box.hint)
}

func (r *checkboxRenderer) Destroy() {}
