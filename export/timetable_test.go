package export_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/capture"
	"deltoid/export"
)

func table(settings ...string) export.Timetable {
	configuration := capture.Configuration{}
	for i := 0; i < len(settings); i += 2 {
		configuration["schedule."+settings[i]] = settings[i+1]
	}
	return export.TimetableOf(configuration)
}

func at(t testing.TB, text string) time.Time {
	moment, err := time.Parse(time.RFC3339, text)
	require.NoError(t, err)
	return moment.UTC()
}

var (
	dailyOnly  = []*export.Profile{profileOf(export.Covid)}
	hourlyOnly = []*export.Profile{profileOf(export.Hourly)}
)

// turns steps through a stretch of time and says when the extract had its turn.
func turns(table export.Timetable, profiles []*export.Profile, from, to time.Time) (all []string) {
	last := map[export.Kind]time.Time{profiles[0].Kind: from}
	for now := from; now.Before(to); now = now.Add(time.Minute) {
		for _, kind := range table.Due(now, last, profiles) {
			last[kind] = now
			all = append(all, now.Format("02 15:04"))
		}
	}
	return all
}

// In 2022 the clocks went forward at 01:00 UTC on 27 March and back at 01:00 UTC on 30 October.
func TestDailyTurnsOverTheNightsOfTheClockChange(t *testing.T) {
	for name, c := range map[string]struct {
		daily    string
		from, to string
		turns    []string // UTC
	}{
		"evening, forward":             {"20:00", "2022-03-25T22:00:00Z", "2022-03-28T22:00:00Z", []string{"26 20:00", "27 19:00", "28 19:00"}},
		"evening, back":                {"20:00", "2022-10-28T22:00:00Z", "2022-10-31T22:00:00Z", []string{"29 19:00", "30 20:00", "31 20:00"}},
		"in the hour left out":         {"01:30", "2022-03-26T12:00:00Z", "2022-03-28T12:00:00Z", []string{"27 01:30", "28 00:30"}},
		"in the hour that comes twice": {"01:30", "2022-10-29T12:00:00Z", "2022-10-31T12:00:00Z", []string{"30 01:30", "31 01:30"}},
		"midnight, back":               {"00:00", "2022-10-29T12:00:00Z", "2022-11-01T12:00:00Z", []string{"29 23:00", "31 00:00", "01 00:00"}},
		"new year":                     {"20:00", "2022-12-31T12:00:00Z", "2023-01-02T12:00:00Z", []string{"31 20:00", "01 20:00"}},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.turns, turns(table("daily", c.daily), dailyOnly, at(t, c.from), at(t, c.to)))
		})
	}
}

func TestHourlyTurnsComeEveryHourOfBothNights(t *testing.T) {
	for _, night := range []string{"2022-03-26T22:30:00Z", "2022-10-29T22:30:00Z"} {
		from := at(t, night)
		all := turns(table(), hourlyOnly, from, from.Add(6*time.Hour))
		require.Len(t, all, 6, night)
		assert.Equal(t, "23:05", all[0][3:])
	}
}

func TestATurnThatWasMissedIsDueAtOnceAndOnce(t *testing.T) {
	last := map[export.Kind]time.Time{export.Covid: at(t, "2022-05-12T19:00:00Z")}
	evening := table("daily", "20:00")
	assert.Empty(t, evening.Due(at(t, "2022-05-13T18:59:00Z"), last, dailyOnly))
	assert.Equal(t, []export.Kind{export.Covid}, evening.Due(at(t, "2022-05-16T08:00:00Z"), last, dailyOnly), "after a weekend")
	last[export.Covid] = at(t, "2022-05-16T08:00:00Z")
	assert.Empty(t, evening.Due(at(t, "2022-05-16T08:00:01Z"), last, dailyOnly))
	assert.Empty(t, evening.Due(at(t, "2022-05-16T08:00:01Z"), nil, dailyOnly), "what never had its turn waits for the next")
	assert.Empty(t, turns(table("daily", "off"), dailyOnly, at(t, "2022-05-12T00:00:00Z"), at(t, "2022-05-14T00:00:00Z")))
	assert.Zero(t, table("daily", "off").Next(at(t, "2022-05-12T00:00:00Z"), dailyOnly))
	assert.Equal(t, at(t, "2022-05-12T19:00:00Z"), evening.Next(at(t, "2022-05-12T00:00:00Z"), dailyOnly))
}

func TestQuietHours(t *testing.T) {
	night := table("quiet_from", "22:00", "quiet_to", "06:00", "daily", "23:00")
	for text, quiet := range map[string]bool{
		"2022-05-12T20:59:59Z": false, "2022-05-12T21:00:00Z": true, "2022-05-13T04:59:59Z": true, "2022-05-13T05:00:00Z": false,
		"2022-03-27T00:30:00Z": true, "2022-03-27T04:59:00Z": true, "2022-03-27T05:00:00Z": false, "2022-10-30T05:30:00Z": true, "2022-10-30T06:00:00Z": false,
	} {
		assert.Equal(t, quiet, night.Quiet(at(t, text)), text)
	}
	assert.Equal(t, at(t, "2022-10-30T06:00:00Z"), night.QuietUntil(at(t, "2022-10-29T22:00:00Z")), "the longest night")
	assert.Equal(t, at(t, "2022-03-27T05:00:00Z"), night.QuietUntil(at(t, "2022-03-26T22:00:00Z")), "the shortest")
	assert.Equal(t, []string{"13 05:00", "14 05:00"}, turns(night, dailyOnly, at(t, "2022-05-12T12:00:00Z"), at(t, "2022-05-14T12:00:00Z")), "a turn in the quiet hours comes at their end")
	assert.False(t, table("quiet_from", "22:00").Quiet(at(t, "2022-05-12T22:00:00Z")), "half of it is nothing")
	assert.False(t, table("quiet_from", "22:00", "quiet_to", "22:00").Quiet(at(t, "2022-05-12T22:00:00Z")))
}

func TestTurnsAndQuietHoursFitTogether(t *testing.T) {
	clock := rapid.StringMatching("([01][0-9]|2[0-3]):[0-5][0-9]")
	rapid.Check(t, func(r *rapid.T) {
		set := table("daily", clock.Draw(r, "daily"), "quiet_from", clock.Draw(r, "from"), "quiet_to", clock.Draw(r, "to"))
		night := rapid.SampledFrom([]string{"2022-03-26T00:00:00Z", "2022-10-29T00:00:00Z", "2022-05-12T00:00:00Z"}).Draw(r, "night")
		now := at(t, night).Add(time.Duration(rapid.IntRange(0, 2*24*3600).Draw(r, "second")) * time.Second)

		until := set.QuietUntil(now)
		require.False(r, set.Quiet(until))
		for step := now; step.Before(until); step = step.Add(time.Minute) {
			require.True(r, set.Quiet(step))
		}
		next := set.Next(now, dailyOnly)
		require.True(r, next.After(now))
		require.Less(r, next.Sub(now), 50*time.Hour)
		last := map[export.Kind]time.Time{export.Covid: now}
		require.Equal(r, []export.Kind{export.Covid}, set.Due(next, last, dailyOnly), "due when it was foretold")
		last[export.Covid] = next
		require.Empty(r, set.Due(next, last, dailyOnly), "once")

		schedule, _ := set.Of(dailyOnly[0])
		require.False(r, schedule.Last(now).After(now))
		require.True(r, schedule.Next(schedule.Last(now)).After(now))
	})
}

func TestOverdue(t *testing.T) {
	set := table("daily", "20:00") // gone by 06:00
	built := export.Delivery{Kind: export.Covid, State: export.Built, BuiltAt: at(t, "2022-05-12T19:00:00Z")}
	had := map[export.Kind]time.Time{export.Covid: at(t, "2022-05-12T19:00:00Z")}
	overdue := func(now string, deliveries ...export.Delivery) []export.Overdue {
		return set.Overdue(at(t, now), had, dailyOnly, deliveries)
	}
	assert.Empty(t, overdue("2022-05-13T04:59:00Z", built))
	late := overdue("2022-05-13T05:01:00Z", built)
	require.Len(t, late, 1)
	assert.Equal(t, export.Overdue{Kind: export.Covid, Title: dailyOnly[0].Title, Since: at(t, "2022-05-13T05:00:00Z"), Files: 1}, late[0])
	built.State = export.Accepted
	assert.Empty(t, overdue("2022-05-13T05:01:00Z", built), "MESH has it")
	built.State = export.Held
	assert.Empty(t, overdue("2022-05-13T05:01:00Z", built), "it is in a person's hands")
	late = overdue("2022-05-14T05:01:00Z")
	require.Len(t, late, 1, "the turn of the 13th was missed")
	assert.Zero(t, late[0].Files)
	hourly := table().Overdue(at(t, "2022-05-12T10:21:00Z"), nil, hourlyOnly, []export.Delivery{{Kind: export.Hourly, State: export.Built, BuiltAt: at(t, "2022-05-12T10:05:00Z")}})
	require.Len(t, hourly, 1)
	assert.Equal(t, at(t, "2022-05-12T10:20:00Z"), hourly[0].Since)
}
