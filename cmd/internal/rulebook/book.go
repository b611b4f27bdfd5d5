package rulebook

import (
	"slices"

	"deltoid/assets/catalogue"
)

// Book is the catalogue of a day, or of all days, as it is given to a safety officer.
type Book struct {
	Catalogue *catalogue.Catalogue
	Day       catalogue.Date // zero: the rows of all days
	Version   string         // of the program
	Made      catalogue.Date
}

// first are the tables that a safety officer looks at first; the others follow as the catalogue reads them.
var first = []string{"screening_rules", "questions", "follow_ups", "dose_rules", "desk_rules", "products", "not_given", "addenda", "facts"}

// Tables are those of the book, each with the rows in force on its day.
func (b Book) Tables() []catalogue.Table {
	tables := b.Catalogue.Tables()
	if !b.Day.IsZero() {
		for i, table := range tables {
			tables[i] = table.On(b.Day)
		}
	}
	slices.SortStableFunc(tables, func(a, b catalogue.Table) int { return place(a.Name) - place(b.Name) })
	return tables
}

func place(table string) int {
	if i := slices.Index(first, table); i >= 0 {
		return i
	}
	return len(first)
}

// Rows counts the rows of every table.
func (b Book) Rows() int {
	rows := 0
	for _, table := range b.Tables() {
		rows += len(table.Rows)
	}
	return rows
}

// confidences are the words of the column confidence, from best to worst, with the colour of their cells.
var confidences = []struct{ word, colour string }{
	{"confirmed", "C6E0B4"}, {"neighbour", "DDEBF7"}, {"inferred", "FFF2CC"}, {"general", "FCE4D6"}, {"assumed", "F4B084"},
}

// count tells how many rows of a table have a confidence.
func count(table catalogue.Table, confidence string) int {
	found := 0
	for _, row := range table.Rows {
		if table.Cell(row, "confidence") == confidence {
			found++
		}
	}
	return found
}

// From here on columns are those of a sheet or file: those of the table, where the row stands, and what the officer adds.
var added = []string{"file", "line"}

var forTheOfficer = []string{"agreed (yes or no)", "remark"}

func columns(table catalogue.Table) []string {
	return append(slices.Clone(table.Columns), added...)
}
