package form

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// A barcode reader is a very fast typist: letters a few milliseconds apart, then Enter or Tab. Fyne gives
// each of them to the control with the focus, where the digits of an NHS number would answer questions and
// the Enter send them off. So every control of this package shows what it gets to the reader first, and
// what it did before the burst was recognised is undone.

const (
	// scanGap is the longest pause between two letters of one scan; no hand types at this pace.
	scanGap = 50 * time.Millisecond
	// scanText is how many letters make a burst in a box of text, scanKeys elsewhere.
	scanText = 8
	scanKeys = 3
	// groupSeparator ends a field of a GS1 code.
	groupSeparator = '\x1d'
)

// HearScans sends what a barcode reader types in a window to heard, whatever has the focus, and leaves the
// controls as they were. The reader must end a code with Enter or Tab. Nil stops it. now tells the time. A burst in
// a box of text that isCode does not know stays in the box: a computer that was held up hands over what a person
// typed as fast as a reader does. Boxes for passphrases are never listened to.
//
// With nothing focused Fyne gives keys to the handler of Canvas.SetOnTypedKey, which should ask ScanKey first.
func HearScans(window fyne.Canvas, now func() time.Time, isCode func(code string) bool, heard func(code string)) {
	reader = &scanReader{now: now, isCode: isCode, heard: heard}
	if heard == nil {
		return
	}
	window.SetOnTypedRune(func(letter rune) { reader.letter(nil, letter) })
	// Many readers send a GS1 group separator as Ctrl+].
	separator := &desktop.CustomShortcut{KeyName: fyne.KeyRightBracket, Modifier: fyne.KeyModifierControl}
	window.AddShortcut(separator, func(fyne.Shortcut) { reader.letter(nil, groupSeparator) })
}

// ScanKey tells whether a key that nothing had the focus for was the end of a scan.
func ScanKey(key *fyne.KeyEvent) bool { return reader.key(key) }

// reader is the one keyboard of the program; it hears nothing until HearScans.
var reader = &scanReader{}

type scanReader struct {
	now     func() time.Time
	isCode  func(code string) bool
	heard   func(code string)
	letters []rune
	last    time.Time
	caught  bool // the burst is recognised as a scan
	replays bool
	touched []touchedControl
}

// scannable is a control that can be put back to how it was.
type scannable interface {
	fyne.CanvasObject
	fyne.Focusable
	// snapshot returns what puts the control back, and how many letters are a burst for it.
	snapshot() (restore func(), least int)
}

// touchedControl is a control that took a letter of the burst before it was recognised.
type touchedControl struct {
	control scannable
	restore func()
	least   int
}

// letter shows a letter to the reader, before the control makes use of it. True means it is used up.
func (s *scanReader) letter(control scannable, letter rune) bool {
	stir()
	if s.heard == nil || s.replays {
		return false
	}
	now := s.now()
	if len(s.letters) > 0 && now.Sub(s.last) > scanGap {
		s.giveBack()
	}
	s.last = now
	s.letters = append(s.letters, letter)
	if !s.caught {
		s.touch(control)
		s.recognise()
	}
	return s.caught
}

func (s *scanReader) touch(control scannable) {
	if control == nil {
		return
	}
	for _, before := range s.touched {
		if before.control == control {
			return
		}
	}
	restore, least := control.snapshot()
	s.touched = append(s.touched, touchedControl{control, restore, least})
}

// recognise undoes what the burst has done so far, once it is long enough to be one. A held key is none.
func (s *scanReader) recognise() {
	least := scanKeys
	if len(s.touched) > 0 {
		least = s.touched[0].least
	}
	if len(s.letters) < least || allSame(s.letters) {
		return
	}
	s.caught = true
	for i := len(s.touched) - 1; i >= 0; i-- {
		s.touched[i].restore()
	}
	if len(s.touched) > 1 {
		MoveFocus(s.touched[0].control)
	}
}

// key shows a key to the reader. True means it ended a scan and is used up.
func (s *scanReader) key(key *fyne.KeyEvent) bool {
	stir()
	if !isEnter(key) && key.Name != fyne.KeyTab || len(s.letters) == 0 {
		return false
	}
	if !s.caught || s.now().Sub(s.last) > scanGap {
		s.giveBack()
		return false
	}
	code := string(s.letters)
	if s.inText() && !s.isCode(code) {
		s.giveBack()
		return false
	}
	s.forget()
	s.heard(code)
	return true
}

// inText tells whether the burst began in a box of text.
func (s *scanReader) inText() bool {
	if len(s.touched) == 0 {
		return false
	}
	_, text := s.touched[0].control.(*Entry)
	return text
}

// running tells that a scan is coming in, so that its Tab must not move the focus.
func (s *scanReader) running() bool {
	return s.caught && s.now().Sub(s.last) <= scanGap
}

// giveBack types a burst that was not a scan after all into the control it was meant for.
func (s *scanReader) giveBack() {
	letters, caught, touched := s.letters, s.caught, s.touched
	s.forget()
	if !caught || len(touched) == 0 {
		return
	}
	s.replays = true
	for _, letter := range letters {
		touched[0].control.TypedRune(letter)
	}
	s.replays = false
}

func (s *scanReader) forget() { s.letters, s.caught, s.touched = nil, false, nil }

func allSame(letters []rune) bool {
	for _, letter := range letters {
		if letter != letters[0] {
			return false
		}
	}
	return true
}

// untouched is the snapshot of a control on which a letter changes nothing.
func untouched() (func(), int) { return func() {}, scanKeys }
