package cohort

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"

	"deltoid/capture"
)

// What a list may be at most; beyond these it is no list of people but a mistake or an attack.
const (
	MaxBytes   = 256 << 20 // of a file
	MaxRows    = 500_000
	MaxColumns = 200   // what lies beyond is not read
	MaxCell    = 2_000 // characters
)

// PreviewRows is how many rows Open keeps for the mapping screen.
const PreviewRows = 20

// headRows is how many rows Open looks at for the headings and the preview.
const headRows = PreviewRows + maxHeadingLine

// maxHeadingLine is how far down the headings may be, below titles and notes.
const maxHeadingLine = 15

// Sheet is an opened list.
type Sheet struct {
	Name        string // of the file
	Kind        string // CSV or XLSX
	Encoding    string // of a CSV: UTF-8, UTF-16 or Windows-1252
	Delimiter   string // of a CSV
	Tabs        []string
	Tab         string     // of a workbook: the one that is read
	HeadingLine int        // line of the headings; 0: the list has none
	Columns     []string   // headings
	Preview     [][]string // first rows below the headings, as they are in the file
	Guess       Mapping    // from the headings

	source source
	head   []line
}

// line is a row of a file as it stands there.
type line struct {
	number  int // in the file, from 1; of a row over several lines the first
	cells   []string
	problem string // why the row could not be read, with the cure
}

// source is a file that can be gone through from the start, again and again.
type source interface {
	lines() iter.Seq2[line, error]
	close() error
}

// Open looks at a list. What it is, is seen from its content; name is shown to people. A source that cannot seek is held
// in memory. Close the sheet when it is done with.
//
// A file that cannot be read is a capture.Error with what to do about it.
func Open(file io.Reader, name string) (*Sheet, error) {
	content, size, err := seekable(file)
	if err != nil {
		return nil, err
	}
	start := make([]byte, 8)
	n, err := io.ReadFull(content, start)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, unreadable(err)
	}
	sheet := &Sheet{Name: filepath.Base(name)}
	switch start = start[:n]; {
	case n == 0:
		return nil, refuse("This file is empty. Choose the list again")
	case bytes.HasPrefix(start, []byte("PK")):
		err = sheet.openWorkbook(content, size)
	case bytes.HasPrefix(start, []byte{0xd0, 0xcf, 0x11, 0xe0}):
		err = refuse("This workbook has a password or is of the old .xls sort. Open it, and save it as .xlsx without a password")
	case bytes.HasPrefix(start, []byte("%PDF")):
		err = refuse("This is a PDF. Ask for the list as a CSV or XLSX file")
	default:
		err = sheet.openText(content)
	}
	if err != nil {
		return nil, err
	}
	return sheet, nil
}

// Close gives the memory of the list back.
func (s *Sheet) Close() error { return s.source.close() }

// UseHeadings takes another line for the headings; 0 when the list has none.
func (s *Sheet) UseHeadings(number int) error {
	if number == 0 {
		s.layOut(nil, 0)
		return nil
	}
	for _, row := range s.head {
		if row.number == number {
			s.layOut(row.cells, number)
			return nil
		}
	}
	return &capture.Error{Code: capture.Invalid, Field: "headingLine", Message: fmt.Sprintf("Choose one of the first %d rows for the headings", maxHeadingLine)}
}

// look reads the first rows and finds the headings among them.
func (s *Sheet) look() error {
	s.head = nil
	for row, err := range s.source.lines() {
		if err != nil {
			return err
		}
		if row.problem == "" {
			s.head = append(s.head, row)
		}
		if len(s.head) == headRows {
			break
		}
	}
	if len(s.head) == 0 {
		return refuse("There is nothing in this list")
	}
	best, number := 1, 0
	var headings []string
	for _, row := range s.head[:min(maxHeadingLine, len(s.head))] {
		if known := len(guess(row.cells).Columns); known > best {
			best, number, headings = known, row.number, row.cells
		}
	}
	s.layOut(headings, number)
	return nil
}

func (s *Sheet) layOut(headings []string, number int) {
	s.HeadingLine, s.Preview = number, nil
	widest := len(headings)
	for _, row := range s.head {
		if row.number <= number {
			continue
		}
		if number == 0 {
			widest = max(widest, len(row.cells))
		}
		if len(s.Preview) < PreviewRows {
			s.Preview = append(s.Preview, row.cells)
		}
	}
	s.Columns = make([]string, widest)
	for i := range s.Columns {
		if i < len(headings) {
			s.Columns[i] = tidy(headings[i])
		}
		if s.Columns[i] == "" {
			s.Columns[i] = "Column " + letters(i)
		}
	}
	s.Guess = guess(headings)
	s.Guess.HeadingLine = number
}

// letters is the name that spreadsheets give a column: A, B, … Z, AA.
func letters(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return letters(i/26-1) + letters(i%26)
}

func seekable(file io.Reader) (io.ReadSeeker, int64, error) {
	if content, ok := file.(io.ReadSeeker); ok {
		size, err := content.Seek(0, io.SeekEnd)
		if err == nil {
			_, err = content.Seek(0, io.SeekStart)
		}
		switch {
		case err != nil:
			return nil, 0, unreadable(err)
		case size > MaxBytes:
			return nil, 0, tooLarge()
		}
		return content, size, nil
	}
	var held bytes.Buffer
	switch n, err := io.Copy(&held, io.LimitReader(file, MaxBytes+1)); {
	case err != nil:
		return nil, 0, unreadable(err)
	case n > MaxBytes:
		return nil, 0, tooLarge()
	}
	return bytes.NewReader(held.Bytes()), int64(held.Len()), nil
}

func refuse(message string) error {
	return &capture.Error{Code: capture.Invalid, Field: "file", Message: message}
}

func tooLarge() error {
	return refuse(fmt.Sprintf("This file is larger than %d MB. Ask for the list of this clinic only", MaxBytes>>20))
}

func unreadable(err error) error {
	return &capture.Error{Code: capture.Environment, Field: "file", Message: "The file could not be read to its end. Copy it to this computer and choose it again", Err: err}
}

// narrow leaves out what lies beyond the columns that a list can have.
func narrow(cells []string) []string { return cells[:min(MaxColumns, len(cells))] }

// blank tells whether nothing is written in a row.
func blank(cells []string) bool {
	for _, cell := range cells {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}
