package form_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"deltoid/ui/form"
)

// hand types letters with a pause after each; a reader is 5 ms, a fast typist 120 ms.
type hand struct {
	window fyne.Window
	clock  time.Time
	codes  []string
}

// listen starts hearing scans in a window.
func listen(t *testing.T, window fyne.Window) *hand {
	t.Helper()
	h := &hand{window: window, clock: time.Date(2022, 5, 12, 9, 0, 0, 0, time.UTC)}
	form.HearScans(window.Canvas(), func() time.Time { return h.clock }, func(code string) bool { return strings.ContainsAny(code, "0123456789") },
		func(code string) { h.codes = append(h.codes, code) })
	t.Cleanup(func() { form.HearScans(window.Canvas(), nil, nil, nil) })
	return h
}

func (h *hand) types(text string, pause time.Duration) {
	for _, letter := range text {
		h.clock = h.clock.Add(pause)
		letters(h.window, string(letter))
	}
}

const (
	readerPace = 5 * time.Millisecond
	typingPace = 120 * time.Millisecond
)

func TestScan_LeavesTheBoxAsItWas(t *testing.T) {
	dress(t)
	entry := form.NewEntry()
	entry.OnSubmitted = func(string) { t.Error("the scan submitted the page") }
	window := focused(t, entry)
	h := listen(t, window)
	h.types("Jo", typingPace)
	h.clock = h.clock.Add(time.Second)
	h.types("9991234567", readerPace)
	key(window, fyne.KeyReturn)
	if len(h.codes) != 1 || h.codes[0] != "9991234567" || entry.Text != "Jo" {
		t.Errorf("heard %q, box %q", h.codes, entry.Text)
	}
}

func TestScan_WordsInABoxStay(t *testing.T) {
	dress(t)
	submitted := ""
	entry := form.NewEntry()
	entry.OnSubmitted = func(text string) { submitted = text }
	window := focused(t, entry)
	h := listen(t, window)
	h.types("sampleton jo", readerPace) // the computer was held up, and hands over all at once
	key(window, fyne.KeyReturn)
	if len(h.codes) != 0 || entry.Text != "sampleton jo" || submitted != "sampleton jo" {
		t.Errorf("heard %q, box %q, submitted %q", h.codes, entry.Text, submitted)
	}
}

func TestScan_PassphrasesAreNotHeard(t *testing.T) {
	dress(t)
	submitted := ""
	entry := form.NewPasswordEntry()
	entry.OnSubmitted = func(text string) { submitted = text }
	window := focused(t, entry)
	h := listen(t, window)
	h.types("3 odd words", readerPace)
	key(window, fyne.KeyReturn)
	if len(h.codes) != 0 || submitted != "3 odd words" {
		t.Errorf("heard %q, submitted %q", h.codes, submitted)
	}
}

func TestScan_AnswersNoQuestion(t *testing.T) {
	dress(t)
	first, second := form.NewYesNoUnknown("First?", ""), form.NewYesNoUnknown("Second?", "")
	for _, row := range []*form.YesNoUnknown{first, second} {
		row.Advance = true
		row.OnSubmit = func() { t.Error("the scan submitted the page") }
	}
	window := stage(t, form.VStack(0, first, second), 600, 200)
	form.MoveFocus(first)
	h := listen(t, window)
	h.types("1231234567", readerPace)
	key(window, fyne.KeyReturn)
	if first.Answer() != form.AnswerNone || second.Answer() != form.AnswerNone {
		t.Errorf("answers %d and %d", first.Answer(), second.Answer())
	}
	if window.Canvas().Focused() != first {
		t.Error("the focus moved")
	}
	if len(h.codes) != 1 || h.codes[0] != "1231234567" {
		t.Errorf("heard %q", h.codes)
	}
}

func TestScan_PressesNoButton(t *testing.T) {
	dress(t)
	button := form.Primary("Confirm and save", func() { t.Error("the scan pressed the button") })
	window := focused(t, button)
	h := listen(t, window)
	h.types("0105060175680017", readerPace)
	if !button.AcceptsTab() {
		t.Error("the Tab of the reader would move the focus")
	}
	key(window, fyne.KeyTab)
	if len(h.codes) != 1 {
		t.Errorf("heard %q", h.codes)
	}
}

func TestScan_KeepsGroupSeparators(t *testing.T) {
	dress(t)
	entry := form.NewEntry()
	window := focused(t, entry)
	h := listen(t, window)
	h.types("0105060175680017", readerPace)
	entry.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyRightBracket, Modifier: fyne.KeyModifierControl})
	h.types("10FP1430", readerPace)
	key(window, fyne.KeyReturn)
	if len(h.codes) != 1 || h.codes[0] != "0105060175680017\x1d10FP1430" {
		t.Errorf("heard %q", h.codes)
	}
}

func TestScan_TypingIsNone(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		pause time.Duration
	}{
		"a hand":            {"Featherstone", typingPace},
		"a held key":        {"aaaaaaaaaaaaaaaa", 20 * time.Millisecond},
		"too short a burst": {"abcdef", readerPace},
	} {
		t.Run(name, func(t *testing.T) {
			dress(t)
			entry := form.NewEntry()
			submitted := 0
			entry.OnSubmitted = func(string) { submitted++ }
			window := focused(t, entry)
			h := listen(t, window)
			h.types(c.text, c.pause)
			key(window, fyne.KeyReturn)
			if entry.Text != c.text || submitted != 1 || len(h.codes) != 0 {
				t.Errorf("box %q, submitted %d, heard %q", entry.Text, submitted, h.codes)
			}
		})
	}
}

func TestScan_BurstWithoutAnEndIsGivenBack(t *testing.T) {
	dress(t)
	entry := form.NewEntry()
	window := focused(t, entry)
	h := listen(t, window)
	h.types("expanded text", readerPace)
	h.clock = h.clock.Add(time.Second)
	h.types("!", typingPace)
	if entry.Text != "expanded text!" || len(h.codes) != 0 {
		t.Errorf("box %q, heard %q", entry.Text, h.codes)
	}
}

func TestScan_WithNothingFocused(t *testing.T) {
	dress(t)
	window := stage(t, form.Body("Board"), 200, 100)
	h := listen(t, window)
	for _, letter := range "9991234567" {
		h.clock = h.clock.Add(readerPace)
		window.Canvas().OnTypedRune()(letter)
	}
	if !form.ScanKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) || len(h.codes) != 1 {
		t.Errorf("heard %q", h.codes)
	}
	if form.ScanKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) {
		t.Error("an Enter by itself is no scan")
	}
}
