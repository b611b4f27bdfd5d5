package mesh_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"deltoid/export/mesh"
	"deltoid/export/mesh/meshtest"
)

func TestSend(t *testing.T) {
	for name, compress := range map[string]bool{"plain": false, "gzip": true} {
		t.Run(name, func(t *testing.T) {
			p := newPost(t, meshtest.Options{})
			m := newMessage("clinic-1", strings.Repeat("a,b,c\n", 1000))
			m.Compress, m.PartnerID = compress, "partner"
			id, err := p.sender.Send(ctx, m)
			require.NoError(t, err)

			held := p.Messages("X26ABC2")
			require.Len(t, held, 1)
			require.Equal(t, id, held[0].ID)
			require.Equal(t, "X26ABC1", held[0].From)
			require.Equal(t, m.WorkflowID, held[0].WorkflowID)
			require.Equal(t, m.FileName, held[0].FileName)
			require.Equal(t, m.LocalID, held[0].LocalID)
			require.Equal(t, m.Subject, held[0].Subject)
			require.Equal(t, m.PartnerID, held[0].PartnerID)
			require.Equal(t, m.Checksum, held[0].Checksum)
			require.Equal(t, "text/csv", held[0].ContentType)
			require.Equal(t, meshtest.Accepted, held[0].Status)
			require.Len(t, held[0].Parts, 1)
			require.Equal(t, compress, held[0].Encoding == "gzip")
			require.Equal(t, compress, len(held[0].Parts[0]) < 1000)
			content, err := held[0].Content()
			require.NoError(t, err)
			require.Equal(t, strings.Repeat("a,b,c\n", 1000), string(content))
			require.Equal(t, 202, p.Requests()[0].Status)
		})
	}
}

func TestSendRefusals(t *testing.T) {
	p := newPost(t, meshtest.Options{MaxRequestBytes: 100})
	for name, row := range map[string]struct {
		spoil  func(*mesh.Message)
		status int
		code   string
	}{
		"unregistered recipient": {func(m *mesh.Message) { m.To = "X26ABC9" }, 417, "12"},
		"unregistered workflow":  {func(m *mesh.Message) { m.WorkflowID = "OTHER" }, 417, "17"},
		"too long":               {func(m *mesh.Message) { m.Body = mesh.Bytes(make([]byte, 101)) }, 413, ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMessage("clinic-1", "a,b\n")
			row.spoil(&m)
			_, err := p.sender.Send(ctx, m)
			e := asError(t, err, mesh.ErrPermanent)
			require.Equal(t, row.status, e.Status)
			require.Equal(t, row.code, e.Code)
			require.NotEmpty(t, e.InternalID)
			if row.code != "" {
				require.Equal(t, "SEND", e.Event)
				require.Contains(t, e.Error(), mesh.Explain(row.code))
			}
		})
	}
	require.Empty(t, p.Messages("X26ABC2"))
}

func TestCheckNamesEveryHeaderAtOnce(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	m := mesh.Message{FileName: "a\r\nX: y", LocalID: "a/b", Subject: "café", Checksum: "a+b=", PartnerID: " x"}
	_, err := p.sender.Send(ctx, m)
	require.Equal(t, []string{"To", "WorkflowID", "FileName", "LocalID", "Subject", "PartnerID", "Checksum", "ContentType", "Body"}, fields(t, err))
	require.NotContains(t, err.Error(), "café", "a value may be private")
	require.Zero(t, p.Count())
}

func TestCheck(t *testing.T) {
	for name, row := range map[string]struct {
		spoil func(*mesh.Message)
		want  []string
	}{
		"good":                  {func(m *mesh.Message) {}, nil},
		"longest":               {func(m *mesh.Message) { m.Subject, m.To = strings.Repeat("x", 500), strings.Repeat("X", 100) }, nil},
		"too long":              {func(m *mesh.Message) { m.Subject, m.To = strings.Repeat("x", 501), strings.Repeat("X", 101) }, []string{"To", "Subject"}},
		"web addresses":         {func(m *mesh.Message) { m.To, m.WorkflowID = "HTTP://x", "https://x" }, []string{"To", "WorkflowID"}},
		"checksum as web":       {func(m *mesh.Message) { m.Checksum = "http://x" }, []string{"Checksum"}},
		"delete character":      {func(m *mesh.Message) { m.FileName = "a\x7f" }, []string{"FileName"}},
		"tab":                   {func(m *mesh.Message) { m.FileName = "a\tb" }, []string{"FileName"}},
		"local id of dots":      {func(m *mesh.Message) { m.LocalID = ".." }, []string{"LocalID"}},
		"local id with percent": {func(m *mesh.Message) { m.LocalID = "a%2Fb" }, []string{"LocalID"}},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMessage("clinic-1", "x")
			row.spoil(&m)
			require.Equal(t, row.want, fields(t, m.Check()))
		})
	}
}

func TestSendContent(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	broken := errors.New("disk gone")
	t.Run("empty", func(t *testing.T) {
		for _, compress := range []bool{false, true} {
			m := newMessage("clinic-1", "")
			m.Compress = compress
			_, err := p.sender.Send(ctx, m)
			require.Equal(t, []string{"Body"}, fields(t, err))
		}
	})
	t.Run("too many parts", func(t *testing.T) {
		m := newMessage("clinic-1", "")
		m.Body = func() (io.ReadCloser, error) { return io.NopCloser(endless{}), nil }
		_, err := p.inParts(t, 10).Send(ctx, m)
		require.Equal(t, []string{"Body"}, fields(t, err))
	})
	t.Run("cannot be opened", func(t *testing.T) {
		m := newMessage("clinic-1", "")
		m.Body = func() (io.ReadCloser, error) { return nil, broken }
		_, err := p.sender.Send(ctx, m)
		require.ErrorIs(t, err, broken)
	})
	t.Run("breaks off", func(t *testing.T) {
		m := newMessage("clinic-1", "")
		m.Body = func() (io.ReadCloser, error) {
			return io.NopCloser(io.MultiReader(strings.NewReader("a"), failing{broken})), nil
		}
		for _, compress := range []bool{false, true} {
			m.Compress = compress
			_, err := p.sender.Send(ctx, m)
			require.ErrorIs(t, err, broken)
		}
	})
	require.Zero(t, p.Count())
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// The tolerated forms of a good reply, and what is none.
func TestSendReplies(t *testing.T) {
	for name, row := range map[string]struct {
		status int
		body   string
		id     string
	}{
		"version 2":    {202, `{"message_id":"A_1"}`, "A_1"},
		"version 1":    {202, `{"messageID":"A_2"}`, "A_2"},
		"200":          {200, `{"message_id":"A_3"}`, "A_3"},
		"no id":        {202, `{}`, ""},
		"no JSON":      {202, `<html>`, ""},
		"nothing":      {202, ``, ""},
		"other status": {204, ``, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPost(t, meshtest.Options{})
			p.Inject(1, meshtest.NewMessage, meshtest.TakeThenAnswer(row.status, "application/json", row.body))
			id, err := p.sender.Send(ctx, newMessage("clinic-1", "x"))
			require.Equal(t, row.id, id)
			if row.id == "" {
				asError(t, err, mesh.ErrUnknownOutcome)
				return
			}
			require.NoError(t, err)
		})
	}
}

func TestSendOpensTheContentEachTime(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	opened := 0
	m := newMessage("clinic-1", "")
	m.Body = func() (io.ReadCloser, error) {
		opened++
		return io.NopCloser(bytes.NewReader([]byte("same"))), nil
	}
	p.Inject(1, meshtest.NewMessage, meshtest.Answer(429, "", ""))
	_, err := p.sender.Send(ctx, m)
	asError(t, err, mesh.ErrTemporary)
	_, err = p.sender.Send(ctx, m)
	require.NoError(t, err)
	require.Equal(t, 2, opened)
	require.Equal(t, "same", string(p.Messages("X26ABC2")[0].Parts[0]))
}
