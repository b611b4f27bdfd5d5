package gs1

import (
	"strings"
	"unicode/utf8"
)

// Options is how the scanner of a desk is set up, and the day.
type Options struct {
	Today Day // finds the century of expiry dates

	// Separator is the one character that the scanner types for FNC1 where it cannot send ASCII 29 or Ctrl+]. It must be
	// one that codes never have, for example | or ~. Empty: none.
	Separator string

	// Bookings are the forms of booking references: A is a letter, 9 a digit, ? a letter or digit, a backslash takes the
	// next character as it is, anything else stands for itself. Capitals and small letters are the same.
	Bookings []string
}

// Check is a *Fault when the options cannot work, for the settings screen.
func (o Options) Check() error {
	if fault := o.fault(); fault != nil {
		return fault
	}
	return nil
}

func (o Options) fault() *Fault {
	if o.Today.Year < 1951 {
		return &Fault{SetUp, "Set the clock of this computer: without the year an expiry date cannot be read"}
	}
	if o.Separator != "" {
		r, size := utf8.DecodeRuneInString(o.Separator)
		if size != len(o.Separator) || r == utf8.RuneError || isElementRune(r) || strings.ContainsRune("]^ \t\r\n", r) {
			return &Fault{SetUp, "Choose one character as the scanner's separator that codes never have, for example | or ~"}
		}
	}
	for _, form := range o.Bookings {
		if fault := checkBooking(form); fault != nil {
			return fault
		}
	}
	return nil
}

// checkBooking refuses a form that could be taken for another code.
func checkBooking(form string) *Fault {
	slots := slotsOf(form)
	if len(slots) < 4 {
		return &Fault{SetUp, "Give booking references a form of at least 4 characters"}
	}
	for _, slot := range slots {
		if !slot.takesDigit() {
			return nil
		}
	}
	switch n := len(slots); {
	case n == 10:
		return &Fault{SetUp, "A booking reference of ten digits cannot be told from an NHS number. Give its form a letter"}
	case n == 8, n >= 12:
		return &Fault{SetUp, "A booking reference of 8 digits, or of 12 and more, cannot be told from the code of a pack. Give its form a letter"}
	}
	return nil
}

// slot is one place of a booking reference.
type slot struct {
	kind    byte // 'A', '9', '?' or 0 for a character that stands for itself
	literal rune
}

func slotsOf(form string) []slot {
	var slots []slot
	quoted := false
	for _, r := range strings.ToUpper(form) {
		switch {
		case !quoted && r == '\\':
			quoted = true
			continue
		case !quoted && (r == 'A' || r == '9' || r == '?'):
			slots = append(slots, slot{kind: byte(r)})
		default:
			slots = append(slots, slot{literal: r})
		}
		quoted = false
	}
	return slots
}

func (s slot) takesDigit() bool {
	return s.kind == '9' || s.kind == '?' || s.kind == 0 && s.literal >= '0' && s.literal <= '9'
}

func (s slot) takes(r rune) bool {
	letter, digit := r >= 'A' && r <= 'Z', r >= '0' && r <= '9'
	switch s.kind {
	case 'A':
		return letter
	case '9':
		return digit
	case '?':
		return letter || digit
	}
	return r == s.literal
}

// booking is the reference in capitals when the text has one of the forms.
func (o Options) booking(text string) (string, bool) {
	text = strings.ToUpper(text)
	runes := []rune(text)
	for _, form := range o.Bookings {
		slots := slotsOf(form)
		if len(slots) != len(runes) {
			continue
		}
		fits := true
		for i, slot := range slots {
			fits = fits && slot.takes(runes[i])
		}
		if fits {
			return text, true
		}
	}
	return "", false
}
