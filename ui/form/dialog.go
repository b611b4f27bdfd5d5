package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

var (
	_ fyne.Widget = (*dialogBox)(nil)
	_ keyCatcher  = (*dialogBox)(nil)
)

// Dialog asks something over the window before anything else can be done. It opens with the focus where it
// is safe, Escape takes the safe way out, and Enter presses what has the focus.
type Dialog struct {
	// Actions are the buttons, in their order.
	Actions []*Button
	// OnKey has a look at the keys that nothing in the dialog uses, such as F1.
	OnKey func(*fyne.KeyEvent)

	title string
	body  fyne.CanvasObject
	safe  *Button
	popUp *widget.PopUp
}

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
	box := &dialogBox{dialog: d}
	box.content = Pad(20, 20, 20, 20, FixedWidth(dialogWidth, VStack(20, Subheading(d.title), d.body, buttons)))
	box.ExtendBaseWidget(box)
	fitWidth(box, box.MinSize().Width)
	d.popUp = widget.NewModalPopUp(box, window)
	d.popUp.Show()
	if input := firstFocus(d.body); input != nil {
		window.Focus(input)
		return
	}
	window.Focus(d.safe)
}

// Hide closes the dialog; the focus goes back to where it was.
func (d *Dialog) Hide() {
	if d.popUp != nil {
		d.popUp.Hide()
		d.popUp = nil
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

// dialogBox is what stands in the overlay; it catches the keys its controls leave over.
type dialogBox struct {
	widget.BaseWidget
	dialog  *Dialog
	content *fyne.Container
}

func (b *dialogBox) catchKey(key *fyne.KeyEvent) {
	switch {
	case key.Name == fyne.KeyEscape:
		b.dialog.safe.press()
	case b.dialog.OnKey != nil:
		b.dialog.OnKey(key)
	}
}

// CreateRenderer implements fyne.Widget.
func (b *dialogBox) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	return widget.NewSimpleRenderer(b.content)
}
