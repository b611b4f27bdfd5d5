package capture

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
)

// precedence ranks where an entry comes from; the smaller is believed first (clinical facts 7.5).
func precedence(source string) int {
	switch source {
	case SourceNational:
		return 0
	case SourceHere:
		return 1
	}
	return 2
}

// byPrecedence sorts by everything an entry says, so that the order in which sources answer does not matter. Of entries of
// one source those that say more come first.
func byPrecedence(a, b Vaccination) int {
	return cmp.Or(
		cmp.Compare(precedence(a.Source), precedence(b.Source)),
		a.Date.Compare(b.Date),
		cmp.Compare(a.Disease, b.Disease),
		fullFirst(a.Product, b.Product),
		fullFirst(string(a.Kind), string(b.Kind)),
		fullFirst(a.Identifier.System, b.Identifier.System),
		fullFirst(a.Identifier.Value, b.Identifier.Value),
		fullFirst(a.Name, b.Name),
		fullFirst(a.Batch, b.Batch),
		fullFirst(a.Where, b.Where),
		fullFirst(a.Country, b.Country),
		fullFirst(a.EventID, b.EventID),
		cmp.Compare(a.Source, b.Source),
		fullFirst(string(a.Pending), string(b.Pending)),
		falseFirst(a.NotGiven, b.NotGiven),
		falseFirst(a.Restricted, b.Restricted),
	)
}

// newestFirst is the order of the list that the desk shows.
func newestFirst(a, b Vaccination) int { return cmp.Or(b.Date.Compare(a.Date), byPrecedence(a, b)) }

func fullFirst(a, b string) int { return cmp.Or(falseFirst(a == "", b == ""), cmp.Compare(a, b)) }

func falseFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// key names an entry by what it says of the event, so that a choice never holds for something else.
func (v Vaccination) key() string {
	given := "given"
	if v.NotGiven {
		given = "not given"
	}
	return digest(v.Source, v.Identifier.System, v.Identifier.Value, v.EventID, v.Date.String(), v.Disease, v.Product, string(v.Kind), v.Country, given)
}

// nameRows gives each row its key. Rows that say the same and are not known to be one event are numbered.
func nameRows(rows []Vaccination) {
	used := map[string]int{}
	for i, row := range rows {
		key := row.key()
		if used[key]++; used[key] > 1 {
			key += "-" + strconv.Itoa(used[key])
		}
		rows[i].Key = key
	}
}

// digest is a short name made of the words, which cannot be read from it.
func digest(words ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(words, "\x00")))
	return hex.EncodeToString(sum[:6])
}

// pair names two of a list.
type pair struct{ a, b int }

// groups gathers the first n numbers so that two which belong together, also by way of others, are in one group. Groups and
// their members are in order.
func groups(n int, together func(i, j int) bool) [][]int {
	var all [][]int
	reached := make([]bool, n)
	for start := range n {
		if reached[start] {
			continue
		}
		reached[start] = true
		group := []int{start}
		for at := 0; at < len(group); at++ {
			for other := range n {
				if !reached[other] && together(group[at], other) {
					reached[other] = true
					group = append(group, other)
				}
			}
		}
		slices.Sort(group)
		all = append(all, group)
	}
	return all
}
