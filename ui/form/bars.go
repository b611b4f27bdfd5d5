package form

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

var (
	_ fyne.Widget     = (*Bars)(nil)
	_ fyne.Accessible = (*Bars)(nil)
)

// Bar is one line of a chart: what it counts, and the two counts that make up its length.
type Bar struct {
	Label         string
	First, Second int
}

// Bars is a chart of lying bars, one under another. The numbers stand beside the bars, so that nothing has to be read off a scale;
// the second count is drawn pale with an edge, so that colour alone tells nothing.
type Bars struct {
	widget.BaseWidget

	title         string
	first, second string // what the counts are, for the legend
	bars          []Bar
	labels        float32
}

// NewBars returns a chart whose labels take so many pixels.
func NewBars(title, first, second string, labels float32, bars ...Bar) *Bars {
	b := &Bars{title: title, first: first, second: second, bars: bars, labels: labels}
	b.ExtendBaseWidget(b)
	return b
}

// AccessibilityLabel reads the chart out.
func (b *Bars) AccessibilityLabel() string {
	lines := []string{b.title}
	for _, bar := range b.bars {
		lines = append(lines, fmt.Sprintf("%s: %d %s, %d %s", bar.Label, bar.First, b.first, bar.Second, b.second))
	}
	return strings.Join(lines, ". ")
}

// AccessibilityRole implements fyne.Accessible.
func (b *Bars) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements fyne.Widget.
func (b *Bars) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	longest := 1
	for _, bar := range b.bars {
		longest = max(longest, bar.First+bar.Second)
	}
	lines := []fyne.CanvasObject{Spread(Strong(b.title).OneLine(), HStack(12, b.legend(true), b.legend(false)))}
	for _, bar := range b.bars {
		lines = append(lines, Columns(12, []float32{b.labels, 0}, Body(bar.Label).OneLine(), b.line(bar, longest)))
	}
	if len(b.bars) == 0 {
		lines = append(lines, Hint("Nothing to show yet."))
	}
	return widget.NewSimpleRenderer(VStack(6, lines...))
}

func (b *Bars) legend(first bool) fyne.CanvasObject {
	name := b.second
	if first {
		name = b.first
	}
	return HStack(6, FixedWidth(14, fixedHeight(14, swatch(first))), Small(name).OneLine())
}

func (b *Bars) line(bar Bar, longest int) fyne.CanvasObject {
	counts := fmt.Sprint(bar.First)
	if bar.Second > 0 {
		counts += fmt.Sprintf(" + %d", bar.Second)
	}
	layout := &barLayout{first: float32(bar.First) / float32(longest), second: float32(bar.Second) / float32(longest)}
	return &fyne.Container{Layout: layout, Objects: []fyne.CanvasObject{swatch(true), swatch(false), Strong(counts).OneLine()}}
}

func swatch(first bool) *canvas.Rectangle {
	if first {
		return canvas.NewRectangle(Blue)
	}
	pale := canvas.NewRectangle(PaleBlue)
	pale.StrokeColor, pale.StrokeWidth = Blue, 1
	return pale
}

// barLayout draws the two counts one after the other, and the numbers behind them.
type barLayout struct{ first, second float32 }

const (
	barHeight  = 16
	barNumbers = 72 // room for the numbers
)

func (l *barLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	room, x := size.Width-barNumbers, float32(0)
	for i, share := range []float32{l.first, l.second} {
		width := float32(int(room * share))
		objects[i].Move(fyne.NewPos(x, (size.Height-barHeight)/2))
		objects[i].Resize(fyne.NewSize(width, barHeight))
		if width < 1 {
			objects[i].Hide()
		} else {
			objects[i].Show()
		}
		x += width
	}
	least := objects[2].MinSize()
	objects[2].Move(fyne.NewPos(x+8, (size.Height-least.Height)/2))
	objects[2].Resize(least)
}

func (l *barLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(barNumbers+40, max(barHeight, objects[2].MinSize().Height))
}

// fixedHeight gives an object a height of its own.
func fixedHeight(height float32, object fyne.CanvasObject) fyne.CanvasObject {
	return &fyne.Container{Layout: tall(height), Objects: []fyne.CanvasObject{object}}
}

type tall float32

func (t tall) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }

func (t tall) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(objects[0].MinSize().Width, float32(t))
}
