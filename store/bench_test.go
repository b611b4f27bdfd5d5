package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/store"
)

// crowdSize is a large region's cohort list.
const crowdSize = 250_000

// Made-up names: frequent ones, as every list has them, and rare ones of syllables.
var (
	frequentSurnames  = strings.Fields("Example Sample Testley Specimen Mockford Trialby Placebo Fakenham Dummett Pretend Smith Jones Patel Brown Khan Taylor Evans Ahmed Walker White O'Brien Smith-Jones Núñez Müller")
	frequentForenames = strings.Fields("Jo Ada Ben Cleo Dan Eve Finn Gus Hal Ivy Jan Kit Lou Max Nia Ola Pip Rae Sam Tess Uma Vic Wyn Zoë Mary-Ann Muhammad Olivia George Margaret David")
	syllables         = strings.Fields("ba be bo bra cal dan der don el far fen gar gil hal ham hol ing jar kel ken lan lin mar mel mon nor ol par pen quin ran rod sal sel tam ton ul van wel win yar zan")
)

func rareName(r *rand.Rand) string {
	var name strings.Builder
	for range 2 + r.IntN(2) {
		name.WriteString(syllables[r.IntN(len(syllables))])
	}
	text := name.String()
	return strings.ToUpper(text[:1]) + text[1:]
}

func crowd(n int) []capture.Person {
	r := rand.New(rand.NewPCG(1, 2))
	people := make([]capture.Person, n)
	next := 0
	number := func() capture.NHSNumber {
		for {
			for digit := '0'; digit <= '9'; digit++ {
				if number := capture.NHSNumber(fmt.Sprintf("999%06d%c", next, digit)); number.Valid() {
					next++
					return number
				}
			}
			next++
		}
	}
	for i := range people {
		p := &people[i]
		p.ID = capture.PersonID(fmt.Sprint(i))
		p.Surname, p.Forename = rareName(r), frequentForenames[r.IntN(len(frequentForenames))]
		if r.IntN(2) == 0 {
			p.Surname = frequentSurnames[r.IntN(len(frequentSurnames))]
		}
		p.NHSNumber, p.NHSNumberStatus, p.Gender = number(), "01", "1"
		p.BirthDate = catalogue.MustDate("1922-01-01").AddDays(r.IntN(80 * 365))
		p.Postcode = fmt.Sprintf("LS%d %d%c%c", 1+r.IntN(29), 1+r.IntN(9), 'A'+rune(r.IntN(26)), 'A'+rune(r.IntN(26)))
		p.Address = fmt.Sprintf("%d Made-up Street", 1+r.IntN(200))
	}
	return people
}

func crowdedDesk(b *testing.B) (*desk, []capture.Person) {
	b.Helper()
	d := newDesk(b)
	people := crowd(crowdSize)
	began := time.Now()
	for chunk := range slices.Chunk(people, 1000) {
		if err := d.SavePeople(context.Background(), chunk, d.entry("cohort.load")); err != nil {
			b.Fatal(err)
		}
	}
	d.WaitForIndex()
	b.Logf("%d people saved in %.1f s", len(people), time.Since(began).Seconds())
	return d, people
}

// percentiles reports the times of single operations.
func percentiles(b *testing.B, times []time.Duration) {
	slices.Sort(times)
	at := func(percent int) float64 {
		return float64(times[min(len(times)-1, len(times)*percent/100)].Microseconds()) / 1000
	}
	b.ReportMetric(at(50), "p50-ms")
	b.ReportMetric(at(95), "p95-ms")
	b.ReportMetric(at(99), "p99-ms")
	b.ReportMetric(0, "ns/op")
}

func BenchmarkSaveEvent(b *testing.B) {
	d := newDesk(b)
	ctx := context.Background()
	e := event("", 1, jo)
	e.Decision.Reasons = slices.Repeat([]capture.Reason{{RuleID: "C01-yes-fever", Sentence: strings.Repeat("a sentence of a rule ", 5)}}, 20)
	var times []time.Duration
	for b.Loop() {
		e.ID = newID()
		visit := capture.Encounter{ID: "visit-" + e.ID, EventID: e.ID, Revision: 1, Person: jo}
		b.StopTimer()
		if err := d.SaveDraft(ctx, visit); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		began := time.Now()
		if err := d.SaveEvent(ctx, e, []string{"covid"}, visit.ID, d.entry("event.save")); err != nil {
			b.Fatal(err)
		}
		times = append(times, time.Since(began))
	}
	percentiles(b, times)
}

// BenchmarkSearch types what people type, letter by letter; each letter is one operation.
func BenchmarkSearch(b *testing.B) {
	d, people := crowdedDesk(b)
	r := rand.New(rand.NewPCG(3, 4))
	var typed []string
	for range 400 {
		p := people[r.IntN(len(people))]
		for _, whole := range []string{
			p.Surname + " " + p.Forename, p.Forename + " " + p.Surname, p.NHSNumber.Display(), p.BirthDate.Short(),
			fmt.Sprintf("%02d/%02d/%d", p.BirthDate.Day, p.BirthDate.Month, p.BirthDate.Year), p.Postcode, p.Surname + " " + p.Postcode,
		} {
			letters := []rune(whole)
			for i := range letters {
				typed = append(typed, string(letters[:i+1]))
			}
		}
	}
	r.Shuffle(len(typed), func(i, j int) { typed[i], typed[j] = typed[j], typed[i] })
	var times []time.Duration
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		began := time.Now()
		d.Search(typed[i%len(typed)], 20)
		times = append(times, time.Since(began))
		i++
	}
	percentiles(b, times)
}

// BenchmarkUnlock is the whole way from the passphrase to a search that works, with the real cost of a passphrase.
func BenchmarkUnlock(b *testing.B) {
	d, _ := crowdedDesk(b)
	d.options.Stretch = store.DefaultStretch
	s, err := unlock(d.options)
	if err != nil {
		b.Fatal(err)
	}
	if err := s.SetPassphrase(context.Background(), admin.ID, passphrase, d.entry("staff.passphrase")); err != nil {
		b.Fatal(err)
	}
	_ = s.Close()
	_ = d.Close()
	d.Store, s = nil, nil
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var times []time.Duration
	for b.Loop() {
		if s != nil {
			_ = s.Close()
		}
		began := time.Now()
		if s, err = unlock(d.options); err != nil {
			b.Fatal(err)
		}
		times = append(times, time.Since(began))
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(s)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "index-MB")
	percentiles(b, times)
	d.Store = s
}

// BenchmarkLedger makes a file of fifty thousand waiting events, and counts them as the header does.
func BenchmarkLedger(b *testing.B) {
	const many = 50_000
	d := newDesk(b)
	for i := range many {
		if err := d.SaveEvent(context.Background(), event(fmt.Sprintf("event-%06d", i), 1, jo), []string{"covid"}, "", d.entry("event.save")); err != nil {
			b.Fatal(err)
		}
	}
	began := time.Now()
	d.build("first.csv")
	building := time.Since(began).Seconds()
	began = time.Now()
	if _, err := d.Verify(context.Background(), nil); err != nil {
		b.Fatal(err)
	}
	verifying := time.Since(began).Seconds()
	var times []time.Duration
	for b.Loop() {
		began := time.Now()
		if _, err := d.Overview(context.Background()); err != nil {
			b.Fatal(err)
		}
		times = append(times, time.Since(began))
	}
	percentiles(b, times)
	b.ReportMetric(building, "build-s")
	b.ReportMetric(verifying, "verify-s")
}
