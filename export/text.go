package export

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// oneLine makes a value fit for a field: every control character and line separator becomes a space, white space at
// the ends goes, and bytes that are no UTF-8 become U+FFFD. All other characters stay as they are. Beside CR, LF and
// TAB that is every character at which some reader of text files (Python's splitlines, for one) ends a line.
func oneLine(value string) string {
	if fits(value) {
		return value
	}
	value = strings.ToValidUTF8(value, string(utf8.RuneError))
	value = strings.Map(func(r rune) rune {
		if breaksLine(r) {
			return ' '
		}
		return r
	}, value)
	return strings.TrimSpace(value)
}

// fits tells quickly whether a value needs no change; for nearly all it is true.
func fits(value string) bool {
	if value == "" {
		return true
	}
	ascii := true
	for i := range len(value) {
		switch c := value[i]; {
		case c < ' ', c == 0x7f:
			return false
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	if ascii {
		return value[0] != ' ' && value[len(value)-1] != ' '
	}
	return utf8.ValidString(value) && !strings.ContainsFunc(value, breaksLine) && strings.TrimSpace(value) == value
}

func breaksLine(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }

// readable tells whether a value has something to read in it, not only spaces and invisible characters.
func readable(value string) bool {
	for i := range len(value) {
		if value[i] > ' ' && value[i] < 0x7f {
			return true
		}
	}
	return strings.ContainsFunc(value, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) })
}
