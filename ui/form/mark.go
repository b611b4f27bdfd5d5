package form

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// radioMark is the circle of one choice: a yellow ring and a thick black edge when focused, a black dot
// when chosen. Filled circles one on another stay round where stroked ones would not.
type radioMark struct{ ring, edge, inner, dot *canvas.Circle }

func newRadioMark() radioMark {
	return radioMark{
		canvas.NewCircle(Yellow), canvas.NewCircle(Grey1), canvas.NewCircle(White), canvas.NewCircle(Black),
	}
}

// dress paints the mark for its state.
func (m radioMark) dress(chosen, focused, fault bool) {
	show(m.ring, focused)
	show(m.dot, chosen)
	m.edge.FillColor = Grey1
	switch {
	case focused:
		m.edge.FillColor = Black
	case fault:
		m.edge.FillColor = Red
	case chosen:
		m.edge.FillColor = Black
	}
	m.edge.Refresh()
}

// place draws the mark in a square of the given edge; the ring lies outside it.
func (m radioMark) place(at fyne.Position, edge float32, focused bool) {
	border := float32(inputEdge)
	if focused {
		border = focusEdge
	}
	within(m.ring, at, edge, -focusRing)
	within(m.edge, at, edge, 0)
	within(m.inner, at, edge, border)
	within(m.dot, at, edge, edge/4)
}

func (m radioMark) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{m.ring, m.edge, m.inner, m.dot}
}

// within places an object in a square, this far in from its edges.
func within(object fyne.CanvasObject, at fyne.Position, edge, inset float32) {
	object.Move(at.AddXY(inset, inset))
	object.Resize(fyne.NewSquareSize(edge - 2*inset))
}

// keyCap is the small drawing of a key that tells which digit chooses an option.
type keyCap struct {
	edge, face *canvas.Rectangle
	digit      *canvas.Text
}

// capEdge is the size of a key cap.
const capEdge = 20

func newKeyCap(number int) keyCap {
	digit := canvas.NewText(strconv.Itoa(number), Grey1)
	digit.Alignment = fyne.TextAlignCenter
	digit.TextSize = 13
	return keyCap{canvas.NewRectangle(Grey3), canvas.NewRectangle(White), digit}
}

func (k keyCap) place(at fyne.Position) {
	within(k.edge, at, capEdge, 0)
	within(k.face, at, capEdge, 1)
	height := k.digit.MinSize().Height
	k.digit.Move(at.AddXY(0, (capEdge-height)/2))
	k.digit.Resize(fyne.NewSize(capEdge, height))
}

func (k keyCap) show(visible bool) {
	show(k.edge, visible)
	show(k.face, visible)
	show(k.digit, visible)
}

func (k keyCap) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{k.edge, k.face, k.digit}
}
