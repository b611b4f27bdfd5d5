package cohort

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"deltoid/capture"
)

// formulaStarts are what makes a spreadsheet take a cell for a formula. Here such a cell is text like any other.
const formulaStarts = "=+-@"

// tidy is a cell in composed letters, on one line, without what cannot be seen and without the apostrophe that marks a
// cell as text.
func tidy(cell string) string {
	cell = norm.NFC.String(strings.Map(func(r rune) rune {
		if isFormat(r) {
			return -1
		}
		return r
	}, cell))
	cell = strings.Join(strings.Fields(cell), " ")
	if len(cell) > 1 && cell[0] == '\'' && strings.IndexByte(formulaStarts, cell[1]) >= 0 {
		return cell[1:]
	}
	return cell
}

func (r *reader) names() {
	person := &r.row.Person
	person.Surname, person.Forename = r.cell(Surname), r.cell(Forename)
	if _, ok := r.mapping.Columns[FullName]; ok {
		full := r.cell(FullName)
		surname, forename, ok := splitName(full)
		switch {
		case full == "" && person.Surname == "" && person.Forename == "":
			r.fault(FullName, "Enter the name")
		case full != "" && !ok:
			r.fault(FullName, "Write the name with a comma: SURNAME, First names")
		}
		if person.Surname == "" {
			person.Surname = surname
		}
		if person.Forename == "" {
			person.Forename = forename
		}
	}
	for _, part := range []struct {
		field Field
		text  string
	}{{Surname, person.Surname}, {Forename, person.Forename}} {
		if part.text == "" {
			continue
		}
		switch field := r.fieldOf(&capture.Error{Field: string(part.field)}); {
		case strings.IndexByte(formulaStarts, part.text[0]) >= 0:
			r.fault(field, fmt.Sprintf("The name begins with %q. Type it as it is written", part.text[:1]))
		case strings.ContainsAny(part.text, "0123456789"):
			r.fault(field, "There is a digit in the name. Check that the columns are chosen right, or correct the name")
		}
	}
}

// splitName cuts a full name in two. Without a comma only two words are certain: Anna van der Berg may be cut in three ways.
func splitName(full string) (surname, forename string, ok bool) {
	if before, after, comma := strings.Cut(full, ","); comma {
		surname, forename = withoutTitles(before), withoutTitles(after)
		return surname, forename, surname != "" && forename != "" && !strings.Contains(after, ",")
	}
	parts := strings.Fields(withoutTitles(full))
	if len(parts) != 2 {
		return "", "", false
	}
	return parts[1], parts[0], true
}

// withoutTitles leaves out titles at either end: Mr, (Dr).
func withoutTitles(text string) string {
	parts := strings.Fields(text)
	for len(parts) > 0 && words().titles[plain(parts[0])] {
		parts = parts[1:]
	}
	for len(parts) > 0 && words().titles[plain(parts[len(parts)-1])] {
		parts = parts[:len(parts)-1]
	}
	return strings.Join(parts, " ")
}

// exponent is how spreadsheets write a long number in a narrow cell.
var exponent = regexp.MustCompile(`^[0-9](\.[0-9]+)?[eE]\+?[0-9]{1,2}$`)

// inFull writes such a number with all its digits; exact is false when the spreadsheet left some of them out.
func inFull(text string) (whole string, exact bool) {
	value, err := strconv.ParseFloat(text, 64)
	mantissa, _, _ := strings.Cut(strings.ToLower(text), "e")
	whole = strconv.FormatFloat(value, 'f', 0, 64)
	return whole, err == nil && len(mantissa)-1 >= len(whole)-1
}

func (r *reader) nhsNumber() {
	text := strings.TrimPrefix(r.cell(NHSNumber), "'")
	switch strings.ToLower(text) {
	case "n/a", "na", "none", "-", "unknown", "not known":
		text = ""
	}
	if exponent.MatchString(text) {
		whole, exact := inFull(text)
		if !exact {
			r.fault(NHSNumber, "The spreadsheet has rounded the number. Show the column as a number without decimals and save the list again")
			return
		}
		text = whole
	}
	text = strings.TrimSuffix(text, ".0")
	number, err := capture.ParseNHSNumber(text)
	for _, fault := range capture.ProblemsOf(err) {
		r.fault(NHSNumber, fault.Message)
	}
	r.row.Person.NHSNumber = number
}

// postcode takes an empty cell for a postcode that is not known.
func (r *reader) postcode() {
	r.row.Person.Postcode = r.cell(Postcode)
	if r.row.Person.Postcode == "" {
		r.row.Person.Postcode = capture.PostcodeNotKnown
	}
}

// gender takes an empty cell for a gender that is not known.
func (r *reader) gender() string {
	text := r.cell(Gender)
	if text == "" {
		return "0"
	}
	code, ok := words().genders[plain(text)]
	if !ok {
		r.fault(Gender, "Write the gender as male, female, not known or not specified")
	}
	return code
}
