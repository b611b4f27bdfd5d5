package form

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
)

// measured returns the width of words set at a step of the type scale.
func measured(step Step, bold bool) func(string) float32 {
	return func(words string) float32 {
		return fyne.MeasureText(words, step.Size, fyne.TextStyle{Bold: bold}).Width
	}
}

// wrapWords breaks content into lines no wider than width, at spaces where it can and inside a word where
// it must. Line breaks in content are kept, and no line is broken at a no-break space.
func wrapWords(content string, width float32, measure func(string) float32) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(content, "\n") {
		line := ""
		for _, word := range strings.FieldsFunc(paragraph, breaks) {
			joined := word
			if line != "" {
				joined = line + " " + word
			}
			if measure(joined) <= width {
				line = joined
				continue
			}
			if line != "" {
				lines = append(lines, line)
			}
			for measure(word) > width {
				head, tail := breakWord(word, width, measure)
				if tail == "" {
					break
				}
				lines = append(lines, head)
				word = tail
			}
			line = word
		}
		lines = append(lines, line)
	}
	return lines
}

// breaks tells the spaces at which a line may end.
func breaks(r rune) bool { return unicode.IsSpace(r) && r != '\u00a0' }

// breakWord cuts a word after the last letter that fits; at least one letter always goes.
func breakWord(word string, width float32, measure func(string) float32) (head, tail string) {
	letters := []rune(word)
	n := 1
	for n < len(letters) && measure(string(letters[:n+1])) <= width {
		n++
	}
	return string(letters[:n]), string(letters[n:])
}

// clip shortens one line to the width, ending in … where something is missing. Zero width means unlimited.
func clip(line string, width float32, measure func(string) float32) string {
	if width <= 0 || measure(line) <= width+0.5 {
		return line
	}
	letters := []rune(line)
	for n := len(letters) - 1; n > 0; n-- {
		short := strings.TrimRight(string(letters[:n]), " ") + "…"
		if measure(short) <= width {
			return short
		}
	}
	return "…"
}
