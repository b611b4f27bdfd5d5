package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// NewDone is the green panel after something was saved: what was done, and lines that say in plain words
// where it now is, such as "Saved on this laptop. Not sent yet".
func NewDone(title string, lines ...string) *fyne.Container {
	words := VStack(4, Heading(title).In(White))
	for _, line := range lines {
		words.Add(Lead(line).In(White))
	}
	return Filled(Green, Pad(20, 24, 20, 24, Columns(16, []float32{32},
		topped(IconTick.Draw(White, 32)), words)))
}

// NewInterruption is the blue panel that stops to state a fact, its rule and its date. The actions stand
// under the words: use Reverse buttons and links in White.
func NewInterruption(title string, body []string, actions ...fyne.CanvasObject) *fyne.Container {
	words := VStack(8, Heading(title).In(White))
	for _, paragraph := range body {
		words.Add(Body(paragraph).In(White))
	}
	if len(actions) > 0 {
		words.Add(Pad(8, 0, 0, 0, HStack(16, actions...)))
	}
	return Filled(Blue, Pad(20, 24, 20, 24, words))
}

// NewInset sets something apart with a blue rule at its left.
func NewInset(object fyne.CanvasObject) *fyne.Container {
	rule := canvas.NewRectangle(Blue)
	return Columns(16, []float32{8}, rule, Pad(8, 0, 8, 0, object))
}

// topped keeps an object at its own height, at the top of what room there is.
func topped(object fyne.CanvasObject) *fyne.Container { return VStack(0, object) }
