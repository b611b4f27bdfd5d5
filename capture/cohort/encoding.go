package cohort

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// encodings by the name that is shown.
var encodings = map[string]encoding.Encoding{
	"UTF-8":                  unicode.UTF8BOM,
	"UTF-16":                 unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
	"UTF-16 little-endian":   unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
	"UTF-16 big-endian":      unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
	"Windows-1252 (Western)": charmap.Windows1252,
}

// encodingOf finds how a text file writes its letters: by its byte order mark, else by its zero bytes, else by whether all
// of it is well-formed UTF-8. What is not, was written by an older Windows program.
func encodingOf(file io.ReadSeeker) (string, error) {
	defer file.Seek(0, io.SeekStart) //nolint:errcheck // the next reader seeks again and tells
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	start := make([]byte, 4096)
	n, err := io.ReadFull(file, start)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return "", err
	}
	start = start[:n]
	switch {
	case bytes.HasPrefix(start, []byte{0xef, 0xbb, 0xbf}):
		return "UTF-8", nil
	case bytes.HasPrefix(start, []byte{0xff, 0xfe}), bytes.HasPrefix(start, []byte{0xfe, 0xff}):
		return "UTF-16", nil
	}
	if even, odd := zeros(start); even+odd > 0 {
		switch half := len(start) / 2; {
		case odd > half/2 && even < half/10:
			return "UTF-16 little-endian", nil
		case even > half/2 && odd < half/10:
			return "UTF-16 big-endian", nil
		}
		return "", refuse("This is not a list. Choose a CSV or XLSX file")
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	ok, err := wellFormed(file)
	if err != nil || ok {
		return "UTF-8", err
	}
	return "Windows-1252 (Western)", nil
}

func zeros(start []byte) (even, odd int) {
	for i, b := range start {
		switch {
		case b != 0:
		case i%2 == 0:
			even++
		default:
			odd++
		}
	}
	return even, odd
}

// wellFormed tells whether all of a stream is UTF-8.
func wellFormed(file io.Reader) (bool, error) {
	block, kept := make([]byte, 64<<10), 0
	for {
		n, err := file.Read(block[kept:])
		text := block[:kept+n]
		for len(text) > 0 && utf8.FullRune(text) {
			r, size := utf8.DecodeRune(text)
			if r == utf8.RuneError && size == 1 {
				return false, nil
			}
			text = text[size:]
		}
		kept = copy(block, text)
		switch {
		case errors.Is(err, io.EOF):
			return kept == 0, nil
		case err != nil:
			return false, err
		}
	}
}

// decoded reads a text file from its start as UTF-8.
func decoded(file io.ReadSeeker, name string) (io.Reader, error) {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return transform.NewReader(file, encodings[name].NewDecoder()), nil
}
