package meshtest_test

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"deltoid/export/mesh/meshtest"
)

func TestStart(t *testing.T) {
	for _, address := range []string{"0.0.0.0:0", "192.0.2.1:0", "example.org:0", ":0", "nonsense"} {
		require.Error(t, meshtest.New(meshtest.Options{Address: address}).Start(), address)
	}
	s := meshtest.New(meshtest.Options{Address: "localhost:0"})
	require.Error(t, s.StartTLS(nil))
	require.NoError(t, s.Start())
	require.Error(t, s.Start(), "only once")
	require.True(t, strings.HasPrefix(s.URL(), "http://127.0.0.1:") || strings.HasPrefix(s.URL(), "http://[::1]:"))

	second := meshtest.New(meshtest.Options{Address: strings.TrimPrefix(s.URL(), "http://")})
	require.ErrorContains(t, second.Start(), "start MESH server", "the address is taken")
	require.NoError(t, s.Close())
	require.NoError(t, s.Close(), "closing again is no error")
	_, err := http.Get(s.URL())
	require.Error(t, err)

	secure := meshtest.New(meshtest.Options{})
	require.NoError(t, secure.StartTLS(&tls.Config{GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return nil, nil }}))
	require.True(t, strings.HasPrefix(secure.URL(), "https://"))
	require.NoError(t, secure.Close())
}

func TestAddMailbox(t *testing.T) {
	b := newBench(t, meshtest.Options{})
	for _, id := range []string{"", "a:b", "a b", "a/b"} {
		require.Error(t, b.AddMailbox(meshtest.Mailbox{ID: id}))
	}
	require.NoError(t, b.AddMailbox(meshtest.Mailbox{ID: "new1", Password: meshtest.TestPassword}))
	require.Equal(t, 200, b.do("GET", "NEW1", "/inbox", "").StatusCode)
}

func TestDeliverAndCollect(t *testing.T) {
	b := newBench(t, meshtest.Options{})
	_, err := b.Deliver(meshtest.Message{To: "NOBODY", Parts: [][]byte{{1}}})
	require.Error(t, err)
	_, err = b.Deliver(meshtest.Message{To: "X26ABC2"})
	require.Error(t, err)
	_, err = b.Deliver(meshtest.Message{To: "X26ABC2", Parts: [][]byte{{1}, nil}})
	require.Error(t, err)
	_, err = b.Deliver(meshtest.Message{To: "X26ABC2", Report: true, Parts: [][]byte{{1}}})
	require.Error(t, err)

	content := []byte("abc")
	id, err := b.Deliver(meshtest.Message{To: "x26abc2", From: "NHS", Parts: [][]byte{content}})
	require.NoError(t, err)
	content[0] = 'X' // the server has its own copy
	report, err := b.Deliver(meshtest.Message{To: "X26ABC2", Report: true, LinkedID: "L", Code: "EPL-153", Event: "SEND"})
	require.NoError(t, err)
	require.Equal(t, "EPL-153", b.do("GET", "X26ABC2", "/inbox/"+report, "").Header.Get("Mex-StatusCode"))

	_, err = b.Collect("NOBODY")
	require.Error(t, err)
	got, err := b.Collect("x26abc2")
	require.NoError(t, err)
	require.Len(t, got, 2)
	require.Equal(t, id, got[0].ID)
	require.Equal(t, meshtest.Acknowledged, got[0].Status)
	require.Equal(t, b.now(), got[0].Collected)
	text, err := got[0].Content()
	require.NoError(t, err)
	require.Equal(t, "abc", string(text))
	got, err = b.Collect("X26ABC2")
	require.NoError(t, err)
	require.Empty(t, got)
	require.Len(t, b.Messages("X26ABC2"), 2)

	_, err = meshtest.Message{Encoding: "gzip", Parts: [][]byte{{1}}}.Content()
	require.Error(t, err)
}

func TestUndeliver(t *testing.T) {
	b := newBench(t, meshtest.Options{})
	id := b.posted("x")
	require.Error(t, b.Undeliver("NOTHING"))
	require.NoError(t, b.Undeliver(id))
	require.Error(t, b.Undeliver(id), "only what waits can be given up")
	reports := b.Messages("X26ABC1")
	require.Len(t, reports, 1)
	require.Equal(t, id, reports[0].LinkedID)
	require.Equal(t, "NDR", reports[0].Subject)
}

func TestFaults(t *testing.T) {
	b := newBench(t, meshtest.Options{})
	b.Inject(2, meshtest.NewMessage, meshtest.Answer(503, "text/xml", "<busy/>"))
	b.Inject(1, meshtest.Reading, meshtest.AnswerWith(429, http.Header{"Retry-After": {"7"}}, ""))
	a := b.do("GET", "X26ABC1", "/inbox", "")
	require.Equal(t, 429, a.StatusCode)
	require.Equal(t, "7", a.Header.Get("Retry-After"))
	require.Equal(t, 200, b.do("GET", "X26ABC1", "/inbox", "").StatusCode)
	require.Equal(t, "<busy/>", b.post("x").body)
	b.ClearFaults()
	b.posted("x")
	require.Equal(t, 4, b.Count())
	statuses := []int{}
	for _, r := range b.Requests() {
		statuses = append(statuses, r.Status)
	}
	require.Equal(t, []int{429, 200, 503, 202}, statuses)
}

func TestDiaryIsNotEndless(t *testing.T) {
	b := newBench(t, meshtest.Options{})
	for range 1005 {
		b.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/messageexchange/X/inbox", nil))
	}
	require.Len(t, b.Requests(), 1000)
	require.Equal(t, 1005, b.Count())
}

func TestHoldIsReleased(t *testing.T) {
	b := newBench(t, meshtest.Options{})
	arrived, release := make(chan struct{}), make(chan struct{})
	b.Inject(1, meshtest.NewMessage, meshtest.Hold(arrived, release))
	done := make(chan int)
	go func() { done <- b.post("x").StatusCode }()
	<-arrived
	require.Empty(t, b.Messages("X26ABC2"))
	close(release)
	require.Equal(t, 202, <-done)
	require.Len(t, b.Messages("X26ABC2"), 1)
}

func TestCloseReleasesWhatIsHeld(t *testing.T) {
	b := newBench(t, meshtest.Options{})
	arrived := make(chan struct{})
	b.Inject(1, meshtest.NewMessage, meshtest.Hold(arrived, nil))
	done := make(chan int)
	go func() { done <- b.post("x").StatusCode }()
	<-arrived
	require.NoError(t, b.Close())
	require.Equal(t, 202, <-done)
}
