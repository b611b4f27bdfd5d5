package meshtest_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"deltoid/export/mesh"
	"deltoid/export/mesh/meshtest"
)

// bench is a server that tests speak to in bare HTTP.
type bench struct {
	*meshtest.Server
	t  *testing.T
	mu sync.Mutex
	at time.Time
}

func newBench(t *testing.T, options meshtest.Options) *bench {
	t.Helper()
	b := &bench{t: t, at: time.Date(2026, 11, 22, 12, 0, 0, 123456000, time.UTC)}
	options.Now = b.now
	b.Server = meshtest.New(options)
	b.AddSandboxMailboxes()
	require.NoError(t, b.Start())
	t.Cleanup(func() { require.NoError(t, b.Close()) })
	return b
}

func (b *bench) now() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.at
}

func (b *bench) advance(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.at = b.at.Add(d)
}

type answer struct {
	*http.Response
	body string
}

// field is a value of the JSON body, named by its way: "links.next", "detail.0.code".
func (a answer) field(t *testing.T, way string) any {
	t.Helper()
	var value any
	require.NoError(t, json.Unmarshal([]byte(a.body), &value), a.body)
	for _, step := range strings.Split(way, ".") {
		switch v := value.(type) {
		case map[string]any:
			value = v[step]
		case []any:
			require.Equal(t, "0", step)
			require.NotEmpty(t, v)
			value = v[0]
		default:
			require.Fail(t, "no "+way+" in "+a.body)
		}
	}
	return value
}

const v2 = "application/vnd.mesh.v2+json"

// do asks for a path below the mailbox, in version 2 unless a header says otherwise. Headers are pairs.
func (b *bench) do(method, mailbox, path, body string, headers ...string) answer {
	b.t.Helper()
	r, err := http.NewRequest(method, b.URL()+"/messageexchange/"+mailbox+path, strings.NewReader(body))
	require.NoError(b.t, err)
	r.Header.Set("Accept", v2)
	r.Header.Set("Authorization", b.token(strings.ToUpper(mailbox)))
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
		if headers[i+1] == "" {
			r.Header.Del(headers[i])
		}
	}
	return b.send(r)
}

func (b *bench) send(r *http.Request) answer {
	b.t.Helper()
	response, err := (&http.Transport{DisableKeepAlives: true, DisableCompression: true}).RoundTrip(r)
	require.NoError(b.t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(b.t, err)
	return answer{response, string(text)}
}

func (b *bench) token(mailbox string) string {
	b.t.Helper()
	value, err := mesh.Authorization(mesh.Token{
		Mailbox: mailbox, Password: meshtest.TestPassword, SharedKey: meshtest.TestKey, Nonce: uuid.NewString(), At: b.now(),
	})
	require.NoError(b.t, err)
	return value
}

// post sends content from mailbox 1 to mailbox 2.
func (b *bench) post(content string, headers ...string) answer {
	b.t.Helper()
	return b.do("POST", "X26ABC1", "/outbox", content, append([]string{"Mex-To", "X26ABC2", "Mex-WorkflowID", "TEST_WORKFLOW"}, headers...)...)
}

func (b *bench) posted(content string, headers ...string) string {
	b.t.Helper()
	a := b.post(content, headers...)
	require.Equal(b.t, 202, a.StatusCode, a.body)
	return a.field(b.t, "message_id").(string)
}

func packed(t *testing.T, content string) string {
	t.Helper()
	var p bytes.Buffer
	z := gzip.NewWriter(&p)
	_, err := io.WriteString(z, content)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return p.String()
}

func unpacked(t *testing.T, content string) string {
	t.Helper()
	z, err := gzip.NewReader(strings.NewReader(content))
	require.NoError(t, err)
	plain, err := io.ReadAll(z)
	require.NoError(t, err)
	return string(plain)
}
