package cohort_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/capture/cohort"
)

var today = catalogue.MustDate("2022-05-12")

const headings = "NHS number,Surname,Forename,DOB,Gender,Postcode,Address,Appointment date,Appointment time,Booking reference\n"

const smith = "943 476 5919,Smith,Jo,04/03/1947,F,ls1 4ap,1 Example Street,12/05/2022,09:30,AB-1234\n"

func open(t testing.TB, text string) *cohort.Sheet {
	t.Helper()
	sheet, err := cohort.Open(strings.NewReader(text), "list.csv")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, sheet.Close()) })
	return sheet
}

func rowsOf(t testing.TB, sheet *cohort.Sheet, mapping cohort.Mapping) []cohort.Row {
	t.Helper()
	var rows []cohort.Row
	for row, err := range sheet.Read(mapping, today) {
		require.NoError(t, err)
		rows = append(rows, row)
	}
	return rows
}

// read reads a list with the mapping that was guessed.
func read(t testing.TB, text string) []cohort.Row {
	t.Helper()
	sheet := open(t, text)
	return rowsOf(t, sheet, sheet.Guess)
}

// readOne reads a list of one row where one field has a value.
func readOne(t testing.TB, field cohort.Field, value string, change ...func(*cohort.Mapping)) cohort.Row {
	t.Helper()
	values := map[cohort.Field]string{
		cohort.NHSNumber: "9434765919", cohort.Surname: "Smith", cohort.Forename: "Jo", cohort.BirthDate: "4/3/1947", cohort.Gender: "F", cohort.Postcode: "LS1 4AP",
	}
	values[field] = value
	if field == cohort.FullName {
		delete(values, cohort.Surname)
		delete(values, cohort.Forename)
	}
	var names, cells []string
	for _, field := range cohort.Fields {
		if value, ok := values[field]; ok {
			names = append(names, field.Label())
			cells = append(cells, `"`+strings.ReplaceAll(value, `"`, `""`)+`"`)
		}
	}
	sheet := open(t, strings.Join(names, ",")+"\n"+strings.Join(cells, ",")+"\n")
	mapping := sheet.Guess.Clone()
	for _, change := range change {
		change(&mapping)
	}
	rows := rowsOf(t, sheet, mapping)
	require.Len(t, rows, 1)
	return rows[0]
}

func faultsOf(row cohort.Row) string {
	var lines []string
	for _, fault := range row.Faults {
		lines = append(lines, fault.String())
	}
	return strings.Join(lines, "\n")
}

// book writes a workbook of one tab.
func book(t testing.TB, rows [][]any, change ...func(*excelize.File)) []byte {
	t.Helper()
	file := excelize.NewFile()
	for i, row := range rows {
		require.NoError(t, file.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row))
	}
	for _, change := range change {
		change(file)
	}
	var content bytes.Buffer
	require.NoError(t, file.Write(&content))
	require.NoError(t, file.Close())
	return content.Bytes()
}

func jo() capture.Person {
	return capture.Person{
		NHSNumber: "9434765919", NHSNumberStatus: "02", Surname: "Smith", Forename: "Jo", BirthDate: catalogue.MustDate("1947-03-04"),
		Gender: "2", Postcode: "LS1 4AP", Address: "1 Example Street",
	}
}
