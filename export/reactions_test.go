package export_test

import (
	"context"
	"iter"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export"
)

// withReactions is a ledger with adverse reactions that wait.
type withReactions struct {
	*memory
	waiting []export.Waiting
	covid   int // version of each event that the COVID-19 extract has carried
}

func (w *withReactions) Waiting(context.Context, export.Kind, time.Time) iter.Seq2[export.Waiting, error] {
	return func(yield func(export.Waiting, error) bool) {
		for _, waiting := range w.waiting {
			if !yield(waiting, nil) {
				return
			}
		}
	}
}

func (w *withReactions) Carried(_ context.Context, kind export.Kind, _ string) (int, error) {
	return map[export.Kind]int{export.Covid: w.covid}[kind], nil
}

// Reaction has every version up to the latest that waits; the earlier ones withdraw nothing.
func (w *withReactions) Reaction(_ context.Context, id string) (versions []capture.Reaction, err error) {
	for _, waiting := range w.waiting {
		if waiting.Reaction.ID != id {
			continue
		}
		for n := range waiting.Reaction.Version {
			earlier := *waiting.Reaction
			if earlier.Version = n + 1; earlier.Version < waiting.Reaction.Version {
				earlier.Action = capture.ActionUpdate
			}
			versions = append(versions, earlier)
		}
	}
	return versions, nil
}

// reactionTo makes versions of reactions to a dose.
func reactionTo(event capture.Event) func(id string, version int, action capture.Action) *capture.Reaction {
	return func(id string, version int, action capture.Action) *capture.Reaction {
		return &capture.Reaction{
			ID: id, IDURI: "https://deltoid.example/identifiers/reaction", Version: version, Action: action, EventID: event.ID, EventIDURI: event.IDURI,
			Onset: event.At.Add(7 * time.Minute), Minutes: 7, Verification: "confirmed", Type: "allergy", Severity: "severe",
			Agent: event.Product.Coded, Manifest: capture.Coded{Code: "39579001", Term: "Anaphylaxis"}, Description: `Wheeze, "tight" chest`,
			RecordedAt: event.At.Add(20 * time.Minute),
		}
	}
}

func TestGoldenFileOfReactions(t *testing.T) {
	s := newSample(t)
	event := s.given("2022-05-12T10:00:00Z", "comirnaty30_rtu", catalogue.Primary1)
	reaction := reactionTo(event)
	ledger := &withReactions{memory: newMemory(), covid: 1, waiting: []export.Waiting{
		{Event: event, Seqs: []int64{1}, Reaction: reaction("7f1c7a0e-9e0b-4a52-9c0e-3a1d7f4f1b11", 1, capture.ActionNew)},
		{Event: event, Seqs: []int64{2}, Reaction: reaction("7f1c7a0e-9e0b-4a52-9c0e-3a1d7f4f1b12", 2, capture.ActionUpdate), Carried: 1},
		{Event: event, Seqs: []int64{3}, Reaction: reaction("7f1c7a0e-9e0b-4a52-9c0e-3a1d7f4f1b13", 2, capture.ActionDelete), Carried: 1},
		{Event: event, Seqs: []int64{4}, Reaction: reaction("7f1c7a0e-9e0b-4a52-9c0e-3a1d7f4f1b14", 2, capture.ActionDelete)}, // never sent
	}}
	builder := builderFor(t, ledger.memory)
	builder.Ledger = ledger
	delivery, report, err := builder.Build(t.Context(), export.ReactionRows, buildTime, nil)
	require.NoError(t, err)
	require.Empty(t, report.HeldBack)
	assert.Equal(t, 3, report.Rows)
	assert.Equal(t, 1, report.Withdrawn)
	path := filepath.Join("..", "testdata", "golden", "extracts", "reactions.csv")
	if update {
		require.NoError(t, os.WriteFile(path, ledger.content[delivery.ID], 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(ledger.content[delivery.ID]))
	assert.False(t, profileOf(export.ReactionRows).On(nil), "off by default")
	assert.Empty(t, export.Extracts{}.DueReaction(capture.Reaction{}, event))
	on := func() capture.Configuration { return capture.Configuration{"reactions.enabled": "true"} }
	assert.Equal(t, []string{"reactions"}, export.Extracts{Settings: on}.DueReaction(capture.Reaction{}, event))
}

// What a waiting reaction becomes at the receiver, by what it has of it and of the vaccination.
func TestReactionGoesWithItsVaccination(t *testing.T) {
	s := newSample(t)
	event := s.given("2022-05-12T10:00:00Z", "comirnaty30_rtu", catalogue.Primary1)
	gone := event
	gone.Action, gone.Version = capture.ActionDelete, 2
	const id = "7f1c7a0e-9e0b-4a52-9c0e-3a1d7f4f1b11"
	for name, test := range map[string]struct {
		event   capture.Event
		version int
		action  capture.Action
		covid   int
		carried int
		doubt   bool
		want    string // action of its row; empty: none is needed; later: it has to wait
	}{
		"first":                               {event: event, version: 1, action: capture.ActionNew, covid: 1, want: "new"},
		"the vaccination was never carried":   {event: event, version: 1, action: capture.ActionNew, want: "later"},
		"amended before it went":              {event: event, version: 2, action: capture.ActionUpdate, covid: 1, want: "new"},
		"amended":                             {event: event, version: 2, action: capture.ActionUpdate, covid: 1, carried: 1, want: "update"},
		"amended, the vaccination is refused": {event: event, version: 2, action: capture.ActionUpdate, carried: 1, want: "update"},
		"withdrawn":                           {event: event, version: 2, action: capture.ActionDelete, covid: 1, carried: 1, want: "delete"},
		"withdrawn before it went":            {event: event, version: 2, action: capture.ActionDelete, covid: 1},
		"withdrawn, none of both went":        {event: event, version: 2, action: capture.ActionDelete},
		"withdrawn there already":             {event: event, version: 2, action: capture.ActionDelete, covid: 1, carried: 2},
		"withdrawn, and may be there":         {event: event, version: 2, action: capture.ActionDelete, doubt: true, want: "delete"},
		"deleted with the vaccination":        {event: gone, version: 2, action: capture.ActionDelete, covid: 2, carried: 1, want: "delete"},
		"left behind by the vaccination":      {event: gone, version: 1, action: capture.ActionNew, covid: 2},
	} {
		t.Run(name, func(t *testing.T) {
			ledger := &withReactions{memory: newMemory(), covid: test.covid, waiting: []export.Waiting{
				{Event: test.event, Seqs: []int64{1}, Reaction: reactionTo(event)(id, test.version, test.action), Carried: test.carried, Doubt: test.doubt},
			}}
			builder := builderFor(t, ledger.memory)
			builder.Ledger = ledger
			delivery, report, err := builder.Build(t.Context(), export.ReactionRows, buildTime, nil)
			require.NoError(t, err)
			require.Empty(t, report.HeldBack)
			switch test.want {
			case "":
				assert.Equal(t, export.BuildReport{Withdrawn: 1}, report)
			case "later":
				assert.Equal(t, export.BuildReport{Later: 1}, report)
			default:
				assert.Equal(t, export.BuildReport{Rows: 1}, report)
				assert.Contains(t, string(ledger.content[delivery.ID]), `|"`+test.want+`"|`)
			}
		})
	}
}

func TestScheduleOfEachExtract(t *testing.T) {
	daily, hourly := profileOf(export.Covid).Schedule, profileOf(export.Hourly).Schedule
	at := func(text string) time.Time {
		moment, err := time.Parse(time.RFC3339, text)
		require.NoError(t, err)
		return moment
	}
	for now, want := range map[string]string{
		"2022-01-15T01:59:59Z": "2022-01-15T02:00:00Z",
		"2022-01-15T02:00:00Z": "2022-01-16T02:00:00Z",
		"2022-05-12T00:30:00Z": "2022-05-12T01:00:00Z", // summer: two o'clock in London
		"2022-05-12T01:00:00Z": "2022-05-13T01:00:00Z",
		"2021-10-30T12:00:00Z": "2021-10-31T02:00:00Z", // the clocks went back an hour before
	} {
		assert.True(t, at(want).Equal(daily.Next(at(now))), "%s: %s", now, daily.Next(at(now)))
	}
	assert.True(t, at("2022-05-12T10:05:00Z").Equal(hourly.Next(at("2022-05-12T09:05:00Z"))))
	assert.True(t, at("2022-05-12T09:05:00Z").Equal(hourly.Next(at("2022-05-12T09:04:59Z"))))
}

// Hours that were missed are made up for, oldest first, and no further back than a day.
func TestMissedHours(t *testing.T) {
	s, ledger := newSample(t), newMemory()
	ledger.kinds = []export.Kind{export.Hourly}
	builder := builderFor(t, ledger)
	now := time.Date(2022, 5, 12, 9, 5, 0, 0, time.UTC)
	builder.Now = func() time.Time { return now }
	ledger.commit(s.given("2022-05-12T08:10:00Z", "comirnaty30_rtu", catalogue.Primary1))
	periods := func() (hours []int) {
		t.Helper()
		made, err := builder.BuildDue(t.Context(), export.Hourly, now, nil)
		require.NoError(t, err)
		for _, file := range made {
			if file.Delivery.ID != "" {
				hours = append(hours, file.Delivery.Period.Hour())
			}
		}
		return hours
	}
	assert.Equal(t, []int{8}, periods())
	assert.Empty(t, periods(), "nothing has changed since")
	now = now.Add(3 * time.Hour)
	assert.Equal(t, []int{9, 10, 11}, periods(), "empty hours too: the receiver hears that we are there")
	late := s.given("2022-05-12T08:20:00Z", "comirnaty30_rtu", catalogue.Primary1)
	late.RecordedAt = now
	ledger.commit(late)
	now = now.Add(time.Minute)
	assert.Equal(t, []int{11}, periods(), "the hours from the changed one on are stated again")
	rows := byHand(t, ledger.content[ledger.deliveries[len(ledger.deliveries)-1].ID])
	require.Len(t, rows, 2)
	assert.Equal(t, []string{"20220512T08000000", "2", "0", "2"}, []string{rows[1][1], rows[1][11], rows[1][12], rows[1][13]})
	now = now.Add(72 * time.Hour)
	assert.Len(t, periods(), 24+1)
}
