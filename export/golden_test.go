package export_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export"
)

// update writes the golden file anew instead of comparing with it: make golden.
var update = os.Getenv("DELTOID_GOLDEN") == "write"

// covidHeader is the header as NHS services check it, character by character.
const covidHeader = `NHS_NUMBER|PERSON_FORENAME|PERSON_SURNAME|PERSON_DOB|PERSON_GENDER_CODE|PERSON_POSTCODE|DATE_AND_TIME|SITE_CODE|UNIQUE_ID|UNIQUE_ID_URI|ACTION_FLAG|PERFORMING_PROFESSIONAL_FORENAME|PERFORMING_PROFESSIONAL_SURNAME|PERFORMING_PROFESSIONAL_BODY_REG_CODE|PERFORMING_PROFESSIONAL_BODY_REG_URI|SDS_JOB_ROLE_NAME|RECORDED_DATE|PRIMARY_SOURCE|REPORT_ORIGIN|VACCINATION_PROCEDURE_CODE|VACCINATION_PROCEDURE_TERM|VACCINATION_SITUATION_CODE|VACCINATION_SITUATION_TERM|NOT_GIVEN|REASON_NOT_GIVEN_CODE|REASON_NOT_GIVEN_TERM|DOSE_SEQUENCE|VACCINE_PRODUCT_CODE|VACCINE_PRODUCT_TERM|VACCINE_MANUFACTURER|BATCH_NUMBER|EXPIRY_DATE|SITE_OF_VACCINATION_CODE|SITE_OF_VACCINATION_TERM|ROUTE_OF_VACCINATION_CODE|ROUTE_OF_VACCINATION_TERM|DOSE_AMOUNT|DOSE_UNIT_CODE|DOSE_UNIT_TERM|INDICATION_CODE|INDICATION_TERM|NHS_NUMBER_STATUS_INDICATOR_CODE|NHS_NUMBER_STATUS_INDICATOR_DESCRIPTION|SITE_CODE_TYPE_URI|LOCAL_PATIENT_ID|LOCAL_PATIENT_URI|CONSENT_FOR_TREATMENT_CODE|CONSENT_FOR_TREATMENT_DESCRIPTION|CARE_SETTING_TYPE_CODE|CARE_SETTING_TYPE_DESCRIPTION|IP_ADDRESS|USER_ID|USER_NAME|USER_EMAIL|SUBMITTED_TIMESTAMP|LOCATION_CODE|LOCATION_CODE_TYPE_URI`

// goldenEvents are the cases of the golden file, one row each; the last two had their first versions in an earlier file.
func goldenEvents(t testing.TB) (first, then []capture.Event) {
	s := newSample(t)
	adult := s.given("2022-05-12T13:19:51Z", "comirnaty30_rtu", catalogue.Primary1)
	winter := s.given("2022-01-15T10:05:00Z", "comirnaty30_conc", catalogue.Primary2)
	booster := s.given("2022-05-12T13:30:00Z", "spikevax", catalogue.SpringBooster)
	child := s.given("2022-05-13T15:45:10Z", "comirnaty10", catalogue.Primary1)
	child.Person.BirthDate, child.Person.Gender = catalogue.MustDate("2014-02-28"), "1"
	child.Person.Forename, child.Person.Surname = "Omar", "Madeup"
	parent, _ := s.known.At(child.Day()).Consent("CT2")
	child.Given.Consent = capture.Coded{Code: parent.Code, Term: parent.Term}
	noNumber := s.given("2022-05-13T09:00:00Z", "comirnaty30_rtu", catalogue.Primary1)
	noNumber.Person.NHSNumber, noNumber.Person.NHSNumberStatus = "", "03"
	noNumber.Person.Postcode = capture.PostcodeNoFixedAbode
	declined := s.notGiven("2022-05-13T09:10:00Z", "comirnaty30_rtu", catalogue.Booster1, "declined")
	contraindicated := s.notGiven("2022-05-13T09:20:00Z", "comirnaty30_rtu", catalogue.Primary1, "contraindicated")
	unwell := s.notGiven("2022-05-13T09:30:00Z", "vaxzevria", catalogue.Primary2, "unwell")
	before := s.given("2021-10-31T01:30:00+01:00", "comirnaty30_conc", catalogue.Booster1)
	after := s.given("2021-10-31T01:30:00Z", "comirnaty30_conc", catalogue.Booster1)
	midnight := s.given("2022-05-14T00:00:00+01:00", "comirnaty30_rtu", catalogue.Primary2)
	names := s.given("2022-05-14T11:11:11Z", "comirnaty30_rtu", catalogue.ThirdPrimary)
	names.Person.Forename, names.Person.Surname = `Zoë "Zed" María-José Anne|Marie Siân`, `O'Fable ¬ Łodzik`
	names.Performer.Surname = "O’Nobody-Ó Scéal"
	names.Given.BatchNumber = `FP "12"|34`
	secondary := s.given("2022-05-14T12:00:00Z", "nuvaxovid", catalogue.Primary1)
	secondary.PrimarySource, secondary.ReportOrigin = false, "A81001"
	wrong := s.given("2022-05-14T13:00:00Z", "comirnaty30_rtu", catalogue.Primary1)
	mistake := s.given("2022-05-14T14:00:00Z", "comirnaty30_rtu", catalogue.Primary1)
	corrected, given := later(wrong, capture.ActionUpdate), *wrong.Given
	given.BatchNumber = "FP5678"
	corrected.Given = &given
	return []capture.Event{wrong, mistake}, []capture.Event{
		adult, winter, booster, child, noNumber, declined, contraindicated, unwell, before, after, midnight, names, secondary,
		corrected, later(mistake, capture.ActionDelete),
	}
}

func builderFor(t testing.TB, ledger *memory) *export.Builder {
	now := buildTime
	ids := 0
	return &export.Builder{
		Ledger: ledger, Catalogue: loadCatalogue(t),
		Now: func() time.Time { return now },
		NewID: func() string {
			ids++
			return "5f1c7a0e-9e0b-4a52-9c0e-3a1d7f4f1b" + string(rune('0'+ids/10)) + string(rune('0'+ids%10))
		},
	}
}

func build(t testing.TB, builder *export.Builder) (export.Delivery, export.BuildReport) {
	t.Helper()
	delivery, report, err := builder.Build(t.Context(), export.Covid, buildTime, nil)
	require.NoError(t, err)
	return delivery, report
}

func goldenFile(t testing.TB) []byte {
	ledger := newMemory()
	builder := builderFor(t, ledger)
	first, then := goldenEvents(t)
	ledger.commit(first...)
	build(t, builder)
	ledger.commit(then...)
	delivery, report := build(t, builder)
	require.Empty(t, report.HeldBack)
	require.Equal(t, len(then), delivery.Rows)
	return ledger.content[delivery.ID]
}

func TestGoldenFile(t *testing.T) {
	path := filepath.Join("..", "testdata", "golden", "extracts", "covid_v4.csv")
	got := goldenFile(t)
	if update {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, got, 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got), "run go test ./export -update and read the difference")
}

func TestGoldenFileIsMadeAsTheReceiverWantsIt(t *testing.T) {
	content := goldenFile(t)
	text := string(content)
	assert.True(t, strings.HasPrefix(text, covidHeader+"\n"), "header, unquoted, no byte order mark")
	assert.True(t, strings.HasSuffix(text, "\"\n"), "the last line ends")
	assert.NotContains(t, text, "\r")
	for _, row := range byHand(t, content)[1:] {
		require.Len(t, row, 57)
		assert.Regexp(t, `^\d{8}T\d{6}00$`, row[6], "UTC, also in summer")
		assert.Contains(t, []string{"TRUE", "FALSE"}, row[23])
		for i, name := range strings.Split(covidHeader, "|") {
			if strings.HasSuffix(name, "_CODE") && row[i] != "" && len(row[i]) > 8 {
				assert.True(t, catalogue.ValidSNOMED(row[i]), "%s %s", name, row[i])
			}
		}
	}
}

func TestTwoReadersSeeTheSame(t *testing.T) {
	content := goldenFile(t)
	reader := csv.NewReader(bytes.NewReader(content))
	reader.Comma = '|'
	standard, err := reader.ReadAll()
	require.NoError(t, err)
	assert.Equal(t, byHand(t, content), standard)
	names := standard[12]
	assert.Equal(t, []string{`Zoë "Zed" María-José Anne|Marie Siân`, `O'Fable ¬ Łodzik`}, names[1:3])
}

// byHand reads a file by walking over its bytes: header to the line end, then quoted fields.
func byHand(t testing.TB, content []byte) [][]string {
	t.Helper()
	header, rest, _ := strings.Cut(string(content), "\n")
	rows := [][]string{strings.Split(header, "|")}
	var row []string
	for rest != "" {
		require.Equal(t, byte('"'), rest[0], "every field of data is quoted")
		var value strings.Builder
		i := 1
		for ; ; i++ {
			if rest[i] == '"' && rest[i+1] != '"' {
				break
			}
			if rest[i] == '"' {
				i++
			}
			value.WriteByte(rest[i])
		}
		row = append(row, value.String())
		switch rest[i+1] {
		case '|':
		case '\n':
			rows, row = append(rows, row), nil
		default:
			t.Fatalf("unexpected byte %q after a field", rest[i+1])
		}
		rest = rest[i+2:]
	}
	return rows
}
