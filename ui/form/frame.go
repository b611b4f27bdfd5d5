package form

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Measures of the focus mark: a yellow ring outside, a black edge inside.
const (
	focusRing = 4
	focusEdge = 4
	inputEdge = 2
)

// frame is a hollow rectangle of four bars, crisp at any scale where a stroked one would blur.
type frame struct{ top, right, bottom, left *canvas.Rectangle }

func newFrame(colour color.Color) *frame {
	return &frame{
		canvas.NewRectangle(colour), canvas.NewRectangle(colour),
		canvas.NewRectangle(colour), canvas.NewRectangle(colour),
	}
}

func (f *frame) bars() []*canvas.Rectangle {
	return []*canvas.Rectangle{f.top, f.right, f.bottom, f.left}
}

func (f *frame) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{f.top, f.right, f.bottom, f.left}
}

// place draws the frame just inside the given box.
func (f *frame) place(at fyne.Position, size fyne.Size, thick float32) {
	tall := size.Height - 2*thick
	f.top.Move(at)
	f.top.Resize(fyne.NewSize(size.Width, thick))
	f.bottom.Move(at.AddXY(0, size.Height-thick))
	f.bottom.Resize(fyne.NewSize(size.Width, thick))
	f.left.Move(at.AddXY(0, thick))
	f.left.Resize(fyne.NewSize(thick, tall))
	f.right.Move(at.AddXY(size.Width-thick, thick))
	f.right.Resize(fyne.NewSize(thick, tall))
}

// placeAround draws the frame just outside the given box.
func (f *frame) placeAround(at fyne.Position, size fyne.Size, thick float32) {
	f.place(at.SubtractXY(thick, thick), size.AddWidthHeight(2*thick, 2*thick), thick)
}

func (f *frame) paint(colour color.Color) {
	for _, bar := range f.bars() {
		bar.FillColor = colour
		bar.Refresh()
	}
}

func (f *frame) show(visible bool) {
	for _, bar := range f.bars() {
		show(bar, visible)
	}
}

// show sets the visibility of an object.
func show(object fyne.CanvasObject, visible bool) {
	if visible {
		object.Show()
	} else {
		object.Hide()
	}
}
