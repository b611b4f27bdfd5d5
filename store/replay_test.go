package store_test

import (
	"context"
	"flag"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/capture"
	"deltoid/export"
)

// steps are what may happen, as often as it stands here; a restore is rare.
var steps = strings.Fields(strings.Repeat("record react amend build send ", 6) + strings.Repeat("record delete requeue wait react-change ", 3) + "backup restore")

// fewerChecks keeps a test with a whole store in each sequence short, unless somebody asks for a number: -rapid.checks.
func fewerChecks(t *testing.T) {
	checks := flag.Lookup("rapid.checks")
	if usual := checks.Value.String(); usual == checks.DefValue {
		require.NoError(t, checks.Value.Set("20"))
		t.Cleanup(func() { _ = checks.Value.Set(usual) })
	}
}

func TestReceiverHasWhatWeHave(t *testing.T) {
	fewerChecks(t)
	number, rows, reactions := 0, 0, 0
	rapid.Check(t, func(r *rapid.T) {
		number++
		w := newWorld(t, r)
		defer func() { _ = w.Close() }()
		backup := ""
		for range rapid.IntRange(5, 40).Draw(r, "steps") {
			switch rapid.SampledFrom(steps).Draw(r, "step") {
			case "record":
				w.record()
			case "amend":
				w.change(capture.ActionUpdate)
			case "delete":
				w.change(capture.ActionDelete)
			case "react":
				w.react()
			case "react-change":
				w.changeReaction()
			case "build":
				w.build()
			case "send":
				w.send(false)
			case "requeue":
				w.requeue()
			case "wait":
				if w.clock.now.Hour() < 18 {
					w.clock.move(time.Duration(rapid.IntRange(1, 90).Draw(r, "minutes")) * time.Minute)
				}
			case "backup":
				backup = filepath.Join(filepath.Dir(w.options.Path), strconv.Itoa(int(w.clock.Now().UnixNano()))+".backup")
				require.NoError(r, w.Backup(context.Background(), backup))
			case "restore":
				if backup != "" {
					w.restore(backup)
				}
			}
		}
		w.calm()
		w.compare()
		rows, reactions = rows+len(w.table(export.Covid)), reactions+len(w.table(export.ReactionRows))
		report, err := w.Verify(context.Background(), nil)
		require.NoError(r, err)
		require.Empty(r, report.Faults)
	})
	t.Log(number, "sequences", rows, "rows and", reactions, "reactions at the end")
	if !testing.Short() { // a short run may draw none
		require.Positive(t, rows, "the sequences say something")
	}
	if !testing.Short() { // a short run may draw none
		require.Positive(t, reactions, "of reactions, too")
	}
}

// compare holds the receiver's tables against our records.
func (w *world) compare() {
	for id, unsure := range w.unsure {
		if unsure {
			w.forget(id)
		}
	}
	covid, attributes, reactions := map[string]string{}, map[string]string{}, map[string]string{}
	sheets := map[export.Kind]*export.Sheet{}
	profiles := map[export.Kind]*export.Profile{}
	for _, kind := range []export.Kind{export.Covid, export.AttributeRows} {
		profile, err := export.Shipped().Find(kind)
		require.NoError(w.r, err)
		profiles[kind], sheets[kind] = profile, export.NewSheet(profile, nil, known)
	}
	given := map[string]int{}
	for _, id := range w.ids {
		latest := w.latest(id)
		if latest == nil || w.unsure[id] {
			continue
		}
		if !profiles[export.Covid].Carries(latest) {
			continue
		}
		sheet := sheets[export.Covid]
		if len(sheet.Check(latest, capture.ActionNew, w.clock.Now())) > 0 {
			w.forget(id) // held back: the receiver may have an earlier version, or none
			continue
		}
		row := sheet.Row(nil, latest, capture.ActionNew)
		flag := slices.IndexFunc(sheet.Columns, func(c export.Column) bool { return c.Name == "ACTION_FLAG" })
		covid[id] = strings.Join(slices.Delete(row, flag, flag+1), "|")
		for _, answer := range profiles[export.AttributeRows].Answers(latest) {
			attributes[id+" "+answer.ID] = answer.Value
		}
		w.reactionsHere(*latest, reactions)
		if latest.Given != nil {
			given[latest.At.UTC().Truncate(time.Hour).Format("20060102T15")]++
		}
	}
	require.Equal(w.r, covid, w.table(export.Covid))
	theirs := map[string]string{}
	for key, row := range w.table(export.AttributeRows) {
		theirs[key] = strings.Split(row, "|")[4]
	}
	require.Equal(w.r, attributes, theirs)
	require.Equal(w.r, reactions, w.reactionsThere())
	if !w.lost {
		w.compareHours(given)
	}
}

func (w *world) table(kind export.Kind) map[string]string {
	table := w.receiver.tables[kind]
	if table == nil {
		return map[string]string{}
	}
	return table
}

// forget leaves out an event that there is nothing to compare of.
func (w *world) forget(id string) {
	for _, table := range w.receiver.tables {
		maps.DeleteFunc(table, func(key, _ string) bool { return strings.HasPrefix(key, id) })
	}
}

// compareHours holds the counts of each hour, and of the day, against the records.
func (w *world) compareHours(given map[string]int) {
	theirs, day, latest := map[string]int{}, map[string]int{}, map[string]string{}
	for key, counts := range w.table(export.Hourly) {
		cells, values := strings.Split(key, "|"), strings.Split(counts, "|")
		n, err := strconv.Atoi(values[0])
		require.NoError(w.r, err)
		if hour := cells[0][:11]; n > 0 {
			theirs[hour] += n
		}
		// The newest row of a key has the sum of the day, unless nothing was left of it.
		dims := strings.Join(cells[2:], "|")
		if cells[0] > latest[dims] {
			sum, err := strconv.Atoi(values[2])
			require.NoError(w.r, err)
			latest[dims], day[dims] = cells[0], sum
		}
	}
	w.heldHours(given)
	require.Equal(w.r, given, theirs)
	total, sums := 0, 0
	for _, n := range given {
		total += n
	}
	for _, n := range day {
		sums += n
	}
	require.Equal(w.r, total, sums, "the sums since midnight")
}

// heldHours adds what only the daily extract holds back: a dose counts although its row has a fault.
func (w *world) heldHours(given map[string]int) {
	profile, _ := export.Shipped().Find(export.Covid)
	sheet := export.NewSheet(profile, nil, known)
	for _, id := range w.ids {
		latest := w.latest(id)
		if profile.Carries(latest) && latest.Given != nil && len(sheet.Check(latest, capture.ActionNew, w.clock.Now())) > 0 {
			given[latest.At.UTC().Truncate(time.Hour).Format("20060102T15")]++
		}
	}
}
