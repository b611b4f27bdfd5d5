package form_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"deltoid/ui/form"
)

func TestRadios_NothingIsChosenAtFirst(t *testing.T) {
	dress(t)
	radios := form.NewRadios(form.Options("Left", "Right")...)
	focused(t, radios)
	if radios.Selected() != "" {
		t.Errorf("got %q", radios.Selected())
	}
}

func TestRadios_Keys(t *testing.T) {
	for name, c := range map[string]struct {
		keys      []fyne.KeyName
		letters   string
		want      string
		submitted int
	}{
		"digit":                         {nil, "2", "b", 0},
		"digit without an option":       {nil, "7", "", 0},
		"other letters":                 {nil, "x0", "", 0},
		"arrow alone":                   {[]fyne.KeyName{fyne.KeyDown}, "", "", 0},
		"space chooses the first":       {[]fyne.KeyName{fyne.KeySpace}, "", "a", 0},
		"arrow and space":               {[]fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeySpace}, "", "c", 0},
		"enter at once goes on":         {[]fyne.KeyName{fyne.KeyReturn}, "", "", 1},
		"enter chooses what was ringed": {[]fyne.KeyName{fyne.KeyDown, fyne.KeyReturn}, "", "b", 0},
		"the next enter goes on":        {[]fyne.KeyName{fyne.KeyDown, fyne.KeyEnter, fyne.KeyReturn}, "", "b", 1},
	} {
		t.Run(name, func(t *testing.T) {
			dress(t)
			radios := form.NewRadios(form.Options("a", "b", "c")...)
			submitted := 0
			radios.OnSubmit = func() { submitted++ }
			window := focused(t, radios)
			letters(window, c.letters)
			key(window, c.keys...)
			if radios.Selected() != c.want || submitted != c.submitted {
				t.Errorf("got %q, submitted %d; want %q, %d", radios.Selected(), submitted, c.want, c.submitted)
			}
		})
	}
}

func TestRadios_TellsChangesOnce(t *testing.T) {
	dress(t)
	radios := form.NewRadios(form.Options("a", "b")...)
	var told []string
	radios.OnChanged = func(value string) { told = append(told, value) }
	window := focused(t, radios)
	letters(window, "112")
	radios.SetSelected("a")
	if len(told) != 2 || told[0] != "a" || told[1] != "b" {
		t.Errorf("told %v", told)
	}
}

func TestRadios_EnterGoesOutWithoutOnSubmit(t *testing.T) {
	dress(t)
	window := focused(t, form.NewRadios(form.Options("a", "b")...))
	heard := 0
	window.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { heard++ })
	key(window, fyne.KeyReturn)
	if heard != 1 {
		t.Errorf("heard %d keys, want 1", heard)
	}
}

func TestRadios_TapChoosesARow(t *testing.T) {
	dress(t)
	radios := form.NewRadios(form.Options("a", "b")...)
	focused(t, radios)
	test.TapAt(radios, fyne.NewPos(10, form.Compact.Control+10))
	if radios.Selected() != "b" {
		t.Errorf("got %q", radios.Selected())
	}
}

func TestRadios_GroupIsOneTabStop(t *testing.T) {
	dress(t)
	first, second := form.NewRadios(form.Options("a", "b")...), form.NewRadios(form.Options("c", "d")...)
	window := stage(t, form.VStack(8, first, second), 300, 300)
	window.Canvas().FocusNext()
	window.Canvas().FocusNext()
	if window.Canvas().Focused() != second {
		t.Error("two Tabs did not lead to the second group")
	}
}

func TestRadios_SetOptionsTakesTheChoiceAway(t *testing.T) {
	dress(t)
	radios := form.NewRadios(form.Options("a", "b")...)
	focused(t, radios)
	radios.SetSelected("b")
	radios.SetOptions(form.Options("c", "d", "e")...)
	if radios.Selected() != "" {
		t.Errorf("got %q", radios.Selected())
	}
}
