package store

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"deltoid/capture"
)

// peopleIndex is everybody on the list, in memory, for the search as somebody types: one large segment, and what was
// saved since it was built.
type peopleIndex struct {
	mu       sync.RWMutex
	base     *segment
	recent   map[string]*recentPerson
	building bool
	builds   sync.WaitGroup
}

// recentPerson is somebody saved since the segment was built.
type recentPerson struct {
	source
	traits
}

// fewestForRebuild is how many people are saved before the segment is built anew: looking at so many one by one takes a
// few tenths of a millisecond. A large segment waits for a fiftieth of its size, so that a long import does not
// build all the time.
const fewestForRebuild = 2048

func newPeopleIndex() *peopleIndex {
	return &peopleIndex{base: newSegment(nil), recent: map[string]*recentPerson{}}
}

// fill starts the index with everybody there is.
func (x *peopleIndex) fill(sources []source) {
	base := newSegment(sources)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.base, x.recent = base, map[string]*recentPerson{}
}

func newSource(person capture.Person, version int64) source {
	return source{key: sortKey(person), card: appendCard(nil, person, version)}
}

// put takes in somebody who was saved, unless a version at least as new is there.
func (x *peopleIndex) put(person capture.Person, version int64) {
	p := &recentPerson{source: newSource(person, version)}
	p.find(person)
	x.mu.Lock()
	defer x.mu.Unlock()
	if before, ok := x.recent[person.ID]; ok && before.card.version() >= version {
		return
	}
	if doc, ok := x.base.find(person.ID); ok {
		if x.base.card(doc).version() >= version {
			return
		}
		x.base.gone.set(doc)
	}
	x.recent[person.ID] = p
	if !x.building && len(x.recent) >= max(fewestForRebuild, x.base.len()/50) {
		x.building = true
		x.builds.Go(func() {
			for x.rebuild() >= fewestForRebuild { // a long import goes on meanwhile
			}
		})
	}
}

// rebuild makes one segment of the old one and what was saved since, beside the search. It tells how many were saved meanwhile.
func (x *peopleIndex) rebuild() int {
	x.mu.RLock()
	base, gone := x.base, slices.Clone(x.base.gone)
	taken := make(map[string]*recentPerson, len(x.recent))
	sources := make([]source, 0, base.len()+len(x.recent))
	for id, p := range x.recent {
		taken[id] = p
		sources = append(sources, p.source)
	}
	x.mu.RUnlock()
	for doc := range uint32(base.len()) {
		if gone[doc/64]&(1<<(doc%64)) == 0 {
			c := base.card(doc)
			person, _ := c.person()
			sources = append(sources, source{key: sortKey(person), card: c})
		}
	}
	fresh := newSegment(sources)
	x.mu.Lock()
	defer x.mu.Unlock()
	for id, p := range x.recent {
		if taken[id] == p {
			delete(x.recent, id)
		} else if doc, ok := fresh.find(id); ok {
			fresh.gone.set(doc) // saved again meanwhile
		}
	}
	x.base, x.building = fresh, len(x.recent) >= fewestForRebuild
	return len(x.recent)
}

// wait lets a rebuild end.
func (x *peopleIndex) wait() { x.builds.Wait() }

// len is how many people there are.
func (x *peopleIndex) len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	n := len(x.recent)
	for doc := range uint32(x.base.len()) {
		if x.base.gone[doc/64]&(1<<(doc%64)) == 0 {
			n++
		}
	}
	return n
}

// match is somebody found, with their place in the list.
type match struct {
	rank int
	source
}

func (x *peopleIndex) search(q query, limit int) []capture.Person {
	if limit < 1 || len(q.clauses) == 0 {
		return nil
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	var matches []match
	for _, p := range x.recent {
		if p.meets(q) {
			matches = append(matches, match{p.rank(q), p.source})
		}
	}
	for rank, docs := range x.base.search(q, limit) {
		for _, doc := range docs {
			matches = append(matches, match{rank, source{sortKey(x.base.person(doc)), x.base.card(doc)}})
		}
	}
	slices.SortFunc(matches, func(a, b match) int { return cmp.Or(a.rank-b.rank, strings.Compare(a.key, b.key)) })
	people := make([]capture.Person, 0, min(limit, len(matches)))
	for _, m := range matches[:min(limit, len(matches))] {
		person, _ := m.card.person()
		people = append(people, person)
	}
	return people
}
