package mesh_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/export/mesh"
	"deltoid/export/mesh/meshtest"
)

// inParts is mailbox 1 with parts of so many bytes.
func (p *post) inParts(t testing.TB, size int) *mesh.Client {
	t.Helper()
	config := p.config("X26ABC1")
	config.PartBytes = size
	return p.client(t, config)
}

// content is text that compresses like an extract, to about a third.
func content(seed uint64, size int) []byte {
	random := rand.New(rand.NewPCG(seed, 1))
	var text bytes.Buffer
	for text.Len() < size {
		fmt.Fprintf(&text, "\"9000000009\"|\"%08X\"|\"X26\"|\"2026-11-22\"\n", random.Uint32())
	}
	return text.Bytes()[:size]
}

// diary is a Keep that remembers, as a file would.
type diary struct {
	lines []string
	fail  map[int]error // by number of the call, from 1
}

func (d *diary) keep(_ context.Context, upload mesh.Upload) error {
	if err := d.fail[len(d.lines)+1]; err != nil {
		return err
	}
	line, err := json.Marshal(upload)
	d.lines = append(d.lines, string(line))
	return err
}

func (d *diary) last(t testing.TB) (upload mesh.Upload) {
	t.Helper()
	if len(d.lines) > 0 {
		require.NoError(t, json.Unmarshal([]byte(d.lines[len(d.lines)-1]), &upload))
	}
	return upload
}

// partOf chooses the requests that carry part number.
func partOf(number int) meshtest.Match {
	return func(r *http.Request) bool {
		return r.Method == http.MethodPost && strings.HasPrefix(r.Header.Get("Mex-Chunk-Range"), fmt.Sprint(number)+":")
	}
}

func TestSendInParts(t *testing.T) {
	for name, compress := range map[string]bool{"plain": false, "gzip": true} {
		t.Run(name, func(t *testing.T) {
			p := newPost(t, meshtest.Options{})
			whole := content(1, 20_000)
			m := newMessage("clinic-1", "")
			m.Body, m.Compress = mesh.Bytes(whole), compress
			var kept diary
			m.Keep = kept.keep
			id, err := p.inParts(t, 1000).Send(ctx, m)
			require.NoError(t, err)

			held := p.Messages("X26ABC2")
			require.Len(t, held, 1)
			require.Equal(t, meshtest.Accepted, held[0].Status)
			require.Equal(t, "text/csv", held[0].ContentType)
			require.Equal(t, compress, held[0].Encoding == "gzip")
			require.Greater(t, len(held[0].Parts), 3)
			for number, part := range held[0].Parts {
				require.LessOrEqual(t, len(part), 1000)
				if number < len(held[0].Parts)-1 {
					require.Greater(t, len(part), 700, "a part is filled before the next begins")
				}
			}
			require.Len(t, kept.lines, len(held[0].Parts)+1)
			require.Equal(t, len(held[0].Parts), kept.last(t).Taken)
			require.Equal(t, id, kept.last(t).MessageID)

			var got bytes.Buffer
			headers, err := p.receiver.Download(ctx, id, &got)
			require.NoError(t, err)
			require.Equal(t, len(held[0].Parts), headers.Parts)
			require.Equal(t, whole, got.Bytes())
		})
	}
}

// Whatever the content and the size of the parts: what arrives is the content, and no part is larger than allowed.
func TestPartsRoundTrip(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	rapid.Check(t, func(r *rapid.T) {
		whole := rapid.SliceOfN(rapid.Byte(), 1, 3000).Draw(r, "content")
		if rapid.Bool().Draw(r, "text") {
			whole = content(rapid.Uint64().Draw(r, "seed"), rapid.IntRange(1, 40_000).Draw(r, "size"))
		}
		size := rapid.IntRange(len(whole)/200+1, len(whole)+100).Draw(r, "part")
		m := newMessage("x"+rapid.StringMatching(`[a-z0-9]{20}`).Draw(r, "id"), "")
		m.Body, m.Compress = mesh.Bytes(whole), rapid.Bool().Draw(r, "compress")
		id, err := p.inParts(t, size).Send(ctx, m)
		require.NoError(r, err)
		var got bytes.Buffer
		_, err = p.receiver.Download(ctx, id, &got)
		require.NoError(r, err)
		require.True(r, bytes.Equal(whole, got.Bytes()))
		held := p.Messages("X26ABC2")
		for _, part := range held[len(held)-1].Parts {
			require.LessOrEqual(r, len(part), size+40, "a little more when parts are so small that gzip's own bytes weigh")
		}
		require.NoError(r, p.receiver.Acknowledge(ctx, id))
	})
}

// With the usual size every part but the last is as large as MESH wants it, and small enough for old installations.
func TestUsualPartSize(t *testing.T) {
	if testing.Short() {
		t.Skip("24 MB")
	}
	p := newPost(t, meshtest.Options{MinPartBytes: mesh.MinPartBytes, MaxRequestBytes: 20_000_000})
	whole := make([]byte, 24_000_000)
	rand.NewChaCha8([32]byte{1}).Read(whole) //nolint:errcheck // it never fails
	m := newMessage("clinic-1", "")
	m.Body, m.Compress = mesh.Bytes(whole), true
	_, err := p.sender.Send(ctx, m)
	require.NoError(t, err)
	held := p.Messages("X26ABC2")
	require.Len(t, held[0].Parts, 2)
	require.InDelta(t, mesh.DefaultPartBytes, len(held[0].Parts[0]), 100_000)
}

// A content longer than what is kept in memory is read twice and compressed as it goes; one that has changed in between
// never arrives.
func TestPartsLongerThanMemory(t *testing.T) {
	for name, compress := range map[string]bool{"plain": false, "gzip": true} {
		t.Run(name, func(t *testing.T) {
			p := newPost(t, meshtest.Options{})
			whole := content(9, 300_000)
			opened := 0
			m := newMessage("clinic-1", "")
			m.Compress = compress
			m.Body = func() (io.ReadCloser, error) { opened++; return io.NopCloser(bytes.NewReader(whole)), nil }
			c := p.inParts(t, 8_000)
			c.SetMemory(20_000)
			_, err := c.Send(ctx, m)
			require.NoError(t, err)
			require.Equal(t, 2, opened)
			held := p.Messages("X26ABC2")
			require.Greater(t, len(held[0].Parts), 4)
			got, err := held[0].Content()
			require.NoError(t, err)
			require.True(t, bytes.Equal(whole, got))

			m.LocalID = "clinic-2"
			m.Body = func() (io.ReadCloser, error) {
				changing := bytes.Clone(whole)
				changing[len(changing)/2] = byte(opened)
				opened++
				return io.NopCloser(bytes.NewReader(changing)), nil
			}
			_, err = c.Send(ctx, m)
			asError(t, err, mesh.ErrPermanent)
			require.Len(t, inbox(t, p), 1)
		})
	}
}

// A message that is interrupted between two parts goes on where it was, in another process and with another size of
// parts: the plan it was begun with holds.
func TestResumeInParts(t *testing.T) {
	whole := content(2, 20_000)
	for name, fault := range map[string]meshtest.Fault{
		"part lost":                meshtest.Drop(),
		"reply lost":               meshtest.TakeThenDrop(),
		"gateway":                  meshtest.Answer(503, "text/html", "<html>"),
		"gateway after the taking": meshtest.TakeThenAnswer(504, "text/html", "<html>"),
	} {
		for _, number := range []int{2, 3, 5} {
			t.Run(fmt.Sprint(name, " ", number), func(t *testing.T) {
				p := newPost(t, meshtest.Options{})
				var kept diary
				m := newMessage("clinic-1", "")
				m.Body, m.Compress, m.Keep = mesh.Bytes(whole), true, kept.keep
				p.Inject(1, partOf(number), fault)
				_, err := p.inParts(t, 900).SendOnce(ctx, m)
				e := asUnfinished(t, err)
				require.Equal(t, p.Messages("X26ABC2")[0].ID, e.MessageID)
				require.Equal(t, number-1, kept.last(t).Taken)
				require.Empty(t, inbox(t, p), "nothing reaches the recipient before the end")

				m.Upload = kept.last(t)
				id, err := p.inParts(t, 700).Resume(ctx, m)
				require.NoError(t, err)
				held := p.Messages("X26ABC2")
				require.Len(t, held, 1)
				require.Equal(t, id, held[0].ID)
				got, err := held[0].Content()
				require.NoError(t, err)
				require.Equal(t, whole, got)
			})
		}
	}
}

func inbox(t testing.TB, p *post) []string {
	t.Helper()
	ids, err := p.receiver.Inbox(ctx, mesh.InboxOptions{})
	require.NoError(t, err)
	return ids
}

// asUnfinished returns the error of a message of which MESH has a part. It is an unknown outcome to those who do not
// know of parts.
func asUnfinished(t testing.TB, err error) *mesh.Error {
	t.Helper()
	var e *mesh.Error
	require.ErrorAs(t, err, &e)
	require.ErrorIs(t, err, mesh.ErrUnfinished)
	require.ErrorIs(t, err, mesh.ErrUnknownOutcome)
	for _, other := range []error{mesh.ErrOffline, mesh.ErrTemporary, mesh.ErrRefused, mesh.ErrPermanent, mesh.ErrNotFound} {
		require.NotErrorIs(t, err, other)
	}
	return e
}

// The answer to the first part was lost: it is adopted, and the rest follows by the plan that stands in memory.
func TestFirstPartIsAdopted(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	m := newMessage("clinic-1", "")
	m.Body = mesh.Bytes(content(3, 5000))
	p.Inject(1, meshtest.NewMessage, meshtest.TakeThenDrop())
	id, err := p.inParts(t, 1000).SendOnce(ctx, m)
	require.NoError(t, err)
	require.Equal(t, []string{id}, inbox(t, p))
}

// The program ended between the first answer and writing it down: the plan is there, the message id is not.
func TestResumeWithoutMessageID(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	kept := diary{fail: map[int]error{2: errors.New("power cut")}}
	m := newMessage("clinic-1", "")
	m.Body, m.Keep = mesh.Bytes(content(4, 5000)), kept.keep
	_, err := p.inParts(t, 1000).Send(ctx, m)
	require.ErrorContains(t, asUnfinished(t, err), "power cut")
	require.Empty(t, kept.last(t).MessageID)

	kept.fail, m.Upload = nil, kept.last(t)
	id, err := p.inParts(t, 1000).Resume(ctx, m)
	require.NoError(t, err)
	require.Equal(t, []string{id}, inbox(t, p))
}

func TestResumeRefusesToGuess(t *testing.T) {
	whole := content(5, 5000)
	begin := func(t *testing.T) (*post, mesh.Message) {
		p := newPost(t, meshtest.Options{})
		var kept diary
		m := newMessage("clinic-1", "")
		m.Body, m.Keep, m.Compress = mesh.Bytes(whole), kept.keep, true
		p.Inject(1, partOf(3), meshtest.Drop())
		_, err := p.inParts(t, 500).Send(ctx, m)
		asUnfinished(t, err)
		m.Upload = kept.last(t)
		return p, m
	}
	for name, spoil := range map[string]func(*mesh.Message){
		"plan not kept":        func(m *mesh.Message) { m.Upload = mesh.Upload{} },
		"plan damaged":         func(m *mesh.Message) { m.Upload.Starts[2] = m.Upload.Starts[1] },
		"plan past the end":    func(m *mesh.Message) { m.Upload.Size = m.Upload.Starts[2] },
		"content changed":      func(m *mesh.Message) { m.Body = mesh.Bytes(append([]byte{'x'}, whole[1:]...)) },
		"content grown":        func(m *mesh.Message) { m.Body = mesh.Bytes(append(bytes.Clone(whole), 'x')) },
		"content cut":          func(m *mesh.Message) { m.Body = mesh.Bytes(whole[:len(whole)-1]) },
		"content cut very far": func(m *mesh.Message) { m.Body = mesh.Bytes(whole[:100]) },
	} {
		t.Run(name, func(t *testing.T) {
			p, m := begin(t)
			spoil(&m)
			_, err := p.inParts(t, 500).Resume(ctx, m)
			asError(t, err, mesh.ErrPermanent)
			require.Empty(t, inbox(t, p), "nothing that is not the content reaches the recipient")
		})
	}
	t.Run("MESH has forgotten it", func(t *testing.T) {
		p, m := begin(t)
		m.Upload.MessageID = "UNKNOWN"
		_, err := p.inParts(t, 500).Resume(ctx, m)
		asError(t, err, mesh.ErrNotFound)
	})
}

func TestPartRefused(t *testing.T) {
	for name, row := range map[string]struct {
		status int
		kind   error
	}{
		"for good":    {417, mesh.ErrPermanent},
		"not known":   {404, mesh.ErrNotFound},
		"credentials": {403, mesh.ErrUnfinished},
		"too many":    {429, mesh.ErrUnfinished},
		"locked":      {423, mesh.ErrUnfinished}, // although MESH says that it is still uploading
	} {
		t.Run(name, func(t *testing.T) {
			p := newPost(t, meshtest.Options{})
			m := newMessage("clinic-1", "")
			m.Body = mesh.Bytes(content(6, 2500))
			p.Inject(1, partOf(2), meshtest.AnswerWith(row.status, http.Header{"Retry-After": {"60"}}, ""))
			_, err := p.inParts(t, 1000).Send(ctx, m)
			var e *mesh.Error
			require.ErrorAs(t, err, &e)
			require.ErrorIs(t, err, row.kind)
			require.Equal(t, row.status, e.Status)
			require.NotZero(t, e.RetryAfter)
		})
	}
}

// 423 on a part means that MESH has the whole message, when it says so.
func TestLockedMeansTaken(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	var kept diary
	m := newMessage("clinic-1", "")
	m.Body, m.Keep = mesh.Bytes(content(7, 2500)), kept.keep
	p.Inject(1, partOf(3), meshtest.TakeThenDrop())
	_, err := p.inParts(t, 1000).Send(ctx, m)
	asUnfinished(t, err)

	m.Upload = kept.last(t)
	p.Inject(1, meshtest.Reading, meshtest.AnswerWith(200, nil, `{"message_id":"`+m.Upload.MessageID+`","status":"uploading"}`)) // tracking lags behind
	id, err := p.inParts(t, 1000).Resume(ctx, m)
	require.NoError(t, err)
	require.Equal(t, m.Upload.MessageID, id)
	require.Equal(t, 423, p.Requests()[len(p.Requests())-2].Status)

	p.Inject(1, meshtest.Reading, meshtest.AnswerWith(200, nil, `{"message_id":"`+m.Upload.MessageID+`","status":"uploading"}`))
	p.Inject(1, meshtest.Reading, meshtest.Answer(503, "", ""))
	_, err = p.inParts(t, 1000).Resume(ctx, m)
	asUnfinished(t, err)
}

func TestKeepStopsTheSending(t *testing.T) {
	broken := errors.New("disk full")
	for call, want := range map[int]struct {
		requests int
		kind     error
	}{1: {0, broken}, 2: {1, mesh.ErrUnfinished}, 3: {2, mesh.ErrUnfinished}, 4: {3, nil}} { // the last part has gone: the message is taken
		p := newPost(t, meshtest.Options{})
		kept := diary{fail: map[int]error{call: broken}}
		m := newMessage("clinic-1", "")
		m.Body, m.Keep = mesh.Bytes(content(8, 2500)), kept.keep
		_, err := p.inParts(t, 1000).Send(ctx, m)
		if want.kind == nil {
			require.NoError(t, err)
		} else {
			require.ErrorIs(t, err, want.kind)
			require.ErrorIs(t, err, broken)
		}
		require.Equal(t, want.requests, p.Count())
	}
}

func TestPartBytes(t *testing.T) {
	for size, wrong := range map[int]bool{0: false, 1: true, 5_000_000: true, 5_000_001: false, 100_000_000: false, 100_000_001: true, -1: true} {
		config := plainConfig()
		config.BaseURL, config.PartBytes = "https://mesh.example", size
		require.Equal(t, wrong, contains(fields(t, config.Validate()), "PartBytes"), size)
	}
}
