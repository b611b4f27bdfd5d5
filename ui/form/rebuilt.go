package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// rebuilt renders a widget that only shows: each refresh draws it anew from its content. It is not for
// widgets that hold a control, whose focus it would lose.
type rebuilt struct {
	widget fyne.Widget
	build  func() fyne.CanvasObject
	drawn  fyne.CanvasObject
}

func newRebuilt(widget fyne.Widget, build func() fyne.CanvasObject) *rebuilt {
	return &rebuilt{widget: widget, build: build, drawn: build()}
}

func (r *rebuilt) Layout(size fyne.Size) { r.drawn.Resize(size) }

func (r *rebuilt) MinSize() fyne.Size { return r.drawn.MinSize() }

func (r *rebuilt) Refresh() {
	r.drawn = r.build()
	r.drawn.Resize(r.widget.Size())
	canvas.Refresh(r.widget)
}

func (r *rebuilt) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.drawn} }

func (r *rebuilt) Destroy() {}
