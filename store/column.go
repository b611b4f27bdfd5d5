package store

import (
	"cmp"
	"slices"
	"strconv"
)

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

// from is where the numbers from low upwards begin.
func (c *column) from(low uint64) int {
	at, _ := slices.BinarySearchFunc(c.entries, low, func(e columnEntry, n uint64) int { return cmp.Compare(e.number, n) })
	return at
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
	for _, entry := range c.entries[c.from(low):] {
		if entry.number >= low+span {
			return
		}
		in.set(entry.doc)
	}
}
