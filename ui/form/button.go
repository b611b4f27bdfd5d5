package form

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
)

var (
	_ fyne.Widget        = (*Button)(nil)
	_ fyne.Focusable     = (*Button)(nil)
	_ fyne.Tappable      = (*Button)(nil)
	_ fyne.Accessible    = (*Button)(nil)
	_ desktop.Hoverable  = (*Button)(nil)
	_ desktop.Cursorable = (*Button)(nil)
)

// buttonKind is the dress of a button.
type buttonKind struct {
	text, face, hover, shadow color.NRGBA
	outline                   bool // a white face with a border in the colour of the text
}

var (
	primaryKind   = buttonKind{text: White, face: Green, hover: rgb(0x00662f), shadow: rgb(0x00401e)}
	secondaryKind = buttonKind{text: Blue, face: White, hover: rgb(0xd9e7f4), shadow: Blue, outline: true}
	warningKind   = buttonKind{text: White, face: Red, hover: rgb(0xaa2016), shadow: rgb(0x6a140e)}
	reverseKind   = buttonKind{text: Black, face: White, hover: rgb(0xd9d9d9), shadow: rgb(0xb2b2b2)}
)

// Button does something when it is pressed by mouse, Enter or Space.
type Button struct {
	pressable

	kind buttonKind
}

func newButton(label string, kind buttonKind, tapped func()) *Button {
	b := &Button{pressable: pressable{label: label, OnTapped: tapped}, kind: kind}
	b.self = b
	b.ExtendBaseWidget(b)
	return b
}

// Primary is the green button that goes on; one on a page.
func Primary(label string, tapped func()) *Button { return newButton(label, primaryKind, tapped) }

// Secondary is the outlined button for everything else.
func Secondary(label string, tapped func()) *Button { return newButton(label, secondaryKind, tapped) }

// Warning is the red button for what cannot be undone.
func Warning(label string, tapped func()) *Button { return newButton(label, warningKind, tapped) }

// Reverse is the white button that stands on a coloured panel.
func Reverse(label string, tapped func()) *Button { return newButton(label, reverseKind, tapped) }

// AccessibilityLabel implements fyne.Accessible.
func (b *Button) AccessibilityLabel() string { return b.label }

// AccessibilityRole implements fyne.Accessible.
func (b *Button) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	r := &buttonRenderer{
		button: b,
		shadow: canvas.NewRectangle(Clear),
		face:   canvas.NewRectangle(Clear),
		label:  canvas.NewText("", Black),
	}
	r.shadow.CornerRadius = buttonRadius
	r.dress()
	return r
}

// Measures of a button.
const (
	buttonShadow = 4
	buttonRadius = 4
	buttonSide   = 16
)

type buttonRenderer struct {
	button       *Button
	shadow, face *canvas.Rectangle
	label        *canvas.Text
}

func (r *buttonRenderer) Layout(size fyne.Size) {
	height := size.Height - buttonShadow
	border := float32(0)
	if r.button.kind.outline || r.button.focused {
		border = inputEdge
	}
	r.shadow.Resize(size)
	r.face.Move(fyne.NewPos(border, border))
	r.face.Resize(fyne.NewSize(size.Width-2*border, height-border))
	text := r.label.MinSize()
	r.label.Move(fyne.NewPos(0, (height-text.Height)/2))
	r.label.Resize(fyne.NewSize(size.Width, text.Height))
}

func (r *buttonRenderer) MinSize() fyne.Size {
	sizes := sizesOf(r.button)
	return fyne.NewSize(r.label.MinSize().Width+2*buttonSide, sizes.Control+buttonShadow)
}

func (r *buttonRenderer) Refresh() {
	r.dress()
	r.Layout(r.button.Size())
	canvas.Refresh(r.button)
}

func (r *buttonRenderer) dress() {
	kind := r.button.kind
	r.shadow.FillColor, r.face.FillColor, r.label.Color = kind.shadow, kind.face, kind.text
	r.face.CornerRadius = buttonRadius
	if kind.outline || r.button.focused {
		r.face.CornerRadius = buttonRadius - inputEdge
	}
	switch {
	case r.button.focused:
		r.shadow.FillColor, r.face.FillColor, r.label.Color = Black, Yellow, Black
	case r.button.hovered:
		r.face.FillColor = kind.hover
	}
	r.label.Text = r.button.label
	r.label.TextSize = sizesOf(r.button).Body.Size
	r.label.TextStyle = fyne.TextStyle{Bold: true}
	r.label.Alignment = fyne.TextAlignCenter
}

func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.shadow, r.face, r.label}
}

func (r *buttonRenderer) Destroy() {}
