package form_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"deltoid/ui/form"
)

func TestCheckbox_SpaceTicksAndEnterGoesOn(t *testing.T) {
	dress(t)
	box := form.NewCheckbox("Agreed", "")
	var told []bool
	submitted := 0
	box.OnChanged = func(ticked bool) { told = append(told, ticked) }
	box.OnSubmit = func() { submitted++ }
	window := focused(t, box)
	key(window, fyne.KeySpace, fyne.KeyReturn)
	test.Tap(box)
	if len(told) != 2 || !told[0] || told[1] || submitted != 1 {
		t.Errorf("told %v, submitted %d", told, submitted)
	}
}
