package form_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"deltoid/ui/form"
)

func TestButton_EnterSpaceAndTapPress(t *testing.T) {
	dress(t)
	pressed := 0
	button := form.Primary("Continue", func() { pressed++ })
	window := focused(t, button)
	key(window, fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, fyne.KeyA)
	test.Tap(button)
	if pressed != 4 {
		t.Errorf("pressed %d times, want 4", pressed)
	}
}
