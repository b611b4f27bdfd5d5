package gs1

import "time"

// Day is a calendar day. Its fields are those of catalogue.Date, so that one converts into the other.
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

// IsZero tells whether there is no day.
func (d Day) IsZero() bool { return d == Day{} }

// readDay reads the YYMMDD of a GS1 date. Day 00 is the last day of the month (GS1 General Specifications 3.4.7).
func readDay(text string, today Day) (Day, bool) {
	if len(text) != 6 || !digits(text) {
		return Day{}, false
	}
	year, month, day := fullYear(number(text[:2]), today.Year), time.Month(number(text[2:4])), number(text[4:])
	if month < time.January || month > time.December {
		return Day{}, false
	}
	last := time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
	if day > last {
		return Day{}, false
	}
	if day == 0 {
		day = last
	}
	return Day{year, month, day}, true
}

// fullYear finds the century of a two-digit year: the year from 49 back to 50 ahead of the current one
// (GS1 General Specifications 7.12).
func fullYear(short, current int) int {
	century := current - current%100
	switch ahead := short - current%100; {
	case ahead >= 51:
		return century - 100 + short
	case ahead <= -50:
		return century + 100 + short
	}
	return century + short
}

// number is the value of a short text of digits.
func number(text string) int {
	value := 0
	for i := 0; i < len(text); i++ {
		value = value*10 + int(text[i]-'0')
	}
	return value
}

func digits(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}
