package capture

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"deltoid/assets/catalogue"
)

// Date is a calendar day; see catalogue.Date.
type Date = catalogue.Date

// Person is somebody who comes to the desk.
type Person struct {
	ID              string    `json:"id,omitempty"` // our own id, at most 20 characters, sent as LOCAL_PATIENT_ID
	NHSNumber       NHSNumber `json:"nhsNumber,omitempty"`
	NHSNumberStatus string    `json:"nhsNumberStatus,omitempty"` // 01 to 08, NHS Data Dictionary
	Forename        string    `json:"forename"`                  // up to five names
	Surname         string    `json:"surname"`
	BirthDate       Date      `json:"birthDate"`
	Gender          string    `json:"gender"` // 0 not known, 1 male, 2 female, 9 not specified
	Postcode        string    `json:"postcode"`
	Address         string    `json:"address,omitempty"` // first line, read back to confirm identity; not sent
	EthnicCategory  string    `json:"ethnicCategory,omitempty"`
	Practice        string    `json:"practice,omitempty"` // registered practice, shown only

	// Flags of the demographics service (PDS).
	Sensitive bool `json:"sensitive,omitempty"` // S-flag: address, practice and the places of doses are not shown
	Deceased  bool `json:"deceased,omitempty"`  // recorded as having died
}

// Postcodes that stand for no address (NHS postcode directory).
const (
	PostcodeNoFixedAbode = "ZZ99 3VZ"
	PostcodeNotKnown     = "ZZ99 3WZ"
)

// Longest names the extracts carry, in characters.
const (
	MaxForename = 180
	MaxSurname  = 35
)

// Name is the form of lists and headings: SMITH, Jo.
func (p Person) Name() string {
	if p.Forename == "" {
		return strings.ToUpper(p.Surname)
	}
	return strings.ToUpper(p.Surname) + ", " + p.Forename
}

// FullName is the form of sentences: Jo Smith.
func (p Person) FullName() string { return strings.TrimSpace(p.Forename + " " + p.Surname) }

// Age is the person's age in completed years on a day.
func (p Person) Age(on Date) int { return on.YearsSince(p.BirthDate) }

// AgeMonths is the person's age in completed months on a day.
func (p Person) AgeMonths(on Date) int { return on.MonthsSince(p.BirthDate) }

// Tidy trims and spaces what was typed; it changes no meaning.
func (p Person) Tidy() Person {
	p.Forename = oneLine(p.Forename)
	p.Surname = oneLine(p.Surname)
	p.Address = oneLine(p.Address)
	p.Practice = oneLine(p.Practice)
	p.Postcode = TidyPostcode(p.Postcode)
	if number, err := ParseNHSNumber(string(p.NHSNumber)); err == nil {
		p.NHSNumber = number
	}
	switch {
	case p.NHSNumber == "" && (p.NHSNumberStatus == "" || p.NHSNumberStatus == "01" || p.NHSNumberStatus == "02"):
		p.NHSNumberStatus = "03"
	case p.NHSNumber != "" && (p.NHSNumberStatus == "" || p.NHSNumberStatus == "03"):
		p.NHSNumberStatus = "02"
	}
	return p
}

// TidyPostcode puts a postcode in capitals with its one space.
func TidyPostcode(text string) string {
	compact := strings.ToUpper(strings.Join(strings.Fields(text), ""))
	if len(compact) < 5 || len(compact) > 7 || !isASCII(compact) {
		return strings.ToUpper(oneLine(text))
	}
	return compact[:len(compact)-3] + " " + compact[len(compact)-3:]
}

// Check lists every fault of the person's details as of a day.
func (p Person) Check(today Date) Problems {
	var faults Problems
	if _, err := ParseNHSNumber(string(p.NHSNumber)); err != nil {
		faults = append(faults, ProblemsOf(err)...)
	}
	checkName(&faults, "forename", "first name", p.Forename, MaxForename)
	checkName(&faults, "surname", "last name", p.Surname, MaxSurname)
	switch {
	case p.BirthDate.IsZero():
		faults.Add("birthDate", "Enter the date of birth")
	case p.BirthDate.After(today):
		faults.Add("birthDate", "Date of birth must be today or in the past")
	case p.Age(today) > 130:
		faults.Add("birthDate", "Check the year of birth: it makes the person over 130")
	}
	switch p.Gender {
	case "0", "1", "2", "9":
	default:
		faults.Add("gender", "Choose a gender, or Not known")
	}
	if !plausiblePostcode(p.Postcode) {
		faults.Add("postcode", "Enter the full postcode, for example LS1 4AP. For no fixed address enter "+PostcodeNoFixedAbode+", for not known "+PostcodeNotKnown)
	}
	return faults
}

func checkName(faults *Problems, field, label, name string, longest int) {
	switch {
	case strings.TrimSpace(name) == "":
		faults.Add(field, "Enter the "+label)
	case utf8.RuneCountInString(name) > longest:
		faults.Add(field, "Shorten the "+label+": an extract carries at most "+strconv.Itoa(longest)+" characters")
	}
}

func plausiblePostcode(text string) bool {
	parts := strings.Split(text, " ")
	if len(parts) != 2 || len(parts[0]) < 2 || len(parts[0]) > 4 || len(parts[1]) != 3 {
		return false
	}
	for _, r := range parts[0] + parts[1] {
		if !(r >= 'A' && r <= 'Z' || r >= '0' && r <= '9') {
			return false
		}
	}
	return parts[1][0] >= '0' && parts[1][0] <= '9'
}

// oneLine trims, and makes any run of white space or control characters one space.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

func isASCII(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
