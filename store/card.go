package store

import (
	"encoding/binary"
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

// Flags of a person, in one byte.
const (
	flagSensitive = 1 << iota
	flagDeceased
)

func packFlags(person capture.Person) (flags byte) {
	if person.Sensitive {
		flags |= flagSensitive
	}
	if person.Deceased {
		flags |= flagDeceased
	}
	return flags
}

// appendCard packs a person. A test sees to it that no field is left out.
func appendCard(to []byte, person capture.Person, version int64) []byte {
	to = binary.AppendUvarint(to, uint64(version))
	to = binary.AppendUvarint(to, packDay(person.BirthDate))
	to = append(to, packFlags(person))
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
	person.Sensitive, person.Deceased = c[n+m]&flagSensitive != 0, c[n+m]&flagDeceased != 0
	text := string(c[n+m+1:])
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
	length, k := binary.Uvarint(c[n+m+1:])
	start := n + m + 1 + k
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
	return foldName(p.Surname) + "\x00" + foldName(p.Forename) + "\x00" + eightDigits(packDay(p.BirthDate)) + "\x00" + p.ID
}

func eightDigits(n uint64) string {
	var digits [8]byte
	for i := len(digits) - 1; i >= 0; i-- {
		digits[i] = byte('0' + n%10)
		n /= 10
	}
	return string(digits[:])
}
