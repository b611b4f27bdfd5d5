package store

import "math/bits"

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
