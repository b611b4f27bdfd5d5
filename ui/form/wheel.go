package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

var _ fyne.Scrollable = (*wheel)(nil)

// wheel lies over a list and hears the mouse wheel. The list cannot hear it itself: Fyne clips whatever is
// scrollable to its box, and the focus ring lies outside the box.
type wheel struct {
	widget.BaseWidget
	turned func(pixels float32)
	aside  func(pixels float32) // with Shift, or by a wheel that leans
}

func newWheel(turned, aside func(pixels float32)) *wheel {
	w := &wheel{turned: turned, aside: aside}
	w.ExtendBaseWidget(w)
	return w
}

// Scrolled implements fyne.Scrollable.
func (w *wheel) Scrolled(turn *fyne.ScrollEvent) {
	w.turned(turn.Scrolled.DY * wheelSpeed)
	w.aside(turn.Scrolled.DX)
}

// wheelSpeed makes one notch of a wheel a little more than one row.
const wheelSpeed = 2

// CreateRenderer implements fyne.Widget.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(Clear))
}
