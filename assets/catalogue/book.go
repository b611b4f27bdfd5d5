package catalogue

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
)

// Table is one list of the reference data as it stands in its files: text that a person checks and signs.
type Table struct {
	Name    string   // of its files without .csv, for example dose_rules
	Columns []string // in the order of the loader
	Rows    []TableRow
}

// TableRow is one line of one file.
type TableRow struct {
	Span         // zero for tables whose rows have no days
	File  string // for example covid-19/dose_rules.csv
	Line  int    // counted from 1, the header
	ID    string // what rows of this table are called by: its id, key, name, code or disease
	Kind  string // kind of dose, in tables where one name stands for several kinds
	Cells []string
}

// dated tells whether the rows of a table say from when they are in force.
func (t Table) dated() bool { return slices.Contains(t.Columns, "from") }

// On keeps the rows in force on a day; a table without days is whole on every day.
func (t Table) On(day Date) Table {
	if t.dated() {
		t.Rows = slices.DeleteFunc(slices.Clone(t.Rows), func(r TableRow) bool { return !r.Covers(day) })
	}
	return t
}

// Cell is the text of a row in a column; empty when the table has no such column.
func (t Table) Cell(row TableRow, column string) string {
	if i := slices.Index(t.Columns, column); i >= 0 {
		return row.Cells[i]
	}
	return ""
}

// Tables is every row of every file, in the order in which the files are read.
func (c *Catalogue) Tables() []Table { return slices.Clone(c.tables) }

// Hash is a fingerprint of every row of every file: two catalogues with the same one say the same.
func (c *Catalogue) Hash() string {
	sum := sha256.New()
	for _, table := range c.tables {
		writeParts(sum, table.Name, table.Columns...)
		for _, row := range table.Rows {
			writeParts(sum, row.File, row.Cells...)
		}
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// writeParts writes texts so that no two lists of texts read alike.
func writeParts(w io.Writer, first string, more ...string) {
	fmt.Fprintf(w, "%d %q", len(more), first)
	for _, part := range more {
		fmt.Fprintf(w, " %q", part)
	}
	fmt.Fprintln(w)
}

// idColumns are what rows are called by, the first that a table has.
var idColumns = []string{"id", "key", "name", "code", "disease"}

// note keeps the rows of a table as text.
func (l *loader) note(file string, columns []string, rows []row) {
	table := Table{Name: file[:len(file)-len(".csv")], Columns: plain(columns)}
	id := slices.IndexFunc(idColumns, func(name string) bool { return slices.Contains(table.Columns, name) })
	for _, r := range rows {
		kept := TableRow{File: r.file, Line: r.line, Cells: make([]string, len(table.Columns))}
		for i, column := range table.Columns {
			kept.Cells[i] = r.cells[column]
		}
		if id >= 0 {
			kept.ID = r.cells[idColumns[id]]
		}
		if file != "follow_ups.csv" { // theirs is a kind of answer
			kept.Kind = r.cells["kind"]
		}
		if table.dated() { // what is no date is a fault of the row, told when the row is read
			kept.From, _ = ParseDate(r.cells["from"])
			kept.To, _ = ParseDate(r.cells["to"])
		}
		table.Rows = append(table.Rows, kept)
	}
	l.tables = append(l.tables, table)
}
