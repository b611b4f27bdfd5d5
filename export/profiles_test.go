package export_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export"
)

func namesOf(columns []export.Column) []string {
	var names []string
	for _, column := range columns {
		names = append(names, column.Name)
	}
	return names
}

func headerOf(kind export.Kind, configuration capture.Configuration) []string {
	return namesOf(export.NewSheet(profileOf(kind), configuration, nil).Columns)
}

// The header of version 5 as three NHS repositories have it, character by character.
const v5Header = `NHS_NUMBER|PERSON_FORENAME|PERSON_SURNAME|PERSON_DOB|PERSON_GENDER_CODE|PERSON_POSTCODE|DATE_AND_TIME|SITE_CODE|SITE_CODE_TYPE_URI|UNIQUE_ID|UNIQUE_ID_URI|ACTION_FLAG|PERFORMING_PROFESSIONAL_FORENAME|PERFORMING_PROFESSIONAL_SURNAME|RECORDED_DATE|PRIMARY_SOURCE|VACCINATION_PROCEDURE_CODE|VACCINATION_PROCEDURE_TERM|DOSE_SEQUENCE|VACCINE_PRODUCT_CODE|VACCINE_PRODUCT_TERM|VACCINE_MANUFACTURER|BATCH_NUMBER|EXPIRY_DATE|SITE_OF_VACCINATION_CODE|SITE_OF_VACCINATION_TERM|ROUTE_OF_VACCINATION_CODE|ROUTE_OF_VACCINATION_TERM|DOSE_AMOUNT|DOSE_UNIT_CODE|DOSE_UNIT_TERM|INDICATION_CODE|LOCATION_CODE|LOCATION_CODE_TYPE_URI`

func TestShippedProfilesAreThoseOfTheSpecifications(t *testing.T) {
	_, err := export.LoadProfiles(nil)
	require.NoError(t, err)
	covid := strings.Split(covidHeader, "|")
	without := func(names ...string) []string {
		return slices.DeleteFunc(slices.Clone(covid), func(name string) bool { return slices.Contains(names, name) })
	}
	submitter := []string{"IP_ADDRESS", "USER_ID", "USER_NAME", "USER_EMAIL", "SUBMITTED_TIMESTAMP"}
	assert.Equal(t, covid, headerOf(export.Covid, nil))
	assert.Equal(t, without(submitter...), headerOf(export.Flu, nil))
	assert.Len(t, headerOf(export.Flu, nil), 52)
	assert.Equal(t, without(append(submitter, "LOCATION_CODE", "LOCATION_CODE_TYPE_URI")...), headerOf(export.MMR, nil))
	assert.Len(t, headerOf(export.MMR, nil), 50)
	assert.Equal(t, without(submitter...), headerOf(export.MMR, capture.Configuration{"mmr.location_columns": "true"}))
	assert.Equal(t, covid, headerOf(export.MMR, capture.Configuration{"mmr.unused_columns": "blank"}))
	assert.Equal(t, covid, headerOf(export.Flu, capture.Configuration{"flu.unused_columns": "blank"}))
	assert.Equal(t, []string{"VACCINATION_UNIQUE_ID", "VACCINATION_UNIQUE_ID_URI", "ACTION_FLAG", "ATTRIBUTE_ID", "ATTRIBUTE_DISPLAYED_TEXT", "ATTRIBUTE_VALUE", "RECORDED_DATE"},
		headerOf(export.AttributeRows, nil))
	for _, kind := range []export.Kind{"covid-v5", "flu-v5", "mmr-v5"} {
		assert.Equal(t, v5Header, strings.Join(headerOf(kind, nil), "|"))
	}
	assert.Len(t, headerOf(export.Hourly, nil), 14)
	assert.Len(t, headerOf(export.ReactionRows, nil), 18)
}

// The settings that people see say what the tables say.
func TestSettingsAreThoseOfTheProfiles(t *testing.T) {
	word := map[bool]string{true: "true", false: "false"}
	kinds := map[string]bool{}
	for _, profile := range export.Shipped().All() {
		kind := string(profile.Kind)
		kinds[kind] = true
		for name, want := range map[string]string{
			"enabled": word[profile.Enabled], "delimiter": profile.Delimiter, "header_quoted": word[profile.Header == export.QuotedHeader], "file_name": profile.FileName,
			"workflow_id": profile.WorkflowID, "to_mailbox": "", "send_empty": word[profile.SendEmpty],
		} {
			setting, there := capture.SettingFor(kind + "." + name)
			assert.True(t, there, "%s.%s", kind, name)
			assert.Equal(t, want, setting.Default, "%s.%s", kind, name)
		}
		assert.Equal(t, kind+".to_mailbox", profile.Recipient)
	}
	for _, setting := range capture.Settings {
		if kind, name, _ := strings.Cut(setting.Key, "."); name == "delimiter" {
			assert.True(t, kinds[kind], "%s has no table", setting.Key)
		}
	}
}

// When a specification turns out otherwise, a table changes and no program.
func TestChangedProfileIsRead(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("profiles", "covid.csv"))
	require.NoError(t, err)
	var lines []string
	for line := range strings.Lines(string(raw)) {
		switch {
		case strings.HasPrefix(line, "USER_"), strings.HasPrefix(line, "IP_ADDRESS"), strings.HasPrefix(line, "SITE_NAME"):
		case strings.HasPrefix(line, "delimiter,"):
			lines = append(lines, "delimiter,¬,confirmed,header-4.1,as the Word file says\n")
		case strings.HasPrefix(line, "file name,"):
			lines = append(lines, "file name,Covid_Daily_v4_1_{ods}_{stamp}.csv,,,\n")
		case strings.HasPrefix(line, "quoting,"):
			lines = append(lines, "quoting,needed,,,\n")
		case strings.HasPrefix(line, "line end,"):
			lines = append(lines, "line end,CRLF,,,\n")
		default:
			lines = append(lines, line)
		}
	}
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "ours.csv"), []byte("\ufeff"+strings.Join(lines, "")+",,,,\n"), 0o600))
	profiles, err := export.LoadProfiles(os.DirFS(folder))
	require.NoError(t, err)
	assert.Len(t, profiles.All(), len(export.Shipped().All()))

	ledger, s := newMemory(), newSample(t)
	names := s.given("2022-05-12T10:00:00Z", "comirnaty30_rtu", catalogue.Primary1)
	names.Person.Surname = "O'Fable ¬ \"Łodzik\""
	ledger.commit(names)
	builder := builderFor(t, ledger)
	builder.Profiles = profiles
	delivery, _ := build(t, builder)
	assert.Equal(t, "Covid_Daily_v4_1_X26DEL_20220520T01000000.csv", delivery.FileName)
	text := string(ledger.content[delivery.ID])
	assert.True(t, strings.HasPrefix(text, "NHS_NUMBER¬PERSON_FORENAME¬"))
	header, row, _ := strings.Cut(text, "\r\n")
	assert.Len(t, strings.Split(header, "¬"), 53)
	assert.True(t, strings.HasPrefix(row, "9990000018¬HELENA¬\"O'Fable ¬ \"\"Łodzik\"\"\"¬19730409¬"), row)
	assert.True(t, strings.HasSuffix(row, "\r\n"))
}

func TestFaultyProfileSaysWhereAndWhatToDo(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("profiles", "covid.csv"))
	require.NoError(t, err)
	good := string(raw)
	for name, test := range map[string]struct{ old, new, column, says string }{
		"unknown value":         {",person.forename,", ",person.first-name,", "value", "no value"},
		"value of a person":     {"row,event", "row,hour", "value", "row about one hour has no value"},
		"unknown form":          {",postcode,9,", ",zip,9,", "form", "no form"},
		"unknown rule of a row": {"R2 R6", "R2 R99", "value", "no rule"},
		"unknown rule":          {"first name,mandatory", "first name,needed", "rule", "not allowed"},
		"no length":             {"text,180", "text,long", "max", "not a number"},
		"twice":                 {"PERSON_SURNAME,", "PERSON_FORENAME,", "column", "twice"},
		"setting twice":         {"version,4.0", "title,4.0", "setting", "twice"},
		"unknown setting":       {"line end,", "line ends,", "setting", "no setting"},
		"setting left out":      {"schedule,daily 02:00,neighbour,mavis,Europe/London\n", "", "setting", "missing"},
		"unknown source":        {"confirmed,header-4.1,R2", "confirmed,hearsay,R2", "source", "no source"},
		"unknown confidence":    {"confirmed,header-4.1,R2", "certain,header-4.1,R2", "confidence", "not allowed"},
		"no schedule":           {"daily 02:00", "daily at two", "value", "no schedule"},
		"no deadline":           {"deadline,06:00", "deadline,soon", "value", "no time"},
		"every name the same":   {"_{stamp}.csv", ".csv", "value", "different names"},
		"key without column":    {"key,UNIQUE_ID ", "key,ID ", "key", "no column ID"},
		"rule without column":   {"REPORT_ORIGIN,", "REPORT_FROM,", "rules", "needs the column"},
		"other delimiter":       {"delimiter,|", "delimiter,/", "value", "not allowed"},
		"other encoding":        {"encoding,UTF-8", "encoding,UTF-16", "value", "not allowed"},
		"other outcome":         {"given not-given", "given refused", "value", "no outcome"},
		"no number of a dose":   {"primary1=1", "primary1=first", "value", "no dose"},
		"open quotes":           {"PERSON_DOB,date of birth", "PERSON_DOB,\"date of birth", "", "quotes"},
		"title missing":         {"column,label,rule", "column,words,rule", "label", "missing"},
	} {
		t.Run(name, func(t *testing.T) {
			require.Contains(t, good, test.old)
			_, err := export.LoadProfiles(fstest.MapFS{"covid.csv": {Data: []byte(strings.Replace(good, test.old, test.new, 1))}})
			var faults catalogue.Problems
			require.True(t, errors.As(err, &faults), "%v", err)
			i := slices.IndexFunc(faults, func(f catalogue.Problem) bool { return f.Column == test.column && strings.Contains(f.Says, test.says) })
			require.GreaterOrEqual(t, i, 0, "%v", err)
			assert.Equal(t, "covid.csv", faults[i].File)
			assert.NotEmpty(t, faults[i].Cure)
		})
	}
	_, err = export.LoadProfiles(fstest.MapFS{"x.csv": {Data: []byte("\xff\xfe")}})
	require.ErrorContains(t, err, "UTF-8")
	_, err = export.LoadProfiles(fstest.MapFS{"x.csv": {Data: nil}})
	require.ErrorContains(t, err, "missing")
}

func TestNoProfileOfCountsCanNameAPerson(t *testing.T) {
	raw, err := fs.ReadFile(os.DirFS("profiles"), "hourly.csv")
	require.NoError(t, err)
	for _, value := range []string{"person.nhs-number", "person.birth-date", "event.id", "user.name", "person.local-id"} {
		changed := strings.Replace(string(raw), ",hour.site,", ","+value+",", 1)
		_, err := export.LoadProfiles(fstest.MapFS{"hourly.csv": {Data: []byte(changed)}})
		require.ErrorContains(t, err, "no value", value)
	}
}
