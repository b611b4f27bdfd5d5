package capture

import "slices"

// conflictDays is how many days apart two entries about one disease are so near that they may be one dose (clinical facts 7.5).
const conflictDays = 3

// Merged is what several sources say of somebody, as one list.
type Merged struct {
	Vaccinations []Vaccination  // newest first, one for each dose; those without a date last
	Conflicts    []Disagreement // a clinician must choose
	Doubts       []Disagreement // only the patient told of them: they stop nothing
}

// Merge makes one list of entries from any sources in any order (clinical facts 7.5). Entries about the same event become
// one: the national history's words stand before this device's, and these before what the patient told. What this device
// has and the national history lacks stays. Where sources contradict each other every value stays, and is a conflict.
func Merge(entries []Vaccination) Merged {
	entries = withoutOutdated(entries)
	slices.SortFunc(entries, byPrecedence)
	var rows []Vaccination
	var contradicting []pair
	for _, event := range groups(len(entries), func(i, j int) bool { return sameEvent(entries[i], entries[j]) }) {
		first := len(rows)
		for _, i := range event {
			rows = absorb(rows, first, entries[i])
		}
		for later := first + 1; later < len(rows); later++ {
			if a, b := rows[later-1], rows[later]; a.Counts() || b.Counts() {
				contradicting = append(contradicting, pair{later - 1, later})
			}
		}
	}
	nameRows(rows)
	conflicts, doubts := disagreements(rows, contradicting)
	slices.SortFunc(rows, newestFirst)
	return Merged{rows, conflicts, doubts}
}

// withoutOutdated takes out what this device knows to be out of date: our own records that were deleted, and the national
// history's copy of a record that was corrected here since. The copy of a deleted one stays, marked, and counts no more.
func withoutOutdated(entries []Vaccination) []Vaccination {
	changed := map[Identifier]Vaccination{}
	for _, entry := range entries {
		if entry.Source == SourceHere && entry.Pending != "" && entry.Identifier.Value != "" {
			changed[entry.Identifier] = entry
		}
	}
	var current []Vaccination
	for _, entry := range entries {
		entry.Key, entry.SetAside = "", false
		ours, known := changed[entry.Identifier]
		switch {
		case entry.Source == SourceHere && entry.Pending == ActionDelete:
			continue
		case entry.Source != SourceNational || !known:
		case ours.Pending == ActionDelete:
			entry.Pending = ActionDelete
		case !agree(ours, entry):
			continue
		}
		current = append(current, entry)
	}
	return current
}

// sameEvent tells whether two entries are about one event. A vaccine that is not known may be any.
func sameEvent(a, b Vaccination) bool {
	if a == b || a.Identifier.Value != "" && a.Identifier == b.Identifier {
		return true
	}
	if a.Pending == ActionDelete || b.Pending == ActionDelete {
		return false
	}
	if a.NotGiven && a.EventID != "" && b.EventID != "" {
		return false // not given twice on one day, each for its own reason
	}
	return a.NotGiven == b.NotGiven && !a.Date.IsZero() && a.Date == b.Date && a.Disease == b.Disease && sameOrUnknown(a.Product, b.Product)
}

// agree tells whether two entries about one event say the same of it. Patients are not asked which dose of the course it was.
func agree(a, b Vaccination) bool {
	kinds := a.Source == SourceReported || b.Source == SourceReported || sameOrUnknown(a.Kind, b.Kind) || a.Kind.Booster() && b.Kind.Booster()
	return kinds && a.NotGiven == b.NotGiven && a.Disease == b.Disease && a.Date == b.Date && sameOrUnknown(a.Product, b.Product)
}

func sameOrUnknown[T ~string](a, b T) bool { return a == "" || b == "" || a == b }

// absorb adds an entry to the row of the same event that it agrees with, from row first on, or makes it a row of its own.
func absorb(rows []Vaccination, first int, entry Vaccination) []Vaccination {
	for i, row := range rows[first:] {
		if agree(row, entry) {
			rows[first+i] = row.completedBy(entry)
			return rows
		}
	}
	return append(rows, entry)
}

// completedBy fills what the entry does not say from another about the same event that comes after it in precedence.
func (v Vaccination) completedBy(other Vaccination) Vaccination {
	if v.Product == "" {
		v.Product, v.Name = other.Product, firstOf(other.Name, v.Name)
	}
	if v.Kind == "" && other.Source != SourceReported {
		v.Kind = other.Kind
	}
	if v.Where == "" && !v.Restricted {
		v.Where = other.Where
	}
	if v.Identifier.Value == "" {
		v.Identifier = other.Identifier
	}
	v.Batch = firstOf(v.Batch, other.Batch)
	v.Country = firstOf(v.Country, other.Country)
	v.EventID = firstOf(v.EventID, other.EventID)
	v.Pending = Action(firstOf(string(v.Pending), string(other.Pending)))
	v.Restricted = v.Restricted || other.Restricted
	return v
}
