package store

import (
	"strings"

	"deltoid/capture"
)

// traits are what a person can be found by.
type traits struct {
	surnames  []string // words of the surname
	words     []string // words of forename and postcode
	nhsNumber string
	day, iso  string // day of birth as DDMMYYYY and YYYYMMDD
}

// find collects a person's traits, reusing the slices of an earlier call.
func (t *traits) find(p capture.Person) {
	t.surnames = appendTokens(t.surnames[:0], p.Surname)
	t.words = appendTokens(t.words[:0], p.Forename)
	t.nhsNumber, t.day, t.iso = "", "", ""
	if len(p.NHSNumber) == 10 && isDigits(string(p.NHSNumber)) {
		t.nhsNumber = string(p.NHSNumber)
	} else {
		t.words = appendTokens(t.words, string(p.NHSNumber))
	}
	before := len(t.words)
	t.words = appendTokens(t.words, p.Postcode)
	if parts := t.words[before:]; len(parts) > 1 {
		t.words = append(t.words, strings.Join(parts, ""))
	}
	if !p.BirthDate.IsZero() {
		t.iso = eightDigits(packDay(p.BirthDate))
		t.day = t.iso[6:] + t.iso[4:6] + t.iso[:4]
	}
}

// meets tells whether the person matches a query.
func (t *traits) meets(q query) bool {
	for _, readings := range q.clauses {
		if !t.meetsOne(readings) {
			return false
		}
	}
	return true
}

func (t *traits) meetsOne(readings []reading) bool {
	for _, r := range readings {
		met := true
		for _, terms := range r {
			met = met && t.meetsTerm(terms)
		}
		if met {
			return true
		}
	}
	return false
}

func (t *traits) meetsTerm(terms anyOf) bool {
	for _, term := range terms {
		switch term.in {
		case inNHSNumbers:
			if t.nhsNumber != "" && strings.HasPrefix(t.nhsNumber, term.prefix) {
				return true
			}
		case inDays:
			if t.day != "" && strings.HasPrefix(t.day, term.prefix) {
				return true
			}
		case inISODays:
			if t.iso != "" && strings.HasPrefix(t.iso, term.prefix) {
				return true
			}
		default:
			if anyBegins(t.surnames, term.prefix) || anyBegins(t.words, term.prefix) {
				return true
			}
		}
	}
	return false
}

func anyBegins(words []string, prefix string) bool {
	for _, word := range words {
		if strings.HasPrefix(word, prefix) {
			return true
		}
	}
	return false
}

// Ranks of a match, best first.
const (
	rankSurname = iota // a word typed is the surname, or a word of it
	rankSurnameBegins
	rankOther
	ranks
)

// rank tells how well the words typed fit the surname.
func (t *traits) rank(q query) int {
	best := rankOther
	for _, surname := range t.surnames {
		for _, word := range q.words {
			if surname == word {
				return rankSurname
			}
			if strings.HasPrefix(surname, word) {
				best = rankSurnameBegins
			}
		}
	}
	return best
}
