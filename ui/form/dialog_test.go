package form_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"deltoid/ui/form"
)

func TestConfirm_FocusIsOnTheSafeWay(t *testing.T) {
	dress(t)
	behind := form.Primary("Delete", nil)
	window := stage(t, container.NewStack(behind), 700, 400)
	form.MoveFocus(behind)
	confirmed := 0
	ask := func() *form.Dialog {
		return form.Confirm(window.Canvas(), "Delete this record?", "It cannot be undone.", "Delete the record", "Keep it",
			true, func() { confirmed++ })
	}
	dialog := ask()
	if window.Canvas().Focused() != dialog.Actions[1] {
		t.Fatal("the focus is not on Keep it")
	}
	key(window, fyne.KeyReturn)
	if dialog.Shown() || confirmed != 0 {
		t.Fatal("Enter did not keep the record")
	}
	if window.Canvas().Focused() != behind {
		t.Fatal("the focus did not go back")
	}
	dialog = ask()
	window.Canvas().FocusPrevious()
	key(window, fyne.KeyEscape)
	if dialog.Shown() || confirmed != 0 {
		t.Fatal("Escape did not keep the record")
	}
	dialog = ask()
	window.Canvas().FocusPrevious()
	key(window, fyne.KeyReturn)
	if dialog.Shown() || confirmed != 1 {
		t.Error("the record was not deleted")
	}
}

func TestDialog_KeysStayInside(t *testing.T) {
	dress(t)
	window := stage(t, container.NewStack(form.Primary("Go", nil)), 700, 400)
	window.Canvas().SetOnTypedKey(func(key *fyne.KeyEvent) { t.Errorf("%s went out", key.Name) })
	hidden := false
	var dialog *form.Dialog
	reason := form.NewEntry()
	dialog = form.NewDialog("Why?", form.NewField("Reason", "", reason),
		form.Secondary("Go back", func() { dialog.Hide(); hidden = true }))
	dialog.Show(window.Canvas())
	if window.Canvas().Focused() != reason {
		t.Fatal("the focus is not on the reason")
	}
	key(window, fyne.KeyF1, fyne.KeyEscape)
	if !hidden {
		t.Error("Escape did not close the dialog")
	}
}
