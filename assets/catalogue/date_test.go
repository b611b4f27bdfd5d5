package catalogue_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/assets/catalogue"
)

func TestParseDate(t *testing.T) {
	day, err := catalogue.ParseDate("2022-05-12")
	require.NoError(t, err)
	assert.Equal(t, catalogue.Date{Year: 2022, Month: time.May, Day: 12}, day)
	assert.Equal(t, "20220512", day.Compact())
	assert.Equal(t, "12 May 2022", day.Plain())
	for _, text := range []string{"", "2022-02-30", "12/05/2022", "2022-5-12", "2022-05-12 ", "44693"} {
		_, err := catalogue.ParseDate(text)
		assert.Error(t, err, text)
	}
}

// A clock change does not disturb counting: the clocks went forward on 27 March 2022.
func TestDaysOverAClockChange(t *testing.T) {
	assert.Equal(t, 72, catalogue.MustDate("2022-05-12").DaysSince(catalogue.MustDate("2022-03-01")))
	assert.Equal(t, catalogue.MustDate("2022-05-31"), catalogue.MustDate("2022-03-01").AddDays(91))
	assert.Equal(t, catalogue.MustDate("2022-05-13"), catalogue.DateOf(time.Date(2022, 5, 12, 23, 30, 0, 0, time.UTC)))
}

func TestYearsSince(t *testing.T) {
	for _, test := range []struct {
		born, on string
		years    int
	}{
		{"1947-06-30", "2022-06-29", 74},
		{"1947-06-30", "2022-06-30", 75},
		{"2010-05-13", "2022-05-12", 11},
		{"2004-02-29", "2022-02-28", 17},
		{"2004-02-29", "2022-03-01", 18},
	} {
		assert.Equal(t, test.years, catalogue.MustDate(test.on).YearsSince(catalogue.MustDate(test.born)), test.born+" "+test.on)
	}
}

func TestMonthsSince(t *testing.T) {
	for _, test := range []struct {
		born, on string
		months   int
	}{
		{"2021-05-15", "2021-05-15", 0},
		{"2021-05-15", "2021-11-14", 5},
		{"2021-05-15", "2021-11-15", 6},
		{"2021-08-31", "2022-02-28", 5}, // the month is too short
		{"2021-08-31", "2022-03-01", 6},
		{"2021-08-30", "2022-02-28", 5},
		{"2021-08-28", "2022-02-28", 6},
		{"2021-08-31", "2021-11-30", 2},
		{"2021-08-31", "2021-12-01", 3},
		{"2021-12-31", "2022-01-31", 1},
		{"2020-02-29", "2020-03-28", 0},
		{"2020-02-29", "2020-03-29", 1},
		{"2020-02-29", "2022-02-28", 23},
		{"2020-02-29", "2022-03-01", 24},
		{"2019-08-29", "2020-02-29", 6},
		{"2019-08-30", "2020-02-29", 5},
	} {
		assert.Equal(t, test.months, catalogue.MustDate(test.on).MonthsSince(catalogue.MustDate(test.born)), test.born+" "+test.on)
	}
}

// Months and years tell the same story: twelve completed months are a completed year, and months never run backwards.
func TestMonthsAgreeWithYears(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		born := catalogue.MustDate("1990-01-01").AddDays(rapid.IntRange(0, 12000).Draw(t, "born"))
		day := born.AddDays(rapid.IntRange(0, 36000).Draw(t, "days of life"))
		if day.MonthsSince(born)/12 != day.YearsSince(born) {
			t.Fatalf("born %s: on %s %d months and %d years", born, day, day.MonthsSince(born), day.YearsSince(born))
		}
		if more := day.AddDays(1).MonthsSince(born) - day.MonthsSince(born); more != 0 && more != 1 {
			t.Fatalf("born %s: %d months more from %s to the next day", born, more, day)
		}
	})
}

func TestDateArithmetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := catalogue.MustDate("1900-01-01").AddDays(rapid.IntRange(0, 80000).Draw(t, "day"))
		n := rapid.IntRange(-40000, 40000).Draw(t, "n")
		if got := day.AddDays(n).DaysSince(day); got != n {
			t.Fatalf("%s and %d days count %d", day, n, got)
		}
		again, err := catalogue.ParseDate(day.String())
		if err != nil || again != day {
			t.Fatalf("%s is read as %s: %v", day, again, err)
		}
		if day.AddDays(n).Before(day) != (n < 0) || day.AddDays(n).After(day) != (n > 0) {
			t.Fatalf("%s and %d days are out of order", day, n)
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, text := range []string{"2022-05-12", "", "2022-02-30", "0000-00-00", "9999-12-31"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		day, err := catalogue.ParseDate(text)
		if err == nil && day.String() != text {
			t.Fatalf("%q is read as %s", text, day)
		}
	})
}
