package store

import (
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"deltoid/capture"
)

// card is a person packed into few bytes for the search in memory: the version, then every field of capture.Person.
type card []byte

// A packed day is YYYYMMDD as a number; 0 when there is none.
func packDay(d capture.Date) uint64 {
	return uint64(d.Year)*10000 + uint64(d.Month)*100 + uint64(d.Day)
}

func unpackDay(n uint64) capture.Date {
	return capture.Date{Year: int(n / 10000), Month: time.Month(n / 100 % 100), Day: int(n % 100)}
}

// appendCard packs a person. A test sees to it that no field is left out.
func appendCard(to []byte, person capture.Person, version int64) []byte {
	to = binary.AppendUvarint(to, uint64(version))
	to = binary.AppendUvarint(to, packDay(person.BirthDate))
	for _, field := range []string{
		person.ID, string(person.NHSNumber), person.NHSNumberStatus, person.Forename, person.Surname, person.Gender,
		person.Postcode, person.Address, person.EthnicCategory, person.Practice,
	} {
		to = binary.AppendUvarint(to, uint64(len(field)))
		to = append(to, field...)
	}
	return to
}

// person unpacks a card that appendCard made.
func (c card) person() (person capture.Person, version int64) {
	v, n := binary.Uvarint(c)
	day, m := binary.Uvarint(c[n:])
	person.BirthDate = unpackDay(day)
	text := string(c[n+m:])
	next := func() string {
		length, n := uvarintOf(text)
		field := text[n : n+length]
		text = text[n+length:]
		return field
	}
	person.ID, person.NHSNumber, person.NHSNumberStatus = next(), capture.NHSNumber(next()), next()
	person.Forename, person.Surname, person.Gender = next(), next(), next()
	person.Postcode, person.Address, person.EthnicCategory, person.Practice = next(), next(), next(), next()
	return person, int64(v)
}

// id reads the id alone.
func (c card) id() []byte {
	_, n := binary.Uvarint(c)
	_, m := binary.Uvarint(c[n:])
	length, k := binary.Uvarint(c[n+m:])
	start := n + m + k
	return c[start : start+int(length)]
}

func (c card) version() int64 {
	v, _ := binary.Uvarint(c)
	return int64(v)
}

// uvarintOf reads a length, which is below 2^21 for every field of a card.
func uvarintOf(text string) (value, size int) {
	for shift := 0; ; shift += 7 {
		b := text[size]
		size++
		value |= int(b&0x7f) << shift
		if b < 0x80 {
			return value, size
		}
	}
}

// sortKey is the place in the alphabetical list: surname, forename, date of birth, id.
func sortKey(p capture.Person) string {
	return foldName(p.Surname) + "\x00" + foldName(p.Forename) + "\x00" + fmt.Sprintf("%08d", packDay(p.BirthDate)) + "\x00" + p.ID
}

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
		t.day = fmt.Sprintf("%02d%02d%04d", p.BirthDate.Day, p.BirthDate.Month, p.BirthDate.Year)
		t.iso = fmt.Sprintf("%04d%02d%02d", p.BirthDate.Year, p.BirthDate.Month, p.BirthDate.Day)
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
