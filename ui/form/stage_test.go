package form_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"deltoid/ui/form"
)

// dress starts an app of the test driver in the Compact theme. It comes first in a test: a control takes
// its measures from the theme it is made under.
func dress(t *testing.T) {
	t.Helper()
	dressIn(t, form.Compact)
}

// dressIn is dress in other sizes.
func dressIn(t *testing.T, sizes form.Sizes) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(form.NewTheme(sizes))
}

// stage puts an object in a window of the test driver.
func stage(t *testing.T, object fyne.CanvasObject, width, height float32) fyne.Window {
	t.Helper()
	window := test.NewTempWindow(t, container.NewStack(object))
	window.SetPadded(false)
	window.Resize(fyne.NewSize(width, height))
	settle(window)
	return window
}

// settle lays a window out as often as wrapped text needs to find its height; a real window does it by itself.
func settle(window fyne.Window) {
	size := window.Canvas().Size()
	for range 3 {
		window.Content().Resize(size.AddWidthHeight(1, 0))
		window.Content().Resize(size)
	}
}

// key sends keys to whatever has the focus.
func key(window fyne.Window, names ...fyne.KeyName) {
	for _, name := range names {
		window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
	}
}

// letters types letters to whatever has the focus.
func letters(window fyne.Window, text string) {
	for _, letter := range text {
		window.Canvas().Focused().TypedRune(letter)
	}
}

// absolute is where an object stands in its window.
func absolute(object fyne.CanvasObject) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(object)
}
