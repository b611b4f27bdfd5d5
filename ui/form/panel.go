package form

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

var (
	_ fyne.Widget     = (*Panel)(nil)
	_ fyne.Accessible = (*Panel)(nil)
)

// PanelKind is what a decision panel says: how far one may go on.
type PanelKind int

// The kinds of decision, from the freest to the strictest.
const (
	PanelProceed PanelKind = iota
	PanelCaution
	PanelSeek
	PanelDefer
	PanelStop
)

// panelDress is how a kind looks: its word, its shape and its colours.
type panelDress struct {
	word       string
	icon       Icon
	fill, text color.NRGBA
}

var panelDresses = map[PanelKind]panelDress{
	PanelProceed: {"Proceed", IconTick, Green, White},
	PanelCaution: {"Caution", IconWarning, WarmYellow, Black},
	PanelSeek:    {"Seek advice", IconAsk, Blue, White},
	PanelDefer:   {"Defer", IconClock, Purple, White},
	PanelStop:    {"Do not give", IconStop, Red, White},
}

// Reason is one line under a decision: the sentence, the facts it rests on, the rule, and since when the
// rule is in force.
type Reason struct {
	Sentence string
	Facts    string
	Rule     string
	Since    string
}

// Panel is a decision: a bar in the colour of its kind with an icon and a word, the sentence, and a line
// for each reason.
type Panel struct {
	widget.BaseWidget

	kind     PanelKind
	word     string
	sentence string
	reasons  []Reason
}

// NewPanel returns the panel of a decision. Its word is that of the kind; see SetWord.
func NewPanel(kind PanelKind, sentence string, reasons ...Reason) *Panel {
	p := &Panel{kind: kind, word: panelDresses[kind].word, sentence: sentence, reasons: reasons}
	p.ExtendBaseWidget(p)
	return p
}

// SetWord puts other words on the bar, such as "Defer until 3 June 2022", and returns the panel.
func (p *Panel) SetWord(word string) *Panel {
	p.word = word
	p.Refresh()
	return p
}

// Set shows another decision.
func (p *Panel) Set(kind PanelKind, sentence string, reasons ...Reason) {
	p.kind, p.word, p.sentence, p.reasons = kind, panelDresses[kind].word, sentence, reasons
	p.Refresh()
}

// Kind is the kind of decision shown.
func (p *Panel) Kind() PanelKind { return p.kind }

// Word is what stands on the bar.
func (p *Panel) Word() string { return p.word }

// Sentence is the sentence under the bar.
func (p *Panel) Sentence() string { return p.sentence }

// Reasons are the reasons shown.
func (p *Panel) Reasons() []Reason { return p.reasons }

// AccessibilityLabel implements fyne.Accessible.
func (p *Panel) AccessibilityLabel() string {
	words := []string{p.word + ".", p.sentence}
	for _, reason := range p.reasons {
		words = append(words, reason.Sentence)
	}
	return strings.Join(words, " ")
}

// AccessibilityRole implements fyne.Accessible.
func (p *Panel) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer implements fyne.Widget.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	return newRebuilt(p, p.build)
}

// build draws the panel for its present content.
func (p *Panel) build() fyne.CanvasObject {
	dress := panelDresses[p.kind]
	step := sizesOf(p).Medium
	bar := Filled(dress.fill, Pad(10, 16, 10, 16, Columns(12, []float32{step.Line},
		Middle(dress.icon.Draw(dress.text, 24)), Subheading(p.word).In(dress.text))))
	body := VStack(0)
	if p.sentence != "" {
		body.Add(Strong(p.sentence))
	}
	for i, reason := range p.reasons {
		if i > 0 || p.sentence != "" {
			body.Add(Pad(12, 0, 12, 0, Rule()))
		}
		body.Add(reason.build())
	}
	inside := VStack(0, bar)
	if len(body.Objects) > 0 {
		inside.Add(Filled(White, Pad(14, 16, 16, 16, body)))
	}
	return Filled(dress.fill, Pad(0, panelEdge, panelEdge, panelEdge, inside))
}

// panelEdge is the thickness of the coloured border.
const panelEdge = 3

// build draws a reason: what is so, and in smaller letters why.
func (r Reason) build() fyne.CanvasObject {
	lines := VStack(2)
	if r.Sentence != "" {
		lines.Add(Body(r.Sentence))
	}
	if r.Facts != "" {
		lines.Add(Small(r.Facts))
	}
	var source []string
	if r.Rule != "" {
		source = append(source, "Rule "+r.Rule)
	}
	if r.Since != "" {
		source = append(source, "in force from "+r.Since)
	}
	if len(source) > 0 {
		lines.Add(Small(upperFirst(strings.Join(source, ", "))))
	}
	return lines
}
