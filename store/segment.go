package store

import (
	"bytes"
	"cmp"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"deltoid/capture"
)

// segment is the search index over many people. Its documents are numbered in alphabetical order, so that the first
// bits of a result are the first names of the list. It is never changed but for gone.
type segment struct {
	cards  []byte
	starts []uint32 // of each card, and the end
	byID   []uint32 // documents in the order of ids
	gone   bitmap   // documents that a newer card replaces

	words         dictionary
	nhs, day, iso column // NHS number, DDMMYYYY, YYYYMMDD
}

// source is a card on its way into a segment.
type source struct {
	key  string // sortKey
	card card
}

// newSegment indexes cards; it sorts them.
func newSegment(sources []source) *segment {
	slices.SortFunc(sources, func(a, b source) int { return strings.Compare(a.key, b.key) })
	size := 0
	for _, source := range sources {
		size += len(source.card)
	}
	s := &segment{cards: make([]byte, 0, size), starts: make([]uint32, 0, len(sources)+1), gone: newBitmap(len(sources))}
	words := newDictionaryMaker(len(sources))
	s.nhs, s.day, s.iso = newColumn(10, len(sources)), newColumn(8, len(sources)), newColumn(8, len(sources))
	var t traits
	for doc, source := range sources {
		s.starts = append(s.starts, uint32(len(s.cards)))
		s.cards = append(s.cards, source.card...)
		person, _ := source.card.person()
		t.find(person)
		words.add(uint32(doc), t)
		s.nhs.add(t.nhsNumber, uint32(doc))
		s.day.add(t.day, uint32(doc))
		s.iso.add(t.iso, uint32(doc))
	}
	s.starts = append(s.starts, uint32(len(s.cards)))
	s.words = words.make()
	s.nhs.sort()
	s.day.sort()
	s.iso.sort()
	s.byID = make([]uint32, len(sources))
	for doc := range s.byID {
		s.byID[doc] = uint32(doc)
	}
	slices.SortFunc(s.byID, func(a, b uint32) int { return bytes.Compare(s.card(a).id(), s.card(b).id()) })
	return s
}

func (s *segment) len() int { return len(s.byID) }

func (s *segment) card(doc uint32) card { return card(s.cards[s.starts[doc]:s.starts[doc+1]]) }

// find gives the document with an id.
func (s *segment) find(id string) (doc uint32, ok bool) {
	i, ok := slices.BinarySearchFunc(s.byID, id, func(doc uint32, id string) int {
		return strings.Compare(string(s.card(doc).id()), id)
	})
	if !ok {
		return 0, false
	}
	return s.byID[i], true
}

// search gives the best matches, at most limit of each rank.
func (s *segment) search(q query, limit int) (found [ranks][]uint32) {
	if s.len() == 0 {
		return found
	}
	matches := newBitmap(s.len())
	for i := range matches {
		matches[i] = ^s.gone[i]
	}
	if rest := s.len() % 64; rest > 0 {
		matches[len(matches)-1] &= 1<<rest - 1
	}
	for _, readings := range q.clauses {
		matches.and(s.meetsOne(readings))
	}
	surname, begins := newBitmap(s.len()), newBitmap(s.len())
	for _, word := range q.words {
		s.words.markSurnames(surname, word, true)
		s.words.markSurnames(begins, word, false)
	}
	for i, all := range matches {
		found[rankSurname] = appendBits(found[rankSurname], i, all&surname[i], limit)
		found[rankSurnameBegins] = appendBits(found[rankSurnameBegins], i, all&begins[i]&^surname[i], limit)
		found[rankOther] = appendBits(found[rankOther], i, all&^begins[i]&^surname[i], limit)
		if len(found[rankSurname]) == limit {
			break // nothing of a lower rank can come before these
		}
	}
	return found
}

func (s *segment) meetsOne(readings []reading) bitmap {
	var any bitmap
	for _, r := range readings {
		var all bitmap
		for _, terms := range r {
			one := newBitmap(s.len())
			for _, term := range terms {
				s.mark(one, term)
			}
			if all == nil {
				all = one
			} else {
				all.and(one)
			}
		}
		if any == nil {
			any = all
		} else {
			any.or(all)
		}
	}
	return any
}

// mark sets the bits of the documents that meet a term.
func (s *segment) mark(in bitmap, t term) {
	switch t.in {
	case inNHSNumbers:
		s.nhs.mark(in, t.prefix)
	case inDays:
		s.day.mark(in, t.prefix)
	case inISODays:
		s.iso.mark(in, t.prefix)
	default:
		s.words.mark(in, t.prefix)
	}
}

// bitmap has a bit for each document.
type bitmap []uint64

func newBitmap(n int) bitmap { return make(bitmap, (n+63)/64) }

func (b bitmap) set(doc uint32) { b[doc/64] |= 1 << (doc % 64) }

func (b bitmap) and(other bitmap) {
	for i := range b {
		b[i] &= other[i]
	}
}

func (b bitmap) or(other bitmap) {
	for i := range b {
		b[i] |= other[i]
	}
}

// appendBits adds the documents of one word of a bitmap, until there are limit of them.
func appendBits(docs []uint32, word int, set uint64, limit int) []uint32 {
	for ; set != 0 && len(docs) < limit; set &= set - 1 {
		docs = append(docs, uint32(word*64+bits.TrailingZeros64(set)))
	}
	return docs
}

// column finds documents by the first digits of a number of fixed width.
type column struct {
	width   int
	entries []columnEntry
}

type columnEntry struct {
	number uint64
	doc    uint32
}

func newColumn(width, documents int) column {
	return column{width: width, entries: make([]columnEntry, 0, documents)}
}

// add puts in a number of the column's width; other text is left out.
func (c *column) add(digits string, doc uint32) {
	if len(digits) != c.width {
		return
	}
	if number, err := strconv.ParseUint(digits, 10, 64); err == nil {
		c.entries = append(c.entries, columnEntry{number, doc})
	}
}

func (c *column) sort() {
	slices.SortFunc(c.entries, func(a, b columnEntry) int {
		return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.doc, b.doc))
	})
}

func (c *column) mark(in bitmap, prefix string) {
	if len(prefix) > c.width {
		return
	}
	low, err := strconv.ParseUint(prefix, 10, 64)
	if err != nil {
		return
	}
	span := uint64(1)
	for range c.width - len(prefix) {
		span *= 10
	}
	low *= span
	from, _ := slices.BinarySearchFunc(c.entries, low, func(e columnEntry, n uint64) int { return cmp.Compare(e.number, n) })
	for _, entry := range c.entries[from:] {
		if entry.number >= low+span {
			return
		}
		in.set(entry.doc)
	}
}

// person unpacks a document.
func (s *segment) person(doc uint32) capture.Person {
	person, _ := s.card(doc).person()
	return person
}
