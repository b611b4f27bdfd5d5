package cohort_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/capture/cohort"
)

func TestARowIsAPersonAndAnAppointment(t *testing.T) {
	rows := read(t, headings+smith)
	require.Len(t, rows, 1)
	assert.Empty(t, rows[0].Faults)
	assert.Equal(t, jo(), rows[0].Person)
	assert.Equal(t, cohort.Appointment{Day: today, At: time.Date(2022, 5, 12, 8, 30, 0, 0, time.UTC), Reference: "AB-1234"}, rows[0].Appointment)
	assert.Equal(t, 2, rows[0].Line)
	assert.Equal(t, "943 476 5919", rows[0].Cells[0], "cells stay as they are in the file")
}

func TestSheetShowsWhatWasFound(t *testing.T) {
	sheet := open(t, headings+smith)
	assert.Equal(t, []string{"CSV", "UTF-8", ","}, []string{sheet.Kind, sheet.Encoding, sheet.Delimiter})
	assert.Equal(t, 1, sheet.HeadingLine)
	assert.Len(t, sheet.Columns, 10)
	require.Len(t, sheet.Preview, 1)
	assert.Equal(t, "Smith", sheet.Preview[0][1])
	assert.NoError(t, sheet.Guess.Check(sheet).Err())
}

func TestEncodings(t *testing.T) {
	list := "Surname;Forename;DOB\nŁodzik;Zoë;4/3/1947\n"
	western := "Surname;Forename;DOB\nO’Brien;Zoë;4/3/1947\n"
	encode := func(text string, encoder interface{ String(string) (string, error) }) string {
		encoded, err := encoder.String(text)
		require.NoError(t, err)
		return encoded
	}
	for name, test := range map[string]struct{ text, encoding, surname string }{
		"UTF-8":                          {list, "UTF-8", "Łodzik"},
		"UTF-8 with mark":                {"\ufeff" + list, "UTF-8", "Łodzik"},
		"UTF-16 little-endian with mark": {encode(list, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()), "UTF-16", "Łodzik"},
		"UTF-16 big-endian with mark":    {encode(list, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder()), "UTF-16", "Łodzik"},
		"UTF-16 little-endian":           {encode(list, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder()), "UTF-16 little-endian", "Łodzik"},
		"UTF-16 big-endian":              {encode(list, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder()), "UTF-16 big-endian", "Łodzik"},
		"Windows-1252":                   {encode(western, charmap.Windows1252.NewEncoder()), "Windows-1252 (Western)", "O’Brien"},
	} {
		t.Run(name, func(t *testing.T) {
			sheet := open(t, test.text)
			assert.Equal(t, test.encoding, sheet.Encoding)
			assert.Equal(t, "Surname", sheet.Columns[0])
			rows := rowsOf(t, sheet, sheet.Guess)
			require.Len(t, rows, 1)
			assert.Equal(t, test.surname, rows[0].Person.Surname)
			assert.Equal(t, "Zoë", rows[0].Person.Forename)
		})
	}
}

func TestWindows1252FarDownTheFile(t *testing.T) {
	plain := strings.Repeat("Smith,Jo,4/3/1947\n", 20_000)
	sheet := open(t, "Surname,Forename,DOB\n"+plain+"Smith,Zo\xeb,4/3/1947\n")
	assert.Equal(t, "Windows-1252 (Western)", sheet.Encoding)
	rows := rowsOf(t, sheet, sheet.Guess)
	require.Len(t, rows, 20_001)
	assert.Equal(t, "Zoë", rows[20_000].Person.Forename)
}

func TestWellFormedAcrossBlocks(t *testing.T) {
	// Letters of several bytes over every border of the blocks that are looked at.
	for pad := range 4 {
		text := "Surname,Forename,DOB\n" + strings.Repeat("x", pad) + strings.Repeat("ł", 100_000)
		assert.Equal(t, "UTF-8", open(t, text).Encoding)
		assert.NotEqual(t, "UTF-8", open(t, text+"\xc5").Encoding)
	}
}

func TestDelimiters(t *testing.T) {
	for name, test := range map[string]struct{ text, delimiter string }{
		"comma":                {"Surname,Forename,DOB\nSmith,Jo,4/3/1947\n", ","},
		"semicolon":            {"Surname;Forename;DOB;Address\nSmith;Jo;4/3/1947;1, Example Street, Leeds, UK\n", ";"},
		"tab":                  {"Surname\tForename\tDOB\nSmith\tJo\t4/3/1947\n", "\t"},
		"bar":                  {"Surname|Forename|DOB\nSmith|Jo|4/3/1947\n", "|"},
		"Excel's own line":     {"sep=;\r\nSurname;Forename;DOB\r\nSmith;Jo;4/3/1947\r\n", ";"},
		"quotation marks":      {"\"Surname\",\"Forename\",\"DOB\"\n\"Smith\",\"Jo\",\"4/3/1947\"\n", ","},
		"delimiter in a quote": {"Surname,Forename,DOB,Address\nSmith,Jo,4/3/1947,\"1;2;3;4;5;6\"\n", ","},
	} {
		t.Run(name, func(t *testing.T) {
			sheet := open(t, test.text)
			assert.Equal(t, test.delimiter, sheet.Delimiter)
			rows := rowsOf(t, sheet, sheet.Guess)
			require.Len(t, rows, 1)
			assert.Empty(t, rows[0].Faults)
			assert.Equal(t, "Smith", rows[0].Person.Surname)
			assert.Equal(t, strings.Count(test.text, "\n"), rows[0].Line)
		})
	}
}

func TestLinesAreThoseOfTheFile(t *testing.T) {
	rows := read(t, "Clinic list of May\n\nSurname,Forename,DOB,Address\nSmith,Jo,4/3/1947,\"1 Example Street\nLeeds\"\n,,,\n\nJones,Sam,5/3/1947,2 Example Street\n")
	require.Len(t, rows, 2)
	assert.Equal(t, []int{4, 8}, []int{rows[0].Line, rows[1].Line})
	assert.Equal(t, "1 Example Street Leeds", rows[0].Person.Address)
}

func TestABrokenRowDoesNotStopTheRest(t *testing.T) {
	t.Run("quotation mark inside", func(t *testing.T) {
		rows := read(t, "Surname,Forename,DOB\nSm\"ith,Jo,4/3/1947\nJones,Sam,5/3/1947\n")
		require.Len(t, rows, 2)
		assert.Contains(t, faultsOf(rows[0]), "Line 2: A quotation mark is out of place")
		assert.Equal(t, "Jones", rows[1].Person.Surname)
	})
	t.Run("quotation mark not closed", func(t *testing.T) {
		rows := read(t, "Surname,Forename,DOB\n\"Smith,Jo,4/3/1947\nJones,Sam,5/3/1947\nBrown,Al,6/3/1947\n")
		require.Len(t, rows, 1)
		assert.Contains(t, faultsOf(rows[0]), "Line 2: A quotation mark is opened here and not closed before line")
	})
	t.Run("more cells than headings", func(t *testing.T) {
		rows := read(t, "Surname,Forename,Address,DOB\nSmith,Jo,1, Example Street,4/3/1947\nJones,Sam,2 Example Street,5/3/1947,,\n")
		require.Len(t, rows, 2)
		assert.Contains(t, faultsOf(rows[0]), "more cells than the 4 headings")
		assert.Empty(t, rows[1].Faults, "empty cells at the end are no matter")
	})
	t.Run("a letter that could not be read", func(t *testing.T) {
		rows := read(t, "\ufeffSurname,Forename,DOB\nSm\xffith,Jo,4/3/1947\n")
		assert.Contains(t, faultsOf(rows[0]), "A letter could not be read here")
	})
	t.Run("a cell that is a book", func(t *testing.T) {
		row := readOne(t, cohort.Address, strings.Repeat("x", 2001))
		assert.Contains(t, faultsOf(row), "more than 2000 characters")
	})
}

func TestWhatIsNoList(t *testing.T) {
	for name, test := range map[string]struct{ content, says string }{
		"empty":        {"", "empty"},
		"blank":        {"\n\n  \n", "nothing in this list"},
		"PDF":          {"%PDF-1.7", "PDF"},
		"old workbook": {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"},
		"zip":          {"PK\x05\x06" + strings.Repeat("\x00", 18), "not an Excel workbook"},
		"broken zip":   {"PK\x03\x04 and no more", "damaged"},
		"program":      {"\x7fELF\x00\x01\x02\x03\x00\x05", "not a list"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := cohort.Open(strings.NewReader(test.content), "list.csv")
			require.Error(t, err)
			assert.NotEmpty(t, capture.CodeOf(err))
			assert.Contains(t, err.Error(), test.says)
		})
	}
}

// failing is a file on a stick that is pulled out.
type failing struct{ io.Reader }

var errPulled = errors.New("stick was pulled out")

func (f failing) Read(p []byte) (int, error) {
	n, err := f.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		err = errPulled
	}
	return n, err
}

func TestAFileThatCannotBeReadToItsEnd(t *testing.T) {
	_, err := cohort.Open(failing{strings.NewReader(headings + smith)}, "list.csv")
	assert.Equal(t, capture.Environment, capture.CodeOf(err))
	assert.ErrorIs(t, err, errPulled)
}

func TestAListThatIsNotSeekableIsReadTwice(t *testing.T) {
	sheet, err := cohort.Open(io.MultiReader(strings.NewReader(headings), strings.NewReader(smith)), "list.csv")
	require.NoError(t, err)
	assert.Len(t, rowsOf(t, sheet, sheet.Guess), 1)
	assert.Len(t, rowsOf(t, sheet, sheet.Guess), 1)
}

func TestReadingMayStopEarly(t *testing.T) {
	sheet := open(t, headings+strings.Repeat(smith, 10))
	for range sheet.Read(sheet.Guess, today) {
		break
	}
	assert.Len(t, rowsOf(t, sheet, sheet.Guess), 10)
	assert.Equal(t, catalogue.MustDate("2022-05-12"), today)
}
