package catalogue

import "slices"

// What a Change says of a row.
const (
	ChangeNew     = "new"     // the first row of its name
	ChangeChanged = "changed" // takes the place of a row that ended the day before
	ChangeEnded   = "ended"   // ended the day before, and nothing takes its place
)

// Change is a row that is in force on a day and was not the day before, or the other way round.
type Change struct {
	Table string // for example dose_rules
	ID    string // of the row
	What  string // one of the words above
	Row   TableRow
	// Columns that differ from the row before, of a row that changed; never from and to.
	Columns []string
}

// ChangedOn lists what is different on a day from the day before, table by table.
func (c *Catalogue) ChangedOn(day Date) []Change {
	var changes []Change
	for _, table := range c.tables {
		if !table.dated() {
			continue
		}
		before, after := table.On(day.AddDays(-1)).Rows, table.On(day).Rows
		for _, row := range after {
			if row.From == day {
				changes = append(changes, table.began(row, before))
			}
		}
		for _, row := range before {
			if row.To == day.AddDays(-1) && !slices.ContainsFunc(after, row.sameName) {
				changes = append(changes, Change{Table: table.Name, ID: row.ID, What: ChangeEnded, Row: row})
			}
		}
	}
	return changes
}

// sameName tells whether two rows are versions of one; those of not_given and of dose_rules are told apart by kind.
func (r TableRow) sameName(other TableRow) bool { return r.ID == other.ID && r.Kind == other.Kind }

func (t Table) began(row TableRow, before []TableRow) Change {
	change := Change{Table: t.Name, ID: row.ID, What: ChangeNew, Row: row}
	i := slices.IndexFunc(before, row.sameName)
	if i < 0 {
		return change
	}
	change.What = ChangeChanged
	for column, name := range t.Columns {
		if name != "from" && name != "to" && before[i].Cells[column] != row.Cells[column] {
			change.Columns = append(change.Columns, name)
		}
	}
	return change
}
