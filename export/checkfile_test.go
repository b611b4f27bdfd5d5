package export_test

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/export"
)

func TestCheckFile(t *testing.T) {
	golden := string(goldenFile(t))
	sheet := covidSheet(nil, loadCatalogue(t))
	check := func(text string) export.FileReport {
		report, err := sheet.CheckFile(strings.NewReader(text), buildTime)
		require.NoError(t, err)
		return report
	}
	assert.Equal(t, export.FileReport{Kind: export.Covid, Rows: 15}, check(golden))
	assert.True(t, check(covidHeader+"\n").OK(), "a header alone is a file")
	for name, text := range map[string]string{
		"empty":              "",
		"byte order mark":    "\ufeff" + golden,
		"wrong delimiter":    strings.ReplaceAll(golden, "|", ","),
		"column renamed":     strings.Replace(golden, "PERSON_DOB", "DOB", 1),
		"column left out":    strings.Replace(golden, "PERSON_DOB|", "", 1),
		"column added":       strings.Replace(golden, "SITE_CODE|", "SITE_CODE|SITE_NAME|", 1),
		"columns swapped":    strings.Replace(golden, "PERSON_FORENAME|PERSON_SURNAME", "PERSON_SURNAME|PERSON_FORENAME", 1),
		"quote left open":    golden + `"x`,
		"quote inside field": golden + `"a"b"|"c"` + "\n",
	} {
		report := check(text)
		assert.NotNil(t, report.Problem, name)
		assert.False(t, report.OK(), name)
	}

	lines := strings.SplitAfter(golden, "\n")
	lines[2] = `"only"|"two"` + "\n"
	lines[4] = strings.Replace(lines[4], `"20140228"`, `"20140230"`, 1)
	report := check(strings.Join(lines, ""))
	assert.Equal(t, 15, report.Rows, "a faulty row stops nothing")
	assert.Equal(t, 2, report.Faulty)
	require.Len(t, report.Faults, 2)
	assert.Equal(t, 2, report.Faults[0].Row)
	assert.Equal(t, 4, report.Faults[1].Row)
	assert.Equal(t, []string{"PERSON_DOB"}, fieldsOf(report.Faults[1].Problems))

	assert.True(t, check(strings.ReplaceAll(golden, "\n", "\r\n")).OK(), "other senders end lines with CRLF")
	broken := errors.New("stick pulled out")
	_, err := sheet.CheckFile(iotest.ErrReader(broken), buildTime)
	require.ErrorIs(t, err, broken)

	notSign := covidSheet(capture.Configuration{"covid.delimiter": "¬", "covid.header_quoted": "true"}, loadCatalogue(t))
	ledger := newMemory()
	ledger.configuration = capture.Configuration{"covid.delimiter": "¬", "covid.header_quoted": "true"}
	_, then := goldenEvents(t)
	ledger.commit(then[:3]...)
	delivery, _ := build(t, builderFor(t, ledger))
	report, err = notSign.CheckFile(strings.NewReader(string(ledger.content[delivery.ID])), buildTime)
	require.NoError(t, err)
	assert.Equal(t, export.FileReport{Kind: export.Covid, Rows: 3}, report)
}
