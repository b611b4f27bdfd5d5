package store

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

func somebody(id, forename, surname, born, nhs, postcode string) capture.Person {
	p := capture.Person{ID: id, Forename: forename, Surname: surname, NHSNumber: capture.NHSNumber(nhs), Postcode: postcode}
	if born != "" {
		p.BirthDate = catalogue.MustDate(born)
	}
	return p
}

func indexOf(people ...capture.Person) *peopleIndex {
	x := newPeopleIndex()
	var sources []source
	for _, p := range people {
		sources = append(sources, newSource(p, 1))
	}
	x.fill(sources)
	return x
}

func ids(people []capture.Person) string {
	var all []string
	for _, p := range people {
		all = append(all, p.ID)
	}
	return strings.Join(all, " ")
}

func TestSearchAsTyped(t *testing.T) {
	x := indexOf(
		somebody("1", "Jo", "Smith", "1947-03-04", "9990000018", "LS1 4AP"),
		somebody("2", "Joanne", "Smithson", "1947-04-03", "9990000026", "LS1 4AQ"),
		somebody("3", "Smith", "Adams", "1980-12-31", "9991234560", "BD3 7XY"),
		somebody("4", "Zoë Anne", "O'Brien-Łukasz", "2001-11-12", "", "M1 1AE"),
		somebody("5", "José", "Núñez", "1999-10-01", "", "ZZ99 3VZ"),
		somebody("6", "April", "May", "1950-06-07", "", "YO1 9AA"),
		somebody("7", "Groß", "Müller", "1960-01-19", "", "YO1 9AB"),
	)
	for typed, want := range map[string]string{
		"":                   "",
		"   ":                "",
		"--":                 "",
		"smith":              "1 2 3", // the surname, surnames that begin with it, others
		"SMITH, jo":          "1 2",
		"jo smith":           "1 2",
		"joanne smith":       "2",
		"smi jo":             "1 2",
		"smithx":             "",
		"brien":              "4",
		"obrien":             "4",
		"o'brien":            "4",
		"o brien":            "4",
		"o’brien-lu":         "4",
		"lukasz zoe":         "4",
		"zoë":                "4",
		"nunez jose":         "5",
		"NÚÑEZ":              "5",
		"muller gross":       "7",
		"999":                "3 1 2",
		"999 000":            "1 2",
		"9990000018":         "1",
		"999 000 0018":       "1",
		"999-000-0018":       "1",
		"999 000 0018 jo":    "1",
		"ls1":                "1 2",
		"ls1 4":              "1 2",
		"ls14ap":             "1",
		"LS1 4AP":            "1",
		"04/03/1947":         "1",
		"4/3/1947":           "1",
		"4.3.1947":           "1",
		"4-3-1947":           "1",
		"4/3/47":             "1",
		"04031947":           "1",
		"4 3 1947":           "1",
		"4 3":                "1",
		"4/3":                "1",
		"4/":                 "1 2", // the fourth, and a postcode
		"3/4":                "2",
		"1947":               "1 2",
		"1947-03-04":         "1",
		"1947-03":            "1",
		"1947-3-4":           "1",
		"19470304":           "1",
		"1947 smith":         "1 2",
		"4 mar 1947":         "1",
		"4th March 1947":     "1",
		"4-mar-1947":         "1",
		"4 mar":              "1",
		"31/1":               "3",
		"31/12/1980":         "3",
		"12/11/01":           "4",
		"1/1":                "5", // the first of a month from October to December, or of January
		"smith 04/03/1947":   "1",
		"04/03/1947 smith":   "1",
		"4 3 1947 999 000":   "1",
		"999 000 4 3 1947":   "1",
		"999 000 0018 4 3":   "",
		"may april":          "6",
		"apr":                "6",
		"7 jun 1950":         "6",
		"31/02/1947":         "",
		"99/99/9999":         "",
		"1947-13":            "",
		"may 1950":           "6",
		"zz99":               "5",
		"jo jo jo":           "1 2 5",
		"999 123 4560 smith": "3",
	} {
		if typed == "999" || typed == "jo jo jo" {
			require.ElementsMatch(t, strings.Fields(want), strings.Fields(ids(x.search(parseQuery(typed), 10))), typed)
			continue
		}
		require.Equal(t, want, ids(x.search(parseQuery(typed), 10)), "typed: %q", typed)
	}
	require.Empty(t, x.search(parseQuery("smith"), 0))
	require.Equal(t, "1", ids(x.search(parseQuery("smith"), 1)))
}

// Whatever letter by letter is typed of somebody's details, that person is among those found.
func TestSearchKeepsWhoIsMeant(t *testing.T) {
	p := somebody("1", "Mary-Ann Zoë", "O'Brien Smith", "1947-12-04", "9991234560", "LS11 4AP")
	x := indexOf(p, somebody("2", "Al", "Sample", "1950-01-01", "", "M1 1AE"))
	for _, whole := range []string{
		"o'brien smith mary-ann zoë", "zoe o brien", "obrien", "mary ann", "999 123 4560", "9991234560", "999 123 4560 smith", "ls11 4ap", "ls114ap smith",
		"04/12/1947", "4/12/1947", "4.12.1947", "1947-12-04", "1947-12-4", "4 12 1947", "04 12 1947", "04121947", "smith 4/12/1947 mary",
	} {
		for i := 1; i <= len(whole); i++ {
			typed := strings.ToValidUTF8(whole[:i], "")
			words := strings.Fields(typed)
			if len(words) == 0 || len(parseQuery(typed).clauses) == 0 || isDigits(words[len(words)-1]) && len(words[len(words)-1]) < 4 && i < len(whole) {
				continue // one to three digits may yet become anything
			}
			require.Contains(t, ids(x.search(parseQuery(typed), 5)), "1", "typed: %q", typed)
		}
	}
}

var (
	someForenames = rapid.SampledFrom([]string{"Jo", "Joanne", "Zoë", "Mary Ann", "Anne-Marie", "Al", "D'Arcy", "Łukasz", "Smith", "April", "J."})
	someSurnames  = rapid.SampledFrom([]string{"Smith", "Smithson", "Smith-Jones", "O'Brien", "van der Berg", "Núñez", "Groß", "May", "Sample", "Jones", "S", "Ørsted"})
	somePostcodes = rapid.SampledFrom([]string{"LS1 4AP", "LS11 4AP", "M1 1AE", "ZZ99 3VZ", "BD3 7XY"})
)

func somePerson(id string) *rapid.Generator[capture.Person] {
	return rapid.Custom(func(t *rapid.T) capture.Person {
		p := capture.Person{ID: id, Forename: someForenames.Draw(t, "forename"), Surname: someSurnames.Draw(t, "surname"), Postcode: somePostcodes.Draw(t, "postcode")}
		p.BirthDate = catalogue.MustDate("1940-01-01").AddDays(rapid.IntRange(0, 800).Draw(t, "born"))
		if rapid.Bool().Draw(t, "number") {
			p.NHSNumber = capture.NHSNumber(fmt.Sprintf("999%07d", rapid.IntRange(0, 300).Draw(t, "nhs")))
		}
		return p
	})
}

// typedOf draws something a person at the desk may type.
func typedOf(t *rapid.T, p capture.Person) string {
	pieces := []string{
		p.Forename, p.Surname, p.Postcode, strings.ReplaceAll(p.Postcode, " ", ""), p.NHSNumber.Display(), string(p.NHSNumber),
		p.BirthDate.String(), p.BirthDate.Short(), p.BirthDate.Plain(), p.BirthDate.Compact(),
		fmt.Sprintf("%02d/%02d/%d", p.BirthDate.Day, p.BirthDate.Month, p.BirthDate.Year),
		fmt.Sprintf("%d %d %d", p.BirthDate.Day, p.BirthDate.Month, p.BirthDate.Year),
	}
	var typed []string
	for range rapid.IntRange(1, 3).Draw(t, "pieces") {
		piece := rapid.SampledFrom(pieces).Draw(t, "piece")
		if rapid.Bool().Draw(t, "capitals") {
			piece = strings.ToUpper(piece)
		}
		typed = append(typed, piece)
	}
	whole := strings.Join(typed, " ")
	return whole[:rapid.IntRange(0, len(whole)).Draw(t, "letters")]
}

// The index gives exactly what looking at everybody one by one would give.
func TestSearchEqualsLookingAtEverybody(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := map[string]capture.Person{}
		x := newPeopleIndex()
		var sources []source
		for i := range rapid.IntRange(1, 40).Draw(t, "people") {
			id := fmt.Sprintf("P%d", i)
			now[id] = somePerson(id).Draw(t, id)
			sources = append(sources, newSource(now[id], 1))
		}
		x.fill(sources)
		for version := range rapid.IntRange(0, 20).Draw(t, "saves") {
			id := fmt.Sprintf("P%d", rapid.IntRange(0, 50).Draw(t, "who"))
			now[id] = somePerson(id).Draw(t, id)
			x.put(now[id], int64(version+2))
			if rapid.IntRange(0, 9).Draw(t, "rebuild") == 0 {
				x.rebuild()
			}
		}
		var everybody []capture.Person
		for _, p := range now {
			everybody = append(everybody, p)
		}
		for range 20 {
			typed := typedOf(t, rapid.SampledFrom(sortedByID(everybody)).Draw(t, "meant"))
			limit := rapid.IntRange(1, 60).Draw(t, "limit")
			got, want := x.search(parseQuery(typed), limit), lookAtEverybody(everybody, typed, limit)
			if !slices.Equal(got, want) {
				t.Fatalf("typed %q: found %s, should find %s", typed, ids(got), ids(want))
			}
		}
		if x.len() != len(now) {
			t.Fatalf("%d people in the index, %d saved", x.len(), len(now))
		}
	})
}

func sortedByID(people []capture.Person) []capture.Person {
	return slices.SortedFunc(slices.Values(people), func(a, b capture.Person) int { return strings.Compare(a.ID, b.ID) })
}

func lookAtEverybody(people []capture.Person, typed string, limit int) []capture.Person {
	q := parseQuery(typed)
	if len(q.clauses) == 0 {
		return nil
	}
	var found []capture.Person
	rank := map[string]string{}
	for _, p := range people {
		var t traits
		if t.find(p); t.meets(q) {
			found = append(found, p)
			rank[p.ID] = fmt.Sprint(t.rank(q)) + sortKey(p)
		}
	}
	slices.SortFunc(found, func(a, b capture.Person) int { return strings.Compare(rank[a.ID], rank[b.ID]) })
	return found[:min(limit, len(found))]
}

// Plain names are found by the beginnings of their words, in any order; told here without any of the code above.
func TestSearchFindsPlainNames(t *testing.T) {
	letters := rapid.StringMatching(`[a-c]{1,4}`)
	rapid.Check(t, func(t *rapid.T) {
		var people []capture.Person
		for i := range rapid.IntRange(1, 30).Draw(t, "people") {
			people = append(people, capture.Person{ID: fmt.Sprintf("P%02d", i), Forename: letters.Draw(t, "forename"), Surname: letters.Draw(t, "surname")})
		}
		words := rapid.SliceOfN(letters, 1, 3).Draw(t, "typed")
		want := map[string]bool{}
		for _, p := range people {
			all := true
			for _, word := range words {
				all = all && (strings.HasPrefix(p.Forename, word) || strings.HasPrefix(p.Surname, word))
			}
			if all {
				want[p.ID] = true
			}
		}
		found := indexOf(people...).search(parseQuery(strings.Join(words, " ")), 100)
		if len(found) != len(want) {
			t.Fatalf("found %s, should find %v", ids(found), want)
		}
		for _, p := range found {
			if !want[p.ID] {
				t.Fatalf("found %s, should find %v", ids(found), want)
			}
		}
	})
}

// No field of a person may be lost on the way through the search: what is found is shown, and may be saved again.
func TestCardKeepsEveryField(t *testing.T) {
	var p capture.Person
	fields := reflect.ValueOf(&p).Elem()
	for i := range fields.NumField() {
		switch field := fields.Field(i); {
		case field.Kind() == reflect.String:
			field.SetString(fmt.Sprintf("value ü %d", i) + strings.Repeat("x", 200*i))
		case field.Type() == reflect.TypeFor[capture.Date]():
			field.Set(reflect.ValueOf(catalogue.MustDate("1947-03-04")))
		case field.Kind() == reflect.Bool:
			field.SetBool(true)
		default:
			t.Fatalf("field %s has a type that a card does not know", fields.Type().Field(i).Name)
		}
	}
	got, version := card(appendCard(nil, p, 1<<40)).person()
	require.Equal(t, p, got)
	require.EqualValues(t, 1<<40, version)
	for _, flags := range []capture.Person{{ID: "P1", Sensitive: true}, {ID: "P1", Deceased: true}} {
		got, _ = card(appendCard(nil, flags, 1)).person()
		require.Equal(t, flags, got)
		require.Equal(t, "P1", string(card(appendCard(nil, flags, 1)).id()))
	}
	got, _ = card(appendCard(nil, capture.Person{}, 1)).person()
	require.Equal(t, capture.Person{}, got)
}

// The search goes on while the index is built anew, and loses nobody.
func TestRebuildBesideSearch(t *testing.T) {
	x := newPeopleIndex()
	const many = 3 * fewestForRebuild
	for i := range many {
		x.put(somebody(fmt.Sprintf("P%05d", i), "Jo", fmt.Sprintf("Sample%05d", i), "1947-03-04", "", "LS1 4AP"), 1)
		if i%64 == 0 {
			require.Len(t, x.search(parseQuery(fmt.Sprintf("sample%05d jo", i)), 2), 1)
		}
		if i%7 == 0 {
			x.put(somebody(fmt.Sprintf("P%05d", i), "Al", fmt.Sprintf("Sample%05d", i), "1947-03-04", "", "LS1 4AP"), 2)
		}
	}
	x.wait()
	require.Equal(t, many, x.len())
	require.Empty(t, x.search(parseQuery("sample00007 jo"), 2))
	require.Len(t, x.search(parseQuery("sample00007 al"), 2), 1)
	x.put(somebody("P00007", "Old", "Sample00007", "", "", ""), 1)
	require.Len(t, x.search(parseQuery("sample00007 al"), 2), 1, "an older version does not come back")
}

func FuzzSearch(f *testing.F) {
	for _, typed := range []string{"jo smith", "999 123", "4 3 1947", "4/3/", "1947-", "4 mar", "o'brien-", "\xff\xfe", "ﬁ ﬀ", "1 2 3 4 5 6 7 8 9", strings.Repeat("é", 200)} {
		f.Add(typed)
	}
	people := []capture.Person{
		somebody("1", "Jo", "Smith", "1947-03-04", "9990000018", "LS1 4AP"),
		somebody("2", "Zoë Anne", "O'Brien-Łukasz", "2001-11-12", "9991234560", "M1 1AE"),
	}
	x := indexOf(people...)
	f.Fuzz(func(t *testing.T, typed string) {
		began := time.Now()
		if got, want := x.search(parseQuery(typed), 5), lookAtEverybody(people, typed, 5); !slices.Equal(got, want) {
			t.Errorf("found %s, should find %s", ids(got), ids(want))
		}
		if took := time.Since(began); took > time.Second {
			t.Errorf("took %s", took)
		}
	})
}
