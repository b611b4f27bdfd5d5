package form

import (
	"slices"
	"testing"
)

// perLetter measures every letter as one pixel.
func perLetter(words string) float32 { return float32(len([]rune(words))) }

func TestWrapWords(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		width   float32
		want    []string
	}{
		"short":           {"one", 10, []string{"one"}},
		"empty":           {"", 10, []string{""}},
		"at spaces":       {"one two three", 7, []string{"one two", "three"}},
		"exact":           {"one two", 7, []string{"one two"}},
		"line breaks":     {"one\n\ntwo", 9, []string{"one", "", "two"}},
		"long word":       {"abcdefgh ij", 3, []string{"abc", "def", "gh", "ij"}},
		"narrower than a": {"ab", 0.5, []string{"a", "b"}},
		"no-break space":  {"one 12\u00a034 two", 9, []string{"one 12\u00a034", "two"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := wrapWords(c.content, c.width, perLetter); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestClip(t *testing.T) {
	for name, c := range map[string]struct {
		line  string
		width float32
		want  string
	}{
		"fits":       {"Smith", 5, "Smith"},
		"unlimited":  {"Smith", 0, "Smith"},
		"too long":   {"Smithson", 5, "Smit…"},
		"at a space": {"Jo Smith", 4, "Jo…"},
		"no room":    {"Smith", 1, "…"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := clip(c.line, c.width, perLetter); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
