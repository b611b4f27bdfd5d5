package form_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"deltoid/ui/form"
)

func TestChooser_FewOptionsAreRadios(t *testing.T) {
	dress(t)
	chooser := form.NewChooser(form.Options("a", "b")...)
	var told []string
	submitted := 0
	chooser.OnChanged = func(value string) { told = append(told, value) }
	chooser.OnSubmit = func() { submitted++ }
	window := stage(t, chooser, 300, 200)
	form.MoveFocus(chooser.Focusable())
	letters(window, "2")
	key(window, fyne.KeyReturn)
	if chooser.Selected() != "b" || len(told) != 1 || submitted != 1 {
		t.Errorf("got %q, told %v, submitted %d", chooser.Selected(), told, submitted)
	}
}

// manyOptions is more than fit as radios.
func manyOptions() []form.Option {
	return form.Options("Adebayo, Ruth", "Ahmed, Nadia", "Baker, Tom", "Chen, Li", "Davies, Huw",
		"Evans, Mair", "Khan, Imran", "Novak, Petra", "Patel, Asha")
}

func TestChooser_SearchAndTake(t *testing.T) {
	dress(t)
	chooser := form.NewChooser(manyOptions()...)
	var told []string
	submitted := 0
	chooser.OnChanged = func(value string) { told = append(told, value) }
	chooser.OnSubmit = func() { submitted++ }
	window := stage(t, chooser, 300, 400)
	form.MoveFocus(chooser.Focusable())
	letters(window, "a")
	key(window, fyne.KeyDown, fyne.KeyReturn)
	if chooser.Selected() != "Ahmed, Nadia" || chooser.Search.Text != "Ahmed, Nadia" || chooser.List.Visible() {
		t.Fatalf("got %q, box %q, list open %v", chooser.Selected(), chooser.Search.Text, chooser.List.Visible())
	}
	key(window, fyne.KeyReturn)
	if submitted != 1 {
		t.Errorf("submitted %d times, want once", submitted)
	}
	key(window, fyne.KeyBackspace)
	if chooser.Selected() != "" || !chooser.List.Visible() {
		t.Error("an edited box still says the old choice")
	}
	if len(told) != 2 || told[1] != "" {
		t.Errorf("told %v", told)
	}
}

func TestChooser_ListIsNoTabStop(t *testing.T) {
	dress(t)
	chooser, after := form.NewChooser(manyOptions()...), form.Primary("Continue", nil)
	window := stage(t, form.VStack(8, chooser, after), 300, 400)
	form.MoveFocus(chooser.Focusable())
	window.Canvas().FocusNext()
	if window.Canvas().Focused() != after {
		t.Error("Tab stops in the list")
	}
}

func TestChooser_TapTakes(t *testing.T) {
	dress(t)
	chooser := form.NewChooser(manyOptions()...)
	stage(t, chooser, 300, 400)
	test.TapAt(chooser.List, fyne.NewPos(20, 50))
	if chooser.Selected() != "Ahmed, Nadia" {
		t.Errorf("got %q", chooser.Selected())
	}
}
