package store

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// foldedLetters are letters that no decomposition turns into the plain letters people type for them.
var foldedLetters = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ħ': "h", 'ı': "i", 'ŋ': "n",
}

// fold makes text comparable: lower case, without diacritics.
func fold(text string) string {
	if isLowerASCII(text) {
		return text
	}
	if isASCII(text) {
		return strings.ToLower(text)
	}
	var out strings.Builder
	for _, r := range norm.NFKD.String(text) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		r = unicode.ToLower(r)
		if plain, ok := foldedLetters[r]; ok {
			out.WriteString(plain)
			continue
		}
		out.WriteRune(r)
	}
	return out.String()
}

func isLowerASCII(text string) bool {
	for i := 0; i < len(text); i++ {
		if c := text[i]; c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' {
			return false
		}
	}
	return true
}

func isASCII(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// betweenWords tells which characters part the words of a name or a query.
func betweenWords(r rune) bool {
	return r == ' ' || r == ',' || r == ';' || r > ' ' && unicode.IsSpace(r) || unicode.IsControl(r)
}

func notInWord(r rune) bool {
	if r < utf8.RuneSelf {
		return !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z')
	}
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r)
}

// partsOf are the pieces of one folded word between apostrophes, hyphens and the like: smith-jones has two.
func partsOf(word string) []string { return strings.FieldsFunc(word, notInWord) }

// appendTokens adds what a name can be found by: each word, and for a word of several parts each part and the whole:
// O'Brien is found as obrien, o and brien.
func appendTokens(tokens []string, text string) []string {
	for _, word := range strings.FieldsFunc(fold(text), betweenWords) {
		if strings.IndexFunc(word, notInWord) < 0 {
			tokens = append(tokens, word)
			continue
		}
		parts := partsOf(word)
		tokens = append(tokens, parts...)
		if len(parts) > 1 {
			tokens = append(tokens, strings.Join(parts, ""))
		}
	}
	return tokens
}

// foldName is a name's place in an alphabetical list, in which apostrophes and hyphens do not count.
func foldName(name string) string {
	name = fold(name)
	if strings.IndexFunc(name, notInWord) < 0 {
		return name
	}
	words := strings.FieldsFunc(name, betweenWords)
	for i, word := range words {
		words[i] = strings.Join(partsOf(word), "")
	}
	return strings.Join(words, " ")
}
