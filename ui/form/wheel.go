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
}

func newWheel(turned func(pixels float32)) *wheel {
	w := &wheel{turned: turned}
	w.ExtendBaseWidget(w)
	return w
}

// Scrolled implements fyne.Scrollable.
func (w *wheel) Scrolled(turn *fyne.ScrollEvent) { w.turned(turn.Scrolled.DY * wheelSpeed) }

// wheelSpeed makes one notch of a wheel a little more than one row.
const wheelSpeed = 2

// CreateRenderer implements fyne.Widget.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(Clear))
}
