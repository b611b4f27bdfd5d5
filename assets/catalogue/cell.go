package catalogue

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

func (r row) fault(column, says, cure string) { r.problems.add(r.file, r.line, column, says, cure) }

// optional is the cell's text, which may be empty.
func (r row) optional(column string) string { return r.cells[column] }

// text is the cell's text, which may not be empty.
func (r row) text(column string) string {
	value := r.cells[column]
	if value == "" {
		r.fault(column, "the cell is empty", "fill it in")
	}
	return value
}

// list is the words of a cell, separated by spaces; it may be empty.
func (r row) list(column string) []string { return strings.Fields(r.cells[column]) }

// number is a whole number from 0 up.
func (r row) number(column string) int {
	value, err := strconv.Atoi(r.cells[column])
	if err != nil || value < 0 {
		r.fault(column, quoted(r.cells[column])+" is not a whole number", "write digits only")
		return 0
	}
	return value
}

// optionalNumber is 0 when the cell is empty.
func (r row) optionalNumber(column string) int {
	if r.cells[column] == "" {
		return 0
	}
	return r.number(column)
}

// age is a number of completed months, written in years, or as months like 6m; 0 when the cell is empty.
func (r row) age(column string) (months int, inYears bool) {
	text, isMonths := strings.CutSuffix(r.cells[column], "m")
	if text == "" && !isMonths {
		return 0, true
	}
	number, err := strconv.Atoi(text)
	if err != nil || number < 0 {
		r.fault(column, quoted(r.cells[column])+" is not an age", "write completed years like 12, or months like 6m")
		return 0, true
	}
	if isMonths {
		return number, false
	}
	return 12 * number, true
}

// oldest is the last completed month of an age that is still covered: all of the year 11, and no more than the month 17m.
func (r row) oldest(column string) int {
	months, inYears := r.age(column)
	if months > 0 && inYears {
		months += 11
	}
	return months
}

var decimal = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?$`)

// optionalDecimal is decimal text such as 0.3, or empty.
func (r row) optionalDecimal(column string) string {
	value := r.cells[column]
	if value != "" && !decimal.MatchString(value) {
		r.fault(column, quoted(value)+" is not a decimal number", "write it like 0.3")
	}
	return value
}

// yes reads the words yes and no.
func (r row) yes(column string) bool {
	return r.oneOf(column, "yes", "no") == "yes"
}

// oneOf is one of the allowed words; "" among them allows an empty cell.
func (r row) oneOf(column string, allowed ...string) string {
	value := r.cells[column]
	if !slices.Contains(allowed, value) {
		r.fault(column, quoted(value)+" is not allowed here", "use one of: "+strings.TrimPrefix(strings.Join(allowed, ", "), ", "))
	}
	return value
}

var plainKey = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// key is a short name of ours: letters, digits, point, hyphen and underline.
func (r row) key(column string) string {
	value := r.cells[column]
	if !plainKey.MatchString(value) {
		r.fault(column, quoted(value)+" cannot be a key", "use letters, digits, - and _ only")
	}
	return value
}

// date is an ISO date; with optional, an empty cell is the zero Date.
func (r row) date(column string, optional bool) Date {
	value := r.cells[column]
	if value == "" && optional {
		return Date{}
	}
	day, err := ParseDate(value)
	if err != nil {
		r.fault(column, quoted(value)+" is not a date", "write it like 2022-05-12; stop the spreadsheet from changing it by making the column text")
	}
	return day
}

// span reads the days on which the row is in force.
func (r row) span() Span {
	span := Span{r.date("from", false), r.date("to", true)}
	if !span.From.IsZero() && !span.To.IsZero() && span.To.Before(span.From) {
		r.fault("to", span.To.String()+" is before "+span.From.String(), "exchange the two dates or leave to empty")
	}
	return span
}

// The words of the column confidence, from best to worst.
var confidences = []string{
	"confirmed", // read in a primary NHS or regulator's text
	"neighbour", // read in a text that describes the same thing for a sibling or later system
	"inferred",  // follows from texts read
	"general",   // general knowledge of UK guidance, to be checked by a clinician
	"assumed",   // our choice to fill a gap, to be confirmed before live use
}

func (r row) confidence() string { return r.oneOf("confidence", confidences...) }

// ages reads a range of completed years such as 16-, 0-15 or 18-50; empty covers nobody.
func (r row) ages(column string) Ages {
	value := r.cells[column]
	if value == "" {
		return Ages{}
	}
	ages, ok := parseAges(value)
	if !ok {
		r.fault(column, quoted(value)+" is not a range of ages", "write it like 16- or 0-15")
	}
	return ages
}

func parseAges(text string) (Ages, bool) {
	low, high, found := strings.Cut(text, "-")
	from, err := strconv.Atoi(low)
	if !found || err != nil || from < 0 {
		return Ages{}, false
	}
	if high == "" {
		return Ages{Some: true, Min: from}, true
	}
	to, err := strconv.Atoi(high)
	if err != nil || to < from || to == 0 {
		return Ages{}, false
	}
	return Ages{Some: true, Min: from, Max: to}, true
}

func quoted(text string) string { return strconv.Quote(text) }
