package cohort_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/capture/cohort"
)

func TestHeadingsAreGuessed(t *testing.T) {
	for text, want := range map[string]map[cohort.Field]int{
		"NHS No.,Last Name,First Name(s),D.O.B.,Sex,Post Code": {
			cohort.NHSNumber: 0, cohort.Surname: 1, cohort.BirthDate: 3, cohort.Gender: 4, cohort.Postcode: 5, cohort.Forename: 2,
		},
		"Patient NHS Number,Patient Surname,Patient Forename,Patient Date of Birth": {
			cohort.NHSNumber: 0, cohort.Surname: 1, cohort.Forename: 2, cohort.BirthDate: 3,
		},
		"Name,DOB,Slot,Date,Ref": {
			cohort.FullName: 0, cohort.BirthDate: 1, cohort.AppointmentTime: 2, cohort.AppointmentDate: 3, cohort.Reference: 4,
		},
		"Name,Surname,Forename,DOB": {cohort.Surname: 1, cohort.Forename: 2, cohort.BirthDate: 3},
		"Mother's surname,Surname,GP postcode,Parent first name,Forename,Vaccinator date of birth,NHS number status,Birth date,Site address": {
			cohort.Surname: 1, cohort.Forename: 4, cohort.BirthDate: 7,
		},
		"Verified NHS number,nhs_number,SURNAME_1,FORENAME_1,DATE_OF_BIRTH": {
			cohort.NHSNumber: 1, cohort.Surname: 2, cohort.Forename: 3, cohort.BirthDate: 4,
		},
	} {
		sheet := open(t, text+"\n1,2,3,4,5,6\n")
		assert.Equal(t, want, sheet.Guess.Columns, text)
	}
}

func TestHeadingsBelowATitle(t *testing.T) {
	sheet := open(t, "Clinic at St Example Hall,,\nPrinted 11 May,,\n\nSurname,Forename,DOB\nSmith,Jo,4/3/1947\n")
	assert.Equal(t, 4, sheet.HeadingLine)
	assert.Len(t, sheet.Preview, 1)

	require.NoError(t, sheet.UseHeadings(0))
	assert.Equal(t, []string{"Column A", "Column B", "Column C"}, sheet.Columns)
	assert.Len(t, sheet.Preview, 4, "without headings every row is one")
	assert.Empty(t, sheet.Guess.Columns)

	require.NoError(t, sheet.UseHeadings(4))
	assert.Equal(t, "Surname", sheet.Columns[0])
	assert.Equal(t, capture.Invalid, capture.CodeOf(sheet.UseHeadings(99)))
}

func TestAListWithoutHeadings(t *testing.T) {
	sheet := open(t, "Smith,Jo,4/3/1947\nJones,Sam,5/3/1947\n")
	assert.Zero(t, sheet.HeadingLine)
	mapping := cohort.Mapping{Columns: map[cohort.Field]int{cohort.Surname: 0, cohort.Forename: 1, cohort.BirthDate: 2}}
	rows := rowsOf(t, sheet, mapping)
	require.Len(t, rows, 2)
	assert.Equal(t, 1, rows[0].Line)
	row := rowsOf(t, sheet, cohort.Mapping{Columns: map[cohort.Field]int{cohort.Surname: 2, cohort.Forename: 1, cohort.BirthDate: 0}})[0]
	assert.Contains(t, faultsOf(row), "Line 1, Column A: Write the date")
}

func TestMappingIsChecked(t *testing.T) {
	sheet := open(t, headings+smith)
	for name, test := range map[string]struct {
		columns map[cohort.Field]int
		fields  string
	}{
		"nothing":             {nil, "surname forename birthDate"},
		"full name is enough": {map[cohort.Field]int{cohort.FullName: 1, cohort.BirthDate: 3}, ""},
		"no such column":      {map[cohort.Field]int{cohort.FullName: 10, cohort.BirthDate: -1}, "fullName birthDate"},
		"one column twice":    {map[cohort.Field]int{cohort.FullName: 1, cohort.BirthDate: 3, cohort.Gender: 3}, "gender"},
	} {
		t.Run(name, func(t *testing.T) {
			mapping := cohort.Mapping{Columns: test.columns}
			var fields []string
			for _, fault := range mapping.Check(sheet) {
				fields = append(fields, fault.Field)
			}
			assert.Equal(t, test.fields, strings.Join(fields, " "))
			for _, err := range sheet.Read(mapping, today) {
				if test.fields == "" {
					assert.NoError(t, err)
				} else {
					assert.Len(t, capture.ProblemsOf(err), len(fields))
				}
				break
			}
		})
	}
	assert.Equal(t, "Choose the column of the date of birth", cohort.Mapping{}.Check(sheet)[2].Message)
}

func TestACloneCanBeChanged(t *testing.T) {
	sheet := open(t, headings+smith)
	clone := sheet.Guess.Clone()
	delete(clone.Columns, cohort.Surname)
	assert.Contains(t, sheet.Guess.Columns, cohort.Surname)
}

func TestManyColumnsAreNamedLikeSpreadsheets(t *testing.T) {
	sheet := open(t, strings.Repeat("x,", 30)+"x\n")
	assert.Equal(t, "Column AE", sheet.Columns[30])
}

func TestWhatLiesBeyondTheColumnsOfAListIsNotRead(t *testing.T) {
	sheet := open(t, strings.Repeat("x,", 100_000)+"x\n")
	assert.Len(t, sheet.Columns, cohort.MaxColumns)
}
