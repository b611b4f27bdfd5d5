package export

import (
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"deltoid/assets/catalogue"
)

// profileReader reads tables of extracts; every fault is noted, so that nobody has to find them one at a time.
type profileReader struct {
	lists  profileLists
	all    []*Profile
	done   map[string]*Profile // by kind, for those whose columns another has too
	faults *catalogue.Problems
}

// place is where in a table something stands.
type place struct {
	file   string
	line   int
	faults *catalogue.Problems
}

func (p place) fault(column, says, cure string) {
	*p.faults = append(*p.faults, catalogue.Problem{File: p.file, Line: p.line, Column: column, Says: says, Cure: cure})
}

// tableRow is a line of a table.
type tableRow struct {
	place
	cells map[string]string
}

func (r tableRow) get(column string) string { return r.cells[column] }

// oneOf is one of the allowed words.
func (r tableRow) oneOf(column string, allowed ...string) string {
	value := r.get(column)
	if !slices.Contains(allowed, value) {
		r.fault(column, "“"+value+"” is not allowed here", "use one of: "+strings.TrimPrefix(strings.Join(allowed, ", "), ", "))
	}
	return value
}

// need is a cell that may not be empty.
func (r tableRow) need(column string) string {
	value := r.get(column)
	if value == "" {
		r.fault(column, "the cell is empty", "fill it in")
	}
	return value
}

// The columns of the two blocks of a table.
var (
	settingTitles = []string{"setting", "value", "confidence", "source", "note"}
	columnTitles  = []string{"column", "label", "rule", "form", "max", "max confidence", "value", "only if", "confidence", "source", "note"}
)

// blocks reads a file of one or more tables, each begun by a line whose first cell names its first column.
func readBlocks(files fs.FS, name string, faults *catalogue.Problems, titles ...[]string) map[string][]tableRow {
	raw, err := fs.ReadFile(files, name)
	whole := place{file: name, faults: faults}
	switch {
	case err != nil:
		whole.fault("", "the file cannot be read", "restore it from the release, or check the folder")
		return nil
	case !utf8.Valid(raw):
		whole.fault("", "the file is not UTF-8 text", "save it as CSV UTF-8")
		return nil
	}
	reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(raw), "\ufeff")))
	reader.FieldsPerRecord = -1
	found := map[string][]tableRow{}
	var header []string
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return found
		}
		at := place{file: name, faults: faults, line: lineOf(reader, err)}
		if err != nil {
			at.fault("", "the quotes are not closed or stand inside a cell", "put the whole cell in double quotes and double those inside")
			return found
		}
		for i := range record {
			record[i] = strings.TrimSpace(record[i])
		}
		record = trimmed(record)
		if len(record) == 0 {
			continue // a spreadsheet writes an empty line as commas
		}
		if i := slices.IndexFunc(titles, func(t []string) bool { return t[0] == record[0] }); i >= 0 {
			header = titles[i]
			checkTitles(at, record, header)
			header = record
			continue
		}
		if header == nil {
			at.fault("", "there is no header above this line", "begin the table with the line "+strings.Join(titles[0], ","))
			return found
		}
		if len(record) > len(header) {
			at.fault("", "the line has more cells than its header", "put text that holds a comma in double quotes")
			continue
		}
		row := tableRow{place: at, cells: map[string]string{}}
		for i, value := range record {
			row.cells[header[i]] = value
		}
		found[header[0]] = append(found[header[0]], row)
	}
}

func lineOf(reader *csv.Reader, err error) int {
	var fault *csv.ParseError
	if errors.As(err, &fault) {
		return fault.StartLine
	}
	line, _ := reader.FieldPos(0)
	return line
}

// trimmed drops empty cells at the end.
func trimmed(record []string) []string {
	for len(record) > 0 && record[len(record)-1] == "" {
		record = record[:len(record)-1]
	}
	return record
}

func checkTitles(at place, header, titles []string) {
	for _, title := range header {
		if !slices.Contains(titles, title) {
			at.fault(title, "there is no such column", "use only: "+strings.Join(titles, ","))
		}
	}
	for _, title := range titles {
		if !slices.Contains(header, title) {
			at.fault(title, "the column is missing", "add it")
		}
	}
}

// confidences are the words of the columns confidence, from best to worst; see catalogue.
var confidences = []string{"confirmed", "neighbour", "inferred", "general", "assumed"}

// origin checks where a fact comes from.
func (l profileLists) origin(row tableRow) {
	if row.get("confidence") == "" && row.get("source") == "" {
		return
	}
	row.oneOf("confidence", confidences...)
	for _, source := range strings.Fields(row.need("source")) {
		if _, known := l.sources[source]; !known {
			row.fault("source", "there is no source “"+source+"”", "name one of lists/sources.csv, or add it there")
		}
	}
}

// file reads one table. It is kept only when it has no fault.
func (r *profileReader) file(files fs.FS, name string) {
	before := len(*r.faults)
	blocks := readBlocks(files, name, r.faults, settingTitles, columnTitles)
	if len(*r.faults) > before {
		return
	}
	p := r.settings(place{file: name, faults: r.faults}, blocks["setting"])
	r.columns(p, place{file: name, faults: r.faults}, blocks["column"])
	if len(*r.faults) > before {
		return
	}
	r.done[string(p.Kind)] = p
	r.all = put(r.all, p)
}
