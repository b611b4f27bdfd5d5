package paper

import (
	"strings"
	"sync"

	"golang.org/x/image/font/sfnt"

	"deltoid/assets/brand"
)

// unknown stands for a letter that the face does not have.
const unknown = '\ufffd'

// face tells which letters there are.
type face struct {
	mu   sync.Mutex
	font *sfnt.Font
	buf  sfnt.Buffer
}

var arimo = sync.OnceValues(func() (*face, error) {
	font, err := sfnt.Parse(brand.Regular())
	if err != nil {
		return nil, err
	}
	return &face{font: font}, nil
})

// has tells whether the face has a letter. The PDF library takes only the first plane of Unicode.
func (f *face) has(r rune) bool {
	if r > 0xffff {
		return false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	glyph, err := f.font.GlyphIndex(&f.buf, r)
	return err == nil && glyph != 0
}

// printable is a text with a mark for every letter that cannot be printed; missing tells whether there is one. A letter is
// never left out unseen: a name would be another name.
func (f *face) printable(text string) (printed string, missing bool) {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || f.has(r):
			return r
		case r < ' ':
			return ' '
		}
		missing = true
		return unknown
	}, text), missing
}
