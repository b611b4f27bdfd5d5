package cohort_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/capture"
	"deltoid/capture/cohort"
)

func known(people ...capture.Person) *cohort.Review { return cohort.NewReview(slices.Values(people)) }

func TestReviewFindsWhoMayBeKnown(t *testing.T) {
	here := jo()
	here.ID = "P1"
	for name, test := range map[string]struct {
		row      string
		likeness cohort.Likeness
		differs  []cohort.Field
	}{
		"the same person":            {"9434765919,Smith,Jo,4/3/1947,F,LS1 4AP", cohort.SameNumber, nil},
		"moved":                      {"9434765919,Smith,Jo,4/3/1947,F,LS1 4AQ", cohort.SameNumber, []cohort.Field{cohort.Postcode}},
		"number of somebody else":    {"9434765919,Jones,Sam,5/6/1980,M,LS1 4AP", cohort.SameNumber, []cohort.Field{cohort.Surname, cohort.Forename, cohort.BirthDate}},
		"no number":                  {",SMITH,JO ANN,4/3/1947,F,ls14ap", cohort.SameNameAndBirthDate, nil},
		"name and birthday, other":   {"9000000009,Smith,Jo,4/3/1947,F,LS1 4AP", cohort.SameNameAndBirthDate, []cohort.Field{cohort.NHSNumber}},
		"another birthday, no match": {",Smith,Jo,5/3/1947,F,LS1 4AP", "", nil},
		"rejected":                   {"9434765919,,Jo,4/3/1947,F,LS1 4AP", "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			row := read(t, "NHS number,Surname,Forename,DOB,Gender,Postcode\n"+test.row+"\n")[0]
			found := known(here).Look(row)
			if test.likeness == "" {
				assert.Empty(t, found)
				return
			}
			assert.Equal(t, []cohort.Candidate{{Line: 2, PersonID: "P1", Likeness: test.likeness, Differs: test.differs}}, found)
		})
	}
}

func TestReviewFindsRowsThatAreAlike(t *testing.T) {
	rows := read(t, "NHS number,Surname,Forename,DOB\n9434765919,O'Neill,Zoë,4/3/1947\n,ONEILL,Zoe,4/3/1947\n9000000009,Other,Sam,4/3/1947\n9434765919,Other,Sam,4/3/1947\n")
	review := known()
	assert.Empty(t, review.Look(rows[0]))
	second := review.Look(rows[1])
	require.Len(t, second, 1)
	assert.Equal(t, "Line 3 has the same name and date of birth as line 2", second[0].Sentence())
	assert.Empty(t, review.Look(rows[2]))
	fourth := review.Look(rows[3])
	require.Len(t, fourth, 2)
	assert.Equal(t, "Line 5 has the same NHS number as line 2, but another last name, first name", fourth[0].Sentence())
	assert.Equal(t, "Line 5 has the same name and date of birth as line 4, but another NHS number", fourth[1].Sentence())
	assert.Equal(t, "Line 5 has the same NHS number as a person on this device", cohort.Candidate{Line: 5, PersonID: "P1", Likeness: cohort.SameNumber}.Sentence())
}

func TestAPlaceholderDoesNotNameEverybody(t *testing.T) {
	rows := read(t, "Surname,Forename,DOB\n"+strings.Repeat("Unknown,Unknown,1/1/1950\n", 50))
	review := known()
	for _, row := range rows[:49] {
		review.Look(row)
	}
	assert.Len(t, review.Look(rows[49]), 10)
}

func rejected(t testing.TB, sheet *cohort.Sheet) string {
	t.Helper()
	var out bytes.Buffer
	rejects := cohort.NewRejects(&out, sheet, sheet.Guess)
	for _, row := range rowsOf(t, sheet, sheet.Guess) {
		require.NoError(t, rejects.Add(row))
	}
	require.NoError(t, rejects.Flush())
	return out.String()
}

func TestRejectsAreWrittenForCorrection(t *testing.T) {
	sheet := open(t, "Surname,Forename,DOB,Note\nSmith,Jo,4/3/1947,\nJones,,soon,=1+1\n")
	out := rejected(t, sheet)
	assert.Equal(t, "\ufeffLine,What to put right,Surname,Forename,DOB,Note\r\n"+
		"3,\"Forename: Enter the first name. DOB: Write the date as day, month and year, for example 4/3/1947\",Jones,,soon,'=1+1\r\n", out)

	corrected := strings.Replace(out, "Jones,,soon", "Jones,Sam,5/3/1947", 1)
	rows := read(t, corrected)
	require.Len(t, rows, 1)
	assert.Empty(t, rows[0].Faults)
	assert.Equal(t, "Sam", rows[0].Person.Forename)
}

func TestWithoutRejectsNothingIsWritten(t *testing.T) {
	assert.Empty(t, rejected(t, open(t, headings+smith)))
}

func TestNoCellOfTheRejectsIsAFormula(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		cell := rapid.StringOf(rapid.SampledFrom([]rune("=+-@\t '\"aä,;\r\n"))).Draw(rt, "cell")
		quoted := `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		out := rejected(t, open(t, "Surname,Forename,DOB,Note\nJones,Sam,soon,"+quoted+"\n"))
		again := rowsOf(t, open(t, out), open(t, out).Guess)
		require.Len(rt, again, 1)
		note := again[0].Cells[5]
		if start := strings.TrimLeft(note, " \t\r\n"); start != "" {
			require.NotContains(rt, "=+-@", start[:1], "%q was written as %q", cell, note)
		}
	})
}

func TestFaultOfTheDiskIsTold(t *testing.T) {
	sheet := open(t, "Surname,Forename,DOB\nJones,,soon\n")
	rejects := cohort.NewRejects(fullDisk{}, sheet, sheet.Guess)
	for _, row := range rowsOf(t, sheet, sheet.Guess) {
		_ = rejects.Add(row)
	}
	assert.Error(t, rejects.Flush())
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errPulled }
