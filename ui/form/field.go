package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

var (
	_ fyne.Widget = (*Field)(nil)
	_ Focuser     = (*Field)(nil)
)

// Field is a form group: a bold label, a hint, and an input of any kind. With an error it takes a red rule
// at the left and says what is wrong above the input; nothing typed is touched.
type Field struct {
	widget.BaseWidget

	label, hint, message *Text
	input                fyne.CanvasObject
	fault                string
	rule                 *canvas.Rectangle
	content              *fyne.Container
}

// named is an input that wants to know what its label says.
type named interface{ SetName(string) }

// natural is an input that knows how wide it should be; zero is as wide as there is room.
type natural interface{ naturalWidth() float32 }

// NewField returns a group of a label, a hint, which may be empty, and an input.
func NewField(label, hint string, input fyne.CanvasObject) *Field {
	return newField(Strong(label), hint, input)
}

// NewQuestion is NewField with the label as large as the heading of a page.
func NewQuestion(question, hint string, input fyne.CanvasObject) *Field {
	return newField(Heading(question), hint, input)
}

func newField(label *Text, hint string, input fyne.CanvasObject) *Field {
	f := &Field{
		label:   label,
		hint:    Hint(hint),
		message: Strong("").In(Red),
		input:   input,
		rule:    canvas.NewRectangle(Red),
	}
	f.hint.Hidden = hint == ""
	f.label.Hidden = label.Text() == ""
	f.message.Hide()
	f.rule.Hide()
	if wants, ok := input.(named); ok {
		wants.SetName(label.Text())
	}
	var held fyne.CanvasObject = input
	if sized, ok := input.(natural); ok {
		held = containNatural(sized, input)
	}
	above := VStack(2, f.label, f.hint, f.message)
	f.content = VStack(fieldGap, above, held)
	f.ExtendBaseWidget(f)
	return f
}

// Measures of a field.
const (
	fieldGap  = 6
	faultRule = 4
	faultGap  = 12
)

// Input is the input of the group.
func (f *Field) Input() fyne.CanvasObject { return f.input }

// Label is the words of the label.
func (f *Field) Label() string { return f.label.Text() }

// SetLabel changes the words of the label.
func (f *Field) SetLabel(label string) {
	f.label.SetText(label)
	show(f.label, label != "")
	if wants, ok := f.input.(named); ok {
		wants.SetName(label)
	}
	f.Refresh()
}

// SetHint changes the hint; empty takes it away.
func (f *Field) SetHint(hint string) {
	f.hint.SetText(hint)
	show(f.hint, hint != "")
	f.Refresh()
}

// SetError shows what is wrong, in the words of the error summary; empty takes it away.
func (f *Field) SetError(message string) {
	f.fault = message
	f.message.SetText(message)
	show(f.message, message != "")
	show(f.rule, message != "")
	if input, ok := f.input.(faulty); ok {
		input.SetFault(message != "")
	}
	f.Refresh()
}

// Error is the message now shown; empty when there is none.
func (f *Field) Error() string { return f.fault }

// Focusable implements Focuser: the control in the group that takes the focus.
func (f *Field) Focusable() fyne.Focusable { return firstFocus(f.input) }

// CreateRenderer implements fyne.Widget.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	f.ExtendBaseWidget(f)
	return &fieldRenderer{f}
}

type fieldRenderer struct{ field *Field }

func (r *fieldRenderer) indent() float32 {
	if r.field.fault == "" {
		return 0
	}
	return faultRule + faultGap
}

func (r *fieldRenderer) Layout(size fyne.Size) {
	r.field.rule.Resize(fyne.NewSize(faultRule, size.Height))
	r.field.content.Move(fyne.NewPos(r.indent(), 0))
	r.field.content.Resize(fyne.NewSize(size.Width-r.indent(), size.Height))
}

func (r *fieldRenderer) MinSize() fyne.Size {
	return r.field.content.MinSize().AddWidthHeight(r.indent(), 0)
}

func (r *fieldRenderer) Refresh() {
	r.field.content.Refresh()
	r.Layout(r.field.Size())
	canvas.Refresh(r.field)
}

func (r *fieldRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.field.rule, r.field.content}
}

func (r *fieldRenderer) Destroy() {}

// containNatural holds an input at the width it asks for.
func containNatural(width natural, input fyne.CanvasObject) fyne.CanvasObject {
	return &fyne.Container{Layout: naturalLayout{width}, Objects: []fyne.CanvasObject{input}}
}

type naturalLayout struct{ of natural }

func (l naturalLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := l.of.naturalWidth()
	if width == 0 {
		width = size.Width
	}
	objects[0].Resize(fyne.NewSize(min(width, size.Width), size.Height))
}

func (l naturalLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }
