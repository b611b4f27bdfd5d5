package export

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"testing"
	"time"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// manyEvents is a ledger with so many events to send and nothing else.
type manyEvents struct {
	Ledger
	event capture.Event
	count int
}

func (m *manyEvents) Configuration(context.Context) (capture.Configuration, error) { return nil, nil }
func (m *manyEvents) Begin(context.Context, Delivery) (Building, error)            { return discard{}, nil }

func (m *manyEvents) Waiting(context.Context, Kind, time.Time) iter.Seq2[Waiting, error] {
	return func(yield func(Waiting, error) bool) {
		waiting := Waiting{Event: m.event, Seqs: []int64{0}}
		for i := range m.count {
			waiting.Seqs[0] = int64(i)
			waiting.Event.ID = fmt.Sprintf("e045626e-4dc5-4df3-bc35-%012d", i)
			if !yield(waiting, nil) {
				return
			}
		}
	}
}

// BenchmarkMemory builds files of ten to a million rows; peak-MB is the most memory alive at any moment beyond that
// before the build. It does not grow with the rows.
func BenchmarkMemory(b *testing.B) {
	known, err := catalogue.Load()
	if err != nil {
		b.Fatal(err)
	}
	for _, rows := range []int{10, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			now := fuzzNow
			builder := &Builder{
				Ledger: &manyEvents{event: benchEvent(b, known), count: rows}, Catalogue: known,
				Now: func() time.Time { return now }, NewID: func() string { return "bench" },
			}
			var peak, start uint64
			look := func() uint64 {
				var stats runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&stats)
				return stats.HeapAlloc
			}
			b.ReportAllocs()
			for b.Loop() {
				start, peak = look(), 0
				delivery, report, err := builder.Build(b.Context(), Covid, now, func(events int) {
					if events%100_000 == 0 || events == rows {
						peak = max(peak, look())
					}
				})
				if err != nil || delivery.Rows != rows {
					b.Fatal(err, report)
				}
			}
			b.ReportMetric(float64(peak-min(start, peak))/(1<<20), "peak-MB")
			b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
