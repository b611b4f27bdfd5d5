package export

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// hourKey is what one row of counts is about. There is nothing of a person in it but the band of their age.
type hourKey struct {
	start                                           time.Time // of the hour, UTC
	site, siteURI, care, procedure, product, number string
	band                                            string
}

// hourCount is one row of counts.
type hourCount struct {
	hourKey
	reported           time.Time
	given, notGiven    int
	givenSinceMidnight int // up to the end of the hour, London day
}

var hourValues = map[string]func(*record) string{
	"hour.report-time":          func(r *record) string { return r.settings.stamp(r.hour.reported) },
	"hour.start":                func(r *record) string { return r.settings.stamp(r.hour.start) },
	"hour.end":                  func(r *record) string { return r.settings.stamp(r.hour.start.Add(time.Hour)) },
	"hour.sender":               func(r *record) string { return r.settings.sender },
	"hour.site":                 func(r *record) string { return r.hour.site },
	"hour.site-uri":             func(r *record) string { return r.hour.siteURI },
	"hour.care-setting":         func(r *record) string { return r.hour.care },
	"hour.procedure":            func(r *record) string { return r.hour.procedure },
	"hour.dose-sequence":        func(r *record) string { return r.hour.number },
	"hour.product":              func(r *record) string { return r.hour.product },
	"hour.age-band":             func(r *record) string { return r.hour.band },
	"hour.given":                func(r *record) string { return strconv.Itoa(r.hour.given) },
	"hour.not-given":            func(r *record) string { return strconv.Itoa(r.hour.notGiven) },
	"hour.given-since-midnight": func(r *record) string { return strconv.Itoa(r.hour.givenSinceMidnight) },
}

// ageBands are the youngest ages of the bands after the first.
var ageBands = []int{5, 12, 16, 18, 30, 40, 50, 55, 60, 65, 70, 75, 80}

var ageBandNames = func() []string {
	names := []string{"0-" + strconv.Itoa(ageBands[0]-1)} // below every licence, counted so that the sums agree
	for i, from := range ageBands[:len(ageBands)-1] {
		names = append(names, strconv.Itoa(from)+"-"+strconv.Itoa(ageBands[i+1]-1))
	}
	return append(names, strconv.Itoa(ageBands[len(ageBands)-1])+"+")
}()

func ageBand(age int) string {
	i, found := slices.BinarySearch(ageBands, age)
	if found {
		i++
	}
	return ageBandNames[i]
}

// hourOf is the start of the hour in which an event happened. Hours pass evenly in UTC, and London is whole hours away.
func hourOf(event *capture.Event) time.Time { return event.At.UTC().Truncate(time.Hour) }

// keyOf is the row in which an event counts.
func (s *Sheet) keyOf(event *capture.Event) hourKey {
	r := record{Event: event, settings: &s.settings}
	procedure := r.given().Procedure.Code
	if event.Given == nil {
		procedure = s.settings.intended(event).Code
	}
	return hourKey{
		start: hourOf(event), site: event.Site.Code, siteURI: event.SiteURI, care: event.CareSetting.Code,
		procedure: procedure, product: event.Product.Code, number: r.doseSequence(), band: ageBand(event.Person.Age(event.Day())),
	}
}

// tally counts the events of a London day, hour by hour.
type tally struct {
	sheet *Sheet
	rows  map[hourKey]*hourCount
	sums  map[hourKey]int // given so far, under keys without an hour
}

func newTally(sheet *Sheet) *tally {
	return &tally{sheet: sheet, rows: map[hourKey]*hourCount{}, sums: map[hourKey]int{}}
}

// add counts an event in the hour that it happened in by its last version. Where an earlier version counted and the last
// does not, a row remains with what is left, so that the receiver learns of it.
func (t *tally) add(versions []capture.Event, hour time.Time) {
	for i := range versions {
		version := &versions[i]
		if hourOf(version) != hour || !t.sheet.Profile.Carries(version) {
			continue
		}
		row := t.row(t.sheet.keyOf(version))
		switch {
		case i < len(versions)-1:
		case version.Given != nil:
			row.given++
		default:
			row.notGiven++
		}
	}
}

func (t *tally) row(key hourKey) *hourCount {
	row := t.rows[key]
	if row == nil {
		row = &hourCount{hourKey: key}
		t.rows[key] = row
	}
	return row
}

// take ends an hour: its rows in order, with the sums since midnight.
func (t *tally) take() []*hourCount {
	var rows []*hourCount
	for key, row := range t.rows {
		key.start = time.Time{}
		t.sums[key] += row.given
		row.givenSinceMidnight = t.sums[key]
		rows = append(rows, row)
	}
	clear(t.rows)
	slices.SortFunc(rows, func(a, b *hourCount) int { return a.compare(b.hourKey) })
	return rows
}

func (k hourKey) compare(other hourKey) int {
	return cmp.Or(k.start.Compare(other.start), strings.Compare(k.site, other.site), strings.Compare(k.siteURI, other.siteURI), strings.Compare(k.care, other.care),
		strings.Compare(k.procedure, other.procedure), strings.Compare(k.number, other.number), strings.Compare(k.product, other.product), strings.Compare(k.band, other.band))
}

// midnightOf is the beginning of the London day that an hour belongs to.
func midnightOf(hour time.Time) time.Time { return catalogue.DateOf(hour).Start().UTC() }
