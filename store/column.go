package store

import (
	"slices"
	"strconv"
)

// column finds documents by the first digits of a number of fixed width, at most ten digits.
type column struct {
	width   int
	entries []columnEntry // in order
}

// columnEntry is a number in the upper 34 bits, which ten digits fit, and its document in the lower 30.
type columnEntry uint64

const documentBits = 30

func newColumnEntry(number uint64, doc uint32) columnEntry {
	return columnEntry(number<<documentBits | uint64(doc))
}

func (e columnEntry) number() uint64 { return uint64(e) >> documentBits }
func (e columnEntry) doc() uint32    { return uint32(e & (1<<documentBits - 1)) }

func newColumn(width, documents int) column {
	return column{width: width, entries: make([]columnEntry, 0, documents)}
}

// add puts in a number of the column's width; other text is left out.
func (c *column) add(digits string, doc uint32) {
	if len(digits) != c.width {
		return
	}
	if number, err := strconv.ParseUint(digits, 10, 64); err == nil {
		c.entries = append(c.entries, newColumnEntry(number, doc))
	}
}

func (c *column) sort() { slices.Sort(c.entries) }

// from gives the entries with numbers from low upwards.
func (c *column) from(low uint64) []columnEntry {
	at, _ := slices.BinarySearch(c.entries, newColumnEntry(low, 0))
	return c.entries[at:]
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
	for _, entry := range c.from(low) {
		if entry.number() >= low+span {
			return
		}
		in.set(entry.doc())
	}
}
