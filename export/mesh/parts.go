package mesh

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
)

// MaxRequestBytes is how much one request may carry, after compression (NHS MESH API specification, since October 2024).
const MaxRequestBytes = 100_000_000

// part is what one request carries: one self-contained gzip stream, or plain bytes.
type part []byte

var errTooLong = errors.New("content is longer than one request may carry")

// split makes the parts of a message. It stays in memory: a temporary file would leave the content readable on the
// disk. For now a message is one part, and what does not fit is an *Invalid.
func split(m Message) ([]part, error) {
	source, err := m.Body()
	if err != nil {
		return nil, fmt.Errorf("open content of message %s: %w", m.LocalID, err)
	}
	defer source.Close()

	var whole bounded
	size, err := pack(&whole, source, m.Compress)
	var p problems
	switch {
	case errors.Is(err, errTooLong):
		p.add("Body", "is longer than 100 MB as sent", "compress it, or send it as several files")
	case err != nil:
		return nil, fmt.Errorf("read content of message %s: %w", m.LocalID, err)
	case size == 0:
		p.add("Body", "is empty", "look why the file has no content; MESH refuses empty messages")
	}
	return []part{whole.buffer.Bytes()}, p.err("message")
}

// pack writes source to target, compressed or not, and tells how many bytes source had.
func pack(target io.Writer, source io.Reader, compress bool) (int64, error) {
	if !compress {
		return io.Copy(target, source)
	}
	z := gzip.NewWriter(target)
	n, err := io.Copy(z, source)
	if err != nil {
		return n, err
	}
	return n, z.Close()
}

// bounded holds what one request may carry and refuses more.
type bounded struct{ buffer bytes.Buffer }

func (b *bounded) Write(p []byte) (int, error) {
	if b.buffer.Len()+len(p) > MaxRequestBytes {
		return 0, errTooLong
	}
	return b.buffer.Write(p)
}
