package cohort

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"deltoid/capture"
)

// Read goes through the rows below the headings as of a day. An error ends it: a mapping that is not complete, more rows
// than a list may have, or a file that cannot be read to its end. Blank rows are left out.
func (s *Sheet) Read(mapping Mapping, today capture.Date) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		if err := mapping.Check(s).Err(); err != nil {
			yield(Row{}, err)
			return
		}
		reader := &reader{sheet: s, mapping: mapping, today: today}
		reader.workbook, _ = s.source.(*workbook)
		rows := 0
		for line, err := range s.source.lines() {
			if err != nil {
				yield(Row{}, err)
				return
			}
			if line.number <= mapping.HeadingLine {
				continue
			}
			if rows++; rows > MaxRows {
				yield(Row{}, refuse(fmt.Sprintf("This list has more than %d rows. Ask for the list of this clinic only", MaxRows)))
				return
			}
			if !yield(reader.read(line), nil) {
				return
			}
		}
	}
}

// reader turns lines into rows.
type reader struct {
	sheet    *Sheet
	mapping  Mapping
	today    capture.Date
	workbook *workbook // nil for a CSV

	row Row // the one in work
}

func (r *reader) read(line line) Row {
	r.row = Row{Line: line.number, Cells: slices.Clone(line.cells)}
	if problem := r.outline(line); problem != "" {
		r.row.Faults = append(r.row.Faults, Fault{Line: line.number, Message: problem})
		return r.row
	}
	r.row.Person = capture.Person{
		Address:  r.cell(Address),
		Practice: r.cell(Practice),
		Gender:   r.gender(),
	}
	r.names()
	r.nhsNumber()
	r.postcode()
	r.birthDate()
	r.appointment()
	r.row.Person = r.row.Person.Tidy()
	r.check()
	return r.row
}

// outline says what is wrong with the row as a whole.
func (r *reader) outline(line line) string {
	if line.problem != "" {
		return line.problem
	}
	if r.workbook == nil && len(line.cells) > len(r.sheet.Columns) && !blank(line.cells[len(r.sheet.Columns):]) {
		return fmt.Sprintf("This row has more cells than the %d headings, so they may be in the wrong columns. Put quotation marks around a cell that has a %q in it", len(r.sheet.Columns), r.sheet.Delimiter)
	}
	for _, column := range r.mapping.Columns {
		if column < len(line.cells) && utf8.RuneCountInString(line.cells[column]) > MaxCell {
			return fmt.Sprintf("A cell of this row has more than %d characters. Remove what does not belong there", MaxCell)
		}
	}
	return ""
}

// fault notes what is wrong with a field; only the first fault of a field is kept.
func (r *reader) fault(field Field, message string) {
	if r.faulty(field) {
		return
	}
	fault := Fault{Line: r.row.Line, Field: field, Message: message}
	if column, ok := r.mapping.Columns[field]; ok {
		fault.Column = r.sheet.Columns[column]
	}
	r.row.Faults = append(r.row.Faults, fault)
}

func (r *reader) faulty(field Field) bool {
	return slices.ContainsFunc(r.row.Faults, func(f Fault) bool { return f.Field == field })
}

// cell is what a row says in the column of a field, tidied; empty when there is no such column.
func (r *reader) cell(field Field) string {
	column, ok := r.mapping.Columns[field]
	if !ok || column >= len(r.row.Cells) {
		return ""
	}
	text := tidy(r.row.Cells[column])
	if strings.ContainsRune(text, utf8.RuneError) {
		r.fault(field, "A letter could not be read here. Type it anew, or save the list as CSV UTF-8")
	}
	return text
}

// fieldOf is the field that a fault of the domain's check of a person belongs to.
func (r *reader) fieldOf(fault *capture.Error) Field {
	field := Field(fault.Field)
	if _, ok := r.mapping.Columns[FullName]; ok && (field == Surname || field == Forename) {
		return FullName
	}
	return field
}

// check adds what the domain finds wrong with the person.
func (r *reader) check() {
	for _, fault := range r.row.Person.Check(r.today) {
		r.fault(r.fieldOf(fault), fault.Message)
	}
	slices.SortStableFunc(r.row.Faults, func(a, b Fault) int { return slices.Index(Fields, a.Field) - slices.Index(Fields, b.Field) })
}

// isFormat tells characters that are not seen, such as a zero-width space; the joiners of some scripts' names are kept.
func isFormat(r rune) bool { return unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d' }
