package export

import (
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"deltoid/capture"
)

// delimiters are those that a header is tried with.
var delimiters = []string{"|", "¬", ",", ";", "\t"}

// fieldsOfHeader splits a first line.
func fieldsOfHeader(line, delimiter string) []string {
	reader := csv.NewReader(strings.NewReader(line))
	reader.Comma, _ = utf8.DecodeRuneInString(delimiter)
	reader.LazyQuotes, reader.FieldsPerRecord = true, -1
	fields, err := reader.Read()
	if err != nil {
		return nil
	}
	return fields
}

// variants are the configurations under which an extract has other columns than under this one.
func variants(profile *Profile, configuration capture.Configuration) []capture.Configuration {
	all := []capture.Configuration{configuration}
	for _, name := range []string{ifSiteName, locationColumns, "unused_columns"} {
		for _, value := range []string{"true", "false", "blank", "drop"} {
			changed := capture.Configuration{}
			for key, said := range configuration {
				changed[key] = said
			}
			changed[string(profile.Kind)+"."+name] = value
			all = append(all, changed)
		}
	}
	return all
}

// recognise finds the extract whose header this is.
func (c Checker) recognise(line string) (*Sheet, bool) {
	split := map[string][]string{}
	for _, delimiter := range delimiters {
		if fields := fieldsOfHeader(line, delimiter); len(fields) > 1 {
			split[delimiter] = fields
		}
	}
	for _, profile := range c.profiles().All() {
		for _, configuration := range variants(profile, c.Configuration) {
			columns := sentColumns(profile, configuration)
			for delimiter, fields := range split {
				if isHeader(fields, columns) {
					sheet := NewSheet(profile, configuration, c.Catalogue)
					sheet.dialect.delimiter = delimiter
					return sheet, true
				}
			}
		}
	}
	return nil, false
}

// headerFault says what is wrong with a header that is not that of the extract. It names our columns only: what stands in
// their place may be about a patient when there is no header at all.
func (s *Sheet) headerFault(line string) string {
	switch {
	case strings.HasPrefix(line, "\ufeff"):
		return "Remove the byte order mark at the beginning of the file: it becomes part of the first column name"
	case !utf8.ValidString(line):
		return "Save the file as UTF-8: its header is in another encoding"
	}
	for _, delimiter := range delimiters {
		if delimiter != s.dialect.delimiter && isHeader(fieldsOfHeader(line, delimiter), s.Columns) {
			return "Separate the columns with " + s.dialect.delimiter + ": they are separated with " + nameOfDelimiter(delimiter)
		}
	}
	found := fieldsOfHeader(line, s.dialect.delimiter)
	var missing []string
	for _, column := range s.Columns {
		if !slices.Contains(found, column.Name) {
			missing = append(missing, column.Name)
		}
	}
	count := strconv.Itoa(len(found)) + " columns where " + strconv.Itoa(len(s.Columns)) + " are due"
	switch {
	case len(missing) > 0 && len(missing) <= 5:
		return "Put the columns of this extract into the header: " + strings.Join(missing, ", ") + " is not there; the header has " + count
	case len(missing) > 0:
		return "Begin the file with the header of this extract, separated with " + s.dialect.delimiter + "; the first line has " + count
	case len(found) > len(s.Columns):
		return "Remove the columns that this extract does not have: there are " + count
	}
	i := 0
	for i < len(s.Columns) && found[i] == s.Columns[i].Name {
		i++
	}
	return "Put the columns in the order of this extract: column " + strconv.Itoa(i+1) + " must be " + s.Columns[i].Name
}

func nameOfDelimiter(delimiter string) string {
	if delimiter == "\t" {
		return "tabs"
	}
	return delimiter
}
