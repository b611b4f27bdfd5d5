package form

import "strings"

// NewNHSNumberEntry returns a box that shows an NHS number as 999 123 4567 while it is typed, and takes one
// pasted with spaces or hyphens. format spaces the number, also a beginning of one; nil is GroupNHSNumber.
// Whether the number is a good one is not its business.
func NewNHSNumberEntry(format func(string) string) *Entry {
	if format == nil {
		format = GroupNHSNumber
	}
	e := NewEntry().SetColumns(14)
	// More than a number needs, so that one digit too many is seen and not swallowed.
	e.MaxLength = 24
	e.edited = func() {
		atEnd := e.CursorColumn >= len([]rune(e.Text))
		if grouped := format(e.Text); atEnd && grouped != e.Text {
			e.SetText(grouped)
			e.toEnd()
		}
	}
	return e
}

// GroupNHSNumber spaces digits 3-3-4. Text with anything but digits, spaces and hyphens is left as it is.
func GroupNHSNumber(text string) string {
	digits := strings.NewReplacer(" ", "", "-", "").Replace(text)
	switch {
	case !isDigits(digits):
		return text
	case len(digits) <= 3:
		return digits
	case len(digits) <= 6:
		return digits[:3] + " " + digits[3:]
	default:
		return digits[:3] + " " + digits[3:6] + " " + digits[6:]
	}
}
