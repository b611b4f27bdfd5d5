package cohort

import (
	"math"
	"strconv"
	"strings"
	"time"

	"deltoid/assets/catalogue"
)

// readClock reads a time of day: 13:30, 13.30, 1330, 1:30 pm, 9am, the part of a day that spreadsheets keep, or the
// start of a slot such as 13:30-13:40.
func readClock(text string) (sinceMidnight time.Duration, ok bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if isDecimal(text) && (text == "0" || strings.HasPrefix(text, "0.")) {
		return partOfDay(text)
	}
	for _, until := range []string{"-", "–", " to "} {
		if start, end, slot := strings.Cut(text, until); slot {
			if _, ok := readClock(end); !ok {
				return 0, false
			}
			text = strings.TrimSpace(start)
		}
	}
	text = strings.TrimSuffix(strings.NewReplacer(" ", "", "a.m.", "am", "p.m.", "pm", "hrs", "").Replace(text), "z")
	for _, layout := range []string{"15:04", "15:04:05", "15:04:05.999", "15.04", "15.04.05", "1504", "3:04pm", "3:04:05pm", "3.04pm", "3pm"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.Sub(t.Truncate(24 * time.Hour)), true
		}
	}
	return 0, false
}

func partOfDay(text string) (time.Duration, bool) {
	part, err := strconv.ParseFloat(text, 64)
	if err != nil || part < 0 || part >= 1 {
		return 0, false
	}
	return time.Duration(math.Round(part*24*60*60)) * time.Second, true
}

// instant is a time of day in London, in UTC.
func instant(day catalogue.Date, sinceMidnight time.Duration) time.Time {
	seconds := int(sinceMidnight / time.Second)
	return time.Date(day.Year, day.Month, day.Day, seconds/3600, seconds/60%60, seconds%60, 0, catalogue.London).UTC()
}

// appointment reads the day, the time and the reference of the booking.
func (r *reader) appointment() {
	found := Appointment{Reference: r.cell(Reference), Day: r.mapping.Day}
	text, clock := r.cell(AppointmentDate), r.cell(AppointmentTime)
	if at, err := time.Parse(time.RFC3339, strings.Replace(text, " ", "T", 1)); err == nil && clock == "" {
		found.Day, found.At = catalogue.DateOf(at), at.UTC()
		r.row.Appointment = found
		return
	}
	if text != "" {
		day, rest, fault := readDate(text, r.style(func(short int) []int { return []int{2000 + short} }))
		if fault != "" {
			r.fault(AppointmentDate, string(fault))
			return
		}
		found.Day = day
		if rest != "" && clock == "" {
			if found.At, fault = r.clock(day, rest); fault != "" {
				r.fault(AppointmentDate, string(fault))
			}
		}
	}
	if clock != "" {
		at, fault := r.clock(found.Day, clock)
		if fault != "" {
			r.fault(AppointmentTime, string(fault))
		}
		found.At = at
	}
	r.row.Appointment = found
}

const faultNoTime dateFault = "Write the time as hours and minutes, for example 13:30"

func (r *reader) clock(day catalogue.Date, text string) (time.Time, dateFault) {
	if isDecimal(text) && !strings.HasPrefix(text, "0") { // a time cell that holds a whole day as well
		if serial, rest, ok := serialDate(text, false); ok && rest != "" && (day.IsZero() || serial == day || r.workbook != nil) {
			text = rest
		}
	}
	since, ok := readClock(text)
	switch {
	case !ok:
		return time.Time{}, faultNoTime
	case day.IsZero():
		return time.Time{}, "Say on which day: choose the column of the day, or the day of the whole list"
	}
	return instant(day, since), ""
}
