package meshtest_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/export/mesh"
	"deltoid/export/mesh/meshtest"
)

var handshakeHeaders = []string{"Mex-ClientVersion", "x==1", "Mex-OSName", "Linux", "Mex-OSVersion", "6"}

func TestHandshake(t *testing.T) {
	b := newBench(t, meshtest.Options{})
	for _, method := range []string{"GET", "POST"} {
		a := b.do(method, "X26ABC1", "", "", handshakeHeaders...)
		require.Equal(t, 200, a.StatusCode)
		require.Empty(t, a.body)
		require.Empty(t, a.Header.Get("Content-Type"))

		a = b.do(method, "x26abc1", "", "", append(handshakeHeaders, "Accept", "")...)
		require.Equal(t, 200, a.StatusCode)
		require.JSONEq(t, `{"mailboxId":"X26ABC1"}`, a.body)
	}
	a := b.do("GET", "X26ABC1", "", "", "Mex-OSName", "Linux", "Mex-OSVersion", "6")
	require.Equal(t, 400, a.StatusCode)
	require.Equal(t, "header", a.field(t, "detail.0.loc.0"))
	require.Contains(t, a.body, "mex-clientversion")
}

func TestTokens(t *testing.T) {
	b := newBench(t, meshtest.Options{})
	at := func(d time.Duration) string {
		token, err := mesh.Authorization(mesh.Token{Mailbox: "X26ABC1", Password: "password", SharedKey: "TestKey", Nonce: d.String(), At: b.now().Add(d)})
		require.NoError(t, err)
		return token
	}
	foreign, err := mesh.Authorization(mesh.Token{Mailbox: "X26ABC1", Password: "password", SharedKey: "Other", Nonce: "n", At: b.now()})
	require.NoError(t, err)
	used := b.token("X26ABC1")
	for _, row := range []struct {
		name, token string
		status      int
		text        string
	}{
		{"good", used, 200, ""},
		{"used before", used, 403, "Error Duplicated Authentication Token"},
		{"two hours late", at(-2 * time.Hour), 200, ""},
		{"two hours early", at(2 * time.Hour), 200, ""},
		{"too late", at(-2*time.Hour - time.Minute), 403, "Invalid Authentication Token"},
		{"too early", at(2*time.Hour + time.Minute), 403, "Invalid Authentication Token"},
		{"of another key", foreign, 403, "Invalid Authentication Token"},
		{"of another mailbox", b.token("X26ABC2"), 403, "Mailbox id does not match token"},
		{"nonsense", "Bearer x", 403, "Error reading from Authorization header"},
	} {
		t.Run(row.name, func(t *testing.T) {
			a := b.do("GET", "X26ABC1", "/inbox", "", "Authorization", row.token)
			require.Equal(t, row.status, a.StatusCode)
			if row.text != "" {
				require.Contains(t, a.field(t, "detail.0.msg"), row.text)
				require.NotEmpty(t, a.field(t, "internal_id"))
			}
		})
	}
	t.Run("missing", func(t *testing.T) {
		a := b.do("GET", "X26ABC1", "/inbox", "", "Authorization", "")
		require.Equal(t, 403, a.StatusCode)
		require.Empty(t, a.body)
	})
	t.Run("unknown mailbox, version 1", func(t *testing.T) {
		a := b.do("GET", "X26ABC9", "/inbox", "", "Accept", "application/json")
		require.Equal(t, 403, a.StatusCode)
		require.Equal(t, "No mailbox matched", a.field(t, "errorDescription"))
	})
}

func TestAddresses(t *testing.T) {
	b := newBench(t, meshtest.Options{})
	for path, status := range map[string]int{
		"/nothing": 404, "/inbox/": 404, "/inbox/a/b/c": 404, "/outbox/a": 404, "/inbox//x": 404, "": 400,
		"/inbox/..": 404, "/outbox/tracking/a%2Fb": 404,
	} {
		require.Equal(t, status, b.do("GET", "X26ABC1", path, "").StatusCode, path)
	}
	require.Equal(t, 405, b.do("DELETE", "X26ABC1", "/inbox", "").StatusCode)
	require.Equal(t, 405, b.do("PUT", "X26ABC1", "/inbox/a", "").StatusCode)
	require.Equal(t, 400, b.do("GET", "X26ABC1", "/inbox", "", "Accept", "application/vnd.mesh.v9+json").StatusCode)

	r, err := http.NewRequest("GET", b.URL()+"/other", nil)
	require.NoError(t, err)
	require.Equal(t, 404, b.send(r).StatusCode)
}

func TestLookups(t *testing.T) {
	b := newBench(t, meshtest.Options{})
	open := []string{"Authorization", ""}
	a := b.do("GET", "endpointlookup", "/X26/TEST_WORKFLOW", "", open...)
	require.JSONEq(t, `{"results":[{"mailbox_id":"X26ABC2","mailbox_name":"TESTMB2"}]}`, a.body)
	require.Equal(t, "application/json", a.Header.Get("Content-Type"))
	a = b.do("GET", "endpointlookup", "/X26/TEST_WORKFLOW", "", "Authorization", "", "Accept", "")
	require.Equal(t, "X26ABC2", a.field(t, "results.0.address"))
	require.Equal(t, "MESH", a.field(t, "results.0.endpoint_type"))
	a = b.do("GET", "endpointlookup", "/X26/none", "", open...)
	require.Equal(t, 200, a.StatusCode)
	require.JSONEq(t, `{"results":[]}`, a.body)
	a = b.do("GET", "workflowsearch", "/TEST_WORKFLOW2", "", open...)
	require.Len(t, a.field(t, "results"), 3)
}

// A handler without a connection of its own can still be asked.
func TestAsHandler(t *testing.T) {
	s := meshtest.New(meshtest.Options{})
	require.Empty(t, s.URL())
	require.NoError(t, s.Close())
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest("GET", "/messageexchange/X/inbox", nil))
	require.Equal(t, 403, w.Code)
	s.Inject(1, meshtest.AnyRequest, meshtest.TakeThenDrop())
	w = httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest("GET", "/messageexchange/X/inbox", nil))
	require.Equal(t, 500, w.Code)
	require.Equal(t, 2, s.Count())
}
