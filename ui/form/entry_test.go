package form_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"deltoid/ui/form"
)

// focused stages a control and gives it the focus.
func focused(t *testing.T, object fyne.CanvasObject) fyne.Window {
	t.Helper()
	window := stage(t, form.Pad(10, 10, 10, 10, object), 400, 200)
	form.MoveFocus(object.(fyne.Focusable))
	return window
}

// paste pastes a text into an entry.
func paste(entry *form.Entry, text string) {
	board := test.NewClipboard()
	board.SetContent(text)
	entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: board})
}

func TestEntry_IsOneControlHigh(t *testing.T) {
	for name, sizes := range map[string]form.Sizes{"compact": form.Compact, "comfortable": form.Comfortable} {
		t.Run(name, func(t *testing.T) {
			dressIn(t, sizes)
			if got := form.NewEntry().MinSize().Height; got != sizes.Control {
				t.Errorf("height %v, want %v", got, sizes.Control)
			}
		})
	}
}

func TestEntry_MaxLength(t *testing.T) {
	dress(t)
	entry := form.NewEntry()
	entry.MaxLength = 4
	window := focused(t, entry)
	letters(window, "12345")
	if entry.Text != "1234" {
		t.Errorf("typed: got %q", entry.Text)
	}
	entry.SetText("ab")
	paste(entry, "  cd  efgh")
	if got := len(entry.Text); got != 4 {
		t.Errorf("pasted: got %q", entry.Text)
	}
	entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	letters(window, "x")
	if entry.Text != "x" {
		t.Errorf("typed over: got %q", entry.Text)
	}
}

func TestEntry_PasteTidiesSpaces(t *testing.T) {
	dress(t)
	entry := form.NewEntry()
	focused(t, entry)
	paste(entry, " SMITH,\r\n\tJo ")
	if entry.Text != "SMITH, Jo" {
		t.Errorf("got %q", entry.Text)
	}
}

func TestEntry_KeysGoOut(t *testing.T) {
	dress(t)
	entry := form.NewEntry()
	window := focused(t, entry)
	var heard []fyne.KeyName
	window.Canvas().SetOnTypedKey(func(key *fyne.KeyEvent) { heard = append(heard, key.Name) })
	key(window, fyne.KeyF1, fyne.KeyEscape, fyne.KeyReturn, fyne.KeyLeft)
	want := []fyne.KeyName{fyne.KeyF1, fyne.KeyEscape, fyne.KeyReturn}
	if len(heard) != len(want) || heard[0] != want[0] || heard[1] != want[1] || heard[2] != want[2] {
		t.Errorf("heard %v, want %v", heard, want)
	}
}

func TestEntry_HooksComeFirst(t *testing.T) {
	dress(t)
	entry := form.NewEntry()
	var submitted, escaped, kept, chord int
	entry.OnSubmitted = func(string) { submitted++ }
	entry.OnEscape = func() { escaped++ }
	entry.OnKey = func(key *fyne.KeyEvent) bool {
		if key.Name == fyne.KeyF2 {
			kept++
		}
		return key.Name == fyne.KeyF2
	}
	entry.OnShortcut = func(fyne.Shortcut) bool { chord++; return true }
	window := focused(t, entry)
	window.Canvas().SetOnTypedKey(func(key *fyne.KeyEvent) { t.Errorf("%s went out", key.Name) })
	key(window, fyne.KeyReturn, fyne.KeyEscape, fyne.KeyF2)
	entry.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyS, Modifier: fyne.KeyModifierControl})
	if submitted != 1 || escaped != 1 || kept != 1 || chord != 1 {
		t.Errorf("submitted %d, escaped %d, kept %d, chord %d; want 1 each", submitted, escaped, kept, chord)
	}
}

func TestTextArea_TabLeavesAndReturnBreaks(t *testing.T) {
	dress(t)
	area := form.NewTextArea(3, 10)
	submitted := 0
	area.OnSubmitted = func(string) { submitted++ }
	window := focused(t, area)
	if area.AcceptsTab() {
		t.Error("Tab is kept in the box")
	}
	letters(window, "a")
	key(window, fyne.KeyReturn, fyne.KeyTab)
	letters(window, "bcdefghijkl")
	if area.Text != "a\nbcdefghi" {
		t.Errorf("got %q", area.Text)
	}
	area.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
	if submitted != 1 {
		t.Errorf("Ctrl+Enter submitted %d times, want once", submitted)
	}
}

func TestNHSNumberEntry(t *testing.T) {
	dress(t)
	entry := form.NewNHSNumberEntry(nil)
	window := focused(t, entry)
	letters(window, "9991234567")
	if entry.Text != "999 123 4567" {
		t.Errorf("typed: got %q", entry.Text)
	}
	key(window, fyne.KeyBackspace, fyne.KeyBackspace, fyne.KeyBackspace, fyne.KeyBackspace)
	if entry.Text != "999 123" {
		t.Errorf("after Backspace: got %q", entry.Text)
	}
	entry.SetText("")
	paste(entry, " 999-123-4567\n")
	if entry.Text != "999 123 4567" {
		t.Errorf("pasted: got %q", entry.Text)
	}
	entry.SetText("")
	letters(window, "99912345678")
	if entry.Text != "999 123 45678" {
		t.Errorf("one digit too many must be seen: got %q", entry.Text)
	}
}

func TestGroupNHSNumber(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "999": "999", "9991": "999 1", "999 1": "999 1", "999-123-4567": "999 123 4567",
		"QQ123456C": "QQ123456C",
	} {
		if got := form.GroupNHSNumber(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
