package export

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// Checker judges an extract file, ours or another sender's, as the receiver would.
type Checker struct {
	Profiles      *Profiles // nil: the shipped ones
	Catalogue     *catalogue.Catalogue
	Configuration capture.Configuration
	Now           func() time.Time
	Used          func(name string) bool    // whether a file of this name was sent before; nil: nobody knows
	Has           func(id, uri string) bool // whether the receiver has a record; nil: nobody knows
}

// FileReport is what is wrong with an extract file. It carries no patient data.
type FileReport struct {
	Kind    Kind           `json:"kind,omitempty"`    // empty when no extract has such a name or header
	Rows    int            `json:"rows"`              // rows of data read
	Empty   bool           `json:"empty,omitempty"`   // a header alone: the receiver takes it and does nothing
	Faulty  int            `json:"faulty"`            // rows with problems
	Name    *capture.Error `json:"name,omitempty"`    // what is wrong with the name; the content was read all the same
	Problem *capture.Error `json:"problem,omitempty"` // of the file as a whole; nothing after it was read
	Notes   []string       `json:"notes,omitempty"`   // what the receiver takes, and should be otherwise
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
func (r FileReport) OK() bool { return r.Name == nil && r.Problem == nil && r.Faulty == 0 }

func (c Checker) profiles() *Profiles {
	if c.Profiles == nil {
		return Shipped()
	}
	return c.Profiles
}

// File reads a file and lists what the receiver would refuse. The extract is known by the name, which may be empty, or
// else by the header. The error is one of reading.
func (c Checker) File(name string, content io.Reader) (FileReport, error) {
	var report FileReport
	buffered := bufio.NewReaderSize(content, longestHeader)
	line, err := firstLine(buffered)
	if err != nil {
		return report, fmt.Errorf("read extract file: %w", err)
	}
	sheet := c.byName(name, &report)
	if sheet == nil {
		found, known := c.recognise(strings.TrimPrefix(line, "\ufeff"))
		if !known {
			report.fail("This file has the header of no extract. Check the delimiter, the names and the order of the columns")
			return report, nil
		}
		sheet = found
	}
	report.Kind = sheet.Profile.Kind
	if !c.maySend(sheet.Profile) && report.Name == nil {
		report.Name = &capture.Error{Code: capture.Forbidden, Field: "file name",
			Message: "Ask NHS England for the permission to send this extract, then enter it in the settings (supplier.may_send): without it the whole file is refused"}
	}
	return report, sheet.checkRows(buffered, c.now(), &report, c.newWatch(sheet))
}

func (c Checker) now() time.Time {
	if c.Now == nil {
		return time.Now()
	}
	return c.Now()
}

// byName finds the extract that a file is named after.
func (c Checker) byName(name string, report *FileReport) *Sheet {
	if name == "" {
		return nil
	}
	named, fault := c.profiles().Named(name, c.Configuration.Get("supplier.ods"))
	report.Name = fault
	if fault == nil && c.Used != nil && c.Used(name) {
		report.Name = &capture.Error{Code: capture.Conflict, Field: "file name", Message: "Make the file again under a new name: a file of this name was sent before, and the receiver takes no name twice"}
	}
	profile, err := c.profiles().Find(named.Kind)
	if err != nil {
		return nil
	}
	return NewSheet(profile, c.Configuration, c.Catalogue)
}

func (c Checker) maySend(profile *Profile) bool {
	allowed := strings.Fields(c.Configuration.Get("supplier.may_send"))
	return !slices.ContainsFunc(profile.Diseases, func(disease string) bool { return !slices.Contains(allowed, disease) })
}

// longestHeader is how far a first line is looked at, in bytes; the longest header has two thousand.
const longestHeader = 64 << 10

// firstLine looks at the first line without taking it.
func firstLine(buffered *bufio.Reader) (string, error) {
	start, err := buffered.Peek(longestHeader)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	line, _, _ := strings.Cut(string(start), "\n")
	return strings.TrimSuffix(line, "\r"), nil
}

// CheckFile reads a file of this extract, whoever made it, and lists what the receiver would refuse. The error is one of
// reading.
func (s *Sheet) CheckFile(content io.Reader, now time.Time) (FileReport, error) {
	report := FileReport{Kind: s.Profile.Kind}
	return report, s.checkRows(bufio.NewReaderSize(content, longestHeader), now, &report, nil)
}

func (s *Sheet) checkRows(buffered *bufio.Reader, now time.Time, report *FileReport, watch *watch) error {
	line, err := firstLine(buffered)
	if err != nil {
		return fmt.Errorf("read extract file: %w", err)
	}
	delimiter, _ := utf8.DecodeRuneInString(s.dialect.delimiter)
	reader := csv.NewReader(buffered)
	reader.Comma, reader.FieldsPerRecord, reader.ReuseRecord = delimiter, -1, true
	if s.dialect.header != NoHeader {
		header, err := reader.Read()
		switch {
		case errors.Is(err, io.EOF):
			report.fail("This file is empty; even one without rows has a header")
			return nil
		case err != nil:
			return report.broken(err)
		case !isHeader(header, s.Columns):
			report.fail(s.headerFault(line))
			return nil
		}
	}
	at := momentOf(now)
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			report.Empty = report.Rows == 0
			return nil
		}
		if err != nil {
			return report.broken(err)
		}
		report.decode(row)
		problems := s.checkRow(row, at)
		if watch != nil {
			problems = append(problems, watch.check(row)...)
		}
		report.take(problems)
	}
}

func isHeader(header []string, columns []Column) bool {
	return slices.EqualFunc(header, columns, func(name string, column Column) bool { return name == column.Name })
}

// otherEncoding is the one in which the receiver reads what is no UTF-8.
const otherEncoding = "The file is not UTF-8: the receiver then reads it as Windows-1252. Save it as UTF-8, or names may arrive changed"

// decode reads a row that is no UTF-8 as Windows-1252, as the receiver does.
func (r *FileReport) decode(row []string) {
	for i, value := range row {
		if utf8.ValidString(value) {
			continue
		}
		if !slices.Contains(r.Notes, otherEncoding) {
			r.Notes = append(r.Notes, otherEncoding)
		}
		if decoded, err := charmap.Windows1252.NewDecoder().String(value); err == nil {
			row[i] = decoded
		}
	}
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
