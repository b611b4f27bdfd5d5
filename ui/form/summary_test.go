package form_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"deltoid/ui/form"
)

func TestSummaryList_ChangeLinks(t *testing.T) {
	dress(t)
	changed := ""
	list := form.NewSummaryList(
		form.SummaryRow{Key: "Name", Value: "SMITH, Jo", Change: func() { changed = "name" }},
		form.SummaryRow{Key: "NHS number"},
	)
	window := stage(t, list, 500, 200)
	if len(list.Links) != 1 || list.Links[0].AccessibilityLabel() != "Change name" {
		t.Fatalf("links %v", list.Links)
	}
	window.Canvas().FocusNext()
	key(window, fyne.KeyReturn)
	if changed != "name" {
		t.Errorf("changed %q", changed)
	}
}
