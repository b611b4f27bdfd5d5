package export

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"
	"unicode/utf8"

	"deltoid/capture"
)

// FileReport is what is wrong with an extract file. It carries no patient data.
type FileReport struct {
	Rows    int            `json:"rows"`              // rows of data read
	Faulty  int            `json:"faulty"`            // of them, those with problems
	Problem *capture.Error `json:"problem,omitempty"` // of the file as a whole; nothing after it was read
	Faults  []RowFault     `json:"faults,omitempty"`  // the first maxFaultsShown faulty rows
}

// RowFault is one faulty row; the first row of data is 1.
type RowFault struct {
	Row      int              `json:"row"`
	Problems capture.Problems `json:"problems"`
}

// maxFaultsShown bounds the faults kept in memory.
const maxFaultsShown = 500

// OK tells whether the receiver would take the whole file.
func (r FileReport) OK() bool { return r.Problem == nil && r.Faulty == 0 }

// CheckFile reads an extract file, whoever made it, and lists what the receiver would refuse. The error is one of reading.
func (s *Sheet) CheckFile(file io.Reader, now time.Time) (FileReport, error) {
	var report FileReport
	buffered := bufio.NewReader(file)
	delimiter, _ := utf8.DecodeRuneInString(s.dialect.delimiter)
	reader := csv.NewReader(buffered)
	reader.Comma, reader.FieldsPerRecord, reader.ReuseRecord = delimiter, -1, true

	header, err := reader.Read()
	switch {
	case errors.Is(err, io.EOF):
		report.fail("This file is empty; even one without rows has a header")
		return report, nil
	case err != nil:
		return report, report.broken(err)
	case !s.isHeader(header):
		report.fail("The header is not the one of this extract: names, order, number of columns and delimiter must be as configured, and no byte order mark may come first")
		return report, nil
	}
	at := momentOf(now)
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return report, nil
		}
		if err != nil {
			return report, report.broken(err)
		}
		report.take(s.checkRow(row, at))
	}
}

func (s *Sheet) isHeader(header []string) bool {
	return slices.EqualFunc(header, s.Columns, func(name string, column Column) bool { return name == column.Name })
}

func (r *FileReport) take(problems capture.Problems) {
	r.Rows++
	if len(problems) == 0 {
		return
	}
	r.Faulty++
	if len(r.Faults) < maxFaultsShown {
		r.Faults = append(r.Faults, RowFault{Row: r.Rows, Problems: problems})
	}
}

func (r *FileReport) fail(message string) {
	r.Problem = &capture.Error{Code: capture.Invalid, Message: message}
}

// broken is nil for a fault of the quotes, which is a finding, and the error for one of reading.
func (r *FileReport) broken(err error) error {
	var parse *csv.ParseError
	if !errors.As(err, &parse) {
		return fmt.Errorf("read extract file: %w", err)
	}
	r.fail(fmt.Sprintf("Quotes and delimiters do not fit together in line %d; make the file again", parse.Line))
	return nil
}
