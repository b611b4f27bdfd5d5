package export

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"deltoid/capture"
)

// Summary is what exists only on this device, by day and extract: for the page that is shown when the connection is back.
type Summary struct {
	At      time.Time    `json:"at"`
	Records int          `json:"records"` // that MESH has not accepted; companion extracts, in which a record is once more, are not counted
	Held    int          `json:"held"`    // of them, held back until somebody puts them right
	Oldest  time.Time    `json:"oldest,omitzero"`
	Days    []SummaryDay `json:"days"` // oldest first
}

// SummaryDay is a London day: that of saving for what is in no file, that of building for files.
type SummaryDay struct {
	Day   capture.Date  `json:"day"`
	Lines []SummaryLine `json:"lines"` // in the order in which extracts go out
}

// SummaryLine is what one extract has of a day.
type SummaryLine struct {
	Kind      Kind   `json:"kind"`
	Title     string `json:"title"`
	Waiting   int    `json:"waiting"`   // records in no file yet, held back ones included
	Held      int    `json:"held"`      // of them, held back
	Files     int    `json:"files"`     // that MESH has not accepted
	Rows      int    `json:"rows"`      // in them
	Attention int    `json:"attention"` // of the files, those that wait for a person
}

// Summarise reads what waits; profiles are the extracts there are, nil the shipped ones.
func Summarise(ctx context.Context, ledger Ledger, profiles *Profiles, now time.Time) (Summary, error) {
	if profiles == nil {
		profiles = Shipped()
	}
	s := &summing{summary: Summary{At: now.UTC(), Days: []SummaryDay{}}, held: map[heldKey]bool{}, known: profiles}
	configuration, err := ledger.Configuration(ctx)
	if err != nil {
		return Summary{}, fmt.Errorf("read settings: %w", err)
	}
	held, err := ledger.HeldBack(ctx)
	if err != nil {
		return Summary{}, fmt.Errorf("read what is held back: %w", err)
	}
	for _, h := range held {
		s.held[heldKey{h.Kind, h.Version.EventID}] = true
	}
	s.profiles = profiles.On(configuration)
	for _, profile := range s.profiles {
		for waiting, err := range ledger.Waiting(ctx, profile.Kind, now.Add(time.Millisecond)) {
			if err != nil {
				return Summary{}, fmt.Errorf("read what waits: %w", err)
			}
			s.addWaiting(profile, waiting)
		}
	}
	deliveries, err := ledger.Deliveries(ctx)
	if err != nil {
		return Summary{}, fmt.Errorf("read deliveries: %w", err)
	}
	for _, d := range deliveries {
		s.addFile(d)
	}
	slices.SortFunc(s.summary.Days, func(a, b SummaryDay) int { return strings.Compare(a.Day.String(), b.Day.String()) })
	for _, day := range s.summary.Days {
		slices.SortFunc(day.Lines, func(a, b SummaryLine) int { return s.place(a.Kind) - s.place(b.Kind) })
	}
	return s.summary, nil
}

// heldKey names what is held back.
type heldKey struct {
	kind Kind
	id   string
}

// summing is a Summary in the making.
type summing struct {
	summary  Summary
	known    *Profiles
	profiles []*Profile // that are made
	held     map[heldKey]bool
}

func (s *summing) addWaiting(profile *Profile, waiting Waiting) {
	line := s.line(dayOf(waiting.Since), profile.Kind, profile.Title)
	line.Waiting++
	isHeld := s.held[heldKey{profile.Kind, waiting.Version().EventID}]
	if isHeld {
		line.Held++
	}
	if profile.Unit != PerEvent {
		return
	}
	s.count(1, waiting.Since)
	if isHeld {
		s.summary.Held++
	}
}

func (s *summing) addFile(d Delivery) {
	if !d.Unsent() {
		return
	}
	title, perEvent := string(d.Kind), false
	if profile, err := s.known.Find(d.Kind); err == nil {
		title, perEvent = profile.Title, profile.Unit == PerEvent
	}
	line := s.line(dayOf(d.BuiltAt), d.Kind, title)
	line.Files++
	line.Rows += d.Rows
	if d.Lane() == LaneAttention {
		line.Attention++
	}
	if perEvent {
		s.count(d.Rows, d.BuiltAt)
	}
}

func (s *summing) count(records int, since time.Time) {
	s.summary.Records += records
	if s.summary.Oldest.IsZero() || since.Before(s.summary.Oldest) {
		s.summary.Oldest = since.UTC()
	}
}

func (s *summing) line(day capture.Date, kind Kind, title string) *SummaryLine {
	i := slices.IndexFunc(s.summary.Days, func(d SummaryDay) bool { return d.Day == day })
	if i < 0 {
		i = len(s.summary.Days)
		s.summary.Days = append(s.summary.Days, SummaryDay{Day: day})
	}
	lines := &s.summary.Days[i].Lines
	n := slices.IndexFunc(*lines, func(l SummaryLine) bool { return l.Kind == kind })
	if n < 0 {
		n = len(*lines)
		*lines = append(*lines, SummaryLine{Kind: kind, Title: title})
	}
	return &(*lines)[n]
}

func (s *summing) place(kind Kind) int {
	return slices.IndexFunc(s.profiles, func(p *Profile) bool { return p.Kind == kind })
}
