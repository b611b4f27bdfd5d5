package cohort_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/capture/cohort"
)

func TestBirthDates(t *testing.T) {
	for text, want := range map[string]string{
		"04/03/1947": "1947-03-04", "4/3/1947": "1947-03-04", "4.3.1947": "1947-03-04", "04-03-1947": "1947-03-04", "4 3 1947": "1947-03-04",
		"4 March 1947": "1947-03-04", "4th March 1947": "1947-03-04", "4-Mar-1947": "1947-03-04", "04-MAR-47": "1947-03-04", "Tue 4 Mar 1947": "1947-03-04",
		"Tuesday, 4 March 1947": "1947-03-04", "March 4, 1947": "1947-03-04", "1 Sept 1947": "1947-09-01", "2nd of May 1947": "1947-05-02",
		"1947-03-04": "1947-03-04", "1947/03/04": "1947-03-04", "1947-Mar-04": "1947-03-04", "19470304": "1947-03-04", "04031947": "1947-03-04",
		"1947-03-04T00:00:00": "1947-03-04", "04/03/1947 00:00:00": "1947-03-04", "1947-03-04 00:00": "1947-03-04", "1947-03-04T00:00:00Z": "1947-03-04",
		"17230": "1947-03-04", "17230.0": "1947-03-04", "29/02/2000": "2000-02-29", "4/3/47": "1947-03-04", "20101112": "2010-11-12", "19041912": "1912-04-19",
		"\u200e04/03/1947": "1947-03-04", "12/05/2022": "2022-05-12",
	} {
		row := readOne(t, cohort.BirthDate, text)
		assert.Empty(t, row.Faults, text)
		assert.Equal(t, want, row.Person.BirthDate.String(), text)
	}
	for text, says := range map[string]string{
		"":                          "Enter the date of birth",
		"1947":                      "Write the date as day, month and year",
		"40347":                     "", // a number of days: 18 June 2010
		"040347":                    "Write the date as day, month and year",
		"4/3":                       "Write the date as day, month and year",
		"4/3/947":                   "Write the date as day, month and year",
		"not known":                 "Write the date as day, month and year",
		"4/Brumaire/1947":           "Write the date as day, month and year",
		"30/02/1947":                "There is no such day",
		"31/04/1947":                "There is no such day",
		"13/13/1947":                "There is no such day",
		"19471304":                  "There is no such day",
		"03/25/1947":                "Write the day before the month",
		"4/3/20":                    "Write the year with four digits",
		"13/05/2022":                "Date of birth must be today or in the past",
		"4/3/1847":                  "over 130",
		"1947-03-04T23:00:00Z":      "without a time",
		"1947-03-04T00:00:00+01:00": "without a time",
		"4/3/1947 or 5/3/1947":      "without a time",
	} {
		row := readOne(t, cohort.BirthDate, text)
		if says == "" {
			assert.Empty(t, row.Faults, text)
			continue
		}
		require.Len(t, row.Faults, 1, text)
		assert.Equal(t, cohort.BirthDate, row.Faults[0].Field)
		assert.Contains(t, row.Faults[0].Message, says, text)
	}
}

func TestMonthFirstIsChosenForTheWholeList(t *testing.T) {
	american := func(m *cohort.Mapping) { m.MonthFirst = true }
	row := readOne(t, cohort.BirthDate, "03/25/1947", american)
	assert.Equal(t, "1947-03-25", row.Person.BirthDate.String())
	row = readOne(t, cohort.BirthDate, "3/4/1947", american)
	assert.Equal(t, "1947-03-04", row.Person.BirthDate.String())
	row = readOne(t, cohort.BirthDate, "1947-03-04", american)
	assert.Equal(t, "1947-03-04", row.Person.BirthDate.String())
	row = readOne(t, cohort.BirthDate, "4 March 1947", american)
	assert.Equal(t, "1947-03-04", row.Person.BirthDate.String())
	assert.True(t, readOne(t, cohort.BirthDate, "25/3/1947", american).Rejected())
}

func TestAppointments(t *testing.T) {
	for name, test := range map[string]struct{ date, clock, want string }{
		"two cells":          {"12/05/2022", "09:30", "2022-05-12T08:30:00Z"},
		"one cell":           {"12/05/2022 09:30", "", "2022-05-12T08:30:00Z"},
		"one ISO cell":       {"2022-05-12T09:30:00", "", "2022-05-12T08:30:00Z"},
		"one cell with zone": {"2022-05-12T09:30:00+01:00", "", "2022-05-12T08:30:00Z"},
		"one cell in UTC":    {"2022-05-12T09:30:00Z", "", "2022-05-12T09:30:00Z"},
		"in winter":          {"12/01/2023", "09:30", "2023-01-12T09:30:00Z"},
		"afternoon":          {"12/05/2022", "1:30 pm", "2022-05-12T12:30:00Z"},
		"afternoon, dots":    {"12/05/2022", "1.30p.m.", "2022-05-12T12:30:00Z"},
		"morning":            {"12/05/22", "9am", "2022-05-12T08:00:00Z"},
		"no colon":           {"12 May 2022", "0930", "2022-05-12T08:30:00Z"},
		"point":              {"12 May 2022", "9.30", "2022-05-12T08:30:00Z"},
		"hours":              {"12 May 2022", "1330hrs", "2022-05-12T12:30:00Z"},
		"slot":               {"12 May 2022", "13:30 - 13:40", "2022-05-12T12:30:00Z"},
		"slot in words":      {"12 May 2022", "1.30pm to 2pm", "2022-05-12T12:30:00Z"},
		"part of a day":      {"44693", "0.395833333333333", "2022-05-12T08:30:00Z"},
		"number of days":     {"44693.5625", "", "2022-05-12T12:30:00Z"},
		"half a day":         {"44693", "0.5", "2022-05-12T11:00:00Z"},
		"only the day":       {"12/05/2022", "", ""},
		"nothing":            {"", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			rows := read(t, "Surname,Forename,DOB,Appointment date,Appointment time\nSmith,Jo,4/3/1947,"+test.date+","+test.clock+"\n")
			assert.Empty(t, rows[0].Faults)
			got := ""
			if at := rows[0].Appointment.At; !at.IsZero() {
				got = at.Format(time.RFC3339)
			}
			assert.Equal(t, test.want, got)
			assert.Equal(t, test.date == "", rows[0].Appointment.Day.IsZero())
		})
	}
	for name, test := range map[string]struct{ date, clock, says string }{
		"time without day": {"", "09:30", "Line 2, Appointment time: Say on which day"},
		"no time":          {"12/05/2022", "half nine", "Line 2, Appointment time: Write the time as hours and minutes"},
		"25 hours":         {"12/05/2022", "25:00", "Write the time"},
		"half a slot":      {"12/05/2022", "13:30 - late", "Write the time"},
		"no date":          {"Thursday", "09:30", "Line 2, Appointment date: Write the date"},
		"time in the date": {"12/05/2022 at noon", "", "Line 2, Appointment date: Write the time"},
	} {
		t.Run(name, func(t *testing.T) {
			rows := read(t, "Surname,Forename,DOB,Appointment date,Appointment time\nSmith,Jo,4/3/1947,"+test.date+","+test.clock+"\n")
			assert.Contains(t, faultsOf(rows[0]), test.says)
		})
	}
	row := readOne(t, cohort.AppointmentTime, "09:30", func(m *cohort.Mapping) { m.Day = today })
	assert.Equal(t, catalogue.MustDate("2022-05-12"), row.Appointment.Day, "the day of the whole list")
	assert.Equal(t, time.Date(2022, 5, 12, 8, 30, 0, 0, time.UTC), row.Appointment.At)
}

func TestNHSNumbers(t *testing.T) {
	for text, want := range map[string]capture.NHSNumber{
		"943 476 5919": "9434765919", "943-476-5919": "9434765919", "9434765919": "9434765919", "'9434765919": "9434765919",
		"9434765919.0": "9434765919", "9.434765919E9": "9434765919", "9.434765919e+09": "9434765919", "": "", "n/a": "", "None": "", "\u00a09434765919 ": "9434765919",
	} {
		row := readOne(t, cohort.NHSNumber, text)
		assert.Empty(t, row.Faults, text)
		assert.Equal(t, want, row.Person.NHSNumber, text)
	}
	for text, says := range map[string]string{
		"9434765918": "last digit does not match", "94347659": "all 10 digits", "9.43477E+09": "rounded the number", "9E9": "rounded the number",
		"AB123456C": "National Insurance", `="9434765919"`: "10 digits", "tbc": "10 digits",
	} {
		row := readOne(t, cohort.NHSNumber, text)
		assert.Contains(t, faultsOf(row), "Line 2, NHS number: ", text)
		assert.Contains(t, faultsOf(row), says, text)
	}
}

func TestNames(t *testing.T) {
	for text, want := range map[string][2]string{
		"SMITH, Jo": {"SMITH", "Jo"}, "SMITH, Jo (Mrs)": {"SMITH", "Jo"}, "Mrs Jo Smith": {"Smith", "Jo"}, "Jo Smith": {"Smith", "Jo"},
		"van der Berg, Anna Maria": {"van der Berg", "Anna Maria"}, "Smith, Dr. Jo": {"Smith", "Jo"},
	} {
		row := readOne(t, cohort.FullName, text)
		assert.Empty(t, row.Faults, text)
		assert.Equal(t, want, [2]string{row.Person.Surname, row.Person.Forename}, text)
	}
	for text, says := range map[string]string{
		"Anna van der Berg": "Write the name with a comma", "Smith": "Write the name with a comma", "Smith,": "Write the name with a comma",
		"Smith, Jo, Mrs": "Write the name with a comma", "": "Enter the name",
	} {
		row := readOne(t, cohort.FullName, text)
		require.Len(t, row.Faults, 1, text)
		assert.Contains(t, row.Faults[0].String(), "Line 2, Full name: "+says, text)
	}
	for _, text := range []string{"=1+1", "+Smith", "-Smith", "@Smith"} {
		row := readOne(t, cohort.Surname, text)
		assert.Equal(t, text, row.Person.Surname, "such a cell is text")
		assert.Contains(t, faultsOf(row), "The name begins with")
	}
	assert.Contains(t, faultsOf(readOne(t, cohort.Surname, "LS1 4AP")), "a digit in the name")
	assert.Contains(t, faultsOf(readOne(t, cohort.Forename, "")), "Line 2, First name: Enter the first name")
	assert.Equal(t, "Zoë", readOne(t, cohort.Forename, "Zoe\u0308").Person.Forename, "letters are composed")
	assert.Equal(t, "O’Brien", readOne(t, cohort.Surname, " O’Brien\u200b ").Person.Surname)
}

func TestGenders(t *testing.T) {
	for text, want := range map[string]string{"F": "2", "female": "2", "M": "1", "Male": "1", "": "0", "Unknown": "0", "Not specified": "9", "Non-binary": "9", "2": "2"} {
		row := readOne(t, cohort.Gender, text)
		assert.Empty(t, row.Faults, text)
		assert.Equal(t, want, row.Person.Gender, text)
	}
	row := readOne(t, cohort.Gender, "Mx")
	require.Len(t, row.Faults, 1)
	assert.Contains(t, row.Faults[0].Message, "Write the gender as male")
}

func TestPostcodes(t *testing.T) {
	assert.Equal(t, capture.PostcodeNotKnown, readOne(t, cohort.Postcode, "").Person.Postcode)
	assert.Equal(t, "LS1 4AP", readOne(t, cohort.Postcode, "ls14ap").Person.Postcode)
	assert.Contains(t, faultsOf(readOne(t, cohort.Postcode, "Leeds")), "Line 2, Postcode: Enter the full postcode")
}

func TestEveryFaultOfARowIsSaid(t *testing.T) {
	rows := read(t, headings+"123,,Jo,soon,Mx,Leeds,,,,\n")
	var fields []cohort.Field
	for _, fault := range rows[0].Faults {
		fields = append(fields, fault.Field)
	}
	assert.Equal(t, []cohort.Field{cohort.NHSNumber, cohort.Surname, cohort.BirthDate, cohort.Gender, cohort.Postcode}, fields)
}
