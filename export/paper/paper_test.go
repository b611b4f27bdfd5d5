package paper_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export/paper"
)

// update writes the golden files anew instead of comparing with them.
var update = os.Getenv("DELTOID_GOLDEN") == "write"

var (
	today = catalogue.MustDate("2022-05-12")
	issue = paper.Issue{At: time.Date(2022, 5, 12, 16, 5, 0, 0, time.UTC), By: "A. Nurse"}
	hall  = capture.Site{Code: "RX8XX", Name: "St Example Hall"}
)

func known(t testing.TB) *catalogue.Catalogue {
	t.Helper()
	loaded, err := catalogue.Load()
	require.NoError(t, err)
	return loaded
}

func person(i int) capture.Person {
	return capture.Person{
		ID: fmt.Sprintf("P%d", i), NHSNumber: "9434765919", Forename: "Jo", Surname: fmt.Sprintf("Madeup%d", i),
		BirthDate: catalogue.MustDate("1947-03-04"), Gender: "2", Postcode: "LS1 4AP",
	}
}

func given(i int, at string) capture.Event {
	moment, err := time.Parse(time.RFC3339, at)
	if err != nil {
		panic(err)
	}
	return capture.Event{
		ID: fmt.Sprint(i), Version: 1, Action: capture.ActionNew, At: moment.Add(time.Duration(i) * time.Minute), Person: person(i), Site: hall,
		Performer: capture.Performer{Forename: "Ann", Surname: "Nurse"}, Disease: catalogue.COVID19, Kind: catalogue.Primary1,
		Product: capture.EventProduct{Key: "comirnaty30_rtu", Name: "Comirnaty 30 Ready to use"},
		Given: &capture.Given{
			BatchNumber: "FP1430", Expiry: catalogue.MustDate("2022-08-31"), Amount: "0.3", Unit: capture.Coded{Term: "ml"},
			BodySite: capture.Coded{Term: "Left upper arm structure (body structure)"},
		},
	}
}

func notGiven(i int) capture.Event {
	event := given(i, "2022-05-12T09:00:00Z")
	event.Given, event.NotGiven = nil, &capture.NotGivenAs{Label: "The patient declined"}
	return event
}

func card() paper.Card {
	first, second := given(0, "2022-02-10T09:00:00Z"), given(0, "2022-05-12T09:00:00Z")
	second.Kind = catalogue.Primary2
	deleted := given(0, "2022-05-12T10:00:00Z")
	deleted.Action = capture.ActionDelete
	return paper.Card{
		Person: person(0), Events: []capture.Event{second, first, deleted, notGiven(0)},
		Next:   []paper.Due{{Dose: "Booster", From: catalogue.MustDate("2022-08-11")}},
		Advice: []string{"Tell us or your GP about any side effect that worries you."},
	}
}

func day() paper.Day {
	corrected, deleted := given(3, "2022-05-12T09:00:00Z"), given(4, "2022-05-12T09:00:00Z")
	corrected.Action, corrected.Version = capture.ActionUpdate, 2
	deleted.Action, deleted.Version = capture.ActionDelete, 2
	return paper.Day{
		Site: hall, On: today, Events: []capture.Event{given(1, "2022-05-12T09:00:00Z"), notGiven(2), corrected, deleted},
		Audit: paper.AuditHead{Entries: 1234, Hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
		Note:  "The second fridge was at 7 °C at noon; the key is with the site lead.",
	}
}

func batchList(n int) paper.BatchList {
	list := paper.BatchList{Number: "FP1430", Product: "Comirnaty 30 Ready to use", Expiry: catalogue.MustDate("2022-08-31")}
	for i := range n {
		list.Had = append(list.Had, paper.Had{Event: given(i+1, "2022-05-12T09:00:00Z"), State: "accepted"})
	}
	if n > 2 {
		list.Had[1].Event.Person.Forename = strings.Repeat("Wolfeschlegelsteinhausenbergerdorff ", 5)
		list.Had[1].Event.Person.Surname = strings.Repeat("Taumatawhakatangihanga", 1) + "-Łódzik"
		list.Had[2].Event.Person.Forename = "小明 Zoë 😀"
		list.Had[2].State = "saved here, not sent"
	}
	return list
}

func totals() paper.Totals {
	return paper.Totals{
		Site: hall, On: today,
		Tables: []paper.Tally{
			{By: "hour", Counts: []paper.Count{{"09:00", 12}, {"10:00", 31}, {"11:00", 28}, {"12:00", 0}, {"13:00", 17}}},
			{By: "vaccine", Counts: []paper.Count{{"Comirnaty 30 Ready to use", 70}, {"Spikevax", 18}}},
			{By: "batch", Counts: []paper.Count{{"FP1430", 61}, {"FP1431", 9}, {"300042460", 18}}},
			{By: "dose", Counts: []paper.Count{{"First dose", 20}, {"Second dose", 30}, {"Booster", 38}}},
		},
		Balance:     []paper.Count{{"Drawn up", 90}, {"Given", 88}, {"Wasted", 1}, {"Saved on this device", 88}, {"Accepted", 70}},
		Differences: []string{"1 dose of batch FP1431 was drawn up and neither given nor wasted"},
	}
}

func forms(t testing.TB) paper.Forms {
	loaded := known(t)
	product, ok := loaded.At(today).Product("comirnaty30_rtu")
	require.True(t, ok)
	return paper.Forms{
		Catalogue: loaded, Clinic: capture.Clinic{Site: hall, LegalMechanism: "national-protocol"}, On: today, Disease: catalogue.COVID19,
		Stock: []paper.Stock{{Product: product, Batch: capture.Batch{Number: "FP1430", Expiry: catalogue.MustDate("2022-08-31")}}},
		First: 1, Count: 2,
	}
}

// documents are one of each, by the name of its golden file.
func documents(t testing.TB) map[string]func(io.Writer, paper.Issue) error {
	loaded := known(t)
	return map[string]func(io.Writer, paper.Issue) error{
		"card": func(w io.Writer, i paper.Issue) error { return paper.WriteCard(w, card(), loaded, i) },
		"card-blank": func(w io.Writer, i paper.Issue) error {
			return paper.WriteCard(w, paper.Card{Person: capture.Person{Forename: "Jo", Surname: "Nonumber", BirthDate: today}}, loaded, i)
		},
		"forms":       func(w io.Writer, i paper.Issue) error { return paper.WriteForms(w, forms(t), i) },
		"day-sheet":   func(w io.Writer, i paper.Issue) error { return paper.WriteDaySheet(w, day(), loaded, i) },
		"batch":       func(w io.Writer, i paper.Issue) error { return paper.WriteBatchList(w, batchList(200), loaded, i) },
		"batch-empty": func(w io.Writer, i paper.Issue) error { return paper.WriteBatchList(w, batchList(0), loaded, i) },
		"totals":      func(w io.Writer, i paper.Issue) error { return paper.WriteTotals(w, totals(), i) },
	}
}

func made(t testing.TB, write func(io.Writer, paper.Issue) error, issue paper.Issue) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, write(&out, issue))
	return out.Bytes()
}

func TestGolden(t *testing.T) {
	for name, write := range documents(t) {
		t.Run(name, func(t *testing.T) {
			got := made(t, write, issue)
			path := filepath.Join("testdata", "golden", name+".pdf")
			if update {
				require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
				require.NoError(t, os.WriteFile(path, got, 0o644))
			}
			want, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.True(t, bytes.Equal(want, got), "the paper looks different; write it anew with DELTOID_GOLDEN=write and look at it")
		})
	}
}

func TestTheSameInputGivesTheSameBytes(t *testing.T) {
	for name, write := range documents(t) {
		assert.True(t, bytes.Equal(made(t, write, issue), made(t, write, issue)), name)
	}
}

// TestPictures draws every golden file for the eye, where there is a program for it and a place is named.
func TestPictures(t *testing.T) {
	folder := os.Getenv("DELTOID_PICTURES")
	draw, err := exec.LookPath("pdftoppm")
	if folder == "" || err != nil {
		t.Skip("set DELTOID_PICTURES to a folder, with pdftoppm installed, to look at the paper")
	}
	require.NoError(t, os.MkdirAll(folder, 0o755))
	for name := range documents(t) {
		out, err := exec.Command(draw, "-r", "80", "-png", filepath.Join("testdata", "golden", name+".pdf"), filepath.Join(folder, name)).CombinedOutput()
		require.NoError(t, err, string(out))
	}
}
