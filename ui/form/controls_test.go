package form_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"deltoid/ui/form"
)

func TestControls_SendF1Out(t *testing.T) {
	dress(t)
	summary := form.NewErrorSummary()
	for name, control := range map[string]fyne.CanvasObject{
		"button":   form.Primary("Continue", nil),
		"link":     form.NewLink("Change", nil),
		"radios":   form.NewRadios(form.Options("a", "b")...),
		"question": form.NewYesNoUnknown("Unwell?", ""),
		"checkbox": form.NewCheckbox("Agreed", ""),
		"rows":     form.NewRowList(form.Column{Title: "Name"}),
		"summary":  summary,
		"entry":    form.NewEntry(),
		"area":     form.NewTextArea(2, 10),
	} {
		t.Run(name, func(t *testing.T) {
			if name == "summary" {
				summary.Report(form.Fault{Message: "Enter the batch number"})
			}
			window := focused(t, control)
			heard := 0
			window.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { heard++ })
			key(window, fyne.KeyF1, fyne.KeyEscape)
			if heard != 2 {
				t.Errorf("heard %d keys, want 2", heard)
			}
		})
	}
}

func TestControls_TargetsAreLargeEnough(t *testing.T) {
	dress(t)
	for name, control := range map[string]fyne.CanvasObject{
		"button": form.Primary("Go", nil), "link": form.NewLink("Change", nil), "box": form.NewCheckbox("A", ""),
		"radios": form.NewRadios(form.Options("a")...), "dense": form.NewRadios(form.Options("a")...).Dense(),
		"question": form.NewYesNoUnknown("A?", ""), "entry": form.NewEntry(),
	} {
		if size := control.MinSize(); size.Height < 24 || size.Width < 24 {
			t.Errorf("%s is %v, want at least 24 by 24", name, size)
		}
	}
}
