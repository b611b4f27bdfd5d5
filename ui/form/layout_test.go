package form_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"deltoid/ui/form"
)

// block is a plain object of a size.
func block(width, height float32) *canvas.Rectangle {
	rectangle := canvas.NewRectangle(form.Black)
	rectangle.SetMinSize(fyne.NewSize(width, height))
	return rectangle
}

func TestVStack_GivesWrappedTextItsHeightAtOnce(t *testing.T) {
	dress(t)
	text := form.Body("one two three four five six seven eight nine ten eleven twelve")
	below := block(10, 10)
	stack := form.VStack(8, text, below)
	stack.Resize(fyne.NewSize(120, 500))
	lines := text.Size().Height / form.Compact.Body.Line
	if lines < 3 || below.Position().Y != text.Size().Height+8 {
		t.Errorf("%v lines, what is below stands at %v", lines, below.Position().Y)
	}
}

func TestVStack_LeavesNoGapForTheHidden(t *testing.T) {
	dress(t)
	hidden := block(10, 10)
	hidden.Hide()
	stack := form.VStack(8, block(10, 10), hidden, block(10, 10))
	if got := stack.MinSize().Height; got != 28 {
		t.Errorf("height %v, want 28", got)
	}
}

func TestHStack_SetsButtonsAndLinksOnOneLine(t *testing.T) {
	dress(t)
	button, link := form.Primary("Continue", nil), form.NewLink("Put down", nil)
	row := form.HStack(16, button, link)
	row.Resize(row.MinSize())
	face := button.Position().Y + (button.Size().Height-4)/2
	if middle := link.Position().Y + link.Size().Height/2; middle != face {
		t.Errorf("the link is at %v, the face of the button at %v", middle, face)
	}
}

func TestColumns_FixedAndShared(t *testing.T) {
	dress(t)
	left, middle, right := block(10, 10), block(10, 10), block(10, 10)
	row := form.Columns(10, []float32{100, 0, 50}, left, middle, right)
	row.Resize(fyne.NewSize(400, 30))
	if left.Size().Width != 100 || middle.Size().Width != 230 || right.Position().X != 350 {
		t.Errorf("widths %v and %v, right at %v", left.Size().Width, middle.Size().Width, right.Position().X)
	}
}

func TestMaxWidth(t *testing.T) {
	dress(t)
	inside := block(10, 10)
	box := form.MaxWidth(200, inside)
	box.Resize(fyne.NewSize(500, 20))
	if inside.Size().Width != 200 {
		t.Errorf("width %v, want 200", inside.Size().Width)
	}
	box.Resize(fyne.NewSize(150, 20))
	if inside.Size().Width != 150 {
		t.Errorf("width %v, want 150", inside.Size().Width)
	}
}
