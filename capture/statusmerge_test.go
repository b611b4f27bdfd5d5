package capture_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

const (
	bnt = "comirnaty30_conc"
	az  = "vaxzevria"
)

func entry(source, day, product string) capture.Vaccination {
	v := capture.Vaccination{Name: product, Dose: capture.Dose{Disease: capture.COVID19, Product: product, Source: source}}
	if day != "" {
		v.Date = catalogue.MustDate(day)
	}
	return v
}

// national is an entry of the national history, with the identifier of the system that made it.
func national(day, product, id string) capture.Vaccination {
	v := entry(capture.SourceNational, day, product)
	if id != "" {
		v.Identifier = capture.Identifier{System: "https://example.invalid/vacc", Value: id}
	}
	return v
}

// here is an event of this device.
func here(day, product, id string) capture.Vaccination {
	v := entry(capture.SourceHere, day, product)
	v.EventID, v.Identifier = id, capture.Identifier{System: "https://example.invalid/vacc", Value: id}
	return v
}

func told(day, product string) capture.Vaccination {
	return entry(capture.SourceReported, day, product)
}

func pending(action capture.Action, v capture.Vaccination) capture.Vaccination {
	v.Pending = action
	return v
}

func kind(k catalogue.DoseKind, v capture.Vaccination) capture.Vaccination {
	v.Kind = k
	return v
}

func notGiven(v capture.Vaccination) capture.Vaccination {
	v.NotGiven = true
	return v
}

// words are the rows in short: date, product and source; with a mark for what is pending.
func words(rows []capture.Vaccination) []string {
	var all []string
	for _, row := range rows {
		text := fmt.Sprintf("%s %s %s", row.Date, row.Product, row.Source)
		if row.NotGiven {
			text += " not given"
		}
		if row.Pending != "" {
			text += " pending " + string(row.Pending)
		}
		all = append(all, text)
	}
	return all
}

func TestT26_SameEventHereAndNationalIsOneRow(t *testing.T) {
	for name, entries := range map[string][]capture.Vaccination{
		"by identifier":                   {national("2022-01-03", bnt, "e1"), here("2022-01-03", bnt, "e1")},
		"by disease, day and product":     {national("2022-01-03", bnt, "other"), here("2022-01-03", bnt, "e1")},
		"without identifier":              {national("2022-01-03", bnt, ""), here("2022-01-03", bnt, "e1"), told("2022-01-03", bnt)},
		"the kind is known only here":     {national("2022-01-03", bnt, "e1"), kind(catalogue.Booster1, here("2022-01-03", bnt, "e1"))},
		"boosters share their code":       {kind(catalogue.Booster1, national("2022-01-03", bnt, "e1")), kind(catalogue.SpringBooster, here("2022-01-03", bnt, "e1"))},
		"told without the vaccine's name": {national("2022-01-03", bnt, ""), here("2022-01-03", bnt, "e1"), told("2022-01-03", "")},
	} {
		t.Run(name, func(t *testing.T) {
			merged := capture.Merge(entries)
			require.Equal(t, []string{"2022-01-03 " + bnt + " national history"}, words(merged.Vaccinations))
			assert.Equal(t, "e1", merged.Vaccinations[0].EventID, "our own record can still be found")
			assert.Empty(t, merged.Conflicts)
		})
	}
}

func TestMerge(t *testing.T) {
	for name, test := range map[string]struct {
		entries   []capture.Vaccination
		rows      []string
		conflicts [][]string
		doubts    int
	}{
		"nothing": {},
		"newest first, and what is not dated last": {
			entries: []capture.Vaccination{national("", bnt, "x"), national("2021-03-01", az, "a"), told("2022-03-01", bnt)},
			rows:    []string{"2022-03-01 comirnaty30_conc told by the patient", "2021-03-01 vaxzevria national history", " comirnaty30_conc national history"},
		},
		"what the national history lacks stays": {
			entries: []capture.Vaccination{national("2021-03-01", az, "a"), here("2022-03-01", bnt, "e1"), told("2021-06-01", az)},
			rows:    []string{"2022-03-01 comirnaty30_conc this device", "2021-06-01 vaxzevria told by the patient", "2021-03-01 vaxzevria national history"},
		},
		"another product on the same day": {
			entries:   []capture.Vaccination{national("2022-01-03", bnt, "a"), here("2022-01-03", az, "e1")},
			rows:      []string{"2022-01-03 comirnaty30_conc national history", "2022-01-03 vaxzevria this device"},
			conflicts: [][]string{{"2022-01-03 comirnaty30_conc national history", "2022-01-03 vaxzevria this device"}},
		},
		"three days apart": {
			entries:   []capture.Vaccination{national("2022-01-03", bnt, "a"), told("2022-01-06", bnt)},
			rows:      []string{"2022-01-06 comirnaty30_conc told by the patient", "2022-01-03 comirnaty30_conc national history"},
			conflicts: [][]string{{"2022-01-06 comirnaty30_conc told by the patient", "2022-01-03 comirnaty30_conc national history"}},
		},
		"four days apart": {
			entries: []capture.Vaccination{national("2022-01-03", bnt, "a"), told("2022-01-07", bnt)},
			rows:    []string{"2022-01-07 comirnaty30_conc told by the patient", "2022-01-03 comirnaty30_conc national history"},
		},
		"three in a row are one conflict": {
			entries: []capture.Vaccination{national("2022-01-03", bnt, "a"), told("2022-01-09", bnt), here("2022-01-06", bnt, "e1")},
			rows:    []string{"2022-01-09 comirnaty30_conc told by the patient", "2022-01-06 comirnaty30_conc this device", "2022-01-03 comirnaty30_conc national history"},
			conflicts: [][]string{{
				"2022-01-09 comirnaty30_conc told by the patient", "2022-01-06 comirnaty30_conc this device", "2022-01-03 comirnaty30_conc national history",
			}},
		},
		"only the patient told of it": {
			entries: []capture.Vaccination{told("2022-01-03", bnt), told("2022-01-05", bnt)},
			rows:    []string{"2022-01-05 comirnaty30_conc told by the patient", "2022-01-03 comirnaty30_conc told by the patient"},
			doubts:  1,
		},
		"another dose of the course": {
			entries: []capture.Vaccination{kind(catalogue.Primary1, national("2022-01-03", bnt, "a")), kind(catalogue.Primary2, here("2022-01-03", bnt, "e1"))},
			rows:    []string{"2022-01-03 comirnaty30_conc national history", "2022-01-03 comirnaty30_conc this device"},
			conflicts: [][]string{
				{"2022-01-03 comirnaty30_conc national history", "2022-01-03 comirnaty30_conc this device"},
			},
		},
		"the patient is not asked which dose it was": {
			entries: []capture.Vaccination{kind(catalogue.Primary1, national("2022-01-03", bnt, "a")), kind(catalogue.Primary2, told("2022-01-03", bnt))},
			rows:    []string{"2022-01-03 comirnaty30_conc national history"},
		},
		"one record with two dates, however far apart": {
			entries:   []capture.Vaccination{national("2021-01-03", bnt, "e1"), here("2022-01-03", bnt, "e1")},
			rows:      []string{"2022-01-03 comirnaty30_conc this device", "2021-01-03 comirnaty30_conc national history"},
			conflicts: [][]string{{"2022-01-03 comirnaty30_conc this device", "2021-01-03 comirnaty30_conc national history"}},
		},
		"corrected here, and the national history not told yet": {
			entries: []capture.Vaccination{national("2021-01-03", bnt, "e1"), pending(capture.ActionUpdate, here("2022-01-03", bnt, "e1"))},
			rows:    []string{"2022-01-03 comirnaty30_conc this device pending update"},
		},
		"corrected here in what the list does not show": {
			entries: []capture.Vaccination{national("2022-01-03", bnt, "e1"), pending(capture.ActionUpdate, here("2022-01-03", bnt, "e1"))},
			rows:    []string{"2022-01-03 comirnaty30_conc national history pending update"},
		},
		"deleted here": {
			entries: []capture.Vaccination{pending(capture.ActionDelete, here("2022-01-03", bnt, "e1"))},
		},
		"deleted here, and still in the national history": {
			entries: []capture.Vaccination{national("2022-01-03", bnt, "e1"), pending(capture.ActionDelete, here("2022-01-03", bnt, "e1"))},
			rows:    []string{"2022-01-03 comirnaty30_conc national history pending delete"},
		},
		"deleted here and recorded anew": {
			entries: []capture.Vaccination{
				national("2022-01-03", bnt, "e1"), pending(capture.ActionDelete, here("2022-01-03", bnt, "e1")), here("2022-01-03", bnt, "e2"),
			},
			rows: []string{"2022-01-03 comirnaty30_conc national history pending delete", "2022-01-03 comirnaty30_conc this device"},
		},
		"not given, then given on the same day": {
			entries: []capture.Vaccination{notGiven(here("2022-01-03", bnt, "e1")), here("2022-01-03", bnt, "e2"), notGiven(here("2022-01-03", bnt, "e3"))},
			rows: []string{
				"2022-01-03 comirnaty30_conc this device not given", "2022-01-03 comirnaty30_conc this device", "2022-01-03 comirnaty30_conc this device not given",
			},
		},
		"given says one, not given the other": {
			entries:   []capture.Vaccination{notGiven(national("2022-01-03", bnt, "e1")), here("2022-01-03", bnt, "e1")},
			rows:      []string{"2022-01-03 comirnaty30_conc national history not given", "2022-01-03 comirnaty30_conc this device"},
			conflicts: [][]string{{"2022-01-03 comirnaty30_conc national history not given", "2022-01-03 comirnaty30_conc this device"}},
		},
		"a copy of what was deleted here, with two dates": {
			entries: []capture.Vaccination{
				national("2022-01-03", bnt, "e1"), national("2022-02-03", bnt, "e1"), pending(capture.ActionDelete, here("2022-01-03", bnt, "e1")),
			},
			rows: []string{"2022-02-03 comirnaty30_conc national history pending delete", "2022-01-03 comirnaty30_conc national history pending delete"},
		},
		"not given, with two dates": {
			entries: []capture.Vaccination{notGiven(national("2022-01-03", bnt, "e1")), notGiven(here("2022-02-03", bnt, "e1"))},
			rows:    []string{"2022-02-03 comirnaty30_conc this device not given", "2022-01-03 comirnaty30_conc national history not given"},
		},
		"a deletion without an identifier is no deletion of others": {
			entries: []capture.Vaccination{national("2022-01-03", bnt, ""), pending(capture.ActionDelete, entry(capture.SourceHere, "2022-03-03", bnt))},
			rows:    []string{"2022-01-03 comirnaty30_conc national history"},
		},
		"two that nobody dated": {
			entries: []capture.Vaccination{national("", bnt, "a"), national("", bnt, "b")},
			rows:    []string{" comirnaty30_conc national history", " comirnaty30_conc national history"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			merged := capture.Merge(test.entries)
			assert.Equal(t, test.rows, words(merged.Vaccinations))
			var conflicts [][]string
			for _, conflict := range merged.Conflicts {
				conflicts = append(conflicts, words(conflict.Between))
				assert.Contains(t, conflict.Sentence, "These do not agree")
			}
			assert.Equal(t, test.conflicts, conflicts)
			assert.Len(t, merged.Doubts, test.doubts)
		})
	}
}

func TestConflictKeyChangesWithWhatIsSaid(t *testing.T) {
	key := func(entries ...capture.Vaccination) string { return capture.Merge(entries).Conflicts[0].Key }
	before := key(national("2022-01-03", bnt, "a"), told("2022-01-05", bnt))
	assert.Equal(t, before, key(told("2022-01-05", bnt), national("2022-01-03", bnt, "a")))
	assert.NotEqual(t, before, key(national("2022-01-04", bnt, "a"), told("2022-01-05", bnt)))
	assert.NotEqual(t, before, key(national("2022-01-03", az, "a"), told("2022-01-05", bnt)))
	assert.NotEqual(t, before, key(national("2022-01-03", bnt, "a"), told("2022-01-05", bnt), told("2022-01-06", bnt)))
}

// drawnEntry is an entry as crowded as can be: few days, few vaccines, few identifiers, so that everything collides.
func drawnEntry(t *rapid.T) capture.Vaccination {
	pick := func(label string, from ...string) string { return rapid.SampledFrom(from).Draw(t, label) }
	source := pick("source", capture.SourceNational, capture.SourceHere, capture.SourceReported)
	v := entry(source, pick("day", "", "2022-01-03", "2022-01-04", "2022-01-06", "2022-01-20", "2022-01-24"), pick("product", "", bnt, az, "unheard of"))
	v.Disease = pick("disease", capture.COVID19, capture.COVID19, capture.Flu)
	v.Kind = catalogue.DoseKind(pick("kind", "", "primary1", "primary2", "booster1"))
	v.Batch, v.Where = pick("batch", "", "B1"), pick("where", "", "RX8XX")
	id := pick("id", "", "e1", "e2", "e3")
	switch {
	case source == capture.SourceHere:
		v.EventID = id + "-here"
		v.Identifier = capture.Identifier{System: "ours", Value: v.EventID}
		v.NotGiven = rapid.Bool().Draw(t, "not given")
		v.Pending = capture.Action(pick("pending", "", "", "update", "delete"))
	case source == capture.SourceNational && id != "":
		v.NotGiven = rapid.Bool().Draw(t, "not given")
		v.Identifier = capture.Identifier{System: pick("system", "ours", "theirs"), Value: id + pick("suffix", "", "-here")}
	}
	return v
}

// drawnEntries has each event of this device once, as the store has.
func drawnEntries(t *rapid.T) []capture.Vaccination {
	entries := rapid.SliceOfN(rapid.Custom(drawnEntry), 0, 9).Draw(t, "entries")
	seen := map[string]bool{}
	return slices.DeleteFunc(entries, func(v capture.Vaccination) bool {
		again := v.EventID != "" && seen[v.EventID]
		seen[v.EventID] = true
		return again
	})
}

func TestMergeDoesNotCareForOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries := drawnEntries(t)
		other := rapid.Permutation(entries).Draw(t, "permutation")
		require.Equal(t, capture.Merge(entries), capture.Merge(other))
	})
}

func TestMergeAgainChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries := drawnEntries(t)
		once := capture.Merge(entries)
		require.Equal(t, once, capture.Merge(slices.Concat(entries, entries)), "an answer that comes twice")
	})
}

func TestMergeLeavesItsInputAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries := drawnEntries(t)
		before := slices.Clone(entries)
		capture.Merge(entries)
		require.Equal(t, before, entries)
	})
}

func TestMergeDropsNothingThatIsKnownHere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries := drawnEntries(t)
		rows := capture.Merge(entries).Vaccinations
		for _, entry := range entries {
			if entry.Source == capture.SourceNational || entry.Pending == capture.ActionDelete {
				continue
			}
			require.True(t, slices.ContainsFunc(rows, func(row capture.Vaccination) bool {
				return row.Date == entry.Date && row.Disease == entry.Disease && row.NotGiven == entry.NotGiven &&
					row.Pending != capture.ActionDelete && (entry.Product == "" || row.Product == entry.Product)
			}), "%+v is not in %v", entry, words(rows))
		}
	})
}

// A national history that says less never makes the list of what is known here shorter.
func TestMergeWithoutTheNationalHistoryKeepsWhatIsHere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries := drawnEntries(t)
		own := slices.DeleteFunc(slices.Clone(entries), func(v capture.Vaccination) bool { return v.Source == capture.SourceNational })
		withAll := map[string]bool{}
		for _, row := range capture.Merge(entries).Vaccinations {
			withAll[row.Date.String()+row.Disease] = true
		}
		for _, row := range capture.Merge(own).Vaccinations {
			require.True(t, withAll[row.Date.String()+row.Disease])
		}
	})
}

func TestMergeKeysNameOneRowEach(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		merged := capture.Merge(drawnEntries(t))
		keys := map[string]bool{}
		for _, row := range merged.Vaccinations {
			require.NotEmpty(t, row.Key)
			require.False(t, keys[row.Key], "two rows have the key %s", row.Key)
			keys[row.Key] = true
		}
		for _, conflict := range slices.Concat(merged.Conflicts, merged.Doubts) {
			require.GreaterOrEqual(t, len(conflict.Between), 2)
			for _, entry := range conflict.Between {
				require.True(t, keys[entry.Key])
			}
		}
	})
}
