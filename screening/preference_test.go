package screening_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/screening"
)

// changed is the built-in catalogue with one text replaced in one file.
func changed(t *testing.T, file, old, new string) *catalogue.Catalogue {
	t.Helper()
	data := os.DirFS("../assets/catalogue/data")
	files := fstest.MapFS{}
	names, err := fs.Glob(data, "*.csv")
	require.NoError(t, err)
	ofDiseases, err := fs.Glob(data, "*/*.csv")
	require.NoError(t, err)
	for _, name := range append(names, ofDiseases...) {
		content, err := fs.ReadFile(data, name)
		require.NoError(t, err)
		if name == file {
			require.Contains(t, string(content), old)
			content = []byte(strings.Replace(string(content), old, new, 1))
		}
		files[name] = &fstest.MapFile{Data: content}
	}
	c, err := catalogue.LoadFS(files)
	require.NoError(t, err)
	return c
}

// A rule that prefers an alternative puts the vaccine last, whatever the order in the rule that entitles.
func TestAnAvoidedVaccineComesLast(t *testing.T) {
	c := changed(t, "covid-19/dose_rules.csv", "comirnaty30_conc comirnaty30_rtu spikevax vaxzevria", "vaxzevria comirnaty30_conc spikevax")
	for _, test := range []struct {
		day, born string
		first     string
	}{
		{"2021-04-06", "1995-01-01", az},
		{"2021-04-07", "1995-01-01", bnt}, // under 30
		{"2021-04-07", "1985-01-01", az},
		{"2021-05-07", "1985-01-01", bnt}, // under 40
		{"2021-05-07", "1975-01-01", az},
		{"2021-04-07", "2003-04-07", bnt}, // 18
		{"2021-04-07", "1991-04-08", bnt}, // 29
		{"2021-04-07", "1991-04-07", az},  // 30
		{"2021-05-07", "2003-05-07", bnt}, // 18
		{"2021-05-07", "1981-05-08", bnt}, // 39
		{"2021-05-07", "1981-05-07", az},  // 40
	} {
		suggestion, err := screening.New(c).NextDose(capture.Case{
			Day: catalogue.MustDate(test.day), Person: capture.Person{BirthDate: catalogue.MustDate(test.born)}, Disease: capture.COVID19,
		})
		require.NoError(t, err)
		require.Len(t, suggestion.Products, 3)
		assert.Equal(t, test.first, suggestion.Products[0], test.day+" "+test.born)
	}
	atRisk, err := screening.New(c).NextDose(capture.Case{
		Day: baseline, Person: capture.Person{BirthDate: born(35)}, Disease: capture.COVID19, Circumstances: capture.Circumstances{AtRisk: true},
	})
	require.NoError(t, err)
	assert.Equal(t, az, atRisk.Products[0], "the preference is for people who are not at risk")
}

// When a row is missing the engine does not keep silent: an answer that no rule reads asks for advice.
func TestAnAnswerThatNoRuleReadsAsksForAdvice(t *testing.T) {
	c := changed(t, "covid-19/screening_rules.csv", "2020-12-08,,C19-yes,", "2020-12-08,2021-12-31,C19-yes,")
	who := at(40, bnt, p1)
	who.Answers = said("C19=yes")
	decision, err := screening.New(c).Assess(who)
	require.NoError(t, err)
	assert.Equal(t, capture.SeekAdvice, decision.Outcome)
	reason, ok := reasonOf(decision, "C19-unread")
	require.True(t, ok)
	assert.Equal(t, clinician, reason.Override)
	assert.Equal(t, 30, reason.Observe)
	assert.NotEmpty(t, reason.Source)
}

// A new row takes force on its day, without a change of the program.
func TestARowAddedLaterTakesForceOnItsDay(t *testing.T) {
	row := "2022-06-01,,K99,COVID-19,screening,,age >= 90,caution,Ask a second clinician,,,,,,own,assumed\n"
	c := changed(t, "screening_rules.csv", "2020-12-08,,K02,", row+"2020-12-08,,K02,")
	who := at(92, bnt, p1)
	for day, speaks := range map[string]bool{"2022-05-31": false, "2022-06-01": true} {
		who.Day = catalogue.MustDate(day)
		decision, err := screening.New(c).Assess(who)
		require.NoError(t, err)
		_, ok := reasonOf(decision, "K99")
		assert.Equal(t, speaks, ok, day)
	}
}
