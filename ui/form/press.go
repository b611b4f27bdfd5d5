package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// pressable is what buttons and links have in common: words that do something when they are pressed by mouse, Enter
// or Space.
type pressable struct {
	widget.BaseWidget
	Keys

	// OnTapped is called when it is pressed.
	OnTapped func()

	self    scannable // the button or link that this is part of
	label   string
	focused bool
	hovered bool
}

// Label is the words on it.
func (p *pressable) Label() string { return p.label }

// SetLabel changes the words on it.
func (p *pressable) SetLabel(label string) {
	p.label = label
	p.Refresh()
}

// Tapped implements fyne.Tappable.
func (p *pressable) Tapped(*fyne.PointEvent) {
	focusOn(p.self)
	p.press()
}

func (p *pressable) press() {
	if p.OnTapped != nil {
		p.OnTapped()
	}
}

// TypedKey implements fyne.Focusable.
func (p *pressable) TypedKey(key *fyne.KeyEvent) {
	switch {
	case reader.key(key), p.claim(key):
	case isEnter(key), key.Name == fyne.KeySpace:
		p.press()
	default:
		passKey(p.self, key)
	}
}

// TypedRune implements fyne.Focusable.
func (p *pressable) TypedRune(letter rune) { reader.letter(p.self, letter) }

func (p *pressable) snapshot() (func(), int) { return untouched() }

// FocusGained implements fyne.Focusable.
func (p *pressable) FocusGained() {
	p.focused = true
	p.Refresh()
	revealFocus(p.self)
}

// FocusLost implements fyne.Focusable.
func (p *pressable) FocusLost() {
	p.focused = false
	p.Refresh()
}

// MouseIn implements desktop.Hoverable.
func (p *pressable) MouseIn(*desktop.MouseEvent) {
	p.hovered = true
	p.Refresh()
}

// MouseMoved implements desktop.Hoverable.
func (p *pressable) MouseMoved(*desktop.MouseEvent) { stir() }

// MouseOut implements desktop.Hoverable.
func (p *pressable) MouseOut() {
	p.hovered = false
	p.Refresh()
}

// Cursor implements desktop.Cursorable.
func (p *pressable) Cursor() desktop.Cursor { return desktop.PointerCursor }
