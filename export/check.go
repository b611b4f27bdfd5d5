package export

import (
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"

	"deltoid/capture"
)

// Check lists what the receiver would refuse in an event's row as of a moment. Fields are column names; the
// messages say what to do and never repeat a value.
func (s *Sheet) Check(event *capture.Event, flag capture.Action, now time.Time) capture.Problems {
	return s.CheckRow(s.Row(nil, event, flag), now)
}

// CheckRow lists what the receiver would refuse in a row, whoever made it.
func (s *Sheet) CheckRow(row []string, now time.Time) capture.Problems {
	return s.checkRow(row, momentOf(now))
}

func (s *Sheet) checkRow(row []string, at *moment) capture.Problems {
	var faults capture.Problems
	if len(row) != len(s.Columns) {
		faults.Add("", "Make the row again: it has "+strconv.Itoa(len(row))+" fields and the header "+strconv.Itoa(len(s.Columns)))
		return faults
	}
	c := cells{sheet: s, row: row}
	deletes, notGiven := c.deletes(), c.get("NOT_GIVEN") == "TRUE"
	for i := range s.Columns {
		column := &s.Columns[i]
		switch fault := column.fault(row[i], at); {
		case fault != "":
			faults.Add(column.Name, fault)
		case row[i] != "" || !column.Rule.demands(notGiven):
		case !deletes || s.key[column.Name]:
			faults.Add(column.Name, "Enter the "+column.Label)
		}
	}
	if deletes {
		return faults
	}
	c.codes = s.codes.on(c.day(at))
	for i := range s.rules {
		if s.rules[i].broken(c) {
			faults.Add(s.rules[i].Field, s.rules[i].message)
		}
	}
	return faults
}

// fault says what is wrong with a filled value by itself.
func (c *Column) fault(value string, at *moment) string {
	switch {
	case value == "":
		return ""
	case !readable(value):
		return "Enter the " + c.Label + ", or leave it quite empty: there are only blanks"
	case len(value) > c.Max && utf8.RuneCountInString(value) > c.Max:
		return "Shorten the " + c.Label + " to " + strconv.Itoa(c.Max) + " characters; it has " + strconv.Itoa(utf8.RuneCountInString(value))
	case c.form == nil:
		return ""
	}
	if cure := c.form(value, at); cure != "" {
		return "Check the " + c.Label + " (" + classOf(value) + "): it must " + cure
	}
	return ""
}

// classOf says what sort of value stands there, without saying the value.
func classOf(value string) string {
	digits, letters, others := 0, 0, 0
	for _, r := range value {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case unicode.IsLetter(r):
			letters++
		default:
			others++
		}
	}
	count := strconv.Itoa(digits+letters+others) + " "
	switch {
	case others > 0:
		return count + "characters, some of them neither letters nor digits"
	case letters == 0:
		return count + "digits"
	case digits == 0:
		return count + "letters"
	}
	return count + "letters and digits"
}

// day is the day of vaccination, or today when the row does not tell.
func (c cells) day(at *moment) capture.Date {
	if t, ok := parseStamp(c.get("DATE_AND_TIME")); ok {
		return dayOf(t)
	}
	return at.today
}
