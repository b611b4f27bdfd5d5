package form

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

var (
	_ fyne.Widget     = (*StatusBadge)(nil)
	_ fyne.Accessible = (*StatusBadge)(nil)
)

// StatusBadge is a state in a line of a header: an icon and words in one colour, without a ground.
type StatusBadge struct {
	widget.BaseWidget

	icon   Icon
	text   string
	colour color.NRGBA
}

// NewStatusBadge returns a badge in a colour that stands out from what is behind it.
func NewStatusBadge(icon Icon, text string, colour color.NRGBA) *StatusBadge {
	b := &StatusBadge{icon: icon, text: text, colour: colour}
	b.ExtendBaseWidget(b)
	return b
}

// Set shows another state.
func (b *StatusBadge) Set(icon Icon, text string) {
	b.icon, b.text = icon, text
	b.Refresh()
}

// Text is the words of the badge.
func (b *StatusBadge) Text() string { return b.text }

// AccessibilityLabel implements fyne.Accessible.
func (b *StatusBadge) AccessibilityLabel() string { return b.text }

// AccessibilityRole implements fyne.Accessible.
func (b *StatusBadge) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements fyne.Widget.
func (b *StatusBadge) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	return newRebuilt(b, func() fyne.CanvasObject {
		words := Body(b.text).In(b.colour).OneLine()
		if b.icon == IconNone {
			return HStack(0, words)
		}
		return HStack(6, b.icon.Draw(b.colour, 18), words)
	})
}
