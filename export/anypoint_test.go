package export_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/export"
	"deltoid/export/mesh/meshtest"
)

// runs is how many schedules are tried; DELTOID_RUNS asks for more.
func runs(usual int) int {
	if n, err := strconv.Atoi(os.Getenv("DELTOID_RUNS")); err == nil {
		return n
	}
	if testing.Short() {
		return usual / 5
	}
	return usual
}

// serverFaults are what can happen to a request beside a broken line.
var serverFaults = []meshtest.Fault{
	meshtest.Drop(), meshtest.TakeThenDrop(), meshtest.TakeThenBreak(), meshtest.TakeThenAnswer(504, "text/html", "<html>"),
	meshtest.Answer(503, "text/xml", "<busy/>"), meshtest.AnswerWith(429, http.Header{"Retry-After": {"60"}}, ""),
}

// The program dies at random points around every write, and requests fail at random, while a file in several parts goes out and
// its answer comes back. Every file arrives once, as it was built, and its answer is settled once.
func TestAnyPointOfDeath(t *testing.T) {
	const each = 25 // schedules on one computer, so that what one leaves behind meets the next
	total := runs(50)
	for first := 0; first < total; first += each {
		o := newOffice(t)
		o.parts = 400
		o.restart()
		for run := first; run < min(first+each, total); run++ {
			dieAnywhere(o, run)
			require.Len(t, o.inbox(), run-first+1)
		}
		o.whole()
		require.NoError(t, o.store.Close())
	}
	t.Logf("%d schedules", total)
}

// dieAnywhere is one schedule.
func dieAnywhere(o *office, run int) {
	t, random := o.t, rand.New(rand.NewPCG(uint64(run), 9))
	o.record(1 + random.IntN(12))
	o.now = o.now.Add(time.Minute)
	file := o.build()
	deaths, died := random.IntN(5), []string{}
	o.faults = func(where string) {
		if len(died) < deaths && random.IntN(6) == 0 {
			died = append(died, where)
			panic(crashed{})
		}
	}
	far := rand.New(rand.NewPCG(uint64(run), 10)) // of the server's own
	for range random.IntN(6) {
		o.server.Inject(1, func(*http.Request) bool { return far.IntN(4) == 0 }, serverFaults[random.IntN(len(serverFaults))])
	}
	about := func() string { return fmt.Sprintf("run %d, died %v, file %s", run, died, o.stand(file.ID).State) }
	answered := false
	for steps := 0; ; steps++ {
		require.Less(t, steps, 400, about())
		_, broke := o.stepOrDie()
		stands := o.stand(file.ID)
		if broke {
			continue
		}
		if stands.State == export.Accepted && !answered {
			messages, err := o.server.Collect(receiverMailbox)
			require.NoError(t, err)
			require.Len(t, messages, 1, about())
			o.requireAsBuilt(messages[0], file)
			o.deliver(bare(file)+"_InfAck_20220520T02000000.csv", fileAnswer(true))
			answered = true
		}
		if stands.State == export.Collected && stands.Answer != nil {
			break
		}
		require.Contains(t, []export.State{export.Built, export.Sending, export.Accepted, export.Collected}, stands.State, "%s: %s", about(), stands.Problem)
		o.now = o.now.Add(time.Duration(30+random.IntN(270)) * time.Second)
		if stands.ProblemCode == "login" {
			require.NoError(t, o.courier.Retry(t.Context(), file.ID))
		}
	}
	o.faults = nil
	o.server.ClearFaults()
	count := 0
	for _, m := range o.server.Messages(receiverMailbox) {
		if m.LocalID == file.ID {
			count++
		}
	}
	require.Equal(t, 1, count, about())
	require.Empty(t, o.inbox(export.InboundArrived, export.InboundUnknown, export.InboundFaulty), about())
}

func (o *office) requireAsBuilt(m meshtest.Message, file export.Delivery) {
	require.Equal(o.t, file.ID, m.LocalID)
	(&distant{o: o}).read(m)
}
