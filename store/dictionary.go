package store

import (
	"slices"
	"sort"
	"strings"
)

// dictionary finds documents by the first letters of a word.
type dictionary struct {
	letters  string   // all words, one after the other, in order
	starts   []uint32 // of each word, and the end
	postings postings // documents by word
	surnames postings // documents whose surname has the word
}

// postings lists the documents of word i in docs[starts[i]:starts[i+1]].
type postings struct {
	starts []uint32
	docs   []uint32
}

func (d *dictionary) len() int { return len(d.starts) - 1 }

func (d *dictionary) word(i int) string { return d.letters[d.starts[i]:d.starts[i+1]] }

// span is the words that begin with a prefix, or that are it.
func (d *dictionary) span(prefix string, whole bool) (from, to int) {
	from = sort.Search(d.len(), func(i int) bool { return d.word(i) >= prefix })
	fits := func(i int) bool { return d.word(i) == prefix }
	if !whole {
		fits = func(i int) bool { return strings.HasPrefix(d.word(i), prefix) }
	}
	return from, from + sort.Search(d.len()-from, func(i int) bool { return !fits(from + i) })
}

func (d *dictionary) mark(in bitmap, prefix string) {
	from, to := d.span(prefix, false)
	d.postings.mark(in, from, to)
}

func (d *dictionary) markSurnames(in bitmap, word string, whole bool) {
	from, to := d.span(word, whole)
	d.surnames.mark(in, from, to)
}

func (p *postings) mark(in bitmap, from, to int) {
	for _, doc := range p.docs[p.starts[from]:p.starts[to]] {
		in.set(doc)
	}
}

// dictionaryMaker collects words and their documents.
type dictionaryMaker struct {
	numbers map[string]uint32
	words   []string
	pairs   []wordOf
}

type wordOf struct {
	word, doc uint32
	surname   bool
}

func newDictionaryMaker(documents int) *dictionaryMaker {
	return &dictionaryMaker{numbers: make(map[string]uint32, documents), pairs: make([]wordOf, 0, documents*6)}
}

func (m *dictionaryMaker) add(doc uint32, t traits) {
	for _, word := range t.surnames {
		m.pairs = append(m.pairs, wordOf{m.number(word), doc, true})
	}
	for _, word := range t.words {
		m.pairs = append(m.pairs, wordOf{m.number(word), doc, false})
	}
}

func (m *dictionaryMaker) number(word string) uint32 {
	number, ok := m.numbers[word]
	if !ok {
		number = uint32(len(m.words))
		m.numbers[word] = number
		m.words = append(m.words, word)
	}
	return number
}

func (m *dictionaryMaker) make() dictionary {
	order := make([]uint32, len(m.words))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int { return strings.Compare(m.words[a], m.words[b]) })
	rank := make([]uint32, len(order))
	var letters strings.Builder
	d := dictionary{starts: make([]uint32, 0, len(order)+1)}
	for i, number := range order {
		rank[number] = uint32(i)
		d.starts = append(d.starts, uint32(letters.Len()))
		letters.WriteString(m.words[number])
	}
	d.starts = append(d.starts, uint32(letters.Len()))
	d.letters = letters.String()
	for i := range m.pairs {
		m.pairs[i].word = rank[m.pairs[i].word]
	}
	d.postings = newPostings(m.pairs, len(order), false)
	d.surnames = newPostings(m.pairs, len(order), true)
	return d
}

// newPostings sorts pairs, which come in the order of documents, by word (counting sort).
func newPostings(pairs []wordOf, words int, surnamesOnly bool) postings {
	p := postings{starts: make([]uint32, words+1)}
	for _, pair := range pairs {
		if pair.surname || !surnamesOnly {
			p.starts[pair.word+1]++
		}
	}
	for i := range words {
		p.starts[i+1] += p.starts[i]
	}
	p.docs = make([]uint32, p.starts[words])
	next := slices.Clone(p.starts)
	for _, pair := range pairs {
		if pair.surname || !surnamesOnly {
			p.docs[next[pair.word]] = pair.doc
			next[pair.word]++
		}
	}
	return p
}
