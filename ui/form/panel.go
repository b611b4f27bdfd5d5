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

// Reason is one line under a decision: the sentence, the facts it rests on, the rule, since when the rule is in force,
// and where it comes from. With a Tick, which is made for the sentence, the line is to be ticked off.
type Reason struct {
	Sentence string
	Facts    string
	Rule     string
	Since    string
	Source   string
	Tick     *Checkbox
}

// Panel is a decision: a bar in the colour of its kind with an icon and a word, the sentence, and a line
// for each reason.
type Panel struct {
	widget.BaseWidget

	kind     PanelKind
	word     string
	sentence string
	reasons  []Reason
	content  *fyne.Container
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

// held are the boxes to tick; a page looks for what has the focus among them.
func (p *Panel) held() fyne.CanvasObject { return p.content }

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
	p.content = Filled(dress.fill, Pad(0, panelEdge, panelEdge, panelEdge, inside))
	return p.content
}

// panelEdge is the thickness of the coloured border.
const panelEdge = 3

// build draws a reason: what is so, and in smaller letters why.
func (r Reason) build() fyne.CanvasObject {
	why := VStack(2)
	if r.Facts != "" {
		why.Add(Small(r.Facts))
	}
	if origin := r.origin(); origin != "" {
		why.Add(Small(origin))
	}
	switch {
	case r.Tick != nil:
		return VStack(2, r.Tick, Pad(0, 0, 0, r.Tick.labelIndent(), why))
	case r.Sentence != "":
		return VStack(2, Body(r.Sentence), why)
	}
	return why
}

// origin is the rule, since when it is in force, and where it comes from.
func (r Reason) origin() string {
	var parts []string
	if r.Rule != "" {
		parts = append(parts, "Rule "+r.Rule)
	}
	if r.Since != "" {
		parts = append(parts, "in force from "+r.Since)
	}
	origin := upperFirst(strings.Join(parts, ", "))
	if r.Source != "" {
		origin = strings.TrimPrefix(origin+" · ", " · ") + "Source: " + r.Source
	}
	return origin
}
