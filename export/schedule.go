package export

import (
	"strconv"
	"strings"
	"time"

	"deltoid/assets/catalogue"
)

// Schedule is when a file is made and by when it must be gone, on the clocks of London.
type Schedule struct {
	Hourly   bool
	Hour     int // of a daily file
	Minute   int
	Deadline string // 06:00, or the minute of an hourly file
}

// Next is the first moment after t at which a file is due. On the night that leaves the hour out it is an hour later.
func (s Schedule) Next(t time.Time) time.Time {
	local := t.In(catalogue.London)
	if s.Hourly {
		// Hours pass evenly in UTC; London is whole hours away from it.
		due := t.UTC().Truncate(time.Hour).Add(time.Duration(s.Minute) * time.Minute)
		if !due.After(t) {
			due = due.Add(time.Hour)
		}
		return due
	}
	due := time.Date(local.Year(), local.Month(), local.Day(), s.Hour, s.Minute, 0, 0, catalogue.London)
	if !due.After(t) {
		due = time.Date(local.Year(), local.Month(), local.Day()+1, s.Hour, s.Minute, 0, 0, catalogue.London)
	}
	return due.UTC()
}

// Last is the newest moment, t itself included, at which a file was due.
func (s Schedule) Last(t time.Time) time.Time {
	back := 49 * time.Hour // the longest day has 25 hours
	if s.Hourly {
		back = 2 * time.Hour
	}
	last := s.Next(t.Add(-back))
	for next := s.Next(last); !next.After(t); next = s.Next(last) {
		last = next
	}
	return last
}

// String is the schedule in plain words.
func (s Schedule) String() string {
	if s.Hourly {
		return "every hour at minute " + twoDigits(s.Minute) + ", gone by minute " + s.Deadline
	}
	return "daily at " + twoDigits(s.Hour) + ":" + twoDigits(s.Minute) + ", gone by " + s.Deadline
}

func twoDigits(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }

func (s *Schedule) readTime(row tableRow) {
	how, when, _ := strings.Cut(row.get(valueCell), " ")
	switch how {
	case "hourly":
		minute, err := strconv.Atoi(when)
		if err == nil && minute >= 0 && minute < 60 {
			s.Hourly, s.Minute = true, minute
			return
		}
	case "daily":
		if clock, err := time.Parse("15:04", when); err == nil {
			s.Hour, s.Minute = clock.Hour(), clock.Minute()
			return
		}
	}
	row.fault(valueCell, "this is no schedule", "write it like daily 02:00 or hourly 05")
}

func (s *Schedule) readDeadline(row tableRow) {
	s.Deadline = row.get(valueCell)
	_, clock := time.Parse("15:04", s.Deadline)
	minute, err := strconv.Atoi(s.Deadline)
	if clock != nil && (err != nil || minute < 0 || minute > 59) {
		row.fault(valueCell, "this is no time", "write it like 06:00, or the minute of the hour like 20")
	}
}
