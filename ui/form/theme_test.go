package form_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"deltoid/ui/form"
)

func TestTheme_IsLightWhateverTheVariant(t *testing.T) {
	dress(t)
	th := form.NewTheme(form.Compact)
	for _, name := range []fyne.ThemeColorName{theme.ColorNameBackground, theme.ColorNameForeground, theme.ColorNamePrimary} {
		if th.Color(name, theme.VariantDark) != th.Color(name, theme.VariantLight) {
			t.Errorf("%s differs in the dark", name)
		}
	}
}

func TestTheme_BringsItsOwnFaces(t *testing.T) {
	dress(t)
	th := form.NewTheme(form.Compact)
	for want, style := range map[string]fyne.TextStyle{
		"Arimo-Regular.ttf": {}, "Arimo-Bold.ttf": {Bold: true},
	} {
		if got := th.Font(style).Name(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if got := th.Font(fyne.TextStyle{Italic: true}).Name(); got != "Arimo-Regular.ttf" {
		t.Errorf("italics are set in %s", got)
	}
}

func TestTheme_Sizes(t *testing.T) {
	for name, c := range map[string]struct {
		sizes form.Sizes
		want  map[fyne.ThemeSizeName]float32
	}{
		"compact": {form.Compact, map[fyne.ThemeSizeName]float32{
			theme.SizeNameText: 16, theme.SizeNameHeadingText: 27, theme.SizeNameInputRadius: 0, theme.SizeNameScrollBarSmall: 12,
		}},
		"comfortable": {form.Comfortable, map[fyne.ThemeSizeName]float32{
			theme.SizeNameText: 19, theme.SizeNameHeadingText: 36, theme.SizeNameInputBorder: 2,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			dressIn(t, c.sizes)
			th := form.NewTheme(c.sizes)
			for size, want := range c.want {
				if got := th.Size(size); got != want {
					t.Errorf("%s is %v, want %v", size, got, want)
				}
			}
		})
	}
}
