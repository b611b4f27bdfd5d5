package mesh

import (
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
)

// blockBytes is how much content goes into a part between two looks at its size.
const blockBytes = 64 << 10

var errChanged = errors.New("the content is not the one that the message was begun with")

// cutter reads a content from its beginning and makes parts of it, one after the other.
type cutter struct {
	in       *bufio.Reader
	close    func() error
	hash     hash.Hash
	read     int64
	compress bool
}

func newCutter(m Message, compress bool) (*cutter, error) {
	source, err := m.Body()
	if err != nil {
		return nil, fmt.Errorf("open content of message %s: %w", m.LocalID, err)
	}
	return &cutter{in: bufio.NewReaderSize(source, blockBytes), close: source.Close, hash: sha256.New(), compress: compress}, nil
}

// atEnd tells whether the content has been read to its end.
func (c *cutter) atEnd() (bool, error) {
	_, err := c.in.Peek(1)
	if err == io.EOF {
		return true, nil
	}
	return false, err
}

// take passes n bytes of the content on, or fewer at its end.
func (c *cutter) take(target io.Writer, n int64) (int64, error) {
	taken, err := io.CopyN(io.MultiWriter(c.hash, target), c.in, n)
	c.read += taken
	if err == io.EOF {
		err = nil
	}
	return taken, err
}

// bySize makes the next part: as much content as fits into limit bytes as sent, at least one block.
func (c *cutter) bySize(limit int) (*part, error) {
	out := new(part)
	if !c.compress {
		_, err := c.take(out, int64(limit))
		return out, err
	}
	z := gzip.NewWriter(out)
	block := max(1, min(blockBytes, limit/4))
	// What the compressor still holds never comes out longer than it went in, so only when the limit could be passed
	// has it to give up what it holds; that costs some bytes each time.
	for held := 0; ; {
		if out.size+held+block > limit && held > 0 {
			if err := z.Flush(); err != nil {
				return nil, err
			}
			held = 0
			if out.size+block > limit {
				break
			}
		}
		n, err := c.take(z, int64(block))
		if err != nil {
			return nil, err
		}
		if n == 0 {
			break
		}
		held += int(n)
	}
	return out, z.Close()
}

// byLength makes the next part of so many bytes of content.
func (c *cutter) byLength(length int64) (*part, error) {
	out := new(part)
	if !c.compress {
		n, err := c.take(out, length)
		return out, short(n, length, err)
	}
	z := gzip.NewWriter(out)
	n, err := c.take(z, length)
	if err := short(n, length, err); err != nil {
		return nil, err
	}
	return out, z.Close()
}

func (c *cutter) skip(length int64) error {
	n, err := c.take(io.Discard, length)
	return short(n, length, err)
}

func short(n, length int64, err error) error {
	if err == nil && n < length {
		return errChanged
	}
	return err
}

func (c *cutter) sum() string { return hex.EncodeToString(c.hash.Sum(nil)) }
