package catalogue

import (
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"
)

// table is one CSV file: a header with exactly the expected columns, in any order, and its rows. A column that is expected with
// a question mark behind its name may be left out, which is the same as leaving its cells empty.
type table struct {
	file     string
	problems *Problems
	rows     []row
}

// row is one line of a table. Its typed readers are in cell.go; each notes what is wrong and goes on.
type row struct {
	file     string
	line     int
	cells    map[string]string
	problems *Problems
}

// Byte order mark that spreadsheets put in front of UTF-8.
const mark = "\ufeff"

func readTable(files fs.FS, file string, problems *Problems, columns ...string) table {
	t := table{file: file, problems: problems}
	raw, err := fs.ReadFile(files, file)
	if err != nil {
		problems.add(file, 0, "", "the file cannot be read", "restore it from the release")
		return t
	}
	if !utf8.Valid(raw) {
		problems.add(file, 0, "", "the file is not UTF-8 text", "save it as CSV UTF-8")
		return t
	}
	reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(raw), mark)))
	header, err := reader.Read()
	if err != nil {
		problems.add(file, 1, "", "there is no header", "write the column names in the first line: "+strings.Join(plain(columns), ","))
		return t
	}
	if !t.checkHeader(header, columns) {
		return t
	}
	t.readRows(reader, header)
	return t
}

func (t *table) checkHeader(header, columns []string) bool {
	before := len(*t.problems)
	for i, name := range header {
		switch {
		case slices.Contains(header[:i], name):
			t.problems.add(t.file, 1, name, "the column is there twice", "remove one of the two")
		case !slices.Contains(columns, name) && !slices.Contains(columns, name+"?"):
			t.problems.add(t.file, 1, name, "there is no such column", "use only: "+strings.Join(plain(columns), ","))
		}
	}
	for _, name := range columns {
		if !strings.HasSuffix(name, "?") && !slices.Contains(header, name) {
			t.problems.add(t.file, 1, name, "the column is missing", "add it")
		}
	}
	return len(*t.problems) == before
}

// plain are the names of columns without their question marks.
func plain(columns []string) []string {
	names := make([]string, len(columns))
	for i, name := range columns {
		names[i] = strings.TrimSuffix(name, "?")
	}
	return names
}

func (t *table) readRows(reader *csv.Reader, header []string) {
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		line := lineOf(reader, record, err)
		if errors.Is(err, csv.ErrFieldCount) {
			t.problems.add(t.file, line, "", "the row has more or fewer cells than the header", "put text that holds a comma in double quotes")
			continue
		}
		if err != nil {
			t.problems.add(t.file, line, "", "the quotes are not closed or stand inside a cell", "put the whole cell in double quotes and double those inside")
			return
		}
		cells := make(map[string]string, len(header))
		for i, name := range header {
			cells[name] = strings.TrimSpace(record[i])
		}
		t.rows = append(t.rows, row{t.file, line, cells, t.problems})
	}
}

func lineOf(reader *csv.Reader, record []string, err error) int {
	var fault *csv.ParseError
	if errors.As(err, &fault) {
		return fault.StartLine
	}
	if len(record) == 0 {
		return 0
	}
	line, _ := reader.FieldPos(0)
	return line
}
