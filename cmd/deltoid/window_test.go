//go:build window

package main_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/cmd/internal/profile"
)

// ctl calls deltoidctl on a data folder and reads its JSON.
func ctl(t testing.TB, data string, into any, arguments ...string) {
	t.Helper()
	command := exec.Command(program(t, "DELTOIDCTL_BIN"), append([]string{"--data", data, "--json"}, arguments...)...)
	command.Env = append(os.Environ(), "DELTOID_PASSPHRASE="+profile.TrainingPassphrase)
	output, err := command.Output()
	require.NoError(t, err, "deltoidctl %s: %s", strings.Join(arguments, " "), output)
	if into != nil {
		require.NoError(t, json.Unmarshal(output, into), string(output))
	}
}

// signIn opens the window on a data folder and signs the nurse in.
func (r *robot) signIn(data string) {
	r.t.Helper()
	r.open("--training", "--data", data)
	r.at("Sign in")
	r.picture("sign-in")
	r.types(profile.TrainingPassphrase)
	r.keys("Return")
	r.at("Board")
}

// find opens the visit of the first person that a search finds.
func (r *robot) find(query, title string) {
	r.t.Helper()
	r.types(query)
	r.picture("board-found")
	r.keys("Return")
	r.at(title)
}

// toScreening answers up to the first page of screening.
func (r *robot) toScreening() {
	r.t.Helper()
	r.picture("identity")
	r.keys("1", "Return")
	r.at("Earlier COVID-19 vaccinations")
	r.picture("status")
	r.keys("1", "Return")
	r.at("Which dose is due?")
	r.picture("dose")
	r.keys("Return")
	r.at("Why are they offered it?")
	r.picture("eligible")
	r.keys("1", "Return")
	r.at("Clinical screening, page 1")
}

// screen answers no to everything from a page on.
func (r *robot) screen(from int) {
	r.t.Helper()
	for page := from; ; page++ {
		r.picture("screening")
		if page == lastPage {
			r.keys("1", "Return") // all questions answered, and they want to go on
			return
		}
		r.keys("2", "2", "2", "2", "2", "Return")
		r.at(fmt.Sprintf("Clinical screening, page %d", page+1))
	}
}

// lastPage is the page with the last question: does the patient want to go on?
const lastPage = 5

// The main journey in a real window: found, screened, consented, vaccinated, saved, in a file, accepted, collected;
// once cut by a kill in the middle.
func TestWindowJourney(t *testing.T) {
	r := newRobot(t)
	data := filepath.Join(r.out, "data")
	require.NoError(t, os.RemoveAll(data))
	r.signIn(data)
	r.picture("board")

	// A grown-up of the cohort who is due a first dose.
	r.find(grownUp(t), "Is this the right person?")
	r.toScreening()
	r.keys("2", "2", "2", "2", "2", "Return")
	r.at("Clinical screening, page 2")
	r.keys("2")

	// The power goes. What was answered up to the last page is still there.
	r.kill()
	r.signIn(data)
	r.picture("board-after-kill")
	r.find(grownUp(t), "Clinical screening, page 2")
	r.screen(2)
	r.at("What screening says")
	r.picture("decision")
	r.keys("Return")
	r.at("Consent")
	r.picture("consent")
	r.keys("1", "1", "Return") // they can decide, and they agree
	r.at("Give the vaccine")
	r.picture("give")
	r.keys("1", "Return")
	r.at("Check and confirm")
	r.picture("check")
	r.keys("Return")
	r.at("Deltoid: Saved")
	r.picture("saved")
	r.keys("Return")
	r.at("Board")
	r.picture("board-not-sent")

	// Send it, and wait until the practice receiver has collected it.
	r.keys("ctrl+5")
	r.at("Deliveries")
	r.picture("deliveries-before")
	r.keys("Return")
	r.until("the file to be collected", func() (string, bool) {
		title, err := r.tool("getwindowname", r.window)
		return title, err == nil && strings.Contains(title, "all collected")
	})
	r.picture("deliveries-collected")
	r.kill()

	type sent struct{ ID, Kind, State, FileName string }
	var queue struct{ Files []sent }
	ctl(t, data, &queue, "queue")
	queue.Files = slices.DeleteFunc(queue.Files, func(f sent) bool { return f.Kind != "covid" }) // Send now builds every extract
	require.Len(t, queue.Files, 1)
	require.Equal(t, "collected", queue.Files[0].State)
	ctl(t, data, nil, "verify")
	extracts := filepath.Join(r.out, "extracts")
	require.NoError(t, os.RemoveAll(extracts))
	ctl(t, data, nil, "extract", "covid", "--out", extracts, "--again", queue.Files[0].ID)
	file, err := os.ReadFile(filepath.Join(extracts, queue.Files[0].FileName))
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSpace(string(file)), "\n")
	require.Len(t, lines, 2, "a header and one row")
	require.Contains(t, lines[1], `"`+strings.ReplaceAll(grownUp(t), " ", "")+`"`)
	require.Contains(t, lines[1], `"FALSE"`)
}

// grownUp is a search that finds one person over 18 of the training cohort.
func grownUp(t testing.TB) string {
	t.Helper()
	today := catalogue.DateOf(time.Now())
	people := profile.Cohort(today)
	for _, person := range people[100:] {
		if person.NHSNumber != "" && person.Age(today) >= 40 && person.Age(today) < 60 {
			return person.NHSNumber.Display()
		}
	}
	t.Fatal("the cohort has no such person")
	return ""
}

// BenchmarkColdStart is from the start of the program to a search box that takes letters, less the typing of the
// passphrase; medians.
func BenchmarkColdStart(b *testing.B) {
	r := newRobot(b)
	data := filepath.Join(b.TempDir(), "data")
	ctl(b, data, nil, "init", "--training")
	var shown, ready []time.Duration
	for b.Loop() {
		start := time.Now()
		r.open("--training", "--data", data)
		r.at("Sign in")
		shown = append(shown, time.Since(start))
		r.types(profile.TrainingPassphrase)
		typed := time.Now()
		r.keys("Return")
		r.at("Board")
		ready = append(ready, shown[len(shown)-1]+time.Since(typed))
		r.kill()
	}
	b.ReportMetric(float64(median(shown).Milliseconds()), "ms/sign-in-shown")
	b.ReportMetric(float64(median(ready).Milliseconds()), "ms/search-box")
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}

// A computer without a profile: set up, clinic opened with its first batch, first person added, and the visit begun.
func TestWindowSetUp(t *testing.T) {
	r := newRobot(t)
	r.out = filepath.Join(r.out, "set-up")
	require.NoError(t, os.MkdirAll(r.out, 0o755))
	data := filepath.Join(t.TempDir(), "data")
	r.open("--data", data)
	r.at("Set up this computer")
	for _, text := range []string{"Ada", "Example", "ada"} {
		r.types(text)
		r.keys("Tab")
	}
	r.keys("1", "Tab") // NMC
	for _, text := range []string{"99X9999E", "three odd words"} {
		r.types(text)
		r.keys("Tab")
	}
	r.types("three odd words")
	r.picture("set-up")
	r.keys("Return")
	r.at("Write down the recovery key")
	r.picture("recovery-key")
	r.keys("space", "Return")
	r.at("Open the clinic")
	r.types("RX8XX")
	r.keys("Tab")
	r.types("St Example Hall")
	r.keys("Tab", "1", "Tab", "2", "Tab", "Tab", "Return") // COVID-19; the vaccine; over the empty list of batches; add a batch
	r.at("Add a batch")
	r.types("fp1430")
	expiry := time.Now().AddDate(0, 1, 0)
	r.keys("Tab")
	r.types(expiry.Format("02"))
	r.types(expiry.Format("01"))
	r.types(expiry.Format("2006"))
	r.picture("add-batch")
	r.keys("Return")
	r.at("Open the clinic")
	r.picture("open-clinic")
	r.keys("Return")
	r.at("Error: Deltoid: Open the clinic")
	r.picture("open-clinic-refused")
	r.keys("Return", "1")              // the first fault leads to the care setting
	r.keys("shift+Tab", "2", "Return") // a patient group direction
	r.at("Deltoid: Board")
	r.picture("board")
}
