package store

import (
	"strings"
	"unicode/utf8"
)

// queryLength is how much of what was typed counts, in bytes; nobody types more, but anything can be pasted.
const queryLength = 160

// in says what a term looks at.
type in uint8

const (
	inText       in = iota // words of names and postcodes
	inNHSNumbers           // ten digits
	inDays                 // day of birth as DDMMYYYY
	inISODays              // day of birth as YYYYMMDD
)

// term asks that something of the person begins with a text.
type term struct {
	in     in
	prefix string
}

// anyOf is met by one of its terms.
type anyOf []term

// reading is one way to understand some typed words; all of it must be met.
type reading []anyOf

// query is what was typed, understood: of each clause, one of the readings must be met.
type query struct {
	clauses [][]reading
	words   []string // the plain words typed, for ranking by surname
}

// parseQuery understands what somebody has typed so far: words of names, postcodes, parts of an NHS number and dates of birth, in any order.
func parseQuery(text string) query {
	if len(text) > queryLength {
		text = text[:queryLength]
		for !utf8.ValidString(text) && len(text) > queryLength-utf8.UTFMax {
			text = text[:len(text)-1] // not half a letter
		}
	}
	var typed []string
	for _, word := range strings.FieldsFunc(fold(text), betweenWords) {
		if strings.IndexFunc(word, func(r rune) bool { return !notInWord(r) }) >= 0 {
			typed = append(typed, word)
		}
	}
	var q query
	for len(typed) > 0 {
		readings, used := readWords(typed)
		q.clauses = append(q.clauses, readings)
		for _, word := range typed[:used] {
			q.words = append(q.words, strings.Join(partsOf(word), ""))
		}
		typed = typed[used:]
	}
	return q
}

// readWords understands the next words and tells how many they are: a written date, a run of digits, or one word.
func readWords(typed []string) (readings []reading, used int) {
	if date, used := writtenDate(typed); used > 0 {
		return []reading{{date}, singly(typed[:used])}, used
	}
	run := 0
	for run < len(typed) && isDigits(typed[run]) {
		run++
	}
	if run > 1 {
		return readDigits(typed[:run]), run
	}
	word := typed[0]
	readings = []reading{singly(typed[:1])}
	if date := separatedDate(word); date != nil {
		readings = append(readings, reading{date})
	}
	if parts := partsOf(word); len(parts) > 1 && !isDigits(strings.Join(parts, "")) {
		readings = append(readings, singly(parts))
	}
	return readings, 1
}

// singly asks for each word by itself.
func singly(words []string) reading {
	all := make(reading, len(words))
	for i, word := range words {
		joined := strings.Join(partsOf(word), "")
		all[i] = anyOf{{inText, joined}}
		if !isDigits(joined) {
			continue
		}
		all[i] = append(all[i], term{inNHSNumbers, joined})
		if len(joined) >= 4 { // a year, or a date without its separators
			all[i] = append(all[i], term{inDays, joined}, term{inISODays, joined})
		}
	}
	return all
}

// readDigits understands several words of digits: an NHS number in groups, a date, one after the other, or each by itself.
func readDigits(run []string) []reading {
	joined := func(words []string) anyOf { return anyOf{{inNHSNumbers, strings.Join(words, "")}} }
	readings := []reading{singly(run), {joined(run)}}
	if date := spacedDate(run); date != nil {
		readings = append(readings, reading{date})
	}
	for number := 1; number <= len(run)-3; number++ {
		if number != len(run)-3 && number != 3 {
			continue
		}
		if date := spacedDate(run[number:]); date != nil {
			readings = append(readings, reading{joined(run[:number]), date})
		}
	}
	if len(run) > 3 {
		if date := spacedDate(run[:3]); date != nil {
			readings = append(readings, reading{date, joined(run[3:])})
		}
	}
	return readings
}

func isDigits(word string) bool {
	for i := 0; i < len(word); i++ {
		if word[i] < '0' || word[i] > '9' {
			return false
		}
	}
	return word != ""
}
