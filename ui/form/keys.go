package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Keys are the hooks every focusable control has. OnKey has the first look at a key and returns true to
// keep it. OnEscape takes Escape. What neither they nor the control use goes on to the dialog the control
// stands in, or else to the handler set with Canvas.SetOnTypedKey.
type Keys struct {
	OnKey    func(*fyne.KeyEvent) bool
	OnEscape func()
}

// claim gives a key to the hooks and tells whether one of them took it.
func (k *Keys) claim(key *fyne.KeyEvent) bool {
	if k.OnKey != nil && k.OnKey(key) {
		return true
	}
	if key.Name == fyne.KeyEscape && k.OnEscape != nil {
		k.OnEscape()
		return true
	}
	return false
}

// AcceptsTab implements fyne.Tabbable: Tab moves the focus, except the one at the end of a scan.
func (k *Keys) AcceptsTab() bool { return reader.running() }

// isEnter tells Return and the Enter of the number pad alike.
func isEnter(key *fyne.KeyEvent) bool {
	return key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter
}

// passKey sends a key that a control has no use for to the dialog on top or to the window. Keys of letters
// and modifiers stay behind, as they do with a box of text.
func passKey(control fyne.CanvasObject, key *fyne.KeyEvent) {
	window := canvasOf(control)
	if window == nil || len(key.Name) == 1 || modifiers[key.Name] {
		return
	}
	if dialog := dialogs[window.Overlays().Top()]; dialog != nil {
		dialog.catchKey(key)
		return
	}
	if handler := window.OnTypedKey(); handler != nil {
		handler(key)
	}
}

var modifiers = map[fyne.KeyName]bool{
	desktop.KeyShiftLeft: true, desktop.KeyShiftRight: true, desktop.KeyControlLeft: true,
	desktop.KeyControlRight: true, desktop.KeyAltLeft: true, desktop.KeyAltRight: true,
	desktop.KeySuperLeft: true, desktop.KeySuperRight: true, desktop.KeyMenu: true, desktop.KeyCapsLock: true,
}

// passShortcut sends a chord that an input has no use for to the window. The canvas of Fyne's test driver
// has no shortcuts and hears nothing.
func passShortcut(control fyne.CanvasObject, shortcut fyne.Shortcut) {
	if window, ok := canvasOf(control).(fyne.Shortcutable); ok {
		window.TypedShortcut(shortcut)
	}
}

// canvasOf finds the window a control stands in. Fyne does not know it before the control was first drawn;
// then it is taken to be the main window.
func canvasOf(control fyne.CanvasObject) fyne.Canvas {
	driver := fyne.CurrentApp().Driver()
	if window := driver.CanvasForObject(control); window != nil {
		return window
	}
	if windows := driver.AllWindows(); len(windows) > 0 {
		return windows[0].Canvas()
	}
	return nil
}

// focusOn moves the focus to a control that was tapped.
func focusOn(control interface {
	fyne.CanvasObject
	fyne.Focusable
}) {
	stir()
	if window := canvasOf(control); window != nil {
		window.Focus(control)
	}
}

// MoveFocus puts the focus on target, wherever in its window it stands. Nil is ignored.
func MoveFocus(target fyne.Focusable) {
	object, ok := target.(fyne.CanvasObject)
	if !ok {
		return
	}
	if window := canvasOf(object); window != nil {
		window.Focus(target)
	}
}

// Focuser is an input, or a group of them, that can name the control the focus should go to first.
type Focuser interface{ Focusable() fyne.Focusable }

// firstFocus finds the control within an input that takes the focus.
func firstFocus(input fyne.CanvasObject) fyne.Focusable {
	if group, ok := input.(Focuser); ok {
		return group.Focusable()
	}
	if control, ok := input.(fyne.Focusable); ok {
		return control
	}
	if box, ok := input.(*fyne.Container); ok {
		for _, object := range box.Objects {
			if found := firstFocus(object); found != nil {
				return found
			}
		}
	}
	return nil
}
