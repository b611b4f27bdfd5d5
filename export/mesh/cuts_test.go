package mesh_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"deltoid/export/mesh"
	"deltoid/export/mesh/meshtest"
)

// road is the network between mailbox 1 and the server: one cut for each connection, whole ones after the last.
type road struct {
	*post
	proxy *meshtest.Proxy
	cuts  []meshtest.Cut
}

func newRoad(t testing.TB, cuts ...meshtest.Cut) *road {
	t.Helper()
	r := &road{post: newPost(t, meshtest.Options{}), cuts: cuts}
	var err error
	r.proxy, err = meshtest.NewProxy(r.URL(), r.cut)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.proxy.Close()) })
	return r
}

// cut is asked by one goroutine, one connection after the other.
func (r *road) cut() (next meshtest.Cut) {
	if len(r.cuts) > 0 {
		next, r.cuts = r.cuts[0], r.cuts[1:]
	}
	return next
}

func (r *road) traveller(t testing.TB, mailbox string, partBytes int) *mesh.Client {
	t.Helper()
	config := r.config(mailbox)
	config.BaseURL, config.PartBytes = r.proxy.URL(), partBytes
	return r.client(t, config)
}

// arrivedOnce checks that the server holds the message once, complete, as its sender had it.
func (r *road) arrivedOnce(t testing.TB, id string, whole []byte) {
	t.Helper()
	held := r.Messages("X26ABC2")
	require.Len(t, held, 1)
	require.Equal(t, id, held[0].ID)
	require.Equal(t, meshtest.Accepted, held[0].Status)
	got, err := held[0].Content()
	require.NoError(t, err)
	require.True(t, bytes.Equal(whole, got))
}

// Every part of a message is cut once at every point a request can be cut; then the message goes on and arrives.
func TestEveryCut(t *testing.T) {
	whole := content(1, 4000)
	points := map[string]meshtest.Cut{
		"at once":         {At: meshtest.AtOnce},
		"before the body": {At: meshtest.InBody},
		"in the body":     {At: meshtest.InBody, Bytes: 100},
		"before reply":    {At: meshtest.InReply},
		"in the reply":    {At: meshtest.InReply, Bytes: 40},
		"in reply's body": {At: meshtest.InReply, Bytes: 150},
	}
	for point, cut := range points {
		for number := 1; number <= 4; number++ {
			if number > 1 && cut.Bytes == 150 { // the answer to a later part is too short for that
				continue
			}
			for _, reset := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s of part %d, reset %v", point, number, reset), func(t *testing.T) {
					cut.Reset = reset
					r := newRoad(t, append(make([]meshtest.Cut, number-1), cut)...)
					var kept diary
					m := newMessage("clinic-1", "")
					m.Body, m.Keep = mesh.Bytes(whole), kept.keep
					id, err := r.traveller(t, "X26ABC1", 1000).SendOnce(ctx, m)
					arrived := cut.At == meshtest.InReply
					switch {
					case number == 1 && arrived: // the look-up found it, and the rest followed
						require.NoError(t, err)
						r.arrivedOnce(t, id, whole)
						return
					case number == 1:
						require.Empty(t, r.Messages("X26ABC2"))
						notTaken := errors.Is(err, mesh.ErrOffline) || errors.Is(err, mesh.ErrTemporary)
						require.True(t, notTaken || errors.Is(err, mesh.ErrUnknownOutcome), "%v", err)
					case number == 4 && arrived: // it is there, and we do not know yet
						asUnfinished(t, err)
						require.Len(t, inbox(t, r.post), 1)
					default:
						asUnfinished(t, err)
						require.Empty(t, inbox(t, r.post))
					}
					m.Upload = kept.last(t)
					require.Equal(t, number-1, m.Upload.Taken)
					id, err = r.traveller(t, "X26ABC1", 1000).Resume(ctx, m)
					require.NoError(t, err)
					r.arrivedOnce(t, id, whole)
				})
			}
		}
	}
}

// journey is a message on a bad road, sent by programs that die: what is durable is written down, all else is lost.
type journey struct {
	*road
	random  *rand.Rand
	message mesh.Message
	durable string // the Upload as kept
	begun   bool
}

var errDied = errors.New("the program ended")

// keep is durable, and now and then the program ends before or after it.
func (j *journey) keep(_ context.Context, upload mesh.Upload) error {
	if j.random.IntN(20) == 0 {
		return errDied
	}
	line, err := json.Marshal(upload)
	j.durable = string(line)
	if j.random.IntN(20) == 0 {
		return errDied
	}
	return err
}

// step is what a careful caller does: send once, and from then on resume.
func (j *journey) step(t testing.TB) (id string, err error) {
	m := j.message
	m.Keep, m.Upload = j.keep, mesh.Upload{}
	if j.durable != "" {
		require.NoError(t, json.Unmarshal([]byte(j.durable), &m.Upload))
	}
	c := j.traveller(t, "X26ABC1", 100+j.random.IntN(600)) // nobody promises that parts stay the same size
	if !j.begun {
		j.begun = true
		return c.SendOnce(ctx, m)
	}
	return c.Resume(ctx, m)
}

// check holds what the client says against what the server has.
func (j *journey) check(t testing.TB, id string, err error) {
	held := j.Messages("X26ABC2")
	require.LessOrEqual(t, len(held), 1, "never a second message")
	complete := len(held) == 1 && held[0].Status == meshtest.Accepted
	switch {
	case err == nil:
		require.True(t, complete)
		require.Equal(t, held[0].ID, id)
	case errors.Is(err, mesh.ErrUnfinished):
		require.Len(t, held, 1)
	case errors.Is(err, mesh.ErrUnknownOutcome), errors.Is(err, errDied):
	default: // either nothing was taken, or the question whether it was did not get through
		require.True(t, errors.Is(err, mesh.ErrOffline) || errors.Is(err, mesh.ErrTemporary), "%v", err)
	}
}

func randomCut(random *rand.Rand) meshtest.Cut {
	if random.IntN(2) == 0 {
		return meshtest.Cut{}
	}
	cut := meshtest.Cut{At: meshtest.CutPoint(1 + random.IntN(3)), Reset: random.IntN(2) == 0}
	cut.Bytes = int64([]int{0, random.IntN(30), random.IntN(300), random.IntN(1000)}[random.IntN(4)])
	return cut
}

// A thousand messages on a thousand bad roads, with programs that die: each arrives once, as it was.
func TestSeededCuts(t *testing.T) {
	runs := 1000
	if testing.Short() {
		runs = 100
	}
	steps, connections := 0, 0
	for seed := range runs {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(uint64(seed), 7))
			var cuts []meshtest.Cut
			for range random.IntN(40) {
				cuts = append(cuts, randomCut(random))
			}
			whole := content(uint64(seed), 1+random.IntN(3000))
			j := &journey{road: newRoad(t, cuts...), random: random, message: newMessage(fmt.Sprint("clinic-", seed), "")}
			j.message.Body, j.message.Compress = mesh.Bytes(whole), random.IntN(2) == 0
			for tries := 0; ; tries++ {
				require.Less(t, tries, 200, "never ends")
				steps++
				id, err := j.step(t)
				j.check(t, id, err)
				if err == nil {
					j.arrivedOnce(t, id, whole)
					break
				}
			}
			connections += j.Count()
		})
	}
	t.Logf("%d runs, %d steps, %d requests", runs, steps, connections)
}
