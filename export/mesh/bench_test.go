package mesh_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/export/mesh"
)

// sink takes every message and keeps none.
func sink(w http.ResponseWriter, r *http.Request) {
	io.Copy(io.Discard, r.Body) //nolint:errcheck // the client notices
	w.WriteHeader(http.StatusAccepted)
	io.WriteString(w, `{"message_id":"20261122120000000000_000001"}`) //nolint:errcheck // as above
}

// BenchmarkSend100MB sends an extract of 100 MB over loopback. x-bare is its time as a multiple of a bare net/http POST
// of the same bytes uncompressed; x-gzip, of compressing them with compress/gzip and posting the result.
func BenchmarkSend100MB(b *testing.B) {
	whole := bytes.Repeat(content(1, 10_000_000), 10)
	server := httptest.NewServer(http.HandlerFunc(sink))
	defer server.Close()
	config := plainConfig()
	config.BaseURL = server.URL
	c, err := mesh.New(config)
	require.NoError(b, err)

	post := func(body []byte) {
		transport := &http.Transport{DisableKeepAlives: true}
		response, err := (&http.Client{Transport: transport}).Post(server.URL, "text/csv", bytes.NewReader(body))
		require.NoError(b, err)
		require.NoError(b, response.Body.Close())
	}
	timed := func(total *time.Duration, work func()) {
		start := time.Now()
		work()
		*total += time.Since(start)
	}
	for name, compress := range map[string]bool{"plain": false, "gzip": true} {
		b.Run(name, func(b *testing.B) {
			m := newMessage(strings.ToLower(name), "")
			m.Body, m.Compress = mesh.Bytes(whole), compress
			b.SetBytes(int64(len(whole)))
			var ours, bare, packed time.Duration
			for b.Loop() {
				timed(&ours, func() {
					_, err := c.Send(ctx, m)
					require.NoError(b, err)
				})
				b.StopTimer()
				timed(&bare, func() { post(whole) })
				if compress {
					timed(&packed, func() {
						var out bytes.Buffer
						z := gzip.NewWriter(&out)
						z.Write(whole) //nolint:errcheck // memory
						z.Close()      //nolint:errcheck // as above
						post(out.Bytes())
					})
				}
				b.StartTimer()
			}
			b.ReportMetric(float64(ours)/float64(bare), "x-bare")
			if compress {
				b.ReportMetric(float64(ours)/float64(packed), "x-gzip")
			}
		})
	}
}
