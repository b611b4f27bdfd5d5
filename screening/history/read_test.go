package history_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/screening/history"
	"deltoid/screening/history/historytest"
)

// said is a transport that always gives one answer.
type said string

func (s said) RoundTrip(*http.Request) (*http.Response, error) {
	recorder := &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: http.NoBody}
	recorder.Body = readCloser{strings.NewReader(string(s))}
	return recorder, nil
}

type readCloser struct{ *strings.Reader }

func (readCloser) Close() error { return nil }

func read(t testing.TB, body string) capture.Looked {
	t.Helper()
	c := connect(t, history.Config{BaseURL: "https://history.example.invalid/FHIR/R4"})
	c.Transport = said(body)
	return c.Look(t.Context(), jo, capture.COVID19)
}

// listed is an answer with one immunization that consists of these elements.
func listed(elements string) string {
	return `{"resourceType":"Bundle","type":"searchset","total":1,"entry":[{"resource":{"resourceType":"Immunization",` + elements + `}}]}`
}

// whole are the elements of a good dose.
const whole = `"identifier":[{"system":"https://example.invalid/vacc","value":"A1"}],"status":"completed",
	"vaccineCode":{"coding":[{"system":"http://snomed.info/sct","code":"39115611000001103"}]},"occurrenceDateTime":"2021-12-20T10:15:00+00:00"`

func TestT23_EmptyElementsAreIgnored(t *testing.T) {
	looked := read(t, listed(whole+`,"statusReason":{"coding":[{"system":"http://snomed.info/sct"}]},"reportOrigin":{},"primarySource":true,
		"doseQuantity":{"value":0.3,"unit":"ml"},"lotNumber":"EJ0553"`))
	require.Equal(t, capture.StatusFresh, looked.State)
	require.Len(t, looked.Found, 1)
	assert.Equal(t, "comirnaty30_conc", looked.Found[0].Product)
	assert.Equal(t, "EJ0553", looked.Found[0].Batch)
	assert.Zero(t, looked.LeftOut)
}

func TestT24_ADoseWithoutABatchIsShown(t *testing.T) {
	looked := read(t, listed(whole))
	require.Len(t, looked.Found, 1)
	assert.Empty(t, looked.Found[0].Batch)
	assert.Equal(t, catalogue.MustDate("2021-12-20"), looked.Found[0].Date)
}

// oddities are answers as they come, with how many vaccinations must be found in them and how many are left out.
var oddities = map[string]struct {
	body         string
	found, left  int
	state        capture.StatusState
	mustMention  string // somewhere in what was found
	mustNotCount bool
}{
	"nothing found":              {body: `{"resourceType":"Bundle","type":"searchset","total":0,"entry":[]}`},
	"no entry at all":            {body: `{"resourceType":"Bundle"}`},
	"entry of another type":      {body: `{"resourceType":"Bundle","total":2,"entry":{}}`, left: 2},
	"total of another type":      {body: `{"resourceType":"Bundle","total":"one","entry":[]}`},
	"fewer than said":            {body: strings.Replace(listed(whole), `"total":1`, `"total":3`, 1), found: 1, left: 2},
	"decimal dose":               {body: listed(whole + `,"doseQuantity":{"value":0.25}`), found: 1},
	"whole dose":                 {body: listed(whole + `,"doseQuantity":{"value":1}`), found: 1},
	"dose as a text":             {body: listed(whole + `,"doseQuantity":{"value":"0.5"}`), found: 1},
	"batch as a number":          {body: listed(whole + `,"lotNumber":4120`), found: 1, mustMention: "4120"},
	"batch as something else":    {body: listed(whole + `,"lotNumber":{"a":[]}`), found: 1},
	"unknown elements":           {body: listed(whole + `,"somethingNew":{"a":[1,{"b":null}]}`), found: 1},
	"elements that are null":     {body: listed(whole + `,"lotNumber":null,"performer":null,"location":null,"extension":null`), found: 1},
	"lists that are not":         {body: listed(whole + `,"performer":{},"extension":"x","protocolApplied":7`), found: 1},
	"a code one digit off":       {body: listed(strings.Replace(whole, `"code":"39115611000001103"`, `"code":"39115611000001104","display":"Comirnaty, nearly"`, 1)), found: 1, mustMention: "Comirnaty, nearly"},
	"a code as a number":         {body: listed(strings.Replace(whole, `"39115611000001103"`, `39115611000001103`, 1)), found: 1, mustMention: "comirnaty30_conc"},
	"the code of a pack":         {body: listed(strings.Replace(whole, `39115611000001103`, `39115711000001107`, 1)), found: 1, mustMention: "comirnaty30_conc"},
	"a name alone":               {body: listed(`"vaccineCode":{"text":"Something from abroad"},"occurrenceDateTime":"2021-12-20"`), found: 1, mustMention: "Something from abroad"},
	"no name at all":             {body: listed(`"occurrenceDateTime":"2021-12-20"`), found: 1, mustMention: "not named"},
	"nothing but its sort":       {body: `{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Immunization"}}]}`, found: 1, mustNotCount: true},
	"a year alone":               {body: listed(strings.Replace(whole, "2021-12-20T10:15:00+00:00", "2021", 1)), found: 1, mustNotCount: true},
	"a day that is not":          {body: listed(strings.Replace(whole, "2021-12-20T10:15:00+00:00", "2021-02-30", 1)), found: 1, mustNotCount: true},
	"without a zone":             {body: listed(strings.Replace(whole, "+00:00", "", 1)), found: 1},
	"not given":                  {body: listed(strings.Replace(whole, "completed", "not-done", 1) + `,"statusReason":{"coding":[{"code":"310376006"}]}`), found: 1, mustNotCount: true},
	"entered in error":           {body: listed(strings.Replace(whole, "completed", "entered-in-error", 1))},
	"a state that is not":        {body: listed(strings.Replace(whole, "completed", "perhaps", 1)), left: 1},
	"of somebody else":           {body: listed(whole + `,"patient":{"identifier":{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9434765919"}}`), left: 1},
	"with spaces in the number":  {body: listed(whole + `,"patient":{"identifier":{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"900 000 0009"}}`), found: 1},
	"an entry that is no object": {body: `{"resourceType":"Bundle","entry":[7,"x",null,{},{"resource":[]},` + listed(whole)[len(`{"resourceType":"Bundle","type":"searchset","total":1,"entry":[`):], found: 1},
	"another resource":           {body: `{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"OperationOutcome"}}]}`},
	"a list":                     {body: `[]`, state: capture.StatusUnavailable},
	"a text":                     {body: `"Bundle"`, state: capture.StatusUnavailable},
	"deeper than anybody goes":   {body: strings.Repeat(`[`, 20000), state: capture.StatusUnavailable},
	"lines and signs in a name":  {body: listed(`"vaccineCode":{"text":"a\u0000\n\tb\u202e  c"},"occurrenceDateTime":"2021-12-20"`), found: 1, mustMention: "a b c"},
}

func TestOddities(t *testing.T) {
	for name, test := range oddities {
		t.Run(name, func(t *testing.T) {
			looked := read(t, test.body)
			if test.state == "" {
				test.state = capture.StatusFresh
			}
			require.Equal(t, test.state, looked.State, looked.Problem)
			require.Len(t, looked.Found, test.found)
			if name != "an entry that is no object" {
				assert.Equal(t, test.left, looked.LeftOut)
			}
			if test.found == 0 {
				return
			}
			assert.Contains(t, fmt.Sprintf("%+v", looked.Found), test.mustMention)
			merged := capture.Merge(looked.Found)
			assert.Equal(t, test.mustNotCount, len(capture.Status{Vaccinations: merged.Vaccinations}.Doses()) == 0)
		})
	}
}

func TestTheDayIsThatInLondon(t *testing.T) {
	for at, day := range map[string]string{
		"2021-07-01T23:30:00+00:00": "2021-07-02",
		"2021-07-01T23:30:00Z":      "2021-07-02",
		"2021-07-02T00:30:00+01:00": "2021-07-02",
		"2021-12-31T23:30:00+00:00": "2021-12-31",
		"2021-12-31T23:30:00.123Z":  "2021-12-31",
		"2021-07-01":                "2021-07-01",
	} {
		looked := read(t, listed(strings.Replace(whole, "2021-12-20T10:15:00+00:00", at, 1)))
		assert.Equal(t, day, looked.Found[0].Date.String(), at)
	}
}

func TestTheVaccineIsKnownWhateverTheDay(t *testing.T) {
	for _, at := range []string{"", "1921-12-20", "2019-05-01", "2021-12-20", "2031-12-20"} {
		looked := read(t, listed(strings.Replace(whole, "2021-12-20T10:15:00+00:00", at, 1)+
			`,"extension":[{"url":"https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-VaccinationProcedure","valueCodeableConcept":{"coding":[{"code":"1324691000000104"}]}}]`))
		require.Len(t, looked.Found, 1)
		assert.Equal(t, "comirnaty30_conc", looked.Found[0].Product, at)
		assert.Equal(t, catalogue.Primary2, looked.Found[0].Kind, at)
	}
}

func TestOverseasAndPlaces(t *testing.T) {
	looked := read(t, listed(whole+`,"location":{"identifier":{"value":"FR"},"display":"France"},
		"performer":[{"actor":{}},{"actor":{"type":"Organization","display":"St Example Hall","identifier":{"value":"RX809"}}}]`))
	assert.Equal(t, "France", looked.Found[0].Country)
	assert.Equal(t, "St Example Hall", looked.Found[0].Where)
}

func TestMoreThanAnybodyHas(t *testing.T) {
	var many []historytest.Dose
	for i := range 600 {
		many = append(many, historytest.Dose{ID: fmt.Sprint(i), At: "2021-12-20"})
	}
	looked := read(t, historytest.Bundle("9000000009", "1965-02-28", many...))
	assert.Len(t, looked.Found, 500)
	assert.Equal(t, 100, looked.LeftOut)
}

// Whatever comes, there is an answer or there is none; nothing breaks, and nothing that is shown is longer than a line.
func FuzzBundle(f *testing.F) {
	for _, odd := range oddities {
		f.Add(odd.body)
	}
	f.Add(historytest.Bundle("9000000009", "1965-02-28", doses...))
	c := connect(f, history.Config{BaseURL: "https://history.example.invalid/FHIR/R4"})
	f.Fuzz(func(t *testing.T, body string) {
		c.Transport = said(body)
		looked := c.Look(t.Context(), jo, capture.COVID19)
		if looked.State != capture.StatusFresh && (looked.State != capture.StatusUnavailable || len(looked.Found) > 0) {
			t.Fatalf("%+v", looked)
		}
		for _, v := range looked.Found {
			for _, line := range []string{v.Name, v.Batch, v.Where, v.Country, v.Product, v.Identifier.System, v.Identifier.Value} {
				if len([]rune(line)) > 200 || strings.ContainsAny(line, "\n\r\t\x00") {
					t.Fatalf("%q cannot be shown", line)
				}
			}
			if v.Name == "" || v.Source != capture.SourceNational {
				t.Fatalf("%+v", v)
			}
		}
		capture.Merge(looked.Found)
	})
}
