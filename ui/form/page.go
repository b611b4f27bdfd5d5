package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

var _ fyne.Widget = (*Page)(nil)

// Page scrolls what does not fit, up and down only. Whatever takes the focus on it is brought in sight, so
// that the focus is never hidden, and wrapped text is given its height at once.
type Page struct {
	widget.BaseWidget

	scroll *container.Scroll
	inside *fyne.Container
	made   int // number of the page in the order in which pages were made
}

const (
	// pageRoom keeps the focus ring of what stands at the edge of a page from being cut off.
	pageRoom = 8
	// pageBar is the room for the scroll bar at the right.
	pageBar = 16
)

// NewPage returns a page of this content.
func NewPage(content fyne.CanvasObject) *Page {
	lastPage++
	p := &Page{inside: Pad(pageRoom, pageRoom+pageBar, pageRoom, pageRoom, content), made: lastPage}
	p.scroll = container.NewVScroll(p.inside)
	p.ExtendBaseWidget(p)
	return p
}

// SetContent shows something else, from its top.
func (p *Page) SetContent(content fyne.CanvasObject) {
	p.inside.Objects = []fyne.CanvasObject{content}
	p.scroll.Offset = fyne.Position{}
	p.Refresh()
}

// ToTop scrolls back to the beginning.
func (p *Page) ToTop() { p.scroll.ScrollToTop() }

// Offset is how far the page is scrolled down.
func (p *Page) Offset() float32 { return p.scroll.Offset.Y }

// Reveal scrolls until an object on the page is in sight.
func (p *Page) Reveal(object fyne.CanvasObject) {
	p.settle()
	at, found := p.locate(object)
	if !found {
		return
	}
	top := at.Y - p.scroll.Offset.Y
	bottom := top + max(object.Size().Height, object.MinSize().Height)
	by := max(0, bottom+2*pageRoom-p.Size().Height)
	if top-by < 2*pageRoom {
		by = top - 2*pageRoom
	}
	if by != 0 {
		p.scroll.ScrollToOffset(fyne.NewPos(0, p.scroll.Offset.Y+by))
	}
}

// settle gives the content the height it now needs, when something on it has come or gone.
func (p *Page) settle() {
	fitWidth(p.inside, p.Size().Width)
	p.scroll.Refresh()
}

// locate is where an object stands on the content of the page, in sight or not.
func (p *Page) locate(object fyne.CanvasObject) (fyne.Position, bool) {
	if at, found := locate(p.inside, object); found {
		return at, true
	}
	// Within a widget of another package Fyne must know the place, as it does once the object was drawn.
	driver := fyne.CurrentApp().Driver()
	if window := driver.CanvasForObject(object); window == nil || window != driver.CanvasForObject(p) {
		return fyne.Position{}, false
	}
	at := driver.AbsolutePositionForObject(object).Subtract(driver.AbsolutePositionForObject(p))
	at = at.AddXY(0, p.scroll.Offset.Y)
	on := at.X >= 0 && at.Y >= 0 && at.X < p.Size().Width && at.Y < p.inside.Size().Height
	return at, on
}

// holder is a widget of this package with controls inside.
type holder interface{ held() fyne.CanvasObject }

func (f *Field) held() fyne.CanvasObject        { return f.content }
func (d *DateEntry) held() fyne.CanvasObject    { return d.content }
func (c *Chooser) held() fyne.CanvasObject      { return c.content }
func (s *SummaryList) held() fyne.CanvasObject  { return s.content }
func (t *TaskList) held() fyne.CanvasObject     { return t.content }
func (s *ErrorSummary) held() fyne.CanvasObject { return s.content }
func (y *YesNoUnknown) held() fyne.CanvasObject { return y.followUp }

// locate looks for an object in a tree of containers and of our own widgets, which Fyne cannot do for what
// has not been drawn yet, such as an error that has just appeared.
func locate(tree, object fyne.CanvasObject) (fyne.Position, bool) {
	if tree == object {
		return tree.Position(), true
	}
	var inside []fyne.CanvasObject
	switch parent := tree.(type) {
	case *fyne.Container:
		inside = parent.Objects
	case holder:
		inside = []fyne.CanvasObject{parent.held()}
	}
	for _, child := range inside {
		if at, found := locate(child, object); found {
			return at.Add(tree.Position()), true
		}
	}
	return fyne.Position{}, false
}

// CreateRenderer implements fyne.Widget.
func (p *Page) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	pages[p] = true
	return &pageRenderer{p}
}

// pages are the pages now drawn, so that a control that takes the focus can find the one it stands on: Fyne tells a
// control its place in the window but not its parent. A page that was replaced stays among them until Fyne forgets it.
var (
	pages    = map[*Page]bool{}
	lastPage int
)

// revealFocus scrolls the page a control stands on until the control is in sight.
func revealFocus(control fyne.CanvasObject) {
	if page := pageOf(control); page != nil {
		page.Reveal(control)
	}
}

// pageOf is the page that a control stands on: the latest that holds it, for a control may have been taken over from a page
// that was replaced; else the latest that Fyne knows it to lie on.
func pageOf(control fyne.CanvasObject) *Page {
	var holding, under *Page
	for page := range pages {
		if !page.Visible() {
			continue
		}
		if _, inside := locate(page.inside, control); inside {
			holding = later(holding, page)
		} else if _, on := page.locate(control); on {
			under = later(under, page)
		}
	}
	if holding != nil {
		return holding
	}
	return under
}

func later(a, b *Page) *Page {
	if a == nil || b.made > a.made {
		return b
	}
	return a
}

type pageRenderer struct{ page *Page }

// Layout gives the content its width, then, now that its height is known, its height.
func (r *pageRenderer) Layout(size fyne.Size) {
	r.page.scroll.Resize(size)
	r.page.settle()
}

func (r *pageRenderer) MinSize() fyne.Size { return r.page.scroll.MinSize() }

func (r *pageRenderer) Refresh() {
	r.page.inside.Refresh()
	r.Layout(r.page.Size())
	canvas.Refresh(r.page)
}

func (r *pageRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.page.scroll} }

func (r *pageRenderer) Destroy() { delete(pages, r.page) }
