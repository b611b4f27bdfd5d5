package export

import (
	"slices"
	"strconv"
	"strings"
)

// columns reads the second block of a table, and checks what the settings say of the columns.
func (r *profileReader) columns(p *Profile, whole place, rows []tableRow) {
	if len(rows) > 0 && len(p.Columns) > 0 {
		rows[0].fault("", "the columns are said to be those of another extract", "remove the setting “columns of”, or the columns")
		return
	}
	for _, row := range rows {
		if _, twice := p.column(row.get("column")); twice {
			row.fault("column", "the column is there twice", "remove one of the two")
		}
		p.Columns = append(p.Columns, r.column(p, row))
	}
	switch {
	case len(p.Columns) == 0:
		whole.fault("column", "there are no columns", "add the table of columns below the settings")
		return
	case p.Unit != PerHour && len(p.Key) == 0:
		whole.fault("key", "the extract has no key", "name the columns that together are unique in the setting “key”")
	}
	for _, name := range p.Key {
		if _, there := p.column(name); !there {
			whole.fault("key", "there is no column "+name, "name columns of this extract")
		}
	}
	for _, rule := range p.rules {
		if _, there := p.column(rule.Field); !there {
			whole.fault("rules", "rule "+rule.ID+" needs the column "+rule.Field, "add the column or leave out the rule")
		}
	}
}

// column reads one line.
func (r *profileReader) column(p *Profile, row tableRow) Column {
	r.lists.origin(row)
	column := Column{
		Name: row.need("column"), Label: row.need("label"), Rule: Rule(row.oneOf("rule", ruleWords...)),
		Form: row.need("form"), Value: row.need(valueCell), OnlyIf: row.oneOf("only if", switches...),
		Confidence: row.get("confidence"), MaxConfidence: row.oneOf("max confidence", confidences...), Source: row.get("source"), Note: row.get("note"),
	}
	var err error
	if column.Max, err = strconv.Atoi(row.get("max")); err != nil || column.Max < 1 {
		row.fault("max", "this is not a number of characters", "write digits only")
	}
	var known bool
	if column.form, known = formNamed(column.Form); !known {
		row.fault("form", "there is no form “"+column.Form+"”", "use only: "+strings.Join(formNames(), ", ")+", or one of WORD WORD …")
	}
	if column.value, known = valuesOf[p.Unit][column.Value]; !known && column.Value != "" && p.Unit != "" {
		row.fault(valueCell, "a row about one "+string(p.Unit)+" has no value “"+column.Value+"”", "use only: "+strings.Join(valueNames(p.Unit), ", "))
	}
	return column
}

// Settings that switch a column on; without them it is left out, or sent blank where the word unused follows.
const (
	ifSiteName      = "site_name_column"
	ifLocation      = "location_columns else unused"
	locationColumns = "location_columns"
)

var switches = []string{"", ifSiteName, ifLocation}

func valueNames(unit Unit) []string {
	var names []string
	for name := range valuesOf[unit] {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
