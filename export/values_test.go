package export_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

func fixed(t time.Time) func() time.Time { return func() time.Time { return t } }

// value is what stands in a column for an event under a configuration.
func value(s *sample, configuration capture.Configuration, event capture.Event, name string) string {
	sheet := covidSheet(configuration, s.known)
	row := sheet.Row(nil, &event, event.Action)
	for i, column := range sheet.Columns {
		if column.Name == name {
			return row[i]
		}
	}
	return "no such column"
}

func TestDateAndTime(t *testing.T) {
	s := newSample(t)
	cases := []struct{ name, at, utc, local string }{
		{"summer", "2022-05-14T10:08:15+01:00", "20220514T09081500", "20220514T10081501"},
		{"winter", "2022-01-15T10:05:00Z", "20220115T10050000", "20220115T10050000"},
		{"first 01:30 of the night the clocks go back", "2021-10-31T01:30:00+01:00", "20211031T00300000", "20211031T01300001"},
		{"second 01:30", "2021-10-31T01:30:00Z", "20211031T01300000", "20211031T01300000"},
		{"last second before the clocks go forward", "2022-03-27T00:59:59Z", "20220327T00595900", "20220327T00595900"},
		{"an hour that the wall clock leaves out", "2022-03-27T01:00:00Z", "20220327T01000000", "20220327T02000001"},
		{"just after midnight in summer is the day before in UTC", "2022-05-14T00:30:00+01:00", "20220513T23300000", "20220514T00300001"},
		{"midnight in summer stands for no time known", "2022-05-14T00:00:00+01:00", "20220514T00000000", "20220514T00000001"},
		{"midnight in winter", "2022-01-15T00:00:00Z", "20220115T00000000", "20220115T00000000"},
	}
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			event := s.given(test.at, "comirnaty30_conc", catalogue.Primary1)
			assert.Equal(t, test.utc, value(s, nil, event, "DATE_AND_TIME"))
			assert.Equal(t, test.local, value(s, capture.Configuration{"datetime.mode": "local_offset"}, event, "DATE_AND_TIME"))
		})
	}
}

func TestRecordedDateIsTheClinicsDay(t *testing.T) {
	s := newSample(t)
	event := s.given("2022-05-13T23:10:00+01:00", "comirnaty30_rtu", catalogue.Primary1)
	event.RecordedAt = time.Date(2022, 5, 13, 23, 30, 0, 0, time.UTC) // half past midnight in London
	assert.Equal(t, "20220514", value(s, nil, event, "RECORDED_DATE"))
	assert.Equal(t, "20220513T23300000", value(s, nil, event, "SUBMITTED_TIMESTAMP"))
}

func TestDoseSequence(t *testing.T) {
	s := newSample(t)
	cases := []struct {
		kind                    catalogue.DoseKind
		immunosuppressed        bool
		usual, blank, two, real string
	}{
		{catalogue.Primary1, false, "1", "1", "1", "1"},
		{catalogue.Primary2, false, "2", "2", "2", "2"},
		{catalogue.ThirdPrimary, true, "1", "", "2", "3"},
		{catalogue.Booster1, false, "1", "", "2", "3"},
		{catalogue.Booster1, true, "1", "", "2", "4"},
		{catalogue.SpringBooster, false, "1", "", "2", "4"},
		{catalogue.SpringBooster, true, "1", "", "2", "5"},
	}
	for _, test := range cases {
		event := s.given("2022-05-12T10:00:00Z", "comirnaty30_rtu", test.kind)
		event.Circumstances.ImmunosuppressedAtPrimary = test.immunosuppressed
		for later, want := range map[string]string{"1": test.usual, "blank": test.blank, "2": test.two, "ordinal": test.real} {
			configuration := capture.Configuration{"covid.dose_sequence.later": later}
			assert.Equal(t, want, value(s, configuration, event, "DOSE_SEQUENCE"), "%s %s", test.kind, later)
			assert.Empty(t, covidSheet(configuration, s.known).Check(&event, event.Action, buildTime), "%s %s", test.kind, later)
		}
	}
}

func TestNHSNumberStatus(t *testing.T) {
	s := newSample(t)
	cases := []struct {
		number        capture.NHSNumber
		status        string
		configuration capture.Configuration
		code, words   string
	}{
		{"9990000018", "01", nil, "01", "Number present and verified"},
		{"9990000018", "", nil, "02", "Number present but not traced"},
		{"9990000018", "03", nil, "02", "Number present but not traced"},
		{"9990000018", "05", nil, "05", "Trace needs to be resolved - (NHS number or patient detail conflict)"},
		{"", "03", nil, "03", "Trace required"},
		{"", "01", nil, "03", "Trace required"},
		{"", "03", capture.Configuration{"nhs_number.blank_status": "04"}, "04", "Trace attempted - No match or multiple match found"},
		{"", "07", nil, "07", "Number not present and trace not required"},
	}
	for _, test := range cases {
		event := s.given("2022-05-12T10:00:00Z", "comirnaty30_rtu", catalogue.Primary1)
		event.Person.NHSNumber, event.Person.NHSNumberStatus = test.number, test.status
		assert.Equal(t, test.code, value(s, test.configuration, event, "NHS_NUMBER_STATUS_INDICATOR_CODE"))
		assert.Equal(t, test.words, value(s, test.configuration, event, "NHS_NUMBER_STATUS_INDICATOR_DESCRIPTION"))
	}
}

func TestNotGivenSettings(t *testing.T) {
	s := newSample(t)
	event := s.notGiven("2022-05-12T10:00:00Z", "comirnaty30_rtu", catalogue.Booster1, "unwell")
	assert.Empty(t, value(s, nil, event, "VACCINATION_PROCEDURE_CODE"), "nobody may take it for a dose given")
	assert.Equal(t, "40556911000001102", value(s, nil, event, "VACCINE_PRODUCT_CODE"))
	for _, blank := range []string{
		"VACCINE_MANUFACTURER", "BATCH_NUMBER", "EXPIRY_DATE", "SITE_OF_VACCINATION_CODE", "ROUTE_OF_VACCINATION_CODE",
		"DOSE_AMOUNT", "DOSE_UNIT_CODE", "INDICATION_CODE", "CONSENT_FOR_TREATMENT_CODE",
	} {
		assert.Empty(t, value(s, nil, event, blank), blank)
	}

	with := capture.Configuration{"not_given.send_intended_procedure": "true", "covid.procedure.booster": "1363791000000101"}
	assert.Equal(t, "1363791000000101", value(s, with, event, "VACCINATION_PROCEDURE_CODE"))
	assert.Contains(t, value(s, with, event, "VACCINATION_PROCEDURE_TERM"), "fourth dose", "the term follows the code")
	without := capture.Configuration{"not_given.send_intended_product": "false"}
	assert.Empty(t, value(s, without, event, "VACCINE_PRODUCT_CODE"))
	assert.Empty(t, value(s, without, event, "VACCINE_PRODUCT_TERM"))
	for _, configuration := range []capture.Configuration{nil, with, without} {
		assert.Empty(t, covidSheet(configuration, s.known).Check(&event, event.Action, buildTime))
	}
}

func TestReportOriginAndPlace(t *testing.T) {
	s := newSample(t)
	event := s.given("2022-05-12T10:00:00Z", "comirnaty30_rtu", catalogue.Primary1)
	event.ReportOrigin, event.LocationCode = "A81001", ""
	assert.Equal(t, "X99999", value(s, nil, event, "LOCATION_CODE"))
	assert.Empty(t, value(s, nil, event, "REPORT_ORIGIN"))
	assert.Equal(t, "X99999", value(s, capture.Configuration{"report_origin.when_primary": "X99999"}, event, "REPORT_ORIGIN"))
	event.PrimarySource = false
	assert.Equal(t, "A81001", value(s, nil, event, "REPORT_ORIGIN"))
	assert.Equal(t, "10.1.2.3", value(s, capture.Configuration{"device.ip_address": "10.1.2.3"}, event, "IP_ADDRESS"))
	assert.Equal(t, "no such column", value(s, nil, event, "SITE_NAME"))
	assert.Equal(t, "Harbour Hospital Hub", value(s, capture.Configuration{"covid.site_name_column": "true"}, event, "SITE_NAME"))
}

func TestHalfDoseBooster(t *testing.T) {
	s := newSample(t)
	event := s.given("2022-05-12T10:00:00Z", "spikevax", catalogue.SpringBooster)
	assert.Equal(t, "0.25", value(s, nil, event, "DOSE_AMOUNT"))
	assert.Equal(t, "1362591000000103", value(s, nil, event, "VACCINATION_PROCEDURE_CODE"))
}

func TestColumnsAreOfTheSpecification(t *testing.T) {
	assert.Len(t, covidSheet(nil, nil).Columns, 57)
	with := covidSheet(capture.Configuration{"covid.site_name_column": "true"}, nil).Columns
	assert.Len(t, with, 58)
	assert.Equal(t, "SITE_CODE", with[7].Name)
	assert.Equal(t, "SITE_NAME", with[8].Name, "directly after SITE_CODE")
	for _, column := range with {
		assert.NotEmpty(t, column.Label, column.Name)
		assert.Positive(t, column.Max, column.Name)
	}
}
