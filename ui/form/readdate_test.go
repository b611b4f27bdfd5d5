package form

import (
	"testing"

	"deltoid/assets/catalogue"
)

func TestReadDate(t *testing.T) {
	for name, c := range map[string]struct {
		day, month, year string
		want             string // the date, or the message
		wrong            [3]bool
	}{
		"whole":            {"27", "3", "1947", "1947-03-27", [3]bool{}},
		"leading zeros":    {"07", "03", "1947", "1947-03-07", [3]bool{}},
		"month as a word":  {"7", "mar", "1947", "1947-03-07", [3]bool{}},
		"month in full":    {"7", "September", "1947", "1947-09-07", [3]bool{}},
		"sept":             {"7", "Sept.", "1947", "1947-09-07", [3]bool{}},
		"leap day":         {"29", "2", "2024", "2024-02-29", [3]bool{}},
		"nothing":          {"", " ", "", "Enter the date of birth", [3]bool{true, true, true}},
		"no day":           {"", "3", "1947", "Date of birth must include a day", [3]bool{true, false, false}},
		"no month":         {"7", "", "1947", "Date of birth must include a month", [3]bool{false, true, false}},
		"no year":          {"7", "3", "", "Date of birth must include a year", [3]bool{false, false, true}},
		"year only":        {"", "", "1947", "Date of birth must include a day and a month", [3]bool{true, true, false}},
		"short year":       {"7", "3", "47", "Year must include 4 numbers", [3]bool{false, false, true}},
		"year with letter": {"7", "3", "194O", "Year must include 4 numbers", [3]bool{false, false, true}},
		"no such month":    {"7", "13", "1947", "Date of birth must be a real date", [3]bool{false, true, false}},
		"month too vague":  {"7", "ma", "1947", "Date of birth must be a real date", [3]bool{false, true, false}},
		"no such day":      {"32", "1", "1947", "Date of birth must be a real date", [3]bool{true, false, false}},
		"no leap year":     {"29", "2", "2023", "Date of birth must be a real date", [3]bool{true, false, false}},
	} {
		t.Run(name, func(t *testing.T) {
			date, err := readDate("date of birth", c.day, c.month, c.year)
			if err == nil {
				if date.String() != c.want {
					t.Errorf("got %s, want %s", date, c.want)
				}
				return
			}
			wrong := err.(*DateError)
			if date != (catalogue.Date{}) {
				t.Errorf("got the date %s beside an error", date)
			}
			if wrong.Message != c.want {
				t.Errorf("got %q, want %q", wrong.Message, c.want)
			}
			if got := [3]bool{wrong.Day, wrong.Month, wrong.Year}; got != c.wrong {
				t.Errorf("boxes at fault %v, want %v", got, c.wrong)
			}
		})
	}
}

func TestReadWholeDate(t *testing.T) {
	for text, want := range map[string]string{
		"27/3/1947":      "1947-03-27",
		"27-03-1947":     "1947-03-27",
		"27.3.1947":      "1947-03-27",
		" 27 March 1947": "1947-03-27",
		"1947-03-27":     "1947-03-27",
		"27031947":       "1947-03-27",
		"27 3":           "",
		"3/27/1947":      "",
		"hello":          "",
		"":               "",
	} {
		date, err := readWholeDate(text)
		if date.String() != want || (err == nil) != (want != "") {
			t.Errorf("%q: got %q and %v, want %q", text, date, err, want)
		}
	}
}

func TestLowerFirst(t *testing.T) {
	for text, want := range map[string]string{
		"Date of birth": "date of birth", "NHS number": "NHS number", "": "", "A": "a", "Age": "age",
	} {
		if got := lowerFirst(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
