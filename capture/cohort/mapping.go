package cohort

import (
	"fmt"
	"maps"

	"deltoid/capture"
)

// Mapping says which column is what. Start from Sheet.Guess.
type Mapping struct {
	Columns     map[Field]int // index into Sheet.Columns
	HeadingLine int           // nothing up to this line is read
	MonthFirst  bool          // 3/4/1947 is 4 March: only when the list comes from an American program
	Day         capture.Date  // of appointments whose rows say only a time; zero: they must say the day
}

// Clone is a mapping that can be changed without changing this one.
func (m Mapping) Clone() Mapping {
	m.Columns = maps.Clone(m.Columns)
	return m
}

// guess finds the fields among headings. Of two columns for one field the surer is taken, else the first.
func guess(headings []string) Mapping {
	found, sure := map[Field]int{}, map[Field]int{}
	for i, text := range headings {
		field, how := words().meaning(text)
		if how > sure[field] {
			found[field], sure[field] = i, how
		}
	}
	if _, both := found[Surname]; both {
		if _, both = found[Forename]; both {
			delete(found, FullName)
		}
	}
	return Mapping{Columns: found}
}

// Check lists what is missing or wrong in a mapping of a sheet. Field of each is the field of the list.
func (m Mapping) Check(sheet *Sheet) capture.Problems {
	var faults capture.Problems
	has := func(field Field) bool { _, ok := m.Columns[field]; return ok }
	if !has(FullName) {
		for _, field := range []Field{Surname, Forename} {
			if !has(field) {
				faults.Add(string(field), "Choose the column of the "+lower(field.Label()))
			}
		}
	}
	if !has(BirthDate) {
		faults.Add(string(BirthDate), "Choose the column of the date of birth")
	}
	taken := map[int]Field{}
	for _, field := range Fields {
		column, ok := m.Columns[field]
		switch other, twice := taken[column]; {
		case !ok:
		case column < 0 || column >= len(sheet.Columns):
			faults.Add(string(field), "Choose a column of this list for the "+lower(field.Label()))
		case twice:
			faults.Add(string(field), fmt.Sprintf("Choose another column: %q is the %s already", sheet.Columns[column], lower(other.Label())))
		default:
			taken[column] = field
		}
	}
	if m.HeadingLine < 0 {
		faults.Add("headingLine", "Choose the row of the headings, or none")
	}
	return faults
}

// lower is a label inside a sentence.
func lower(label string) string {
	if label == NHSNumber.Label() || label == Practice.Label() {
		return label
	}
	return string(label[0]|0x20) + label[1:]
}
