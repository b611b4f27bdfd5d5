package store

import (
	"fmt"
	"strings"
)

// fewestMonthLetters make a word a month: mar is one, ma may be the start of a name.
const fewestMonthLetters = 3

var months = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

// separatedDate understands 04/03/1947, 4.3.47, 4-mar-1947 and 1947-03-04, also half typed; nil when the word is no date.
func separatedDate(word string) anyOf {
	parts := strings.FieldsFunc(word, func(r rune) bool { return r == '/' || r == '.' || r == '-' })
	if len(parts) == 1 && len(parts[0]) < len(word) && len(parts[0]) <= 2 && isDigits(parts[0]) {
		return anyOf{{inDays, twoDigits(parts[0])}} // 4/
	}
	if len(parts) < 2 || len(parts) > 3 || !isDigits(parts[0]) {
		return nil
	}
	if len(parts[0]) == 4 {
		return isoDate(parts)
	}
	return dayMonthYear(parts)
}

// spacedDate understands 4 3 1947 and 4 3; nil when the words are no date.
func spacedDate(words []string) anyOf {
	if len(words) < 2 || len(words) > 3 {
		return nil
	}
	if len(words[0]) == 4 && len(words) == 3 {
		return isoDate(words)
	}
	return dayMonthYear(words)
}

// writtenDate understands 4 mar 1947 and 4th march at the front of the words, and tells how many of them it took; 0 when there is none.
func writtenDate(typed []string) (date anyOf, used int) {
	if len(typed) < 2 {
		return nil, 0
	}
	day := strings.TrimRight(typed[0], "sthndr") // 1st, 2nd, 3rd, 4th
	if !isDigits(day) || len(day) > 2 || monthNumber(typed[1]) == 0 {
		return nil, 0
	}
	used = 2
	if len(typed) > 2 && isDigits(typed[2]) && len(typed[2]) <= 4 {
		used = 3
	}
	return dayMonthYear(append([]string{day}, typed[1:used]...)), used
}

// dayMonthYear understands a day, a month and perhaps a year, the last of them perhaps half typed.
func dayMonthYear(parts []string) anyOf {
	day, month := parts[0], parts[1]
	if len(day) > 2 || !isDigits(day) {
		return nil
	}
	last := len(parts) == 2
	var days []string
	switch number := monthNumber(month); {
	case number > 0:
		days = []string{fmt.Sprintf("%s%02d", twoDigits(day), number)}
	case !isDigits(month) || len(month) > 2:
		return nil
	default:
		for _, m := range begun(month, last) {
			days = append(days, twoDigits(day)+m)
		}
	}
	if last {
		return prefixes(inDays, days)
	}
	year := parts[2]
	if !isDigits(year) || len(year) > 4 {
		return nil
	}
	full := []string{days[0] + year}
	if len(year) == 2 {
		full = append(full, days[0]+"19"+year, days[0]+"20"+year)
	}
	return prefixes(inDays, full)
}

// isoDate understands a year, a month and perhaps a day, the last of them perhaps half typed.
func isoDate(parts []string) anyOf {
	for i, part := range parts {
		if !isDigits(part) || i > 0 && len(part) > 2 {
			return nil
		}
	}
	front := parts[0]
	if len(parts) == 3 {
		front += twoDigits(parts[1])
	}
	var days []string
	for _, part := range begun(parts[len(parts)-1], true) {
		days = append(days, front+part)
	}
	return prefixes(inISODays, days)
}

// begun is what a month or day may be: 1 is the first, or when it is the last thing typed, the start of 10 to 19.
func begun(part string, last bool) []string {
	if len(part) == 1 && last {
		return []string{"0" + part, part}
	}
	return []string{twoDigits(part)}
}

func twoDigits(part string) string {
	if len(part) == 1 {
		return "0" + part
	}
	return part
}

// monthNumber is 0 for a word that is no month.
func monthNumber(word string) int {
	if len(word) < fewestMonthLetters {
		return 0
	}
	for i, month := range months {
		if strings.HasPrefix(month, word) || month == "september" && word == "sept" {
			return i + 1
		}
	}
	return 0
}

func prefixes(where in, texts []string) anyOf {
	all := make(anyOf, len(texts))
	for i, text := range texts {
		all[i] = term{where, text}
	}
	return all
}
