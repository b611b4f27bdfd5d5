package main

import (
	"strings"

	"deltoid/assets/catalogue"
)

// addendumView is an addendum that had taken effect.
type addendumView struct {
	ID      string         `json:"id"`
	Title   string         `json:"title"`
	Changed string         `json:"changed"`
	From    catalogue.Date `json:"from"`
	To      catalogue.Date `json:"to,omitzero"`
	Rows    []string       `json:"rows,omitempty"`
	Source  string         `json:"source"`
}

// changeView is a row that is in force on a day and was not the day before, or the other way round.
type changeView struct {
	Table   string   `json:"table"`
	ID      string   `json:"id"`
	Kind    string   `json:"kind,omitempty"`
	What    string   `json:"what"` // new, changed or ended
	Columns []string `json:"columns,omitempty"`
	File    string   `json:"file"`
	Line    int      `json:"line"`
}

func viewAddendum(a catalogue.Addendum) addendumView {
	return addendumView{
		ID: a.ID, Title: a.Title, Changed: a.Changed, From: a.From, To: a.To,
		Rows: keysOf(a.Rows, catalogue.AddendumRow.String), Source: a.Source,
	}
}

func viewChange(c catalogue.Change) changeView {
	return changeView{Table: c.Table, ID: c.ID, Kind: c.Row.Kind, What: c.What, Columns: c.Columns, File: c.Row.File, Line: c.Row.Line}
}

// textOfNews is the addenda in force, and what changed that day.
func (v catalogueView) textOfNews(p *page) {
	p.line("\n%s in force", counted(len(v.Addenda), "addendum is", "addenda are"))
	for _, addendum := range v.Addenda {
		p.line("  %s  %s: %s", addendum.From, addendum.Title, addendum.Changed)
		if len(addendum.Rows) > 0 {
			p.line("              carried by %s", strings.Join(addendum.Rows, ", "))
		}
	}
	if len(v.Changes) == 0 {
		p.line("\nNothing changed since the day before")
		return
	}
	p.line("\nChanged since the day before: %s", counted(len(v.Changes), "row", "rows"))
	for _, change := range v.Changes {
		p.line("  %s  %s/%s%s (%s line %d)", change.What, change.Table, change.ID, details(change), change.File, change.Line)
	}
}

func details(change changeView) string {
	text := ""
	if change.Kind != "" {
		text = " for " + change.Kind
	}
	if len(change.Columns) > 0 {
		text += ": " + strings.Join(change.Columns, ", ")
	}
	return text
}
