package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

var (
	_ fyne.Widget     = (*Radios)(nil)
	_ fyne.Focusable  = (*Radios)(nil)
	_ fyne.Tappable   = (*Radios)(nil)
	_ fyne.Accessible = (*Radios)(nil)
	_ faulty          = (*Radios)(nil)
)

// Option is one answer of a group: the value the program keeps, the words people read, and a hint.
type Option struct{ Value, Label, Hint string }

// Options are answers whose words are their values.
func Options(labels ...string) []Option {
	options := make([]Option, len(labels))
	for i, label := range labels {
		options[i] = Option{Value: label, Label: label}
	}
	return options
}

// Radios is a group of which one option can be chosen; none is to begin with. The group is one tab stop:
// arrows move, Space chooses, 1 to 9 choose at once, Enter goes on.
type Radios struct {
	widget.BaseWidget
	Keys

	// OnChanged is called with the value when another option is chosen.
	OnChanged func(value string)
	// OnSubmit is called by Enter; when it is nil Enter goes on to the window.
	OnSubmit func()

	name    string
	options []Option
	across  bool
	dense   bool
	choice  choice
	focused bool
	fault   bool
}

// NewRadios returns a group that runs down the page.
func NewRadios(options ...Option) *Radios {
	r := &Radios{options: options, choice: newChoice(len(options))}
	r.ExtendBaseWidget(r)
	return r
}

// NewRadiosAcross returns a group that runs across, for two or three short options.
func NewRadiosAcross(options ...Option) *Radios {
	r := NewRadios(options...)
	r.across = true
	return r
}

// Dense makes the rows lower, where many must fit, and returns the group.
func (r *Radios) Dense() *Radios {
	r.dense = true
	r.Refresh()
	return r
}

// SetOptions puts other options in place; nothing is chosen then.
func (r *Radios) SetOptions(options ...Option) {
	r.options = options
	r.choice = newChoice(len(options))
	r.Refresh()
}

// Options are the options in their order.
func (r *Radios) Options() []Option { return r.options }

// Selected is the value of the chosen option; empty when none is.
func (r *Radios) Selected() string {
	if r.choice.selected < 0 {
		return ""
	}
	return r.options[r.choice.selected].Value
}

// SetSelected chooses the option with this value; one that is not there takes the choice away. It calls
// nothing: it is for showing what is already known.
func (r *Radios) SetSelected(value string) {
	r.choice.selected = -1
	for i, option := range r.options {
		if option.Value == value {
			r.choice.selected = i
		}
	}
	r.choice.enter()
	r.Refresh()
}

// SetName says what the group asks; a Field calls it with its label.
func (r *Radios) SetName(name string) { r.name = name }

// SetFault shows or takes away the red edges.
func (r *Radios) SetFault(fault bool) {
	r.fault = fault
	r.Refresh()
}

// pick chooses an option and tells the screen.
func (r *Radios) pick(option int) {
	changed := r.choice.pick(option)
	r.Refresh()
	if changed && r.OnChanged != nil {
		r.OnChanged(r.Selected())
	}
}

// TypedRune implements fyne.Focusable: a digit chooses.
func (r *Radios) TypedRune(letter rune) {
	if reader.letter(r, letter) {
		return
	}
	if option := digit(letter); option >= 0 {
		r.pick(option)
	}
}

func (r *Radios) snapshot() (func(), int) {
	before := r.choice
	return func() {
		changed := r.choice.selected != before.selected
		r.choice = before
		r.Refresh()
		if changed && r.OnChanged != nil {
			r.OnChanged(r.Selected())
		}
	}, scanKeys
}

// TypedKey implements fyne.Focusable.
func (r *Radios) TypedKey(key *fyne.KeyEvent) {
	if reader.key(key) || r.claim(key) {
		return
	}
	if by := step(key, r.across); by != 0 {
		r.choice.move(by)
		r.Refresh()
		return
	}
	switch {
	case key.Name == fyne.KeySpace, isEnter(key) && r.choice.pending():
		r.pick(r.choice.at)
	case isEnter(key) && r.OnSubmit != nil:
		r.OnSubmit()
	default:
		passKey(r, key)
	}
}

// Tapped implements fyne.Tappable: a tap on a row chooses it.
func (r *Radios) Tapped(at *fyne.PointEvent) {
	focusOn(r)
	rows := r.rows(r.Size())
	for i, row := range rows {
		inside := at.Position.Y >= row.top && at.Position.Y < row.top+row.height
		if inside && at.Position.X >= row.left && at.Position.X < row.left+row.width {
			r.pick(i)
			return
		}
	}
}

// FocusGained implements fyne.Focusable.
func (r *Radios) FocusGained() {
	r.focused = true
	r.choice.enter()
	r.Refresh()
	revealFocus(r)
}

// FocusLost implements fyne.Focusable.
func (r *Radios) FocusLost() {
	r.focused = false
	r.Refresh()
}

// AccessibilityLabel implements fyne.Accessible.
func (r *Radios) AccessibilityLabel() string {
	if r.choice.selected < 0 {
		return r.name + ", nothing chosen"
	}
	return r.name + ", " + r.options[r.choice.selected].Label
}

// AccessibilityRole implements fyne.Accessible.
func (r *Radios) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// height is that of one row without a hint.
func (r *Radios) height() float32 {
	if r.dense {
		return sizesOf(r).Dense
	}
	return sizesOf(r).Control
}

// rows is where each option lies within a group of this size.
func (r *Radios) rows(size fyne.Size) []radioRow {
	sizes := sizesOf(r)
	words := measured(sizes.Body, false)
	indent := r.labelIndent()
	rows := make([]radioRow, len(r.options))
	x, y := float32(0), float32(0)
	for i, option := range r.options {
		room := size.Width - indent
		if r.across || room <= 0 {
			room = words(option.Label) + 1
		}
		lines := float32(len(wrapWords(option.Label, room, words)))
		height := r.height() + (lines-1)*sizes.Body.Line
		if option.Hint != "" {
			hints := wrapWords(option.Hint, room, measured(sizes.Small, false))
			height += float32(len(hints)) * sizes.Small.Line
		}
		rows[i] = radioRow{left: x, top: y, width: indent + room, height: height}
		if r.across {
			x += indent + room + radioAcrossGap
		} else {
			y += height + radioGap
		}
	}
	return rows
}

type radioRow struct{ left, top, width, height float32 }

// Measures of a radio group.
const (
	radioGap       = 4
	radioAcrossGap = 28
	radioPadding   = 10
)

// circle is the size of the mark: as high as the row, less the room for the focus ring.
func (r *Radios) circle() float32 { return r.height() - 2*focusRing }

func (r *Radios) labelIndent() float32 {
	return r.circle() + radioPadding + capEdge + radioPadding
}

// CreateRenderer implements fyne.Widget.
func (r *Radios) CreateRenderer() fyne.WidgetRenderer {
	r.ExtendBaseWidget(r)
	renderer := &radiosRenderer{radios: r}
	renderer.Refresh()
	return renderer
}

type radiosRenderer struct {
	radios *Radios
	shown  []Option
	drawn  []radioOption
}

type radioOption struct {
	mark  radioMark
	cap   keyCap
	label *Text
	hint  *Text
}

func (r *radiosRenderer) build() {
	r.shown = r.radios.options
	r.drawn = nil
	for i, option := range r.radios.options {
		drawn := radioOption{
			mark: newRadioMark(), cap: newKeyCap(i + 1), label: Body(option.Label), hint: Small(option.Hint),
		}
		drawn.cap.show(i < 9)
		show(drawn.hint, option.Hint != "")
		r.drawn = append(r.drawn, drawn)
	}
}

func (r *radiosRenderer) Layout(size fyne.Size) {
	radios := r.radios
	line := sizesOf(radios).Body.Line
	height := radios.height()
	for i, row := range radios.rows(size) {
		drawn := r.drawn[i]
		focused := radios.focused && radios.choice.at == i
		drawn.mark.place(fyne.NewPos(row.left, row.top+focusRing), radios.circle(), focused)
		drawn.cap.place(fyne.NewPos(row.left+radios.circle()+radioPadding, row.top+(height-capEdge)/2))
		x, y := row.left+radios.labelIndent(), row.top+(height-line)/2
		room := row.width - radios.labelIndent()
		drawn.label.Move(fyne.NewPos(x, y))
		tall := fitWidth(drawn.label, room)
		drawn.hint.Move(fyne.NewPos(x, y+tall))
		fitWidth(drawn.hint, room)
	}
}

func (r *radiosRenderer) MinSize() fyne.Size {
	size := fyne.Size{}
	for _, row := range r.radios.rows(r.radios.Size()) {
		size = size.Max(fyne.NewSize(row.left+row.width, row.top+row.height))
	}
	if !r.radios.across {
		size.Width = r.radios.labelIndent() + 40
	}
	return size
}

func (r *radiosRenderer) Refresh() {
	if len(r.shown) != len(r.radios.options) || len(r.shown) > 0 && &r.shown[0] != &r.radios.options[0] {
		r.build()
	}
	for i, drawn := range r.drawn {
		chosen := r.radios.choice.selected == i
		focused := r.radios.focused && r.radios.choice.at == i
		drawn.mark.dress(chosen, focused, r.radios.fault)
	}
	r.Layout(r.radios.Size())
	canvas.Refresh(r.radios)
}

func (r *radiosRenderer) Objects() []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	for _, drawn := range r.drawn {
		objects = append(objects, drawn.mark.objects()...)
		objects = append(objects, drawn.cap.objects()...)
		objects = append(objects, drawn.label, drawn.hint)
	}
	return objects
}

func (r *radiosRenderer) Destroy() {}
