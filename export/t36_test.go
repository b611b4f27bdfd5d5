package export_test

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/export"
	"deltoid/export/mesh/meshtest"
)

// flap is a link that breaks at random places, the same for the same seed.
func flap(random *rand.Rand) func() meshtest.Cut {
	return func() meshtest.Cut {
		cut := meshtest.Cut{Reset: random.IntN(2) == 0}
		switch random.IntN(8) {
		case 0:
			cut.At = meshtest.AtOnce
		case 1:
			cut.At, cut.Bytes = meshtest.InBody, random.Int64N(10_000)
		case 2:
			cut.At, cut.Bytes = meshtest.InReply, random.Int64N(300)
		}
		return cut
	}
}

// distant is the receiver: it collects files, refuses some of them and some of their rows, and answers.
type distant struct {
	o        *office
	took     map[string]int    // records by their ids, and how often they came in files that were taken
	rejected map[string]bool   // records that were refused by themselves
	refused  map[string]bool   // files that were refused as a whole, by name
	seen     map[string]string // message by local id
	files    int
}

func (d *distant) collect() {
	messages, err := d.o.server.Collect(receiverMailbox)
	require.NoError(d.o.t, err)
	for _, m := range messages {
		d.files++
		require.Empty(d.o.t, d.seen[m.LocalID], "a file came twice: %s", m.FileName)
		d.seen[m.LocalID] = m.ID
		if d.files%4 == 2 {
			d.refused[m.FileName] = true
			d.o.deliver(strings.TrimSuffix(m.FileName, ".csv")+"_InfAck_20220520T02000000.csv", fileAnswer(false))
			continue
		}
		rejects := map[int]bool{}
		for row, id := range d.read(m) {
			d.took[id]++
			if (row+d.files)%37 == 0 {
				rejects[row+1], d.rejected[id] = true, true
			}
		}
		d.o.deliver(strings.TrimSuffix(m.FileName, ".csv")+"_InfAck_20220520T02000000.csv", fileAnswer(true))
		d.o.deliver(strings.TrimSuffix(m.FileName, ".csv")+"_BusAck_20220520T02050000.csv", d.o.rowAnswer(m.LocalID, func(row int) bool { return rejects[row] }, false))
	}
}

// read gives the ids of the records in a file, in the order of its rows, and checks that it is what was built.
func (d *distant) read(m meshtest.Message) (ids []string) {
	content, err := m.Content()
	require.NoError(d.o.t, err)
	var kept strings.Builder
	copies := export.Copies{Ledger: d.o.store, Now: d.o.clock}
	require.NoError(d.o.t, copies.WriteTo(d.o.t.Context(), m.LocalID, &kept))
	require.Equal(d.o.t, kept.String(), string(content), "byte for byte")
	reader := csv.NewReader(strings.NewReader(string(content)))
	reader.Comma = '|'
	rows, err := reader.ReadAll()
	require.NoError(d.o.t, err)
	column := -1
	for i, name := range rows[0] {
		if name == "UNIQUE_ID" {
			column = i
		}
	}
	for _, row := range rows[1:] {
		ids = append(ids, row[column])
	}
	return ids
}

// T36: a thousand events recorded without a connection go out over a link that breaks at random places; the receiver and MESH
// refuse some. Nothing comes twice, the counts are right, and every refusal is listed.
func TestT36_AThousandEventsOverAFlappingLink(t *testing.T) {
	seeds := []uint64{36, 2022}
	if testing.Short() {
		seeds = seeds[:1]
	}
	for _, seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { flappingLink(t, seed) })
	}
}

func flappingLink(t *testing.T, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 36))
	o := newOffice(t)
	o.parts = 8000
	o.restart()
	far := &distant{o: o, took: map[string]int{}, rejected: map[string]bool{}, refused: map[string]bool{}, seen: map[string]string{}}
	proxy, err := meshtest.NewProxy(o.server.URL(), flap(rand.New(rand.NewPCG(seed, 7))))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, proxy.Close()) })

	o.set("mesh.url", "http://127.0.0.1:1") // nobody is there: all is recorded, and built, without a connection
	var ids []string
	for range 8 {
		ids = append(ids, o.record(125)...)
		o.build()
		assert.True(t, o.after(time.Hour).Offline)
	}
	require.Len(t, ids, 1000)
	overview, err := o.store.Overview(t.Context())
	require.NoError(t, err)
	require.Equal(t, 1000, overview.NotSent())

	o.set("mesh.url", proxy.URL())
	refusedByMESH, spoilt := 0, false
	for steps := 0; ; steps++ {
		require.Less(t, steps, 3000, "it comes to an end: %s", states36(o))
		if !spoilt && far.files >= 1 { // one new message is refused for good
			spoilt = true
			o.server.Inject(1, meshtest.NewMessage, meshtest.Answer(417, "application/json", `{"detail":[{"event":"SEND","code":"12","msg":"no such mailbox"}]}`))
		}
		report := o.step()
		for _, changed := range report.Changed {
			if changed.State != export.Refused {
				continue
			}
			assert.NotEmpty(t, changed.Problem, "it is said why")
			if changed.MessageID == "" {
				refusedByMESH++
			}
			require.NoError(t, o.courier.Resend(t.Context(), changed.ID))
			o.now = o.now.Add(time.Second)
			o.build()
		}
		if random.IntN(4) == 0 {
			far.collect()
		}
		if random.IntN(15) == 0 {
			o.restart()
		}
		if over(o) {
			break
		}
		o.now = o.now.Add(time.Duration(10+random.IntN(590)) * time.Second)
		if report.Problem != "" { // a broken reply may look like a refused certificate or login: a person tries again
			o.retryAll()
		}
	}

	assert.Equal(t, 1, refusedByMESH)
	assert.NotEmpty(t, far.refused)
	for _, id := range ids {
		require.Equal(t, 1, far.took[id], "record %s came %d times in files that were taken", id, far.took[id])
	}
	assert.Len(t, far.took, 1000, "and nothing else came")
	overview, err = o.store.Overview(t.Context())
	require.NoError(t, err)
	assert.Zero(t, overview.NotSent())
	assert.Equal(t, 1000, overview.Events[export.Collected])
	rejections, err := o.store.Rejected(t.Context())
	require.NoError(t, err)
	listed := map[string]bool{}
	for _, r := range rejections {
		listed[r.Version.EventID] = true
		assert.Equal(t, "not good", r.Diagnostics)
	}
	assert.Equal(t, far.rejected, listed, "every refusal of a row is listed")
	deliveries, err := o.store.Deliveries(t.Context())
	require.NoError(t, err)
	for _, d := range deliveries {
		if far.refused[d.FileName] {
			assert.Equal(t, export.Refused, d.State, d.FileName)
			continue
		}
		if d.State == export.Refused {
			assert.Empty(t, d.MessageID, "MESH never took it: %s", d.FileName)
			continue
		}
		assert.True(t, d.Complete(), d.FileName)
	}
	for _, m := range o.inbox() {
		assert.Equal(t, export.InboundSettled, m.State, m.Outcome)
	}
	o.whole()
	t.Logf("seed %d: %d files came, %d of them refused, %d rows rejected", seed, far.files, len(far.refused), len(listed))
}

// over tells whether every file has its answer and nothing waits.
func over(o *office) bool {
	deliveries, err := o.store.Deliveries(o.t.Context())
	require.NoError(o.t, err)
	for _, d := range deliveries {
		if d.Lane() != export.LaneOver && (d.State != export.Collected || d.Answer == nil || d.Answer.RowsAt.IsZero()) {
			return false
		}
	}
	return true
}

func (o *office) retryAll() {
	deliveries, err := o.store.Deliveries(o.t.Context())
	require.NoError(o.t, err)
	for _, d := range deliveries {
		if d.State == export.Built || d.State == export.Sending {
			require.NoError(o.t, o.courier.Retry(o.t.Context(), d.ID))
		}
	}
}

// states36 says where the files stand, for a test that does not end.
func states36(o *office) (all []string) {
	deliveries, err := o.store.Deliveries(o.t.Context())
	require.NoError(o.t, err)
	for _, d := range deliveries {
		all = append(all, fmt.Sprintf("%s %s %s %s (%s)", d.FileName, d.State, d.ProblemCode, d.Problem, d.NextAttempt.Sub(o.now)))
	}
	return all
}
