package form

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"deltoid/assets/catalogue"
)

// DateError tells what is wrong with a typed date, and in which boxes.
type DateError struct {
	Message          string
	Day, Month, Year bool // the boxes at fault
	Empty            bool // nothing was typed at all
}

// Error is the message people read.
func (e *DateError) Error() string { return e.Message }

// readDate reads the three boxes of a date; subject names the date in the message.
func readDate(subject, day, month, year string) (catalogue.Date, error) {
	day, month, year = strings.TrimSpace(day), strings.TrimSpace(month), strings.TrimSpace(year)
	if day == "" && month == "" && year == "" {
		return catalogue.Date{}, &DateError{"Enter the " + subject, true, true, true, true}
	}
	if missing := missingParts(day, month, year); missing != nil {
		missing.Message = upperFirst(subject) + missing.Message
		return catalogue.Date{}, missing
	}
	d, okDay := number(day, 1, 31)
	m, okMonth := monthNumber(month)
	y, okYear := number(year, 1, 9999)
	if len(year) != 4 || !okYear {
		return catalogue.Date{}, &DateError{Message: "Year must include 4 numbers", Year: true}
	}
	unreal := upperFirst(subject) + " must be a real date"
	if !okDay || !okMonth {
		return catalogue.Date{}, &DateError{Message: unreal, Day: !okDay, Month: !okMonth}
	}
	date, err := catalogue.NewDate(y, time.Month(m), d)
	if err != nil {
		return catalogue.Date{}, &DateError{Message: unreal, Day: true}
	}
	return date, nil
}

// missingParts says which of the boxes are empty; nil when none is.
func missingParts(day, month, year string) *DateError {
	var parts []string
	if day == "" {
		parts = append(parts, "a day")
	}
	if month == "" {
		parts = append(parts, "a month")
	}
	if year == "" {
		parts = append(parts, "a year")
	}
	if parts == nil {
		return nil
	}
	return &DateError{
		Message: " must include " + strings.Join(parts, " and "),
		Day:     day == "", Month: month == "", Year: year == "",
	}
}

// readWholeDate reads a date from one piece of text, day first or ISO: 27/3/1947, 27 March 1947,
// 27031947, 1947-03-27.
func readWholeDate(text string) (catalogue.Date, error) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(parts) == 1 && len(parts[0]) == 8 && isDigits(parts[0]) {
		whole := parts[0]
		parts = []string{whole[:2], whole[2:4], whole[4:]}
	}
	if len(parts) != 3 {
		return catalogue.Date{}, &DateError{Message: "Enter the date", Day: true, Month: true, Year: true}
	}
	if len(parts[0]) == 4 {
		parts[0], parts[2] = parts[2], parts[0]
	}
	return readDate("date", parts[0], parts[1], parts[2])
}

// dateParts is a date as it stands in the boxes.
func dateParts(date catalogue.Date) (day, month, year string) {
	if date.IsZero() {
		return "", "", ""
	}
	year = strconv.Itoa(date.Year)
	return strconv.Itoa(date.Day), strconv.Itoa(int(date.Month)), strings.Repeat("0", 4-len(year)) + year
}

// monthNumber reads 3, 03, Mar or march.
func monthNumber(text string) (int, bool) {
	if isDigits(text) {
		return number(text, 1, 12)
	}
	text = strings.ToLower(strings.TrimSuffix(text, "."))
	if len(text) < 3 {
		return 0, false
	}
	for month := time.January; month <= time.December; month++ {
		if strings.HasPrefix(strings.ToLower(month.String()), text) {
			return int(month), true
		}
	}
	return 0, false
}

func number(text string, least, most int) (int, bool) {
	if !isDigits(text) {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= least && n <= most
}

func isDigits(text string) bool {
	for _, letter := range text {
		if letter < '0' || letter > '9' {
			return false
		}
	}
	return text != ""
}

func upperFirst(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// lowerFirst makes a label fit into a sentence, and leaves one like "NHS number" as it is.
func lowerFirst(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	second, _ := utf8.DecodeRuneInString(text[size:])
	if size == 0 || unicode.IsUpper(second) {
		return text
	}
	return string(unicode.ToLower(first)) + text[size:]
}
