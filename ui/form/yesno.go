package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

var (
	_ fyne.Widget     = (*YesNoUnknown)(nil)
	_ fyne.Focusable  = (*YesNoUnknown)(nil)
	_ fyne.Tappable   = (*YesNoUnknown)(nil)
	_ fyne.Accessible = (*YesNoUnknown)(nil)
	_ reporter        = (*YesNoUnknown)(nil)
)

// Answer is what was said to a YesNoUnknown.
type Answer int

// The answers; AnswerNone is no answer yet, which is not the same as "Not known".
const (
	AnswerNone Answer = iota
	AnswerYes
	AnswerNo
	AnswerUnknown
)

var answerWords = []string{"Yes", "No", "Not known"}

// YesNoUnknown is one question of a page of many, with its two or three answers at the right. It is one tab stop:
// 1, 2 and 3 answer, Left and Right move the ring and Space answers, Up and Down go to the next question.
type YesNoUnknown struct {
	widget.BaseWidget
	Keys

	// OnChanged is called when the answer changes.
	OnChanged func(Answer)
	// OnSubmit is called by Enter; when it is nil Enter goes on to the window.
	OnSubmit func()
	// Advance moves the focus to the next question when a digit has answered this one.
	Advance bool

	words    []string // of the answers
	question *Text
	hint     *Text
	message  *Text
	fault    string
	followUp *fyne.Container
	choice   choice
	focused  bool
}

// NewYesNoUnknown returns a question without an answer; the hint may be empty.
func NewYesNoUnknown(question, hint string) *YesNoUnknown {
	return newYesNo(answerWords, question, hint)
}

// NewYesNo is NewYesNoUnknown for what must be settled: there is no third answer.
func NewYesNo(question, hint string) *YesNoUnknown {
	return newYesNo(answerWords[:2], question, hint)
}

func newYesNo(words []string, question, hint string) *YesNoUnknown {
	y := &YesNoUnknown{
		words:    words,
		question: Body(question),
		hint:     Small(hint),
		message:  Strong("").In(Red),
		followUp: VStack(12),
		choice:   newChoice(len(words)),
	}
	y.hint.Hidden = hint == ""
	y.message.Hide()
	y.followUp.Hide()
	y.ExtendBaseWidget(y)
	return y
}

// Question is the words of the question.
func (y *YesNoUnknown) Question() string { return y.question.Text() }

// Answer is the answer given.
func (y *YesNoUnknown) Answer() Answer { return Answer(y.choice.selected + 1) }

// SetAnswer shows an answer that is already known, without telling OnChanged.
func (y *YesNoUnknown) SetAnswer(answer Answer) {
	y.choice.selected = int(answer) - 1
	y.choice.enter()
	y.Refresh()
}

// SetError shows what is wrong above the question; empty takes it away.
func (y *YesNoUnknown) SetError(message string) {
	y.fault = message
	y.message.SetText(message)
	show(y.message, message != "")
	y.Refresh()
}

// Error is the message now shown.
func (y *YesNoUnknown) Error() string { return y.fault }

// SetFollowUp puts objects under the question, such as a field for details; none takes them away.
func (y *YesNoUnknown) SetFollowUp(objects ...fyne.CanvasObject) {
	y.followUp.Objects = objects
	show(y.followUp, len(objects) > 0)
	y.followUp.Refresh()
	y.Refresh()
}

func (y *YesNoUnknown) pick(option int) {
	changed := y.choice.pick(option)
	y.Refresh()
	if changed && y.OnChanged != nil {
		y.OnChanged(y.Answer())
	}
}

// TypedRune implements fyne.Focusable.
func (y *YesNoUnknown) TypedRune(letter rune) {
	if reader.letter(y, letter) {
		return
	}
	option := digit(letter)
	if option < 0 || option >= len(y.words) {
		return
	}
	y.pick(option)
	if y.Advance && !y.followUp.Visible() {
		y.neighbour(1)
	}
}

func (y *YesNoUnknown) snapshot() (func(), int) {
	before := y.choice
	return func() {
		changed := y.choice.selected != before.selected
		y.choice = before
		y.Refresh()
		if changed && y.OnChanged != nil {
			y.OnChanged(y.Answer())
		}
	}, scanKeys
}

// TypedKey implements fyne.Focusable.
func (y *YesNoUnknown) TypedKey(key *fyne.KeyEvent) {
	if reader.key(key) || y.claim(key) {
		return
	}
	switch {
	case key.Name == fyne.KeyUp:
		y.neighbour(-1)
	case key.Name == fyne.KeyDown:
		y.neighbour(1)
	case step(key, true) != 0:
		y.choice.move(step(key, true))
		y.Refresh()
	case key.Name == fyne.KeySpace, isEnter(key) && y.choice.pending():
		y.pick(y.choice.at)
	case isEnter(key) && y.OnSubmit != nil:
		y.OnSubmit()
	default:
		passKey(y, key)
	}
}

// neighbour moves the focus to the tab stop before or after.
func (y *YesNoUnknown) neighbour(by int) {
	window := canvasOf(y)
	switch {
	case window == nil:
	case by < 0:
		window.FocusPrevious()
	default:
		window.FocusNext()
	}
}

// Tapped implements fyne.Tappable.
func (y *YesNoUnknown) Tapped(at *fyne.PointEvent) {
	focusOn(y)
	left, widths := y.answers(y.Size().Width)
	if at.Position.Y > y.questionHeight() {
		return
	}
	for i, width := range widths {
		if at.Position.X >= left && at.Position.X < left+width {
			y.pick(i)
			return
		}
		left += width
	}
}

// FocusGained implements fyne.Focusable.
func (y *YesNoUnknown) FocusGained() {
	y.focused = true
	y.choice.enter()
	y.Refresh()
	revealFocus(y)
}

// FocusLost implements fyne.Focusable.
func (y *YesNoUnknown) FocusLost() {
	y.focused = false
	y.Refresh()
}

// AccessibilityLabel implements fyne.Accessible.
func (y *YesNoUnknown) AccessibilityLabel() string {
	if y.choice.selected < 0 {
		return y.Question() + ", no answer"
	}
	return y.Question() + ", " + y.words[y.choice.selected]
}

// AccessibilityRole implements fyne.Accessible.
func (y *YesNoUnknown) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// Measures of a row.
const (
	answerPadding = 8  // between circle, key cap and word
	answerEnd     = 12 // behind the word
	rowPadding    = 5
	rowSide       = 12
	questionGap   = 24
)

func (y *YesNoUnknown) circle() float32 { return sizesOf(y).Dense - 2*focusRing }

// answers is where the first answer begins, and how wide each is.
func (y *YesNoUnknown) answers(total float32) (left float32, widths []float32) {
	words := measured(sizesOf(y).Body, false)
	left = total
	for _, answer := range y.words {
		width := y.circle() + answerPadding + words(answer) + answerPadding + capEdge + answerEnd
		widths = append(widths, width)
		left -= width
	}
	return left, widths
}

// questionHeight is that of the row without what follows under it.
func (y *YesNoUnknown) questionHeight() float32 {
	height := 2*rowPadding + (sizesOf(y).Dense - sizesOf(y).Body.Line) + y.question.MinSize().Height
	if y.message.Visible() {
		height += y.message.MinSize().Height
	}
	if y.hint.Visible() {
		height += y.hint.MinSize().Height
	}
	return height
}

// CreateRenderer implements fyne.Widget.
func (y *YesNoUnknown) CreateRenderer() fyne.WidgetRenderer {
	y.ExtendBaseWidget(y)
	r := &yesNoRenderer{
		row:    y,
		ground: canvas.NewRectangle(White),
		line:   canvas.NewRectangle(Grey4),
		rule:   canvas.NewRectangle(Red),
		branch: canvas.NewRectangle(Blue),
	}
	for i, word := range y.words {
		r.marks = append(r.marks, newRadioMark())
		r.caps = append(r.caps, newKeyCap(i+1))
		r.words = append(r.words, Body(word).OneLine())
	}
	r.dress()
	return r
}

type yesNoRenderer struct {
	row    *YesNoUnknown
	ground *canvas.Rectangle // white behind the question with the focus
	line   *canvas.Rectangle
	rule   *canvas.Rectangle // red while something is wrong
	branch *canvas.Rectangle // blue beside what follows
	marks  []radioMark
	caps   []keyCap
	words  []*Text
}

func (r *yesNoRenderer) Layout(size fyne.Size) {
	y, sizes := r.row, sizesOf(r.row)
	left, widths := y.answers(size.Width)
	room := max(40, left-rowSide-questionGap)
	top := rowPadding + (sizes.Dense-sizes.Body.Line)/2
	if y.message.Visible() {
		y.message.Move(fyne.NewPos(rowSide, top))
		top += fitWidth(y.message, room)
	}
	y.question.Move(fyne.NewPos(rowSide, top))
	below := top + fitWidth(y.question, room)
	if y.hint.Visible() {
		y.hint.Move(fyne.NewPos(rowSide, below))
		fitWidth(y.hint, room)
	}
	r.placeAnswers(left, widths, top-(sizes.Dense-sizes.Body.Line)/2)

	height := y.questionHeight()
	r.ground.Resize(fyne.NewSize(size.Width, height))
	r.rule.Resize(fyne.NewSize(faultRule, height))
	if y.followUp.Visible() {
		y.followUp.Move(fyne.NewPos(rowSide+8+rowSide, height+4))
		tall := fitWidth(y.followUp, size.Width-3*rowSide-8)
		r.branch.Move(fyne.NewPos(rowSide, height+4))
		r.branch.Resize(fyne.NewSize(4, tall))
	}
	r.line.Move(fyne.NewPos(0, size.Height-1))
	r.line.Resize(fyne.NewSize(size.Width, 1))
}

func (r *yesNoRenderer) placeAnswers(x float32, widths []float32, top float32) {
	y, sizes := r.row, sizesOf(r.row)
	for i, mark := range r.marks {
		focused := y.focused && y.choice.at == i
		mark.place(fyne.NewPos(x, top+focusRing), y.circle(), focused)
		after := x + y.circle() + answerPadding
		word := r.words[i].MinSize()
		r.words[i].Move(fyne.NewPos(after, top+(sizes.Dense-word.Height)/2))
		r.words[i].Resize(word)
		r.caps[i].place(fyne.NewPos(after+word.Width+answerPadding, top+(sizes.Dense-capEdge)/2))
		x += widths[i]
	}
}

func (r *yesNoRenderer) MinSize() fyne.Size {
	left, _ := r.row.answers(0)
	size := fyne.NewSize(-left+rowSide+questionGap+120, r.row.questionHeight()+1)
	if r.row.followUp.Visible() {
		size.Height += r.row.followUp.MinSize().Height + 16
	}
	return size
}

func (r *yesNoRenderer) dress() {
	y := r.row
	show(r.ground, y.focused)
	show(r.rule, y.fault != "")
	show(r.branch, y.followUp.Visible())
	for i, mark := range r.marks {
		mark.dress(y.choice.selected == i, y.focused && y.choice.at == i, y.fault != "")
		r.caps[i].show(y.focused)
	}
}

func (r *yesNoRenderer) Refresh() {
	r.dress()
	r.Layout(r.row.Size())
	canvas.Refresh(r.row)
}

func (r *yesNoRenderer) Objects() []fyne.CanvasObject {
	y := r.row
	objects := []fyne.CanvasObject{r.ground, r.line, r.rule, y.message, y.question, y.hint}
	for i, mark := range r.marks {
		objects = append(objects, mark.objects()...)
		objects = append(objects, r.words[i])
		objects = append(objects, r.caps[i].objects()...)
	}
	return append(objects, r.branch, y.followUp)
}

func (r *yesNoRenderer) Destroy() {}
