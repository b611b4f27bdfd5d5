package form

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// VStack sets objects one under another, all as wide as the stack, with gap pixels between them. It measures
// each object at its real width, so wrapped text takes the height it needs at once.
func VStack(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&vstack{gap}, objects...)
}

type vstack struct{ gap float32 }

func (l *vstack) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, object := range objects {
		if !object.Visible() {
			continue
		}
		object.Move(fyne.NewPos(0, y))
		y += fitWidth(object, size.Width) + l.gap
	}
}

func (l *vstack) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	visible := 0
	for _, object := range objects {
		if !object.Visible() {
			continue
		}
		visible++
		least := object.MinSize()
		size.Width = max(size.Width, least.Width)
		size.Height += least.Height
	}
	if visible > 1 {
		size.Height += float32(visible-1) * l.gap
	}
	return size
}

// fitWidth gives an object a width and the height it then needs, which it returns.
func fitWidth(object fyne.CanvasObject, width float32) float32 {
	object.Resize(fyne.NewSize(width, object.MinSize().Height))
	height := object.MinSize().Height
	object.Resize(fyne.NewSize(width, height))
	return height
}

// HStack sets objects side by side at their own widths, centred on one line, with gap pixels between them.
func HStack(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&hstack{gap}, objects...)
}

type hstack struct{ gap float32 }

func (l *hstack) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	above, _ := l.around(objects)
	x := float32(0)
	for _, object := range objects {
		if !object.Visible() {
			continue
		}
		least := object.MinSize()
		object.Move(fyne.NewPos(x, above-axis(object, least)))
		object.Resize(least)
		x += least.Width + l.gap
	}
}

func (l *hstack) MinSize(objects []fyne.CanvasObject) fyne.Size {
	above, below := l.around(objects)
	size := fyne.NewSize(0, above+below)
	visible := 0
	for _, object := range objects {
		if object.Visible() {
			visible++
			size.Width += object.MinSize().Width
		}
	}
	if visible > 1 {
		size.Width += float32(visible-1) * l.gap
	}
	return size
}

// around is the room the objects take above and below their common middle line.
func (l *hstack) around(objects []fyne.CanvasObject) (above, below float32) {
	for _, object := range objects {
		if !object.Visible() {
			continue
		}
		least := object.MinSize()
		line := axis(object, least)
		above, below = max(above, line), max(below, least.Height-line)
	}
	return above, below
}

// axis is the line an object is centred on in a row: its middle, or that of a button's face.
func axis(object fyne.CanvasObject, least fyne.Size) float32 {
	if _, ok := object.(*Button); ok {
		return (least.Height - buttonShadow) / 2
	}
	return least.Height / 2
}

// Columns sets objects side by side, top aligned and all as high as the row. A width above zero is fixed;
// the columns of width zero share what is left.
func Columns(gap float32, widths []float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&columns{gap, widths}, objects...)
}

type columns struct {
	gap    float32
	widths []float32
}

func (l *columns) spread(objects []fyne.CanvasObject, total float32) []float32 {
	widths := make([]float32, len(objects))
	left, sharing := total, 0
	for i := range objects {
		if i > 0 {
			left -= l.gap
		}
		if i < len(l.widths) && l.widths[i] > 0 {
			widths[i] = l.widths[i]
			left -= widths[i]
		} else {
			sharing++
		}
	}
	for i := range objects {
		if widths[i] == 0 {
			widths[i] = max(0, left/float32(sharing))
		}
	}
	return widths
}

func (l *columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for i, width := range l.spread(objects, size.Width) {
		objects[i].Move(fyne.NewPos(x, 0))
		objects[i].Resize(fyne.NewSize(width, size.Height))
		x += width + l.gap
	}
}

func (l *columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for i, object := range objects {
		least := object.MinSize()
		if i < len(l.widths) && l.widths[i] > 0 {
			least.Width = l.widths[i]
		}
		size.Width += least.Width
		size.Height = max(size.Height, least.Height)
		if i > 0 {
			size.Width += l.gap
		}
	}
	return size
}

// MaxWidth keeps an object to a reading width, at the left of what room there is.
func MaxWidth(width float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(&bounded{most: width}, object)
}

// FixedWidth gives an object exactly this width, at the left of what room there is.
func FixedWidth(width float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(&bounded{least: width, most: width}, object)
}

type bounded struct{ least, most float32 }

func (l *bounded) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := max(l.least, min(l.most, size.Width))
	for _, object := range objects {
		object.Move(fyne.Position{})
		object.Resize(fyne.NewSize(width, size.Height))
	}
}

func (l *bounded) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, object := range objects {
		size = size.Max(object.MinSize())
	}
	size.Width = max(l.least, min(l.most, size.Width))
	return size
}

// Pad puts space around an object: top, right, bottom, left.
func Pad(top, right, bottom, left float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(&padding{top, right, bottom, left}, object)
}

type padding struct{ top, right, bottom, left float32 }

func (l *padding) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	inner := size.SubtractWidthHeight(l.left+l.right, l.top+l.bottom)
	for _, object := range objects {
		object.Move(fyne.NewPos(l.left, l.top))
		object.Resize(inner)
	}
}

func (l *padding) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, object := range objects {
		size = size.Max(object.MinSize())
	}
	return size.AddWidthHeight(l.left+l.right, l.top+l.bottom)
}

// Filled puts a plain colour behind an object.
func Filled(colour color.Color, object fyne.CanvasObject) *fyne.Container {
	return container.NewStack(canvas.NewRectangle(colour), object)
}

// Card is a white box with a thin edge and room inside.
func Card(object fyne.CanvasObject) *fyne.Container {
	return Filled(Grey4, Pad(1, 1, 1, 1, Filled(White, Pad(16, 16, 16, 16, object))))
}

// Rule is a thin line across.
func Rule() fyne.CanvasObject {
	line := canvas.NewRectangle(Grey4)
	line.SetMinSize(fyne.NewSize(1, 1))
	return line
}

// Spread sets one object at the left and another at the right of a line.
func Spread(left, right fyne.CanvasObject) *fyne.Container {
	return container.New(spread{}, left, right)
}

type spread struct{}

func (spread) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left, right := objects[0], objects[1]
	end := right.MinSize()
	right.Move(fyne.NewPos(size.Width-end.Width, (size.Height-end.Height)/2))
	right.Resize(end)
	start := left.MinSize()
	left.Move(fyne.NewPos(0, (size.Height-start.Height)/2))
	left.Resize(fyne.NewSize(max(0, size.Width-end.Width-8), start.Height))
}

func (spread) MinSize(objects []fyne.CanvasObject) fyne.Size {
	left, right := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(left.Width+8+right.Width, max(left.Height, right.Height))
}

// Middle keeps an object at its own height, in the middle of what room there is.
func Middle(object fyne.CanvasObject) *fyne.Container {
	return container.New(middle{}, object)
}

type middle struct{}

func (middle) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, object := range objects {
		height := object.MinSize().Height
		object.Move(fyne.NewPos(0, (size.Height-height)/2))
		object.Resize(fyne.NewSize(size.Width, height))
	}
}

func (middle) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, object := range objects {
		size = size.Max(object.MinSize())
	}
	return size
}
