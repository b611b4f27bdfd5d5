package export_test

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export"
)

// desk is a computer with files to send, a clock, and a MESH.
type desk struct {
	t       testing.TB
	ledger  *memory
	mesh    *fakeMESH
	courier *export.Courier
	builder *export.Builder
	now     time.Time
	shared  atomic.Int64 // now, for a server that may still be at work on a request that broke off
	sample  *sample
}

func newDesk(t testing.TB) *desk {
	d := &desk{t: t, ledger: newMemory(), now: buildTime, sample: newSample(t)}
	d.ledger.configuration["mesh.url"] = "https://mesh.example"
	d.mesh = newFakeMESH(d.clock)
	d.builder = builderFor(t, d.ledger)
	d.builder.Now = d.clock
	d.restart()
	return d
}

func (d *desk) clock() time.Time { return d.now }

func (d *desk) serverClock() time.Time { return time.Unix(0, d.shared.Load()).UTC() }

// tick shows a server the time.
func (d *desk) tick() { d.shared.Store(d.now.UnixNano()) }

// restart is the program started anew: everything but the ledger is forgotten.
func (d *desk) restart() {
	d.courier = &export.Courier{
		Ledger: d.ledger, Now: d.clock, Jitter: func() float64 { return 0 },
		Connect: func(capture.Configuration) (export.Post, error) { return d.mesh, nil },
	}
}

// built makes one file of one new event.
func (d *desk) built() export.Delivery {
	d.t.Helper()
	event := d.sample.given("2022-05-12T10:00:00Z", "comirnaty30_rtu", catalogue.Primary1)
	d.ledger.commit(event)
	delivery, _, err := d.builder.Build(d.t.Context(), export.Covid, d.now.Add(time.Hour), nil)
	require.NoError(d.t, err)
	require.NotEmpty(d.t, delivery.ID)
	return delivery
}

func (d *desk) step() export.Report {
	d.t.Helper()
	d.tick()
	report, err := d.courier.Step(d.t.Context())
	require.NoError(d.t, err)
	return report
}

func (d *desk) after(pause time.Duration) export.Report {
	d.t.Helper()
	d.now = d.now.Add(pause)
	return d.step()
}

func (d *desk) stand(id string) export.Delivery {
	delivery, err := d.ledger.Delivery(d.t.Context(), id)
	require.NoError(d.t, err)
	return delivery
}

func states(delivery export.Delivery) []export.State {
	var all []export.State
	for _, passage := range delivery.Past {
		all = append(all, passage.State)
	}
	return all
}

// stepOrCrash steps; when the program dies in it, it is started anew.
func (d *desk) stepOrCrash() (report export.Report) {
	defer func() {
		if fault := recover(); fault != nil {
			if _, ours := fault.(crashed); !ours {
				panic(fault)
			}
			d.restart()
		}
	}()
	d.tick()
	report, err := d.courier.Step(d.t.Context())
	if err != nil {
		report.Problem = err.Error()
	}
	return report
}

// runDry steps whenever something is due until every file has been taken, or a day has passed.
func (d *desk) runDry() {
	end := d.now.Add(24 * time.Hour)
	for d.now.Before(end) {
		report := d.stepOrCrash()
		if d.ledger.count(export.Built)+d.ledger.count(export.Sending) == 0 {
			return
		}
		next := report.Next
		if !next.After(d.now) {
			next = d.now.Add(time.Minute)
		}
		d.now = next
	}
}

func (m *memory) count(state export.State) (n int) {
	for _, delivery := range m.deliveries {
		if delivery.State == state {
			n++
		}
	}
	return n
}
