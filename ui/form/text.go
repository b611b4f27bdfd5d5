package form

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

var (
	_ fyne.Widget     = (*Text)(nil)
	_ fyne.Accessible = (*Text)(nil)
)

// scale names a step of the type scale, so that a text follows the theme.
type scale int

const (
	scaleBody scale = iota
	scaleSmall
	scaleLead
	scaleMedium
	scaleLarge
)

func (s scale) of(sizes Sizes) Step {
	switch s {
	case scaleSmall:
		return sizes.Small
	case scaleLead:
		return sizes.Lead
	case scaleMedium:
		return sizes.Medium
	case scaleLarge:
		return sizes.Large
	default:
		return sizes.Body
	}
}

// Text is plain text on the type scale. It wraps at words to the width it is given and, unlike Fyne's
// Label, has no padding, so that it lines up with what stands above and below.
type Text struct {
	widget.BaseWidget

	content string
	scale   scale
	bold    bool
	colour  color.NRGBA
	align   fyne.TextAlign
	oneLine bool
}

func newText(content string, scale scale, bold bool, colour color.NRGBA) *Text {
	t := &Text{content: content, scale: scale, bold: bold, colour: colour}
	t.ExtendBaseWidget(t)
	return t
}

// Heading is the question of a page.
func Heading(content string) *Text { return newText(content, scaleLarge, true, Black) }

// Subheading is the title of a section.
func Subheading(content string) *Text { return newText(content, scaleMedium, true, Black) }

// Lead is text a step larger than the body.
func Lead(content string) *Text { return newText(content, scaleLead, false, Black) }

// LeadStrong is Lead in bold.
func LeadStrong(content string) *Text { return newText(content, scaleLead, true, Black) }

// Body is running text.
func Body(content string) *Text { return newText(content, scaleBody, false, Black) }

// Strong is Body in bold.
func Strong(content string) *Text { return newText(content, scaleBody, true, Black) }

// Hint is secondary text, in grey that still reaches 4.5:1.
func Hint(content string) *Text { return newText(content, scaleBody, false, Grey1) }

// Small is text for captions and table meta.
func Small(content string) *Text { return newText(content, scaleSmall, false, Grey1) }

// Caption is a small bold heading over a column.
func Caption(content string) *Text { return newText(content, scaleSmall, true, Grey1) }

// In gives the text a colour and returns it.
func (t *Text) In(colour color.NRGBA) *Text {
	t.colour = colour
	t.Refresh()
	return t
}

// OneLine keeps the text on one line: it asks for its natural width, and ends in … where it has less.
func (t *Text) OneLine() *Text {
	t.oneLine = true
	t.Refresh()
	return t
}

// Aligned sets the text to the left, the centre or the right of its width.
func (t *Text) Aligned(align fyne.TextAlign) *Text {
	t.align = align
	t.Refresh()
	return t
}

// Text is what is shown.
func (t *Text) Text() string { return t.content }

// SetText changes what is shown.
func (t *Text) SetText(content string) {
	if content == t.content {
		return
	}
	t.content = content
	t.Refresh()
}

// AccessibilityLabel implements fyne.Accessible.
func (t *Text) AccessibilityLabel() string { return t.content }

// AccessibilityRole implements fyne.Accessible.
func (t *Text) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// step is the size of letters and lines under the present theme.
func (t *Text) step() Step { return t.scale.of(sizesOf(t)) }

// width measures one line of content.
func (t *Text) width(content string) float32 {
	return fyne.MeasureText(content, t.step().Size, fyne.TextStyle{Bold: t.bold}).Width
}

// CreateRenderer implements fyne.Widget.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	r := &textRenderer{text: t}
	r.Refresh()
	return r
}

type textRenderer struct {
	text    *Text
	lines   []string
	drawn   []*canvas.Text
	wrapped float32 // the width lines were broken for
}

// Layout breaks the lines anew when the width has changed, and puts each in the middle of its line height.
func (r *textRenderer) Layout(size fyne.Size) {
	if size.Width != r.wrapped {
		r.wrap(size.Width)
		r.draw()
	}
	step := r.text.step()
	for i, line := range r.drawn {
		height := line.MinSize().Height
		line.Move(fyne.NewPos(0, float32(i)*step.Line+(step.Line-height)/2))
		line.Resize(fyne.NewSize(size.Width, height))
	}
}

// MinSize is the room for the lines as broken now. Its width is that of the longest word, so a column may
// be narrow; a one-line text asks for all it needs.
func (r *textRenderer) MinSize() fyne.Size {
	height := float32(len(r.lines)) * r.text.step().Line
	if r.text.oneLine {
		return fyne.NewSize(r.text.width(r.text.content), height)
	}
	widest := float32(0)
	for _, word := range strings.Fields(r.text.content) {
		widest = max(widest, r.text.width(word))
	}
	return fyne.NewSize(min(widest, widestWord), height)
}

// widestWord is where a word gives way and is broken, so that a pasted web address cannot widen the window.
const widestWord = 160

func (r *textRenderer) Refresh() {
	r.wrap(r.text.Size().Width)
	r.draw()
	r.Layout(r.text.Size())
	canvas.Refresh(r.text)
}

func (r *textRenderer) wrap(width float32) {
	r.wrapped = width
	switch {
	case r.text.oneLine:
		r.lines = []string{clip(r.text.content, width, r.text.width)}
	case width <= 0:
		r.lines = strings.Split(r.text.content, "\n")
	default:
		r.lines = wrapWords(r.text.content, width, r.text.width)
	}
}

func (r *textRenderer) draw() {
	step := r.text.step()
	for len(r.drawn) < len(r.lines) {
		r.drawn = append(r.drawn, canvas.NewText("", Black))
	}
	r.drawn = r.drawn[:len(r.lines)]
	for i, line := range r.drawn {
		line.Text = r.lines[i]
		line.Color = r.text.colour
		line.TextSize = step.Size
		line.TextStyle = fyne.TextStyle{Bold: r.text.bold}
		line.Alignment = r.text.align
		line.Refresh()
	}
}

func (r *textRenderer) Objects() []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(r.drawn))
	for i, line := range r.drawn {
		objects[i] = line
	}
	return objects
}

func (r *textRenderer) Destroy() {}
