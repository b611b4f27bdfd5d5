package cohort

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"deltoid/capture"
)

// textFile is a delimited text file.
type textFile struct {
	file      io.ReadSeeker
	encoding  string
	delimiter rune
	skip      int // lines before the list: Excel's own line that names the delimiter
}

// delimiters in the order they are tried.
const delimiters = ",;\t|"

func (s *Sheet) openText(file io.ReadSeeker) error {
	encoding, err := encodingOf(file)
	if err != nil {
		return asError(err)
	}
	text := &textFile{file: file, encoding: encoding}
	if text.delimiter, text.skip, err = delimiterOf(text); err != nil {
		return asError(err)
	}
	s.Kind, s.Encoding, s.Delimiter, s.source = "CSV", encoding, string(text.delimiter), text
	return s.look()
}

// asError leaves a refusal as it is and takes anything else for a file that cannot be read.
func asError(err error) error {
	if capture.CodeOf(err) != "" {
		return err
	}
	return unreadable(err)
}

// delimiterOf finds what stands between the cells: what Excel's sep= line says, else what makes the first rows widest and
// most alike.
func delimiterOf(text *textFile) (delimiter rune, skip int, err error) {
	content, err := decoded(text.file, text.encoding)
	if err != nil {
		return 0, 0, err
	}
	sample := make([]byte, 32<<10)
	n, err := io.ReadFull(content, sample)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return 0, 0, err
	}
	start := string(sample[:n])
	first, _, _ := strings.Cut(start, "\n")
	if mark, ok := strings.CutPrefix(strings.TrimRight(strings.ToLower(first), "\r"), "sep="); ok && len(mark) == 1 && strings.Contains(delimiters, mark) {
		return rune(mark[0]), 1, nil
	}
	delimiter, best := ',', 0
	for _, candidate := range delimiters {
		if score := evenness(start, candidate); score > best {
			delimiter, best = candidate, score
		}
	}
	return delimiter, 0, nil
}

// evenness is high when a delimiter cuts many rows into the same number of cells: rows alike times cells.
func evenness(sample string, delimiter rune) int {
	reader := newReader(strings.NewReader(sample), delimiter)
	counts := map[int]int{}
	for rows := 0; rows < 50; rows++ {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil && len(cells) > 1 {
			counts[len(cells)]++
		}
	}
	best := 0
	for cells, rows := range counts {
		best = max(best, rows*min(cells, 12))
	}
	return best
}

func newReader(content io.Reader, delimiter rune) *csv.Reader {
	reader := csv.NewReader(content)
	reader.Comma, reader.FieldsPerRecord = delimiter, -1
	return reader
}

// lines goes through the file. A row with a quotation mark out of place comes with its problem, and the next row follows.
func (t *textFile) lines() iter.Seq2[line, error] {
	return func(yield func(line, error) bool) {
		content, err := decoded(t.file, t.encoding)
		if err != nil {
			yield(line{}, unreadable(err))
			return
		}
		buffered := bufio.NewReaderSize(content, 64<<10)
		for range t.skip {
			if _, err := buffered.ReadString('\n'); err != nil {
				return
			}
		}
		reader := newReader(buffered, t.delimiter)
		for {
			row, err := t.next(reader)
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(line{}, unreadable(err))
				return
			}
			if row.problem == "" && blank(row.cells) {
				continue
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

func (t *textFile) next(reader *csv.Reader) (line, error) {
	cells, err := reader.Read()
	var misplaced *csv.ParseError
	switch {
	case errors.As(err, &misplaced):
		row := line{number: misplaced.StartLine + t.skip, cells: cells}
		row.problem = "A quotation mark is out of place. Remove it, or save the list again from the spreadsheet"
		if misplaced.Line > misplaced.StartLine {
			row.problem = fmt.Sprintf("A quotation mark is opened here and not closed before line %d; none of these lines was read. Remove it, or save the list again from the spreadsheet", misplaced.Line+t.skip)
		}
		return row, nil
	case err != nil:
		return line{}, err
	}
	number, _ := reader.FieldPos(0)
	return line{number: number + t.skip, cells: narrow(cells)}, nil
}

func (t *textFile) close() error { return nil }
