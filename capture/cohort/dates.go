package cohort

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// Spreadsheets count days from 30 December 1899, or from 1 January 1904 in old workbooks of the Mac. Smaller numbers are
// not taken for days: they would be years (1947 as a number is 30 April 1905), and nobody was born before 1908.
const (
	firstSerial = 3_000
	lastSerial  = 73_050 // end of 2099
	days1904    = 1_462
)

// dateStyle is how a list writes days.
type dateStyle struct {
	monthFirst bool
	old        bool                          // serial numbers from 1904
	year       func(short int) (years []int) // what a two-digit year can be
}

// dateFault is what is wrong with a date, for people.
type dateFault string

const (
	faultNoDate     dateFault = "Write the date as day, month and year, for example 4/3/1947"
	faultNoDay      dateFault = "There is no such day in the calendar. Correct the date"
	faultMonthFirst dateFault = "Write the day before the month, for example 25/3/1947; or say that the whole list has the month first"
	faultShortYear  dateFault = "Write the year with four digits"
	faultBirthTime  dateFault = "Write the date of birth without a time"
)

// readDate reads the day at the start of a text; rest is what follows, such as a time.
func readDate(text string, style dateStyle) (day capture.Date, rest string, fault dateFault) {
	if day, rest, ok := serialDate(text, style.old); ok {
		return day, rest, ""
	}
	if len(text) == 8 && isDigits(text) {
		return eightDigits(text)
	}
	parts, rest := dateParts(text)
	if len(parts) != 3 {
		return capture.Date{}, "", faultNoDate
	}
	year, month, dayOfMonth, fault := order(parts, style)
	if fault != "" {
		return capture.Date{}, "", fault
	}
	day, err := catalogue.NewDate(year, month, dayOfMonth)
	if err != nil {
		return capture.Date{}, "", faultNoDay
	}
	return day, rest, ""
}

func serialDate(text string, old bool) (day capture.Date, rest string, ok bool) {
	if !isDecimal(text) || strings.HasPrefix(text, "0") {
		return capture.Date{}, "", false
	}
	serial, err := strconv.ParseFloat(text, 64)
	if err != nil || serial < firstSerial || serial >= lastSerial {
		return capture.Date{}, "", false
	}
	whole, part := math.Modf(serial)
	if old {
		whole += days1904
	}
	if part > 0 {
		rest = strconv.FormatFloat(part, 'f', -1, 64)
	}
	return catalogue.Date{Year: 1899, Month: time.December, Day: 30}.AddDays(int(whole)), rest, true
}

// eightDigits are 19470304 or 04031947; no text is both.
func eightDigits(text string) (capture.Date, string, dateFault) {
	for _, layout := range []string{"20060102", "02012006"} {
		if t, err := time.Parse(layout, text); err == nil && t.Year() >= 1900 && t.Year() < 2100 {
			return capture.Date{Year: t.Year(), Month: t.Month(), Day: t.Day()}, "", ""
		}
	}
	return capture.Date{}, "", faultNoDay
}

// dateParts cuts the first three numbers or names of months off a text, leaving out weekdays and the endings of 1st, 2nd.
func dateParts(text string) (parts []string, rest string) {
	for text != "" && len(parts) < 3 {
		text = strings.TrimLeftFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsDigit(r) })
		letters := end == 0
		if letters {
			end = strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
		}
		if end < 0 {
			end = len(text)
		}
		part := strings.ToLower(text[:end])
		text = text[end:]
		switch {
		case part == "":
		case letters && len(parts) > 0 && (part == "st" || part == "nd" || part == "rd" || part == "th" || part == "of"):
		case letters && isWeekday(part):
		default:
			parts = append(parts, part)
		}
	}
	return parts, strings.TrimSpace(strings.TrimLeft(text, "Tt,"))
}

// order finds year, month and day among three parts.
func order(parts []string, style dateStyle) (year int, month time.Month, day int, fault dateFault) {
	yearPart, monthPart, dayPart := parts[2], parts[1], parts[0]
	switch {
	case len(parts[0]) == 4 && isDigits(parts[0]): // 1947-03-04, 1947 Mar 4
		yearPart, dayPart = parts[0], parts[2]
	case !isDigits(parts[0]), style.monthFirst && isDigits(parts[1]): // March 4 1947, 3/4/1947
		monthPart, dayPart = parts[0], parts[1]
	}
	month, named := monthOf(monthPart)
	if !named {
		if !isDigits(monthPart) || len(monthPart) > 2 {
			return 0, 0, 0, faultNoDate
		}
		month = time.Month(atoi(monthPart))
	}
	if !isDigits(dayPart) || !isDigits(yearPart) || len(dayPart) > 2 || len(yearPart) != 2 && len(yearPart) != 4 {
		return 0, 0, 0, faultNoDate
	}
	day, year = atoi(dayPart), atoi(yearPart)
	if month > 12 && day <= 12 && !style.monthFirst {
		return 0, 0, 0, faultMonthFirst
	}
	if len(yearPart) == 2 {
		years := style.year(year)
		if len(years) != 1 {
			return 0, 0, 0, faultShortYear
		}
		year = years[0]
	}
	return year, month, day, ""
}

var monthNames = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

// monthOf is the month of a name in full, of its first three letters, or of Sept.
func monthOf(name string) (time.Month, bool) {
	for i, full := range monthNames {
		if name == full || name == full[:3] || name == "sept" && full == "september" {
			return time.Month(i + 1), true
		}
	}
	return 0, false
}

func isWeekday(name string) bool {
	for day := time.Sunday; day <= time.Saturday; day++ {
		full := strings.ToLower(day.String())
		if name == full || name == full[:3] || name == "tues" || name == "thurs" || name == "thur" {
			return true
		}
	}
	return false
}

func isDigits(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

// isDecimal tells a number with at most one point, as spreadsheets keep it.
func isDecimal(text string) bool {
	whole, part, point := strings.Cut(text, ".")
	return isDigits(whole) && (!point || isDigits(part))
}

// atoi is the value of a short text of digits.
func atoi(text string) int {
	value, _ := strconv.Atoi(text)
	return value
}

func (r *reader) style(year func(short int) []int) dateStyle {
	return dateStyle{monthFirst: r.mapping.MonthFirst, old: r.workbook != nil && r.workbook.old, year: year}
}

// birthYears are the years that a two-digit year of birth can be: nobody is born in the future, and 1922 or 2022 both may be.
func (r *reader) birthYears(short int) (years []int) {
	for _, year := range []int{1900 + short, 2000 + short} {
		if year <= r.today.Year && r.today.Year-year <= 120 {
			years = append(years, year)
		}
	}
	return years
}

func (r *reader) birthDate() {
	text := r.cell(BirthDate)
	if text == "" {
		return // the check of the person says so
	}
	day, rest, fault := readDate(text, r.style(r.birthYears))
	if fault == "" && rest != "" && !isMidnight(rest) {
		fault = faultBirthTime // in another zone it may be the next day
	}
	if fault != "" {
		r.fault(BirthDate, string(fault))
		return
	}
	r.row.Person.BirthDate = day
}

func isMidnight(text string) bool {
	since, ok := readClock(text)
	return ok && since == 0
}
