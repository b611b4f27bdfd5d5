package export_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export"
)

const covidName = "COVID19_Vaccinations_v4_X26DEL_20220520T01000000.csv"

func checkerFor(t testing.TB) export.Checker {
	return export.Checker{Catalogue: loadCatalogue(t), Now: fixed(buildTime)}
}

func (c checked) file(name, content string) export.FileReport {
	c.t.Helper()
	report, err := c.File(name, strings.NewReader(content))
	require.NoError(c.t, err)
	return report
}

type checked struct {
	export.Checker
	t testing.TB
}

// TestFileRules goes through the receiver's known refusals of whole files, by the numbers of their list.
func TestFileRules(t *testing.T) {
	golden := string(goldenFile(t))
	checker := checked{checkerFor(t), t}
	named := func(name, cure string) func(*testing.T) {
		return func(t *testing.T) {
			report := checker.file(name, golden)
			require.NotNil(t, report.Name, name)
			assert.Contains(t, report.Name.Message, cure)
			assert.False(t, report.OK())
		}
	}
	content := func(change func(string) string, cure string) func(*testing.T) {
		return func(t *testing.T) {
			report := checker.file(covidName, change(golden))
			require.NotNil(t, report.Problem)
			assert.Contains(t, report.Problem.Message, cure)
		}
	}
	replaced := func(old, with string, times int) func(string) string {
		return func(text string) string { return strings.Replace(text, old, with, times) }
	}
	require.True(t, checker.file(covidName, golden).OK())

	t.Run("F01 unknown vaccine", named("HP_Vaccinations_v4_X26DEL_20220520T01000000.csv", "Give the file a name of an extract"))
	t.Run("F02 wrong ending", named("COVID19_Vaccinations_v4_X26DEL_20220520T01000000.pdf", ".csv or .dat"))
	t.Run("F03 Vaccination for Vaccinations", named("COVID19_Vaccination_v4_X26DEL_20220520T01000000.csv", "Give the file a name of an extract"))
	t.Run("F04 version 0", named("COVID19_Vaccinations_v0_X26DEL_20220520T01000000.csv", "with its version"))
	t.Run("F05 unknown sender", named("COVID19_Vaccinations_v4_ABC12_20220520T01000000.csv", "ODS code"))
	for _, stamp := range []string{
		"", "20220520T010000", "20220520T01000009", "20220520T01000000x", "20221320T01000000", "20220532T01000000", "20220520T25000000",
		"20220520T01600000", "20220520T01006000", "2022052001000000", "20220520T0100",
	} {
		t.Run("F06 time "+stamp, named("COVID19_Vaccinations_v4_X26DEL_"+stamp+".csv", "17 characters"))
	}
	t.Run("F06 nothing after the time", named("COVID19_Vaccinations_v4_X26DEL_20220520T01000000_again.csv", "nothing more"))
	t.Run("F07 name used before", func(t *testing.T) {
		again := checker
		again.Used = func(name string) bool { return name == covidName }
		assert.Equal(t, capture.Conflict, again.file(covidName, golden).Name.Code)
		assert.Nil(t, again.file(strings.Replace(covidName, "T01", "T02", 1), golden).Name)
	})
	t.Run("F08 header only", func(t *testing.T) {
		report := checker.file(covidName, covidHeader+"\n")
		assert.True(t, report.OK())
		assert.True(t, report.Empty)
		assert.Contains(t, checker.file(covidName, "").Problem.Message, "empty")
	})
	t.Run("F09 column missing", content(replaced("|PERSON_DOB", "", 1), "PERSON_DOB"))
	t.Run("F09 column extra", content(replaced("SITE_CODE|", "SITE_CODE|SITE_NAME|", 1), "58 columns where 57 are due"))
	t.Run("F09 column renamed", content(replaced("PERSON_DOB", "DOB", 1), "PERSON_DOB"))
	t.Run("F09 columns reordered", content(replaced("PERSON_FORENAME|PERSON_SURNAME", "PERSON_SURNAME|PERSON_FORENAME", 1), "column 2 must be PERSON_FORENAME"))
	t.Run("F09 no header", content(func(text string) string { return text[strings.Index(text, "\n")+1:] }, "Begin the file with the header"))
	t.Run("F10 wrong delimiter", content(replaced("|", ",", -1), "they are separated with ,"))
	t.Run("F11 byte order mark", content(func(text string) string { return "\ufeff" + text }, "byte order mark"))
	t.Run("F12 no permission for the vaccine", func(t *testing.T) {
		limited := checker
		limited.Configuration = capture.Configuration{"supplier.may_send": "FLU"}
		assert.Equal(t, capture.Forbidden, limited.file(covidName, golden).Name.Code)
	})
	t.Run("F13 no permission for an action", func(t *testing.T) {
		limited := checker
		limited.Configuration = capture.Configuration{"supplier.may_flag": "new update"}
		report := limited.file(covidName, golden)
		assert.Nil(t, report.Name)
		assert.Nil(t, report.Problem)
		require.Len(t, report.Faults, 1)
		assert.Equal(t, []string{"ACTION_FLAG"}, fieldsOf(report.Faults[0].Problems))
	})
	t.Run("F14 Windows-1252", func(t *testing.T) {
		report := checker.file(covidName, strings.Replace(golden, "HELENA", "ZO\xcb", 1))
		assert.True(t, report.OK())
		require.Len(t, report.Notes, 1)
		assert.Contains(t, report.Notes[0], "UTF-8")
	})
	t.Run("F15 name in other case", func(t *testing.T) {
		assert.Nil(t, checker.file(strings.ToLower(covidName), golden).Name)
		assert.Nil(t, checker.file(strings.ToUpper(covidName), golden).Name)
		assert.Nil(t, checker.file(strings.Replace(covidName, ".csv", ".dat", 1), golden).Name)
	})
	t.Run("F16 further questions", func(t *testing.T) {
		row := `"e045626e-4dc5-4df3-bc35-da25263f901e"|"https://supplierABC/identifiers/vacc"|"new"|"003"|"Are you a health care worker?"|"NOT_SPECIFIED"|"20210801"` + "\n"
		text := strings.Join(headerOf(export.AttributeRows, nil), "|") + "\n" + row
		assert.True(t, checker.file("Vaccination_Extended_Attributes_v1_4_X26DEL_20220520T01000000.csv", text).OK())
		assert.True(t, checker.file("vaccination_extended_attributes_v1_5_YGM41_20220520T01000001.dat", text).OK())
		assert.NotNil(t, checker.file("Vaccination_Extended_Attributes_v2_0_X26DEL_20220520T01000000.csv", text).Name)
		assert.NotNil(t, checker.file("Vaccination_Extended_Attributes_v1_4_ABC12_20220520T01000000.csv", text).Name)
		assert.NotNil(t, checker.file("Vaccination_Extended_Attributes_v1_4_X26DEL_20220520T01000007.csv", text).Name)
		for _, id := range []string{"3", "0003", "00A", "004"} { // V42, and a number that is only assumed
			report := checker.file("", strings.Replace(text, `"003"`, `"`+id+`"`, 1))
			require.Len(t, report.Faults, 1, id)
			assert.Equal(t, []string{"ATTRIBUTE_ID"}, fieldsOf(report.Faults[0].Problems), id)
		}
	})
}

// Rules about several rows, by the numbers of the receiver's list.
func TestRowsOfOneRecord(t *testing.T) {
	s := newSample(t)
	sheet := covidSheet(nil, s.known)
	event := s.given("2022-05-12T13:19:51Z", "comirnaty30_rtu", catalogue.Primary1)
	text := func(flags ...capture.Action) string {
		var lines strings.Builder
		lines.WriteString(covidHeader + "\n")
		for _, flag := range flags {
			lines.WriteString(`"` + strings.Join(sheet.Row(nil, &event, flag), `"|"`) + "\"\n")
		}
		return lines.String()
	}
	faulty := func(checker export.Checker, flags ...capture.Action) []int {
		report := checked{checker, t}.file(covidName, text(flags...))
		rows := []int{}
		for _, fault := range report.Faults {
			rows = append(rows, fault.Row)
			assert.NotContains(t, fault.Problems.Error(), event.ID)
		}
		return rows
	}
	const made, changed, gone = capture.ActionNew, capture.ActionUpdate, capture.ActionDelete
	checker := checkerFor(t)
	knows := func(has bool) export.Checker {
		checker := checker
		checker.Has = func(id, uri string) bool { return has && id == event.ID && uri == event.IDURI }
		return checker
	}
	t.Run("V04 new twice", func(t *testing.T) {
		assert.Equal(t, []int{2}, faulty(checker, made, made))
		assert.Equal(t, []int{1}, faulty(knows(true), made))
	})
	t.Run("V05 change of a record that is not there", func(t *testing.T) {
		assert.Equal(t, []int{1}, faulty(knows(false), changed))
		assert.Equal(t, []int{1}, faulty(knows(false), gone))
		assert.Equal(t, []int{3}, faulty(checker, made, gone, gone))
		assert.Empty(t, faulty(checker, changed), "nobody knows what the receiver has")
		assert.Empty(t, faulty(knows(true), changed))
	})
	t.Run("V06 in the order of the file", func(t *testing.T) {
		assert.Empty(t, faulty(knows(false), made, changed, gone))
		assert.Empty(t, faulty(checker, made, gone, changed), "an update after a delete brings the record back")
	})
	t.Run("V41 too few and too many fields", func(t *testing.T) {
		report := checked{checker, t}.file(covidName, text(made)+`"only"|"two"`+"\n"+strings.TrimSuffix(strings.SplitAfter(text(made), "\n")[1], "\n")+"|\"more\"\n")
		require.Len(t, report.Faults, 2)
		assert.Contains(t, report.Faults[0].Problems.Error(), "2 fields and the header 57")
		assert.Contains(t, report.Faults[1].Problems.Error(), "58 fields and the header 57")
	})
}

// The extract of a file without a telling name is known by its header, in each of its variants.
func TestExtractIsKnownByItsHeader(t *testing.T) {
	checker := checked{checkerFor(t), t}
	for kind, configuration := range map[export.Kind]capture.Configuration{
		export.Covid: {"covid.site_name_column": "true"}, export.Flu: nil, export.MMR: {"mmr.location_columns": "true"},
		export.AttributeRows: nil, export.Hourly: nil, export.ReactionRows: nil, "covid-v5": nil,
	} {
		for _, delimiter := range []string{"|", "¬"} {
			want := kind
			if kind == export.MMR {
				want = export.Flu // the same columns then: only the name tells
			}
			report := checker.file("", strings.Join(headerOf(kind, configuration), delimiter)+"\n")
			assert.Equal(t, want, report.Kind)
			assert.True(t, report.OK(), kind)
		}
	}
	report := checker.file("", "NAME,BORN\nHELENA,1973\n")
	assert.Contains(t, report.Problem.Message, "no extract")
	assert.NotContains(t, report.Problem.Message, "HELENA")
}

func FuzzFileNeverPanics(f *testing.F) {
	f.Add(covidName, covidHeader+"\n\"a\"|\"b\"\n")
	f.Add("", "\ufeffNHS_NUMBER¬\"\n\xff")
	checker := export.Checker{Now: fixed(buildTime)}
	f.Fuzz(func(t *testing.T, name, content string) {
		report, err := checker.File(name, strings.NewReader(content))
		require.NoError(t, err)
		for _, fault := range report.Faults {
			require.NotEmpty(t, fault.Problems)
		}
	})
}
