package form_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"deltoid/ui/form"
)

func TestLink_EnterAndTapFollow(t *testing.T) {
	dress(t)
	followed := 0
	link := form.NewLink("Change", func() { followed++ })
	window := focused(t, link)
	key(window, fyne.KeyReturn)
	test.Tap(link)
	if followed != 2 {
		t.Errorf("followed %d times, want 2", followed)
	}
	link.About = "name"
	if got := link.AccessibilityLabel(); got != "Change name" {
		t.Errorf("read out as %q", got)
	}
}
