package export_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export"
)

// cell is a column and the value put there.
type cell struct{ name, value string }

func rowOf(sheet *export.Sheet, event capture.Event, cells ...cell) []string {
	row := sheet.Row(nil, &event, event.Action)
	for _, c := range cells {
		i := slices.IndexFunc(sheet.Columns, func(column export.Column) bool { return column.Name == c.name })
		row[i] = c.value
	}
	return row
}

func fieldsOf(problems capture.Problems) []string {
	fields := []string{}
	for _, problem := range problems {
		fields = append(fields, problem.Field)
	}
	slices.Sort(fields)
	return slices.Compact(fields)
}

// TestRowRules goes through the receiver's known refusals, by the numbers of their list. A case without fields is accepted.
func TestRowRules(t *testing.T) {
	s := newSample(t)
	given := s.given("2022-05-12T13:19:51Z", "comirnaty30_rtu", catalogue.Primary1)
	notGiven := s.notGiven("2022-05-12T13:19:51Z", "comirnaty30_rtu", catalogue.Primary1, "declined")
	deleted := later(given, capture.ActionDelete)
	updated := later(given, capture.ActionUpdate)
	sheet := covidSheet(nil, s.known)
	cases := []struct {
		name   string
		event  capture.Event
		cells  []cell
		fields []string
	}{
		{"V01 action blank", given, []cell{{"ACTION_FLAG", ""}}, []string{"ACTION_FLAG"}},
		{"V01 action spaces", given, []cell{{"ACTION_FLAG", "  "}}, []string{"ACTION_FLAG"}},
		{"V01 action other word", given, []cell{{"ACTION_FLAG", "remove"}}, []string{"ACTION_FLAG"}},
		{"V02 action in capitals", given, []cell{{"ACTION_FLAG", "NEW"}}, []string{"ACTION_FLAG"}},
		{"V03 no key", given, []cell{{"UNIQUE_ID", ""}, {"UNIQUE_ID_URI", ""}}, []string{"UNIQUE_ID", "UNIQUE_ID_URI"}},
		{"V07 number 9 digits", given, []cell{{"NHS_NUMBER", "999000001"}}, []string{"NHS_NUMBER"}},
		{"V07 number 11 digits", given, []cell{{"NHS_NUMBER", "99900000180"}}, []string{"NHS_NUMBER"}},
		{"V07 number with spaces", given, []cell{{"NHS_NUMBER", "999 000 0018"}}, []string{"NHS_NUMBER"}},
		{"V07 number with letters", given, []cell{{"NHS_NUMBER", "99900OOO18"}}, []string{"NHS_NUMBER"}},
		{"V08 check digit", given, []cell{{"NHS_NUMBER", "9990000017"}}, []string{"NHS_NUMBER"}},
		{"V09 no number, status 03", given, []cell{{"NHS_NUMBER", ""}, {"NHS_NUMBER_STATUS_INDICATOR_CODE", "03"}}, nil},
		{"V09 no number, status 04", given, []cell{{"NHS_NUMBER", ""}, {"NHS_NUMBER_STATUS_INDICATOR_CODE", "04"}}, nil},
		{"R2 no number, status says there is one", given, []cell{{"NHS_NUMBER", ""}}, []string{"NHS_NUMBER_STATUS_INDICATOR_CODE"}},
		{"V10 any real number", given, []cell{{"NHS_NUMBER", "9990000026"}}, nil},
		{"V11 names blank", given, []cell{{"PERSON_FORENAME", ""}, {"PERSON_SURNAME", " "}}, []string{"PERSON_FORENAME", "PERSON_SURNAME"}},
		{"V11 names invisible", given, []cell{{"PERSON_FORENAME", "\u200b\ufeff"}}, []string{"PERSON_FORENAME"}},
		{"V11 surname 36", given, []cell{{"PERSON_SURNAME", strings.Repeat("x", 36)}}, []string{"PERSON_SURNAME"}},
		{"V11 surname 35 of two bytes", given, []cell{{"PERSON_SURNAME", strings.Repeat("ë", 35)}}, nil},
		{"V11 forename 181", given, []cell{{"PERSON_FORENAME", strings.Repeat("x", 181)}}, []string{"PERSON_FORENAME"}},
		{"V11 forename 180", given, []cell{{"PERSON_FORENAME", strings.Repeat("x", 180)}}, nil},
		{"V12 gender blank", given, []cell{{"PERSON_GENDER_CODE", ""}}, []string{"PERSON_GENDER_CODE"}},
		{"V12 gender 3", given, []cell{{"PERSON_GENDER_CODE", "3"}}, []string{"PERSON_GENDER_CODE"}},
		{"V12 gender M", given, []cell{{"PERSON_GENDER_CODE", "M"}}, []string{"PERSON_GENDER_CODE"}},
		{"V13 birth blank", given, []cell{{"PERSON_DOB", ""}}, []string{"PERSON_DOB"}},
		{"V13 birth in the future", given, []cell{{"PERSON_DOB", "20220521"}}, []string{"PERSON_DOB"}},
		{"V13 birth impossible", given, []cell{{"PERSON_DOB", "20210230"}}, []string{"PERSON_DOB"}},
		{"V13 birth with hyphens", given, []cell{{"PERSON_DOB", "2021-01-01"}}, []string{"PERSON_DOB"}},
		{"V14 time blank", given, []cell{{"DATE_AND_TIME", ""}}, []string{"DATE_AND_TIME"}},
		{"V14 time in the future", given, []cell{{"DATE_AND_TIME", "20220520T01000100"}}, []string{"DATE_AND_TIME"}},
		{"V14 time impossible", given, []cell{{"DATE_AND_TIME", "20220512T25000000"}}, []string{"DATE_AND_TIME"}},
		{"V14 time day 32", given, []cell{{"DATE_AND_TIME", "20220532T10000000"}}, []string{"DATE_AND_TIME"}},
		{"V14 time offset 02", given, []cell{{"DATE_AND_TIME", "20220512T10000002"}}, []string{"DATE_AND_TIME"}},
		{"V14 time without offset", given, []cell{{"DATE_AND_TIME", "20220512T100000"}}, []string{"DATE_AND_TIME"}},
		{"V14 time offset 01", given, []cell{{"DATE_AND_TIME", "20220512T10000001"}}, nil},
		{"V15 recorded blank", given, []cell{{"RECORDED_DATE", ""}}, []string{"RECORDED_DATE"}},
		{"V15 recorded in the future", given, []cell{{"RECORDED_DATE", "20220521"}}, []string{"RECORDED_DATE"}},
		{"V15 recorded impossible", given, []cell{{"RECORDED_DATE", "20221301"}}, []string{"RECORDED_DATE"}},
		{"V16 expiry impossible", given, []cell{{"EXPIRY_DATE", "20220631"}}, []string{"EXPIRY_DATE"}},
		{"V16 expiry past", given, []cell{{"EXPIRY_DATE", "20210101"}}, nil},
		{"V17 postcode blank", given, []cell{{"PERSON_POSTCODE", ""}}, []string{"PERSON_POSTCODE"}},
		{"V17 postcode no space", given, []cell{{"PERSON_POSTCODE", "RG17YE"}}, []string{"PERSON_POSTCODE"}},
		{"V17 postcode two spaces", given, []cell{{"PERSON_POSTCODE", "RG1  7YE"}}, []string{"PERSON_POSTCODE"}},
		{"V17 postcode three parts", given, []cell{{"PERSON_POSTCODE", "RG1 7 YE"}}, []string{"PERSON_POSTCODE"}},
		{"V17 postcode nine", given, []cell{{"PERSON_POSTCODE", "RG1AB 7YEX"}}, []string{"PERSON_POSTCODE"}},
		{"V18 site blank", given, []cell{{"SITE_CODE", ""}, {"SITE_CODE_TYPE_URI", ""}}, []string{"SITE_CODE", "SITE_CODE_TYPE_URI"}},
		{"V18 site all digits", given, []cell{{"SITE_CODE", "223366"}}, []string{"SITE_CODE"}},
		{"V18 site a URN", given, []cell{{"SITE_CODE", "urn:x:12"}}, []string{"SITE_CODE"}},
		{"R11 site a country", given, []cell{{"SITE_CODE", "223366009"}, {"SITE_CODE_TYPE_URI", "http://snomed.info/sct"}}, nil},
		{"V19 location blank", given, []cell{{"LOCATION_CODE", ""}, {"LOCATION_CODE_TYPE_URI", ""}}, []string{"LOCATION_CODE", "LOCATION_CODE_TYPE_URI"}},
		{"V20 primary source blank", given, []cell{{"PRIMARY_SOURCE", ""}}, []string{"PRIMARY_SOURCE"}},
		{"V20 primary source yes", given, []cell{{"PRIMARY_SOURCE", "yes"}}, []string{"PRIMARY_SOURCE"}},
		{"V21 not primary, no origin", given, []cell{{"PRIMARY_SOURCE", "FALSE"}}, []string{"REPORT_ORIGIN"}},
		{"V22 origin 101", given, []cell{{"REPORT_ORIGIN", strings.Repeat("A", 101)}}, []string{"REPORT_ORIGIN"}},
		{"V23 register missing", given, []cell{{"PERFORMING_PROFESSIONAL_BODY_REG_URI", ""}}, []string{"PERFORMING_PROFESSIONAL_BODY_REG_URI"}},
		{"V24 one name", given, []cell{{"PERFORMING_PROFESSIONAL_FORENAME", ""}}, []string{"PERFORMING_PROFESSIONAL_SURNAME"}},
		{"V24 no names", given, []cell{{"PERFORMING_PROFESSIONAL_FORENAME", ""}, {"PERFORMING_PROFESSIONAL_SURNAME", ""}}, nil},
		{"V25 not given blank", given, []cell{{"NOT_GIVEN", ""}}, []string{"NOT_GIVEN"}},
		{"V25 not given true in small letters", notGiven, []cell{{"NOT_GIVEN", "true"}},
			[]string{"BATCH_NUMBER", "CONSENT_FOR_TREATMENT_CODE", "DOSE_AMOUNT", "DOSE_UNIT_CODE", "EXPIRY_DATE", "INDICATION_CODE", "NOT_GIVEN",
				"ROUTE_OF_VACCINATION_CODE", "VACCINATION_PROCEDURE_CODE", "VACCINE_MANUFACTURER"}},
		{"V26 no situation, no reason", notGiven, []cell{{"VACCINATION_SITUATION_CODE", ""}, {"REASON_NOT_GIVEN_CODE", ""}},
			[]string{"REASON_NOT_GIVEN_CODE", "VACCINATION_SITUATION_CODE"}},
		{"V27 bare dose", given, []cell{{"VACCINATION_PROCEDURE_CODE", ""}, {"DOSE_SEQUENCE", ""}, {"VACCINE_PRODUCT_CODE", ""}, {"VACCINE_MANUFACTURER", ""},
			{"BATCH_NUMBER", ""}, {"EXPIRY_DATE", ""}, {"ROUTE_OF_VACCINATION_CODE", ""}, {"DOSE_AMOUNT", ""}, {"DOSE_UNIT_CODE", ""}, {"INDICATION_CODE", ""},
			{"CONSENT_FOR_TREATMENT_CODE", ""}},
			[]string{"BATCH_NUMBER", "CONSENT_FOR_TREATMENT_CODE", "DOSE_AMOUNT", "DOSE_SEQUENCE", "DOSE_UNIT_CODE", "EXPIRY_DATE", "INDICATION_CODE",
				"ROUTE_OF_VACCINATION_CODE", "VACCINATION_PROCEDURE_CODE", "VACCINE_MANUFACTURER", "VACCINE_PRODUCT_CODE"}},
		{"V28 given with a reason not given", given, []cell{{"REASON_NOT_GIVEN_CODE", "213257006"}}, []string{"REASON_NOT_GIVEN_CODE"}},
		{"R6 not given with a batch", notGiven, []cell{{"BATCH_NUMBER", "FP1234"}}, []string{"NOT_GIVEN"}},
		{"V29 withdrawn procedure", given, []cell{{"VACCINATION_PROCEDURE_CODE", "1240491000000103"}}, []string{"VACCINATION_PROCEDURE_CODE"}},
		{"V29 flu procedure", given, []cell{{"VACCINATION_PROCEDURE_CODE", "822851000000102"}}, []string{"VACCINATION_PROCEDURE_CODE"}},
		{"V29 fourth dose", given, []cell{{"VACCINATION_PROCEDURE_CODE", "1363791000000101"}}, nil},
		{"V30 flu vaccine", given, []cell{{"VACCINE_PRODUCT_CODE", "36509011000001106"}}, []string{"VACCINE_PRODUCT_CODE"}},
		{"V30 pack", given, []cell{{"VACCINE_PRODUCT_CODE", "39115711000001107"}}, []string{"VACCINE_PRODUCT_CODE"}},
		{"V30 no code at all", given, []cell{{"VACCINE_PRODUCT_CODE", "Comirnaty"}}, []string{"VACCINE_PRODUCT_CODE"}},
		{"V31 dose 0", given, []cell{{"DOSE_SEQUENCE", "0"}}, []string{"DOSE_SEQUENCE"}},
		{"V31 dose 10", given, []cell{{"DOSE_SEQUENCE", "10"}}, []string{"DOSE_SEQUENCE"}},
		{"V31 dose A", given, []cell{{"DOSE_SEQUENCE", "A"}}, []string{"DOSE_SEQUENCE"}},
		{"V31 dose 9", given, []cell{{"DOSE_SEQUENCE", "9"}}, nil},
		{"V32 five places", given, []cell{{"DOSE_AMOUNT", "0.30001"}}, []string{"DOSE_AMOUNT"}},
		{"V32 text", given, []cell{{"DOSE_AMOUNT", "half"}}, []string{"DOSE_AMOUNT"}},
		{"V32 minus", given, []cell{{"DOSE_AMOUNT", "-0.3"}}, []string{"DOSE_AMOUNT"}},
		{"V32 four places", given, []cell{{"DOSE_AMOUNT", "0.3001"}}, nil},
		{"V33 batch 101", given, []cell{{"BATCH_NUMBER", strings.Repeat("B", 101)}}, []string{"BATCH_NUMBER"}},
		{"V34 local id 21", given, []cell{{"LOCAL_PATIENT_ID", strings.Repeat("P", 21)}}, []string{"LOCAL_PATIENT_ID"}},
		{"V34 local id blank", given, []cell{{"LOCAL_PATIENT_ID", ""}}, []string{"LOCAL_PATIENT_ID"}},
		{"V35 optional blanks", given, []cell{{"USER_EMAIL", "   "}}, []string{"USER_EMAIL"}},
		{"V35 optional empty", given, []cell{{"USER_EMAIL", ""}, {"SDS_JOB_ROLE_NAME", ""}, {"SITE_OF_VACCINATION_CODE", ""}}, nil},
		{"V36 bare delete", deleted, []cell{{"PERSON_SURNAME", ""}, {"BATCH_NUMBER", ""}, {"PERSON_POSTCODE", ""}, {"VACCINE_PRODUCT_CODE", ""}}, nil},
		{"V36 delete without key", deleted, []cell{{"UNIQUE_ID", ""}}, []string{"UNIQUE_ID"}},
		{"V36 delete with an unreadable birth date", deleted, []cell{{"PERSON_DOB", "1973"}}, []string{"PERSON_DOB"}},
		{"V37 bare update", updated, []cell{{"PERSON_SURNAME", ""}}, []string{"PERSON_SURNAME"}},
		{"V38 unit without term", given, []cell{{"DOSE_UNIT_TERM", ""}}, nil},
		{"V39 names as they are spelt", given, []cell{{"PERSON_FORENAME", `Zoë "Z" |¬`}, {"PERSON_SURNAME", "O'Fable"}}, nil},
		{"V40 several faults", given, []cell{{"PERSON_GENDER_CODE", "7"}, {"EXPIRY_DATE", "x"}}, []string{"EXPIRY_DATE", "PERSON_GENDER_CODE"}},
		{"URI without a scheme", given, []cell{{"UNIQUE_ID_URI", "vacc"}}, []string{"UNIQUE_ID_URI"}},
		{"address no address", given, []cell{{"IP_ADDRESS", "desk-4"}}, []string{"IP_ADDRESS"}},
		{"address IPv6", given, []cell{{"IP_ADDRESS", "fe80::1"}}, nil},
		{"status 09", given, []cell{{"NHS_NUMBER_STATUS_INDICATOR_CODE", "09"}}, []string{"NHS_NUMBER_STATUS_INDICATOR_CODE"}},
		{"care setting fails its check digit", given, []cell{{"CARE_SETTING_TYPE_CODE", "413294001"}}, []string{"CARE_SETTING_TYPE_CODE"}},
		{"given as it is", given, nil, nil},
		{"not given as it is", notGiven, nil, nil},
		{"deleted as it is", deleted, nil, nil},
	}
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			problems := sheet.CheckRow(rowOf(sheet, test.event, test.cells...), buildTime)
			assert.Equal(t, append([]string{}, test.fields...), fieldsOf(problems))
			for _, problem := range problems {
				assert.Equal(t, capture.Invalid, problem.Code)
				for _, c := range test.cells {
					if strings.TrimSpace(c.value) != "" && len(c.value) > 3 {
						assert.NotContains(t, problem.Error(), c.value, "a message repeats no value")
					}
				}
			}
		})
	}
}

func TestRowOfAnotherLengthIsRefused(t *testing.T) { // V41
	s := newSample(t)
	sheet := covidSheet(nil, s.known)
	row := rowOf(sheet, s.given("2022-05-12T13:19:51Z", "comirnaty30_rtu", catalogue.Primary1))
	assert.Len(t, sheet.CheckRow(row[:56], buildTime), 1)
	assert.Len(t, sheet.CheckRow(append(row, ""), buildTime), 1)
}

func TestDeskHearsWhatTheReceiverWouldRefuse(t *testing.T) {
	s := newSample(t)
	extracts := export.Extracts{Catalogue: s.known, Now: fixed(buildTime)}
	event := s.given("2022-05-12T13:19:51Z", "comirnaty30_rtu", catalogue.Primary1)
	require.Empty(t, extracts.Check(event, nil))
	assert.Equal(t, []string{"covid", "attributes", "hourly"}, extracts.Due(event))

	event.Person.Postcode = ""
	event.NotGiven = &capture.NotGivenAs{}
	assert.Equal(t, []string{"NOT_GIVEN", "PERSON_POSTCODE", "REASON_NOT_GIVEN_CODE", "VACCINATION_SITUATION_CODE"}, fieldsOf(extracts.Check(event, nil)),
		"given and not given at once goes nowhere")

	event.Disease = "influenza"
	assert.Empty(t, extracts.Due(event))
	assert.Empty(t, extracts.Check(event, nil))
}
