package form

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// NoticeKind is how much a notice asks of its reader.
type NoticeKind int

// The kinds of notice. Each has its icon, so that nothing is said by colour alone.
const (
	NoticeGood    NoticeKind = iota // all is well
	NoticeQuiet                     // good to know
	NoticeWait                      // something is under way
	NoticeWarning                   // take care
	NoticeProblem                   // something must be done
)

// noticeDresses are the icon and the colour of each kind; the words stay black on white.
var noticeDresses = map[NoticeKind]struct {
	icon   Icon
	colour color.NRGBA
}{
	NoticeGood:    {IconTick, Green},
	NoticeQuiet:   {IconInfo, Grey1},
	NoticeWait:    {IconClock, Blue},
	NoticeWarning: {IconWarning, WarmYellow},
	NoticeProblem: {IconStop, Red},
}

// NewNotice says how something stands: an icon and bold words, a sentence, which may be empty, and what can be done about
// it. The edge at its left has the colour of the kind.
func NewNotice(kind NoticeKind, words, sentence string, actions ...fyne.CanvasObject) *fyne.Container {
	dress := noticeDresses[kind]
	icon := dress.colour
	if kind == NoticeWarning {
		icon = Black // warm yellow is too pale for a drawing on white
	}
	lines := VStack(4, Strong(words))
	if sentence != "" {
		lines.Add(Body(sentence))
	}
	if len(actions) > 0 {
		lines.Add(Pad(6, 0, 0, 0, HStack(16, actions...)))
	}
	edge := canvas.NewRectangle(dress.colour)
	inside := Pad(10, 16, 10, 16, Columns(12, []float32{24}, topped(dress.icon.Draw(icon, 24)), lines))
	return Filled(White, Columns(0, []float32{8}, edge, inside))
}
