package cohort

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"deltoid/assets/catalogue"
)

// Rejects writes the rows that could not be taken in as a CSV, each with its line and what to put right, so that it can be
// corrected and read again. Cells that a spreadsheet would take for a formula are marked as text.
type Rejects struct {
	out     *csv.Writer
	sheet   *Sheet
	mapping Mapping
	started bool
}

// NewRejects writes the rejected rows of a sheet, read with a mapping.
func NewRejects(w io.Writer, sheet *Sheet, mapping Mapping) *Rejects {
	rejects := &Rejects{out: csv.NewWriter(bomWriter(w)), sheet: sheet, mapping: mapping}
	rejects.out.UseCRLF = true
	return rejects
}

// Add writes a row, if it is rejected.
func (r *Rejects) Add(row Row) error {
	if !row.Rejected() {
		return nil
	}
	if !r.started {
		r.started = true
		if err := r.write(append([]string{"Line", "What to put right"}, r.sheet.Columns...)); err != nil {
			return err
		}
	}
	var cures []string
	for _, fault := range row.Faults {
		cure := fault.Message
		if fault.Column != "" {
			cure = fault.Column + ": " + cure
		}
		cures = append(cures, cure)
	}
	return r.write(append([]string{strconv.Itoa(row.Line), strings.Join(cures, ". ")}, r.cells(row)...))
}

// Flush finishes the file. Without a rejected row nothing is written.
func (r *Rejects) Flush() error {
	r.out.Flush()
	return r.out.Error()
}

// cells are those of the row, with the numbers that workbooks keep for days written as days.
func (r *Rejects) cells(row Row) []string {
	cells := append([]string(nil), row.Cells...)
	book, ok := r.sheet.source.(*workbook)
	if !ok {
		return cells
	}
	for _, field := range []Field{BirthDate, AppointmentDate} {
		column, ok := r.mapping.Columns[field]
		if !ok || column >= len(cells) {
			continue
		}
		day, part, ok := serialDate(tidy(cells[column]), book.old)
		if !ok {
			continue
		}
		cells[column] = day.String()
		if since, ok := readClock(part); ok {
			cells[column] += " " + instant(day, since).In(catalogue.London).Format("15:04:05")
		}
	}
	return cells
}

func (r *Rejects) write(cells []string) error {
	safe := make([]string, len(cells))
	for i, cell := range cells {
		safe[i] = asText(cell)
	}
	return r.out.Write(safe)
}

// asText marks a cell that a spreadsheet would take for a formula with an apostrophe, which reading takes off again.
func asText(cell string) string {
	if start := strings.TrimLeft(cell, " \t\r\n"); start != "" && strings.IndexByte(formulaStarts, start[0]) >= 0 {
		return "'" + start
	}
	return cell
}

// bom writes a byte order mark before the first byte, without which Excel takes UTF-8 for Windows-1252.
type bom struct {
	w       io.Writer
	written bool
}

func bomWriter(w io.Writer) io.Writer { return &bom{w: w} }

func (b *bom) Write(text []byte) (int, error) {
	if !b.written && len(text) > 0 {
		b.written = true
		if _, err := io.WriteString(b.w, "\ufeff"); err != nil {
			return 0, err
		}
	}
	return b.w.Write(text)
}
