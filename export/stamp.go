package export

import (
	"time"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// compact is a day as YYYYMMDD; empty when there is none.
func compact(day capture.Date) string {
	if day.IsZero() {
		return ""
	}
	var text [8]byte
	digits(text[0:4], day.Year)
	digits(text[4:6], int(day.Month))
	digits(text[6:8], day.Day)
	return string(text[:])
}

// dayOf is the day on the clinic's clock; no day for no time.
func dayOf(t time.Time) capture.Date {
	if t.IsZero() {
		return capture.Date{}
	}
	return catalogue.DateOf(t)
}

// stamp is an instant as a date-time of 17 characters; empty for no time.
func (s *settings) stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	if !s.localTime {
		return stampOf(t.UTC(), '0')
	}
	t = t.In(catalogue.London)
	_, offset := t.Zone()
	return stampOf(t, byte('0'+offset/int(time.Hour/time.Second)))
}

// eventStamp is the stamp of the dose. London midnight stands for a time that nobody knows: the day must stay right
// then, since receivers read the first eight characters as the date, and midnight in summer is another day in UTC.
func (s *settings) eventStamp(t time.Time) string {
	if s.localTime || t.IsZero() {
		return s.stamp(t)
	}
	local := t.In(catalogue.London)
	if hour, minute, second := local.Clock(); hour|minute|second == 0 {
		return stampOf(local, '0')
	}
	return stampOf(t.UTC(), '0')
}

func stampOf(t time.Time, offset byte) string {
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	var text [17]byte
	digits(text[0:4], year)
	digits(text[4:6], int(month))
	digits(text[6:8], day)
	text[8] = 'T'
	digits(text[9:11], hour)
	digits(text[11:13], minute)
	digits(text[13:15], second)
	text[15], text[16] = '0', offset
	return string(text[:])
}

// digits fills dst with the last decimal digits of n.
func digits(dst []byte, n int) {
	for i := len(dst) - 1; i >= 0; i-- {
		dst[i] = byte('0' + n%10)
		n /= 10
	}
}

// parseStamp reads a date-time as it is sent: UTC with 00, or London summer time with 01.
func parseStamp(text string) (time.Time, bool) {
	if len(text) != 17 || text[8] != 'T' || text[15] != '0' || text[16] != '0' && text[16] != '1' {
		return time.Time{}, false
	}
	day, real := parseCompact(text[:8])
	hour, minute, second := number(text[9:11]), number(text[11:13]), number(text[13:15])
	if !real || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 {
		return time.Time{}, false
	}
	return time.Date(day.Year, day.Month, day.Day, hour-int(text[16]-'0'), minute, second, 0, time.UTC), true
}

// parseCompact reads a day strictly.
func parseCompact(text string) (capture.Date, bool) {
	if len(text) != 8 {
		return capture.Date{}, false
	}
	// What is no number is negative, and no day of any month.
	day, err := catalogue.NewDate(number(text[:4]), time.Month(number(text[4:6])), number(text[6:]))
	return day, err == nil
}

// number reads decimal digits; -1 when there is anything else.
func number(text string) int {
	n := 0
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return -1
		}
		n = n*10 + int(text[i]-'0')
	}
	return n
}
