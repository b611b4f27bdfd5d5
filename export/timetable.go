package export

import (
	"slices"
	"strconv"
	"time"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// Timetable is when files are made and sent without anybody's word, on the clocks of London. All of it is a function of
// the moment, the settings and when each extract had its turn last.
type Timetable struct {
	off        bool      // no daily file by the clock
	daily      *Schedule // for all daily extracts; nil: as the table of each extract says
	quiet      bool
	start, end int // of the quiet hours, in minutes of the day; they may pass midnight
}

// TimetableOf reads the settings schedule.*. A time that cannot be read counts as not set; the settings refuse it anyway.
func TimetableOf(configuration capture.Configuration) Timetable {
	t := Timetable{off: configuration.Get("schedule.daily") == capture.Off}
	if minute, ok := minuteOfDay(configuration.Get("schedule.daily")); ok {
		t.daily = &Schedule{Hour: minute / 60, Minute: minute % 60}
	}
	start, from := minuteOfDay(configuration.Get("schedule.quiet_from"))
	end, to := minuteOfDay(configuration.Get("schedule.quiet_to"))
	t.quiet, t.start, t.end = from && to && start != end, start, end
	return t
}

// Scheduled are the extracts that the timetable is followed for: those that are made and have a receiver. Files for nobody
// would only pile up; their records wait until a receiver is set.
func (p *Profiles) Scheduled(configuration capture.Configuration) []*Profile {
	return slices.DeleteFunc(p.On(configuration), func(profile *Profile) bool {
		mailbox, _ := profile.Address(configuration)
		return mailbox == ""
	})
}

func minuteOfDay(clock string) (minute int, ok bool) {
	at, err := time.Parse("15:04", clock)
	return at.Hour()*60 + at.Minute(), err == nil
}

// Of is when the files of an extract are made; on is false when they are made only at somebody's word.
func (t Timetable) Of(profile *Profile) (schedule Schedule, on bool) {
	schedule = profile.Schedule
	switch {
	case schedule.Hourly:
		return schedule, true
	case t.off:
		return schedule, false
	case t.daily != nil:
		schedule.Hour, schedule.Minute = t.daily.Hour, t.daily.Minute
	}
	return schedule, true
}

// Quiet tells whether nothing is made or sent by itself at a moment. The clock on the wall decides, also in the night in
// which an hour comes twice.
func (t Timetable) Quiet(now time.Time) bool {
	if !t.quiet {
		return false
	}
	local := now.In(catalogue.London)
	minute := local.Hour()*60 + local.Minute()
	if t.start < t.end {
		return t.start <= minute && minute < t.end
	}
	return minute >= t.start || minute < t.end
}

// QuietUntil is the first moment from now on that is not quiet: now itself when it is not.
func (t Timetable) QuietUntil(now time.Time) time.Time {
	at := now
	for t.Quiet(at) { // by minutes, so that the clock changes need no thought; a day has some 1,500
		at = at.Truncate(time.Minute).Add(time.Minute)
	}
	return at.UTC()
}

// Due lists the extracts whose turn has come since they had it last, in the order in which they go out. An extract that
// never had its turn waits for the next one. In quiet hours none is due.
func (t Timetable) Due(now time.Time, last map[Kind]time.Time, profiles []*Profile) []Kind {
	if t.Quiet(now) {
		return nil
	}
	var due []Kind
	for _, profile := range profiles {
		schedule, on := t.Of(profile)
		if had := last[profile.Kind]; on && !had.IsZero() && schedule.Last(now).After(had) {
			due = append(due, profile.Kind)
		}
	}
	return due
}

// Next is the first moment after now at which an extract has its turn; zero when none ever has.
func (t Timetable) Next(now time.Time, profiles []*Profile) (next time.Time) {
	for _, profile := range profiles {
		schedule, on := t.Of(profile)
		if !on {
			continue
		}
		if at := t.QuietUntil(schedule.Next(now)); next.IsZero() || at.Before(next) {
			next = at
		}
	}
	return next
}

// Overdue is an extract that should have been with MESH by now.
type Overdue struct {
	Kind  Kind      `json:"kind"`
	Title string    `json:"title"`
	Since time.Time `json:"since"`           // when it should have gone
	Files int       `json:"files,omitempty"` // built, and not with MESH; 0: its turn was missed
}

// Overdue lists what should have gone: an extract whose turn passed with its deadline, and files that have waited longer
// than the deadline of the turn they were built at. Files that wait for a person are not overdue but in the person's hands.
func (t Timetable) Overdue(now time.Time, last map[Kind]time.Time, profiles []*Profile, deliveries []Delivery) []Overdue {
	var all []Overdue
	for _, profile := range profiles {
		schedule, on := t.Of(profile)
		late := Overdue{Kind: profile.Kind, Title: profile.Title}
		since := func(at time.Time) {
			if late.Since.IsZero() || at.Before(late.Since) {
				late.Since = at
			}
		}
		if had := last[profile.Kind]; on && !had.IsZero() {
			if deadline := schedule.deadlineAfter(schedule.Next(had)); now.After(deadline) {
				since(deadline)
			}
		}
		for _, d := range deliveries {
			if d.Kind != profile.Kind || d.State != Built && d.State != Sending {
				continue
			}
			if deadline := schedule.deadlineAfter(d.BuiltAt); now.After(deadline) {
				since(deadline)
				late.Files++
			}
		}
		if !late.Since.IsZero() {
			all = append(all, late)
		}
	}
	return all
}

// deadlineAfter is the first deadline after a file was made.
func (s Schedule) deadlineAfter(made time.Time) time.Time {
	if s.Hourly {
		minute, err := strconv.Atoi(s.Deadline)
		if err != nil {
			return made.Add(time.Hour)
		}
		return Schedule{Hourly: true, Minute: minute}.Next(made)
	}
	minute, ok := minuteOfDay(s.Deadline)
	if !ok {
		return made.Add(24 * time.Hour)
	}
	return Schedule{Hour: minute / 60, Minute: minute % 60}.Next(made)
}
