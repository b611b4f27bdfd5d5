package mesh

import (
	"io"
	"net"
	"slices"
)

// part is what one request carries: one self-contained gzip stream, or plain bytes. It grows block by block, so that
// nothing is moved when it gets longer.
type part struct {
	blocks net.Buffers
	size   int
}

// Write adds to the part; it never fails.
func (p *part) Write(content []byte) (int, error) {
	n := len(content)
	for len(content) > 0 {
		last := len(p.blocks) - 1
		if last < 0 || len(p.blocks[last]) == cap(p.blocks[last]) {
			// The first blocks are small, since most messages are.
			p.blocks = append(p.blocks, make([]byte, 0, min(max(4<<10, p.size), 1<<20)))
			continue
		}
		fits := min(len(content), cap(p.blocks[last])-len(p.blocks[last]))
		p.blocks[last] = append(p.blocks[last], content[:fits]...)
		content = content[fits:]
		p.size += fits
	}
	return n, nil
}

// reader gives the content from its beginning.
func (p *part) reader() io.Reader {
	blocks := slices.Clone(p.blocks) // reading uses the list up
	return &blocks
}
