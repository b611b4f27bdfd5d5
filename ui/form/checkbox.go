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

// edgeLength is that of the box: as high as a control, less the room for the focus ring.
func (r *checkboxRenderer) edgeLength() float32 { return sizesOf(r.box).Control - 2*focusRing }

func (r *checkboxRenderer) Layout(size fyne.Size) {
	c, sizes := r.box, sizesOf(r.box)
	edge := r.edgeLength()
	at, square := fyne.NewPos(0, focusRing), fyne.NewSquareSize(edge)
	within(r.fill, at, edge, 0)
	within(r.tick, at, edge, edge/8)
	r.ring.placeAround(at, square, focusRing)
	thick := float32(inputEdge)
	if c.focused {
		thick = focusEdge
	}
	r.edge.place(at, square, thick)
	x := edge + radioPadding
	c.label.Move(fyne.NewPos(x, (sizes.Control-sizes.Body.Line)/2))
	tall := fitWidth(c.label, size.Width-x)
	c.hint.Move(fyne.NewPos(x, (sizes.Control-sizes.Body.Line)/2+tall))
	fitWidth(c.hint, size.Width-x)
}

func (r *checkboxRenderer) MinSize() fyne.Size {
	sizes, label := sizesOf(r.box), r.box.label.MinSize()
	size := fyne.NewSize(r.edgeLength()+radioPadding+label.Width, sizes.Control-sizes.Body.Line+label.Height)
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
