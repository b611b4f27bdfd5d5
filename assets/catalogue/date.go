package catalogue

import (
	"fmt"
	"time"
	_ "time/tzdata" // Windows has no zone database
)

// Date is a calendar day without a time or a zone. The zero Date means "not given".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// London is the wall clock of every English clinic.
var London = mustZone("Europe/London")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		// The zone database is embedded above, so this cannot happen in a built program.
		return time.UTC
	}
	return zone
}

// NewDate returns the day, or an error when there is no such day in the calendar.
func NewDate(year int, month time.Month, day int) (Date, error) {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if year < 1 || year > 9999 || t.Year() != year || t.Month() != month || t.Day() != day {
		return Date{}, fmt.Errorf("there is no day %d in month %d of year %d", day, month, year)
	}
	return Date{year, month, day}, nil
}

// ParseDate reads a strict ISO day, for example 2022-05-12.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return Date{}, fmt.Errorf("%q is not a date like 2022-05-12", text)
	}
	return Date{t.Year(), t.Month(), t.Day()}, nil
}

// MustDate is ParseDate for constants in tests and tables.
func MustDate(text string) Date {
	d, err := ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// DateOf is the day on London's wall clock at an instant.
func DateOf(t time.Time) Date {
	t = t.In(London)
	return Date{t.Year(), t.Month(), t.Day()}
}

// IsZero tells whether no date was given.
func (d Date) IsZero() bool { return d == Date{} }

// Start is the instant the day begins in London.
func (d Date) Start() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, London)
}

func (d Date) utc() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// AddDays moves by whole days; it is not disturbed by clock changes.
func (d Date) AddDays(n int) Date {
	t := d.utc().AddDate(0, 0, n)
	return Date{t.Year(), t.Month(), t.Day()}
}

// DaysSince counts whole days from earlier to d.
func (d Date) DaysSince(earlier Date) int {
	return int(d.utc().Sub(earlier.utc()) / (24 * time.Hour))
}

// Before tells whether d is an earlier day than other.
func (d Date) Before(other Date) bool { return d.utc().Before(other.utc()) }

// After tells whether d is a later day than other.
func (d Date) After(other Date) bool { return d.utc().After(other.utc()) }

// YearsSince is the age in completed years on day d of somebody born on the given day.
func (d Date) YearsSince(born Date) int {
	years := d.Year - born.Year
	if d.Month < born.Month || d.Month == born.Month && d.Day < born.Day {
		years--
	}
	return years
}

// MonthsSince is the age in completed months on day d of somebody born on the given day. A month is completed on the day of the
// month of the birth or, where the month is too short, on the first of the next; twelve of them are a year of YearsSince.
func (d Date) MonthsSince(born Date) int {
	months := 12*(d.Year-born.Year) + int(d.Month) - int(born.Month)
	if d.Day < born.Day {
		months--
	}
	return months
}

// AddMonths is the first day on which somebody born on d has completed so many months: the same day of the month or, where the
// month is too short, the first of the next.
func (d Date) AddMonths(months int) Date {
	first := time.Date(d.Year, d.Month+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	day, err := NewDate(first.Year(), first.Month(), d.Day)
	if err != nil {
		next := first.AddDate(0, 1, 0)
		return Date{next.Year(), next.Month(), 1}
	}
	return day
}

// String is the ISO form; empty for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Compact is YYYYMMDD, the form of the extracts; empty for the zero Date.
func (d Date) Compact() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d%02d%02d", d.Year, d.Month, d.Day)
}

// Plain is the form people read, for example 4 March 1947.
func (d Date) Plain() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format("2 January 2006")
}

// Short is Plain with a short month, for example 4 Mar 1947.
func (d Date) Short() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format("2 Jan 2006")
}

// MarshalText writes the ISO form.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the ISO form; empty text is the zero Date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// Compare is negative when d is the earlier day, positive when it is the later.
func (d Date) Compare(other Date) int { return d.utc().Compare(other.utc()) }
