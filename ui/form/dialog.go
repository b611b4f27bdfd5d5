package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Dialog asks something over the window before anything else can be done. It opens with the focus where it
// is safe, Escape takes the safe way out, and Enter presses what has the focus.
type Dialog struct {
	// Actions are the buttons, in their order.
	Actions []*Button
	// OnKey has a look at the keys that nothing in the dialog uses, such as F1.
	OnKey func(*fyne.KeyEvent)

	title   string
	body    fyne.CanvasObject
	safe    *Button
	popUp   *widget.PopUp
	window  fyne.Canvas
	overlay fyne.CanvasObject
	behind  fyne.Focusable // what had the focus before
}

// dialogs are the open dialogs by the overlay each stands in, so that a key left over by a control finds
// the dialog on top and does not go to the window behind it.
var dialogs = map[fyne.CanvasObject]*Dialog{}

// dialogWidth is the width of a dialog's content.
const dialogWidth = 480

// NewDialog returns a dialog, not yet shown. safe is the button that Escape presses; it takes the focus
// unless the body has an input. A button does not close the dialog by itself: its function calls Hide.
func NewDialog(title string, body fyne.CanvasObject, safe *Button, others ...*Button) *Dialog {
	return &Dialog{title: title, body: body, safe: safe, Actions: append(others, safe)}
}

// Show opens the dialog over a window.
func (d *Dialog) Show(window fyne.Canvas) {
	buttons := HStack(16)
	for _, action := range d.Actions {
		buttons.Add(action)
	}
	content := Pad(20, 20, 20, 20, FixedWidth(dialogWidth, VStack(20, Subheading(d.title), d.body, buttons)))
	fitWidth(content, content.MinSize().Width)
	d.window, d.behind = window, window.Focused()
	// Fyne leaves the focus mark on what is behind, and there must be one mark only.
	window.Unfocus()
	d.popUp = widget.NewModalPopUp(content, window)
	d.popUp.Show()
	d.overlay = window.Overlays().Top()
	dialogs[d.overlay] = d
	if input := firstFocus(d.body); input != nil {
		window.Focus(input)
		return
	}
	window.Focus(d.safe)
}

// Hide closes the dialog; the focus goes back to where it was.
func (d *Dialog) Hide() {
	if d.popUp != nil {
		delete(dialogs, d.overlay)
		d.popUp.Hide()
		d.popUp = nil
		if d.behind != nil {
			d.window.Focus(d.behind)
		}
	}
}

// HideDialogs closes every dialog of a window, as when it is locked.
func HideDialogs(window fyne.Canvas) {
	for _, open := range dialogs {
		if open.window == window {
			open.Hide()
		}
	}
}

// Shown tells whether the dialog is open.
func (d *Dialog) Shown() bool { return d.popUp != nil }

// Confirm asks before something is done. yes names what will be done, as in "Delete the record", and no the
// way out, as in "Keep it"; the focus is on no. With grave the button is red.
func Confirm(window fyne.Canvas, title, body, yes, no string, grave bool, confirmed func()) *Dialog {
	var d *Dialog
	dress := Primary
	if grave {
		dress = Warning
	}
	do := dress(yes, func() {
		d.Hide()
		confirmed()
	})
	keep := Secondary(no, func() { d.Hide() })
	d = NewDialog(title, Body(body), keep, do)
	d.Show(window)
	return d
}

// catchKey takes a key that nothing in the dialog had a use for.
func (d *Dialog) catchKey(key *fyne.KeyEvent) {
	switch {
	case key.Name == fyne.KeyEscape:
		d.safe.press()
	case d.OnKey != nil:
		d.OnKey(key)
	}
}
