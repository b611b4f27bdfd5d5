package ui

import (
	"fmt"
	"slices"
	"strings"
)

// daysAgo is how people say how long ago a day was.
func daysAgo(days int) string {
	switch days {
	case 0:
		return "today"
	case 1:
		return "yesterday"
	default:
		return fmt.Sprintf("%d days ago", days)
	}
}

// weeks is how people count intervals: 24 weeks and 5 days.
func weeks(days int) string {
	words := count(days/7, "week")
	if days%7 > 0 {
		words += " and " + count(days%7, "day")
	}
	return words
}

// count is a number with its noun: 1 day, 2 days.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// upperFirst begins a line with a capital.
func upperFirst(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// firstOf is the first value that is not empty.
func firstOf(values ...string) string {
	if i := slices.IndexFunc(values, func(v string) bool { return v != "" }); i >= 0 {
		return values[i]
	}
	return ""
}

func orNotProvided(text string) string {
	if text == "" {
		return "Not provided"
	}
	return text
}

func joined(parts ...string) string {
	text := ""
	for _, part := range parts {
		if part == "" {
			continue
		}
		if text != "" {
			text += ", "
		}
		text += part
	}
	return text
}
