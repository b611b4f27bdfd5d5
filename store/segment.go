package store

import (
	"hash/maphash"
	"slices"
	"strings"

	"deltoid/capture"
)

// segment is the search index over many people. Its documents are numbered in alphabetical order, so that the first
// bits of a result are the first names of the list. It is never changed but for gone.
type segment struct {
	cards  []byte
	starts []uint32 // of each card, and the end
	ids    column   // hash of the id
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
	s.ids = newColumn(0, len(sources))
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
		s.ids.entries = append(s.ids.entries, newColumnEntry(maphash.Bytes(idSeed, source.card.id())>>documentBits, uint32(doc)))
	}
	s.starts = append(s.starts, uint32(len(s.cards)))
	s.words = words.make()
	s.nhs.sort()
	s.day.sort()
	s.iso.sort()
	s.ids.sort()
	return s
}

func (s *segment) len() int { return len(s.starts) - 1 }

func (s *segment) card(doc uint32) card { return card(s.cards[s.starts[doc]:s.starts[doc+1]]) }

// idSeed is for the hashes of ids, which never leave the memory.
var idSeed = maphash.MakeSeed()

// find gives the document with an id.
func (s *segment) find(id string) (doc uint32, ok bool) {
	hash := maphash.String(idSeed, id) >> documentBits
	for _, entry := range s.ids.from(hash) {
		if entry.number() != hash {
			break
		}
		if string(s.card(entry.doc()).id()) == id {
			return entry.doc(), true
		}
	}
	return 0, false
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

// person unpacks a document.
func (s *segment) person(doc uint32) capture.Person {
	person, _ := s.card(doc).person()
	return person
}
