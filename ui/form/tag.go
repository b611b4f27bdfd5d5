package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

var (
	_ fyne.Widget     = (*Tag)(nil)
	_ fyne.Accessible = (*Tag)(nil)
)

// Tag is a status in a word on a coloured ground, with an icon where one helps.
type Tag struct {
	widget.BaseWidget

	label string
	tone  Tone
	icon  Icon
}

// NewTag returns a tag; icon may be IconNone.
func NewTag(label string, tone Tone, icon Icon) *Tag {
	t := &Tag{label: label, tone: tone, icon: icon}
	t.ExtendBaseWidget(t)
	return t
}

// Set shows another status.
func (t *Tag) Set(label string, tone Tone, icon Icon) {
	t.label, t.tone, t.icon = label, tone, icon
	t.Refresh()
}

// Label is the word on the tag.
func (t *Tag) Label() string { return t.label }

// AccessibilityLabel implements fyne.Accessible.
func (t *Tag) AccessibilityLabel() string { return t.label }

// AccessibilityRole implements fyne.Accessible.
func (t *Tag) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements fyne.Widget.
func (t *Tag) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	return newRebuilt(t, t.build)
}

func (t *Tag) build() fyne.CanvasObject {
	words := newText(t.label, scaleSmall, true, t.tone.Text).OneLine()
	line := HStack(6, words)
	if t.icon != IconNone {
		line = HStack(6, t.icon.Draw(t.tone.Text, 16), words)
	}
	ground := canvas.NewRectangle(t.tone.Fill)
	ground.CornerRadius = 2
	return &fyne.Container{Layout: tagLayout{}, Objects: []fyne.CanvasObject{ground, Pad(2, 8, 2, 8, line)}}
}

// tagLayout keeps a tag to its words, at the left and in the middle of what room there is.
type tagLayout struct{}

func (tagLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	least := objects[1].MinSize()
	for _, object := range objects {
		object.Move(fyne.NewPos(0, (size.Height-least.Height)/2))
		object.Resize(least)
	}
}

func (tagLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[1].MinSize() }
