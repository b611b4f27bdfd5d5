package capture

import (
	"fmt"
	"slices"
	"strings"
)

// disagreements finds the rows that cannot all be right: those that contradict each other about one event, and doses
// against one disease so near to each other that they may be one. What only the patient told stops nothing.
func disagreements(rows []Vaccination, contradicting []pair) (conflicts, doubts []Disagreement) {
	for _, group := range groups(len(rows), func(i, j int) bool {
		return slices.Contains(contradicting, pair{i, j}) || slices.Contains(contradicting, pair{j, i}) || tooNear(rows[i], rows[j])
	}) {
		if len(group) < 2 {
			continue
		}
		between := make([]Vaccination, len(group))
		for i, at := range group {
			between[i] = rows[at]
		}
		slices.SortFunc(between, newestFirst)
		if slices.ContainsFunc(between, func(v Vaccination) bool { return v.Source != SourceReported }) {
			conflicts = append(conflicts, disagreement(between))
		} else {
			doubts = append(doubts, disagreement(between))
		}
	}
	return inOrder(conflicts), inOrder(doubts)
}

// tooNear tells whether two rows may be one dose, told differently.
func tooNear(a, b Vaccination) bool {
	if !a.Counts() || !b.Counts() || a.Date.IsZero() || b.Date.IsZero() || a.Disease != b.Disease {
		return false
	}
	days := a.Date.DaysSince(b.Date)
	return -conflictDays <= days && days <= conflictDays
}

func disagreement(between []Vaccination) Disagreement {
	words := []string{"conflict"}
	for _, entry := range between {
		words = append(words, entry.Key)
	}
	d := Disagreement{Key: digest(words...), Between: between}
	d.Sentence = "These do not agree: " + d.entries() + ". Choose which counts today, and say why"
	return d
}

// entries lists what is said, in words.
func (d Disagreement) entries() string {
	said := make([]string, len(d.Between))
	for i, entry := range d.Between {
		said[i] = entry.inWords()
	}
	return strings.Join(said, "; ")
}

// inWords is the entry in a sentence.
func (v Vaccination) inWords() string {
	name, day := firstOf(v.Name, v.Product, "a vaccine that is not known"), "on a day that is not known"
	if !v.Date.IsZero() {
		day = "on " + v.Date.Plain()
	}
	if v.NotGiven {
		name += " not given"
	}
	return fmt.Sprintf("%s %s (%s)", name, day, v.Source)
}

// inOrder sorts by the newest entry, as the list is.
func inOrder(all []Disagreement) []Disagreement {
	slices.SortFunc(all, func(a, b Disagreement) int { return newestFirst(a.Between[0], b.Between[0]) })
	return all
}

// allows tells whether a choice may keep the entry.
func (d Disagreement) allows(keep string) bool {
	return keep == KeepBoth || slices.ContainsFunc(d.Between, func(v Vaccination) bool { return v.Key == keep })
}

// choiceFor is the choice made for a conflict, if it was made.
func choiceFor(chosen []Choice, conflict Disagreement) (Choice, bool) {
	i := slices.IndexFunc(chosen, func(c Choice) bool { return c.Conflict == conflict.Key })
	if i < 0 || !conflict.allows(chosen[i].Keep) {
		return Choice{}, false
	}
	return chosen[i], true
}

// setAside marks what the choices leave out of today's decision, and tells whether a conflict is still open.
func setAside(rows []Vaccination, conflicts []Disagreement, chosen []Choice) (open bool) {
	for _, conflict := range conflicts {
		choice, made := choiceFor(chosen, conflict)
		if !made {
			open = true
			continue
		}
		for i, row := range rows {
			between := slices.ContainsFunc(conflict.Between, func(v Vaccination) bool { return v.Key == row.Key })
			if between && choice.Keep != KeepBoth && choice.Keep != row.Key {
				rows[i].SetAside = true
			}
		}
	}
	return open
}
