package form

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

var (
	_ fyne.Widget     = (*ErrorSummary)(nil)
	_ fyne.Focusable  = (*ErrorSummary)(nil)
	_ fyne.Accessible = (*ErrorSummary)(nil)
)

// reporter is a field with a place for the words of an error.
type reporter interface{ SetError(message string) }

// Fault is one thing to put right: the words of the field's error, and the field. Target is a *Field, a
// Focuser or a control; it may be nil where no single field is to blame.
type Fault struct {
	Message string
	Target  fyne.CanvasObject
}

// ErrorSummary is the red box at the top of a page after Continue found something missing: one link for
// each fault, which moves the focus to the field. The box takes the focus itself when it appears. It is
// hidden while there is no fault.
type ErrorSummary struct {
	widget.BaseWidget
	Keys

	// Links are the links to the faults, in their order.
	Links []*Link

	faults  []Fault
	focused bool
	content *fyne.Container
}

// NewErrorSummary returns a summary of no faults, hidden.
func NewErrorSummary() *ErrorSummary {
	s := &ErrorSummary{content: VStack(8)}
	s.Hidden = true
	s.ExtendBaseWidget(s)
	return s
}

// Report shows the faults, says the same words on each field that has a place for them, and takes the focus.
// With no fault it hides.
func (s *ErrorSummary) Report(faults ...Fault) {
	s.clearFields()
	s.faults = faults
	s.Links = nil
	rows := []fyne.CanvasObject{Subheading("There is a problem")}
	for _, fault := range faults {
		link := NewLink(fault.Message, func() { s.follow(fault) }).In(Red).Strong()
		link.OnKey = func(key *fyne.KeyEvent) bool { return s.OnKey != nil && s.OnKey(key) }
		s.Links = append(s.Links, link)
		rows = append(rows, link)
		if field, ok := fault.Target.(reporter); ok {
			field.SetError(fault.Message)
		}
	}
	s.content.Objects = rows
	s.Hidden = len(faults) == 0
	s.Refresh()
	if !s.Hidden {
		focusOn(s)
	}
}

// Clear takes the box and the errors on the fields away.
func (s *ErrorSummary) Clear() {
	s.clearFields()
	s.faults, s.Links = nil, nil
	s.Hide()
}

func (s *ErrorSummary) clearFields() {
	for _, fault := range s.faults {
		if field, ok := fault.Target.(reporter); ok {
			field.SetError("")
		}
	}
}

// Faults are the faults now shown.
func (s *ErrorSummary) Faults() []Fault { return s.faults }

// follow moves the focus to the field of a fault.
func (s *ErrorSummary) follow(fault Fault) {
	if fault.Target != nil {
		MoveFocus(firstFocus(fault.Target))
	}
}

// TypedKey implements fyne.Focusable: Enter goes to the first fault, or on to the window where no field is to blame,
// so that what failed can be tried again.
func (s *ErrorSummary) TypedKey(key *fyne.KeyEvent) {
	switch {
	case reader.key(key), s.claim(key):
	case isEnter(key) && len(s.faults) > 0 && s.faults[0].Target != nil:
		s.follow(s.faults[0])
	default:
		passKey(s, key)
	}
}

// TypedRune implements fyne.Focusable.
func (s *ErrorSummary) TypedRune(letter rune) { reader.letter(s, letter) }

func (s *ErrorSummary) snapshot() (func(), int) { return untouched() }

// FocusGained implements fyne.Focusable.
func (s *ErrorSummary) FocusGained() {
	s.focused = true
	s.Refresh()
	revealFocus(s)
}

// FocusLost implements fyne.Focusable.
func (s *ErrorSummary) FocusLost() {
	s.focused = false
	s.Refresh()
}

// AccessibilityLabel implements fyne.Accessible.
func (s *ErrorSummary) AccessibilityLabel() string {
	words := []string{"There is a problem"}
	for _, fault := range s.faults {
		words = append(words, fault.Message)
	}
	return strings.Join(words, ". ")
}

// AccessibilityRole implements fyne.Accessible.
func (s *ErrorSummary) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer implements fyne.Widget.
func (s *ErrorSummary) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	r := &errorSummaryRenderer{
		summary: s,
		fill:    canvas.NewRectangle(White),
		ring:    newFrame(Yellow),
		edge:    newFrame(Red),
		body:    Pad(16, 20, 16, 20, s.content),
	}
	r.ring.show(s.focused)
	return r
}

// summaryEdge is the thickness of the red border.
const summaryEdge = 4

type errorSummaryRenderer struct {
	summary    *ErrorSummary
	fill       *canvas.Rectangle
	ring, edge *frame
	body       *fyne.Container
}

func (r *errorSummaryRenderer) Layout(size fyne.Size) {
	r.fill.Resize(size)
	r.edge.place(fyne.Position{}, size, summaryEdge)
	r.ring.placeAround(fyne.Position{}, size, focusRing)
	r.body.Resize(size)
}

func (r *errorSummaryRenderer) MinSize() fyne.Size { return r.body.MinSize() }

func (r *errorSummaryRenderer) Refresh() {
	r.ring.show(r.summary.focused)
	r.body.Refresh()
	r.Layout(r.summary.Size())
	canvas.Refresh(r.summary)
}

func (r *errorSummaryRenderer) Objects() []fyne.CanvasObject {
	objects := append(r.ring.objects(), r.fill)
	objects = append(objects, r.edge.objects()...)
	return append(objects, r.body)
}

func (r *errorSummaryRenderer) Destroy() {}
