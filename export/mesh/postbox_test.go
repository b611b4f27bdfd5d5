package mesh_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/export/mesh"
	"deltoid/export/mesh/meshtest"
)

// shelf is where arrivals are stored.
type shelf struct {
	arrivals []mesh.Arrival
	fail     error
}

func (s *shelf) store(_ context.Context, a mesh.Arrival) error {
	if s.fail != nil {
		return s.fail
	}
	s.arrivals = append(s.arrivals, a)
	return nil
}

func (p *post) postbox() *mesh.Postbox {
	return &mesh.Postbox{Source: p.receiver, Now: p.clock.Now}
}

func (p *post) arrives(t testing.TB, content string) string {
	t.Helper()
	return p.deliver(t, meshtest.Message{To: "X26ABC2", From: "X", WorkflowID: "W", Parts: [][]byte{[]byte(content)}})
}

func TestCollect(t *testing.T) {
	p := newPost(t, meshtest.Options{PollPause: 5 * time.Minute})
	first, second := p.arrives(t, "one"), p.arrives(t, "two")
	box, shelf := p.postbox(), new(shelf)
	done, err := box.Collect(ctx, shelf.store)
	require.NoError(t, err)
	require.Equal(t, mesh.Collection{Taken: 2, Next: p.clock.Now().Add(5 * time.Minute)}, done)
	require.Equal(t, first, shelf.arrivals[0].MessageID)
	require.Equal(t, "one", string(shelf.arrivals[0].Content))
	require.Equal(t, second, shelf.arrivals[1].MessageID)
	require.Equal(t, "W", shelf.arrivals[1].WorkflowID)
	require.Empty(t, inbox(t, p), "acknowledged")
}

// The pace of MESH: a look every five minutes, a handshake a day, whatever the caller does.
func TestCollectKeepsThePace(t *testing.T) {
	p := newPost(t, meshtest.Options{PollPause: 5 * time.Minute})
	box, shelf := p.postbox(), new(shelf)
	count := func(path string) (n int) {
		for _, r := range p.Requests() {
			if r.Path == "/messageexchange/"+path {
				n++
			}
		}
		return n
	}
	for range 2 * 24 * 60 { // two days, minute by minute
		done, err := box.Collect(ctx, shelf.store)
		require.NoError(t, err)
		require.Equal(t, box.Due(), done.Next)
		p.clock.Advance(time.Minute)
	}
	require.Equal(t, 2*24*12, p.Count()-count("X26ABC2"))
	require.LessOrEqual(t, count("X26ABC2"), 2)

	again := p.postbox() // another process, which was told
	again.Looked, again.Greeted = box.Looked, box.Greeted
	before := p.Count()
	p.clock.Advance(-time.Minute)
	_, err := again.Collect(ctx, shelf.store)
	require.NoError(t, err)
	require.Equal(t, before, p.Count())
}

func TestCollectAcknowledgesOnlyWhatIsStored(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	p.arrives(t, "one")
	p.arrives(t, "two")
	full := errors.New("disk full")
	box, shelf := p.postbox(), &shelf{fail: full}
	done, err := box.Collect(ctx, shelf.store)
	require.ErrorIs(t, err, full)
	require.Zero(t, done.Taken)
	require.Equal(t, p.clock.Now(), done.Next, "what was listed may be fetched at once")
	require.Len(t, inbox(t, p), 2)

	shelf.fail = nil
	done, err = box.Collect(ctx, shelf.store)
	require.NoError(t, err)
	require.Equal(t, 2, done.Taken)
	require.Empty(t, inbox(t, p))
}

// The acknowledgement is lost: the message is not stored a second time by the same program.
func TestCollectRepeatsTheAcknowledgement(t *testing.T) {
	for name, fault := range map[string]meshtest.Fault{"lost": meshtest.Drop(), "reply lost": meshtest.TakeThenDrop(), "gateway": meshtest.Answer(503, "", "")} {
		t.Run(name, func(t *testing.T) {
			p := newPost(t, meshtest.Options{})
			p.arrives(t, "one")
			box, shelf := p.postbox(), new(shelf)
			p.Inject(1, partOfPath("/status/acknowledged"), fault)
			_, err := box.Collect(ctx, shelf.store)
			asError(t, err, mesh.ErrTemporary)
			_, err = box.Collect(ctx, shelf.store)
			require.NoError(t, err)
			require.Len(t, shelf.arrivals, 1)
			require.Empty(t, inbox(t, p))
		})
	}
}

// One message that cannot be read does not hold up the others, and stays where it is.
func TestCollectPutsAside(t *testing.T) {
	for name, fault := range map[string]meshtest.Fault{
		"no gzip":         meshtest.AnswerWith(200, map[string][]string{"Mex-Messagetype": {"DATA"}, "Content-Encoding": {"gzip"}}, strings.Repeat("no gzip", 10)),
		"another message": meshtest.AnswerWith(200, map[string][]string{"Mex-Messageid": {"OTHER"}}, "x"),
		"refused":         meshtest.Answer(417, "", ""),
	} {
		t.Run(name, func(t *testing.T) {
			p := newPost(t, meshtest.Options{})
			bad := p.arrives(t, "bad")
			good := p.arrives(t, "good")
			p.Inject(1, partOfPath("/inbox/"+bad), fault)
			box, shelf := p.postbox(), new(shelf)
			done, err := box.Collect(ctx, shelf.store)
			require.NoError(t, err)
			require.Equal(t, 1, done.Taken)
			require.Len(t, done.Aside, 1)
			require.Equal(t, bad, done.Aside[0].MessageID)
			require.Equal(t, good, shelf.arrivals[0].MessageID)
			require.Equal(t, []string{bad}, inbox(t, p))

			p.clock.Advance(5 * time.Minute) // it was a passing fault
			done, err = box.Collect(ctx, shelf.store)
			require.NoError(t, err)
			require.Equal(t, 1, done.Taken)
			require.Empty(t, done.Aside)
		})
	}
	t.Run("too long", func(t *testing.T) {
		p := newPost(t, meshtest.Options{})
		p.arrives(t, "123456")
		box := p.postbox()
		box.ArrivalBytes = 5
		done, err := box.Collect(ctx, new(shelf).store)
		require.NoError(t, err)
		require.Len(t, done.Aside, 1)
	})
	t.Run("breaks off each time", func(t *testing.T) {
		p := newPost(t, meshtest.Options{})
		bad := p.arrives(t, "bad")
		p.Inject(3, partOfPath("/inbox/"+bad), meshtest.AnswerWith(200, map[string][]string{"Mex-Messagetype": {"DATA"}, "Content-Length": {"10"}}, "short"))
		box := p.postbox()
		for range 2 {
			_, err := box.Collect(ctx, new(shelf).store)
			asError(t, err, mesh.ErrTemporary)
		}
		done, err := box.Collect(ctx, new(shelf).store)
		require.NoError(t, err)
		require.Len(t, done.Aside, 1)
	})
	t.Run("gone meanwhile", func(t *testing.T) {
		p := newPost(t, meshtest.Options{})
		gone := p.arrives(t, "x")
		p.Inject(1, partOfPath("/inbox/"+gone), meshtest.Answer(410, "", ""))
		done, err := p.postbox().Collect(ctx, new(shelf).store)
		require.NoError(t, err)
		require.Zero(t, done.Taken)
		require.Empty(t, done.Aside)
	})
}

func partOfPath(text string) meshtest.Match {
	return func(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, text) }
}

// A message of ours that nobody collected comes back as a report that names it.
func TestCollectReport(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	id, err := p.sender.Send(ctx, newMessage("clinic-1", "a"))
	require.NoError(t, err)
	p.clock.Advance(5 * 24 * time.Hour)
	box, shelf := &mesh.Postbox{Source: p.sender, Now: p.clock.Now}, new(shelf)
	_, err = box.Collect(ctx, shelf.store)
	require.NoError(t, err)
	require.Len(t, shelf.arrivals, 1)
	require.Empty(t, shelf.arrivals[0].Content)
	report, is := shelf.arrivals[0].Report()
	require.True(t, is)
	require.Equal(t, id, report.MessageID)
	require.Equal(t, "clinic-1", report.LocalID)
	require.Equal(t, "14", report.Code)
	require.Equal(t, p.clock.Now(), report.At)
	require.Equal(t, mesh.Explain("14"), report.Words())
	require.Contains(t, report.Words(), "five days")

	_, is = mesh.Headers{Type: mesh.TypeData}.Report()
	require.False(t, is)
}

func TestReportWords(t *testing.T) {
	for code, want := range map[string]string{"12": mesh.Explain("12"), "EPL-153": mesh.Explain("EPL-153"), "": "MESH gives no reason", "999": "strange; quote this"} {
		report := mesh.Report{Code: code}
		if code == "999" {
			report.Description = "strange"
		}
		require.Contains(t, report.Words(), want)
	}
}

// Every published code has words of its own, for API and for client program.
func TestEveryCodeHasWords(t *testing.T) {
	for code := range 21 {
		text := mesh.ExplainClient("", fmt.Sprintf("%02d", code))
		require.NotContains(t, text, "not in the published list", code)
		require.NotEmpty(t, text)
	}
	require.NotEqual(t, mesh.ExplainClient("TRANSFER", "06"), mesh.Explain("06"))
	require.Contains(t, mesh.ExplainClient("Transfer to DTS Server", "5"), "try again by itself")
	require.Equal(t, mesh.Explain("12"), mesh.ExplainClient("SEND", "12"))
}

// On bad roads, with programs that die, every message is stored and acknowledged. The same message may be stored again
// by a program that does not know of the first time, never lost.
func TestCollectOnBadRoads(t *testing.T) {
	runs := 40
	if testing.Short() {
		runs = 10
	}
	for seed := range runs {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(uint64(seed), 9))
			var cuts []meshtest.Cut
			for range random.IntN(60) {
				cuts = append(cuts, randomCut(random))
			}
			r := newRoad(t, cuts...)
			want := map[string]string{}
			for i := range 1 + random.IntN(5) {
				text := string(content(uint64(seed+i), 1+random.IntN(3000)))
				m := meshtest.Message{To: "X26ABC2", From: "X", WorkflowID: "W"}
				for rest := text; len(rest) > 0; { // in parts
					n := 1 + random.IntN(len(rest))
					m.Parts, rest = append(m.Parts, []byte(rest[:n])), rest[n:]
				}
				want[r.deliver(t, m)] = text
			}
			got := map[string]string{}
			store := func(_ context.Context, a mesh.Arrival) error {
				if earlier, again := got[a.MessageID]; again && earlier != string(a.Content) {
					return errors.New("the same message with another content")
				}
				got[a.MessageID] = string(a.Content)
				return nil
			}
			c := r.traveller(t, "X26ABC2", 0)
			box := &mesh.Postbox{Source: c, Now: r.clock.Now}
			for tries := 0; len(inbox(t, r.post)) > 0; tries++ {
				require.Less(t, tries, 500, "never ends")
				if random.IntN(10) == 0 {
					box = &mesh.Postbox{Source: c, Now: r.clock.Now} // the program died
				}
				if _, err := box.Collect(ctx, store); err != nil {
					require.True(t, errors.Is(err, mesh.ErrOffline) || errors.Is(err, mesh.ErrTemporary), "%v", err)
				}
				r.clock.Advance(time.Minute)
			}
			require.Equal(t, want, got)
		})
	}
}
