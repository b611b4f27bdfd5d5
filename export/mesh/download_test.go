package mesh_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/export/mesh"
	"deltoid/export/mesh/meshtest"
)

func packed(t testing.TB, content string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write([]byte(content))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.Bytes()
}

func TestDownload(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	already := string(packed(t, "a file its sender compressed"))
	for name, row := range map[string]struct {
		message meshtest.Message
		want    string
	}{
		"plain, compressed on the way":    {meshtest.Message{Parts: [][]byte{[]byte("a,b\n")}}, "a,b\n"},
		"stored as gzip":                  {meshtest.Message{Encoding: "gzip", Parts: [][]byte{packed(t, "a,b\n")}}, "a,b\n"},
		"three parts":                     {meshtest.Message{Parts: [][]byte{[]byte("one "), []byte("two "), []byte("three")}}, "one two three"},
		"three parts of gzip":             {meshtest.Message{Encoding: "gzip", Parts: [][]byte{packed(t, "one "), packed(t, "two "), packed(t, "three")}}, "one two three"},
		"a .gz file stays a .gz file":     {meshtest.Message{Compressed: true, Parts: [][]byte{[]byte(already)}}, already},
		"a .gz file within gzip the same": {meshtest.Message{Compressed: true, Encoding: "gzip", Parts: [][]byte{packed(t, already)}}, already},
	} {
		t.Run(name, func(t *testing.T) {
			m := row.message
			m.To, m.From, m.WorkflowID, m.LocalID, m.Subject = "X26ABC2", "X26ABC1", "W", "L", "S"
			m.FileName, m.ContentType, m.Checksum, m.PartnerID = "f.csv", "text/csv", "00ff", "P"
			id := p.deliver(t, m)
			var got bytes.Buffer
			h, err := p.receiver.Download(ctx, id, &got)
			require.NoError(t, err)
			require.Equal(t, row.want, got.String())
			h.Compressed = false // says nothing
			require.Equal(t, mesh.Headers{
				MessageID: id, Type: mesh.TypeData, From: "X26ABC1", To: "X26ABC2", WorkflowID: "W", FileName: "f.csv",
				LocalID: "L", Subject: "S", PartnerID: "P", ContentType: "text/csv", Checksum: "00ff", Parts: len(m.Parts),
				StatusCode: "00", StatusEvent: "TRANSFER", StatusDescription: "Transferred to recipient mailbox", StatusSuccess: true, StatusAt: p.clock.Now(),
			}, h)
			require.False(t, h.IsReport())

			head, err := p.receiver.Head(ctx, id)
			require.NoError(t, err)
			head.Compressed = false
			require.Equal(t, h, head)
		})
	}
}

func TestDownloadReport(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	id, err := p.sender.Send(ctx, newMessage("clinic-1", "a"))
	require.NoError(t, err)
	p.clock.Advance(5 * 24 * time.Hour)
	require.Equal(t, 1, p.Expire())

	ids, err := p.sender.Inbox(ctx, mesh.InboxOptions{})
	require.NoError(t, err)
	require.Len(t, ids, 1)
	var content bytes.Buffer
	h, err := p.sender.Download(ctx, ids[0], &content)
	require.NoError(t, err)
	require.True(t, h.IsReport())
	require.Empty(t, content.Bytes())
	require.Zero(t, h.Parts)
	require.Equal(t, id, h.LinkedMessageID)
	require.Equal(t, "clinic-1", h.LocalID)
	require.Equal(t, "14", h.StatusCode)
	require.Equal(t, "SEND", h.StatusEvent)
	require.Equal(t, "X26ABC1", h.To)
	require.Empty(t, h.From)
	require.NotEmpty(t, mesh.Explain(h.StatusCode))

	tracking, err := p.sender.Track(ctx, id)
	require.NoError(t, err)
	require.Equal(t, mesh.StatusUndeliverable, tracking.Status)

	require.NoError(t, p.sender.Acknowledge(ctx, ids[0]))
	ids, err = p.sender.Inbox(ctx, mesh.InboxOptions{})
	require.NoError(t, err)
	require.Empty(t, ids)
}

func TestDownloadRefusals(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	mine := p.deliver(t, meshtest.Message{To: "X26ABC2", Parts: [][]byte{{1}}})
	other := p.deliver(t, meshtest.Message{To: "X26ABC3", Parts: [][]byte{{1}}})
	var w bytes.Buffer
	_, err := p.receiver.Download(ctx, "20200529155357895317_3573F8", &w)
	e := asError(t, err, mesh.ErrNotFound)
	require.Equal(t, "20", e.Code)
	require.Equal(t, "RECEIVE", e.Event)

	_, err = p.receiver.Download(ctx, other, &w)
	asError(t, err, mesh.ErrRefused)
	_, err = p.receiver.Head(ctx, other)
	asError(t, err, mesh.ErrNotFound)

	require.NoError(t, p.receiver.Acknowledge(ctx, mine))
	_, err = p.receiver.Download(ctx, mine, &w)
	e = asError(t, err, mesh.ErrGone)
	require.Equal(t, mine, e.MessageID)
	_, err = p.receiver.Head(ctx, mine)
	asError(t, err, mesh.ErrGone)
	require.Empty(t, w.Bytes())
}

func TestDownloadBrokenReplies(t *testing.T) {
	header := func(pairs ...string) http.Header {
		h := http.Header{"Mex-Messagetype": {"DATA"}}
		for i := 0; i < len(pairs); i += 2 {
			h.Set(pairs[i], pairs[i+1])
		}
		return h
	}
	for name, fault := range map[string]meshtest.Fault{
		"not really gzip":       meshtest.AnswerWith(200, header("Content-Encoding", "gzip"), "plain"),
		"gzip that breaks off":  meshtest.AnswerWith(200, header("Content-Encoding", "gzip"), string(packed(t, "abcdefghijk")[:20])),
		"unknown encoding":      meshtest.AnswerWith(200, header("Content-Encoding", "br"), "x"),
		"shorter than it says":  meshtest.AnswerWith(200, header("Content-Length", "10"), "x"),
		"206 of one part":       meshtest.AnswerWith(206, header("Mex-Chunk-Range", "1:1"), "x"),
		"200 of three parts":    meshtest.AnswerWith(200, header("Mex-Chunk-Range", "1:3"), "x"),
		"206 without a range":   meshtest.AnswerWith(206, header(), "x"),
		"second part first":     meshtest.AnswerWith(206, header("Mex-Chunk-Range", "2:3"), "x"),
		"data with no parts":    meshtest.AnswerWith(200, header("Mex-Chunk-Range", "1:0"), "x"),
		"another message":       meshtest.AnswerWith(200, header("Mex-MessageID", "OTHER"), "x"),
		"a web page":            meshtest.Answer(200, "text/html", "<html>Welcome"),
		"connection is dropped": meshtest.Drop(),
	} {
		t.Run(name, func(t *testing.T) {
			p := newPost(t, meshtest.Options{})
			id := p.deliver(t, meshtest.Message{To: "X26ABC2", Parts: [][]byte{{1}}})
			p.Inject(1, meshtest.Reading, fault)
			var w bytes.Buffer
			_, err := p.receiver.Download(ctx, id, &w)
			asError(t, err, mesh.ErrTemporary)
			w.Reset()
			_, err = p.receiver.Download(ctx, id, &w)
			require.NoError(t, err, "the next attempt is good")
			require.Equal(t, []byte{1}, w.Bytes())
		})
	}
	t.Run("a later part is of another total", func(t *testing.T) {
		p := newPost(t, meshtest.Options{})
		id := p.deliver(t, meshtest.Message{To: "X26ABC2", Parts: [][]byte{{1}, {2}}})
		second := func(r *http.Request) bool { return r.URL.Path == "/messageexchange/X26ABC2/inbox/"+id+"/2" }
		p.Inject(1, second, meshtest.AnswerWith(200, header("Mex-Chunk-Range", "2:3"), "x"))
		_, err := p.receiver.Download(ctx, id, &bytes.Buffer{})
		asError(t, err, mesh.ErrTemporary)
		p.Inject(1, second, meshtest.Answer(404, "application/json", `{"detail":[{"code":"20"}]}`))
		_, err = p.receiver.Download(ctx, id, &bytes.Buffer{})
		asError(t, err, mesh.ErrNotFound)
	})
}

func TestDownloadFullDisk(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	id := p.deliver(t, meshtest.Message{To: "X26ABC2", Parts: [][]byte{{1}}})
	full := errors.New("disk full")
	_, err := p.receiver.Download(ctx, id, fullDisk{full})
	require.ErrorIs(t, err, full)
	require.NotErrorIs(t, err, mesh.ErrTemporary, "it is not MESH's trouble")
}

type fullDisk struct{ err error }

func (f fullDisk) Write([]byte) (int, error) { return 0, f.err }
