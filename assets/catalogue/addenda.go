package catalogue

import (
	"slices"
	"strings"
)

// Addendum is a change that NHS Digital or the programme gave out between two versions of a specification.
type Addendum struct {
	Span       // from the day it takes effect
	ID         string
	Title      string
	Changed    string // what it changed, in words
	Rows       []AddendumRow
	Source     string
	Confidence string
}

// AddendumRow names a row of the catalogue that carries an addendum.
type AddendumRow struct {
	Table, ID string // for example dose_rules, R21
}

// String is the form of the file: dose_rules/R21.
func (r AddendumRow) String() string { return r.Table + "/" + r.ID }

// Addenda lists the addenda of all days.
func (c *Catalogue) Addenda() []Addendum { return slices.Clone(c.all.addenda) }

// Addenda lists the addenda that had taken effect.
func (e *Edition) Addenda() []Addendum { return slices.Clone(e.addenda) }

// loadAddenda comes last, because addenda name rows of any table.
func (l *loader) loadAddenda(c *content) {
	var ids spans
	for _, r := range l.read("addenda.csv", "from", "to", "id", "title", "changed", "rows", "source", "confidence") {
		addendum := Addendum{
			Span: r.span(), ID: r.key("id"), Title: r.text("title"), Changed: r.text("changed"),
			Source: l.source(r), Confidence: r.confidence(),
		}
		for _, word := range r.list("rows") {
			addendum.Rows = append(addendum.Rows, l.addendumRow(r, word))
		}
		ids.check(r, "id", addendum.ID, addendum.Span)
		c.addenda = append(c.addenda, addendum)
	}
}

func (l *loader) addendumRow(r row, word string) AddendumRow {
	table, id, _ := strings.Cut(word, "/")
	found := AddendumRow{table, id}
	if !slices.ContainsFunc(l.tables, func(t Table) bool { return t.Name == table && t.has(id) }) {
		r.fault("rows", quoted(word)+" is no row of the catalogue", "write the table and the id of the row, for example dose_rules/R21")
	}
	return found
}

func (t Table) has(id string) bool {
	return slices.ContainsFunc(t.Rows, func(r TableRow) bool { return r.ID == id })
}
