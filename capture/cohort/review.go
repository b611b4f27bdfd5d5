package cohort

import (
	"fmt"
	"hash/maphash"
	"iter"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"deltoid/capture"
)

// Likeness is why two entries may be one person.
type Likeness string

// The likenesses.
const (
	SameNumber           Likeness = "same-nhs-number"
	SameNameAndBirthDate Likeness = "same-name-and-birth-date"
)

// maxAlike is how many candidates of one likeness are named for a row: a list where more are alike has a placeholder there.
const maxAlike = 10

// Candidate says that a row may be somebody who is there already. Somebody has to look: two people can share a name and a
// birthday, and a number can be typed wrongly.
type Candidate struct {
	Line     int    // of the row
	Earlier  int    // line of the row it is like; 0: a person known already
	PersonID string // of the person known already
	Likeness Likeness
	Differs  []Field // what is not the same in the two; empty: all of it is
}

// Sentence says it in words, without the person's details.
func (c Candidate) Sentence() string {
	other := "a person on this device"
	if c.Earlier > 0 {
		other = fmt.Sprintf("line %d", c.Earlier)
	}
	what := "the same NHS number as "
	if c.Likeness == SameNameAndBirthDate {
		what = "the same name and date of birth as "
	}
	text := fmt.Sprintf("Line %d has %s%s", c.Line, what, other)
	if len(c.Differs) == 0 {
		return text
	}
	var differing []string
	for _, field := range c.Differs {
		differing = append(differing, lower(field.Label()))
	}
	return text + ", but another " + strings.Join(differing, ", ")
}

// Review finds rows that may be somebody known already or somebody of an earlier row. It never merges anybody.
type Review struct {
	seed     maphash.Seed
	byNumber map[capture.NHSNumber][]int
	byName   map[nameKey][]int
	entries  []entry
}

// entry is one person, with hashes for what is only compared.
type entry struct {
	line                        int
	id                          string
	number                      capture.NHSNumber
	birth                       capture.Date
	surname, forename, postcode uint64
}

type nameKey struct {
	surname, forename uint64
	birth             capture.Date
}

// NewReview starts from the people known already.
func NewReview(known iter.Seq[capture.Person]) *Review {
	review := &Review{seed: maphash.MakeSeed(), byNumber: map[capture.NHSNumber][]int{}, byName: map[nameKey][]int{}}
	for person := range known {
		review.add(review.entry(person, 0))
	}
	return review
}

// Look lists whom a row may be, and remembers it for the rows that follow. A rejected row is neither looked at nor
// remembered.
func (v *Review) Look(row Row) []Candidate {
	if row.Rejected() {
		return nil
	}
	var found []Candidate
	seen := map[int]bool{}
	this := v.entry(row.Person, row.Line)
	note := func(others []int, likeness Likeness) {
		for _, i := range others[:min(maxAlike, len(others))] {
			if other := v.entries[i]; !seen[i] {
				seen[i] = true
				found = append(found, Candidate{Line: row.Line, Earlier: other.line, PersonID: other.id, Likeness: likeness, Differs: this.differs(other)})
			}
		}
	}
	if this.number != "" {
		note(v.byNumber[this.number], SameNumber)
	}
	note(v.byName[this.name()], SameNameAndBirthDate)
	v.add(this)
	return found
}

func (v *Review) add(e entry) {
	i := len(v.entries)
	v.entries = append(v.entries, e)
	if e.number != "" {
		v.byNumber[e.number] = append(v.byNumber[e.number], i)
	}
	v.byName[e.name()] = append(v.byName[e.name()], i)
}

func (v *Review) entry(person capture.Person, line int) entry {
	first, _, _ := strings.Cut(strings.TrimSpace(person.Forename), " ")
	hash := func(text string) uint64 { return maphash.String(v.seed, fold(text)) }
	return entry{
		line: line, id: person.ID, number: person.NHSNumber, birth: person.BirthDate,
		surname: hash(person.Surname), forename: hash(first), postcode: hash(person.Postcode),
	}
}

func (e entry) name() nameKey { return nameKey{e.surname, e.forename, e.birth} }

// differs lists what is not the same; a number that one of the two does not have is no difference.
func (e entry) differs(other entry) []Field {
	var fields []Field
	for _, part := range []struct {
		field Field
		same  bool
	}{
		{NHSNumber, e.number == other.number || e.number == "" || other.number == ""},
		{Surname, e.surname == other.surname},
		{Forename, e.forename == other.forename},
		{BirthDate, e.birth == other.birth},
		{Postcode, e.postcode == other.postcode},
	} {
		if !part.same {
			fields = append(fields, part.field)
		}
	}
	return fields
}

// fold is a text without capitals, accents and anything but letters and digits: O'Neill and ONEILL are the same.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFD.String(text))
}
