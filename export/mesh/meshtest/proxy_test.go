package meshtest_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"deltoid/export/mesh/meshtest"
)

// What each cut lets through: to the server, and back.
func TestProxyCuts(t *testing.T) {
	for name, row := range map[string]struct {
		cut      meshtest.Cut
		taken    bool // the server did the work
		answered bool // the client got the whole reply
	}{
		"nowhere":              {meshtest.Cut{}, true, true},
		"at once":              {meshtest.Cut{At: meshtest.AtOnce}, false, false},
		"before the body":      {meshtest.Cut{At: meshtest.InBody}, false, false},
		"in the body":          {meshtest.Cut{At: meshtest.InBody, Bytes: 9}, false, false},
		"at the body's end":    {meshtest.Cut{At: meshtest.InBody, Bytes: 10}, true, true},
		"behind the body":      {meshtest.Cut{At: meshtest.InBody, Bytes: 11}, true, true},
		"before the reply":     {meshtest.Cut{At: meshtest.InReply}, true, false},
		"in the reply's start": {meshtest.Cut{At: meshtest.InReply, Bytes: 20}, true, false},
		"behind the reply":     {meshtest.Cut{At: meshtest.InReply, Bytes: 1 << 20}, true, true},
	} {
		for _, reset := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				b := newBench(t, meshtest.Options{})
				row.cut.Reset = reset
				proxy, err := meshtest.NewProxy(b.URL(), func() meshtest.Cut { return row.cut })
				require.NoError(t, err)
				defer proxy.Close()

				r, err := http.NewRequest("POST", proxy.URL()+"/messageexchange/X26ABC1/outbox", strings.NewReader("0123456789"))
				require.NoError(t, err)
				for name, value := range map[string]string{"Authorization": b.token("X26ABC1"), "Mex-To": "X26ABC2", "Mex-WorkflowID": "TEST_WORKFLOW"} {
					r.Header.Set(name, value)
				}
				response, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(r)
				if err == nil {
					_, err = io.ReadAll(response.Body)
					response.Body.Close()
				}
				require.Equal(t, row.answered, err == nil, "%v", err)
				require.Equal(t, row.taken, len(b.Messages("X26ABC2")) == 1)
			})
		}
	}
}
