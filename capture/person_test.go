package capture_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

var today = catalogue.MustDate("2022-05-12")

func goodPerson() capture.Person {
	return capture.Person{
		NHSNumber: "9990000018", Forename: "Fiona", Surname: "Fictional", BirthDate: catalogue.MustDate("1947-03-04"),
		Gender: "2", Postcode: "LS1 4AP",
	}
}

func TestPersonCheck(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*capture.Person)
		field  string
		fault  string
	}{
		"good":              {func(*capture.Person) {}, "", ""},
		"born today":        {func(p *capture.Person) { p.BirthDate = today }, "", ""},
		"no number":         {func(p *capture.Person) { p.NHSNumber = "" }, "", ""},
		"no fixed abode":    {func(p *capture.Person) { p.Postcode = capture.PostcodeNoFixedAbode }, "", ""},
		"one name of 35":    {func(p *capture.Person) { p.Surname = strings.Repeat("é", 35) }, "", ""},
		"bad number":        {func(p *capture.Person) { p.NHSNumber = "9990000019" }, "nhsNumber", "Check the NHS number"},
		"no first name":     {func(p *capture.Person) { p.Forename = "  " }, "forename", "Enter the first name"},
		"no last name":      {func(p *capture.Person) { p.Surname = "" }, "surname", "Enter the last name"},
		"long last name":    {func(p *capture.Person) { p.Surname = strings.Repeat("x", 36) }, "surname", "at most 35"},
		"long first name":   {func(p *capture.Person) { p.Forename = strings.Repeat("x", 181) }, "forename", "at most 180"},
		"no birth date":     {func(p *capture.Person) { p.BirthDate = capture.Date{} }, "birthDate", "Enter the date of birth"},
		"born tomorrow":     {func(p *capture.Person) { p.BirthDate = today.AddDays(1) }, "birthDate", "today or in the past"},
		"born long ago":     {func(p *capture.Person) { p.BirthDate = catalogue.MustDate("1890-01-01") }, "birthDate", "over 130"},
		"gender M":          {func(p *capture.Person) { p.Gender = "M" }, "gender", "Choose a gender"},
		"postcode no space": {func(p *capture.Person) { p.Postcode = "LS14AP" }, "postcode", "Enter the full postcode"},
		"half a postcode":   {func(p *capture.Person) { p.Postcode = "LS1" }, "postcode", "Enter the full postcode"},
	} {
		t.Run(name, func(t *testing.T) {
			person := goodPerson()
			test.change(&person)
			faults := person.Check(today)
			if test.field == "" {
				require.NoError(t, faults.Err())
				return
			}
			require.Len(t, faults, 1)
			assert.Equal(t, test.field, faults[0].Field)
			assert.Contains(t, faults[0].Message, test.fault)
		})
	}
}

func TestPersonCheckNamesEveryFaultAtOnce(t *testing.T) {
	faults := capture.Person{}.Check(today)
	var fields []string
	for _, fault := range faults {
		fields = append(fields, fault.Field)
	}
	assert.ElementsMatch(t, []string{"forename", "surname", "birthDate", "gender", "postcode"}, fields)
}

func TestPersonAge(t *testing.T) {
	child := capture.Person{BirthDate: catalogue.MustDate("2020-02-29")}
	for day, want := range map[string][2]int{"2020-08-28": {0, 5}, "2020-08-29": {0, 6}, "2022-02-28": {1, 23}, "2022-03-01": {2, 24}} {
		on := catalogue.MustDate(day)
		assert.Equal(t, want, [2]int{child.Age(on), child.AgeMonths(on)}, day)
	}
}

func TestPersonTidy(t *testing.T) {
	person := capture.Person{Forename: " Zoë \t Ann\n", Surname: "  O'Fictional ", Postcode: "ls14ap", NHSNumber: "999 000 0018"}.Tidy()
	assert.Equal(t, "Zoë Ann", person.Forename)
	assert.Equal(t, "O'Fictional", person.Surname)
	assert.Equal(t, "LS1 4AP", person.Postcode)
	assert.Equal(t, capture.NHSNumber("9990000018"), person.NHSNumber)
	assert.Equal(t, "02", person.NHSNumberStatus, "a number that was given but not traced")
	assert.Equal(t, "03", capture.Person{}.Tidy().NHSNumberStatus, "no number: trace required")
	assert.Equal(t, "O'FICTIONAL, Zoë Ann", person.Name())
}

func TestTidyPostcode(t *testing.T) {
	for in, want := range map[string]string{
		"ls1 4ap": "LS1 4AP", "LS14AP": "LS1 4AP", " ec1a  1bb": "EC1A 1BB", "m11ae": "M1 1AE", "zz993vz": "ZZ99 3VZ",
		"": "", "LS1": "LS1", "éé993vz": "ÉÉ993VZ",
	} {
		assert.Equal(t, want, capture.TidyPostcode(in), in)
	}
}

func TestPersonIDFitsItsColumn(t *testing.T) {
	id := capture.PersonID("0c5b8f0e-2f5c-4b52-8f1c-9d2b1a0c7e11")
	assert.LessOrEqual(t, len(id), 20)
	assert.Equal(t, id, capture.PersonID("0c5b8f0e-2f5c-4b52-8f1c-9d2b1a0c7e11"))
	assert.NotEqual(t, id, capture.PersonID("0c5b8f0e-2f5c-4b52-8f1c-9d2b1a0c7e12"))
}
