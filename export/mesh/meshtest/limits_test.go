package meshtest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/export/mesh/meshtest"
)

func TestDateIsTheServersClock(t *testing.T) {
	b := newBench(t, meshtest.Options{})
	require.Equal(t, "Sun, 22 Nov 2026 12:00:00 GMT", b.do("GET", "X26ABC1", "/inbox", "").Header.Get("Date"))
}

func TestSmallParts(t *testing.T) {
	b := newBench(t, meshtest.Options{MinPartBytes: 10})
	require.Equal(t, 417, b.post("123456789", "Mex-Chunk-Range", "1:3").StatusCode)
	id := b.posted("1234567890", "Mex-Chunk-Range", "1:3")
	part := func(number, content string) int {
		return b.do("POST", "X26ABC1", "/outbox/"+id+"/"+number, content, "Mex-Chunk-Range", number+":3").StatusCode
	}
	require.Equal(t, 417, part("2", "123456789"))
	require.Equal(t, 202, part("2", "1234567890"))
	require.Equal(t, 202, part("3", "1"), "the last may be small")
	b.posted("1")
}

func TestLookingTooOften(t *testing.T) {
	b := newBench(t, meshtest.Options{PollPause: 5 * time.Minute})
	look := func(query string) answer { return b.do("GET", "X26ABC2", "/inbox"+query, "") }
	var ids []string
	for range 11 {
		ids = append(ids, b.posted("x"))
	}
	first := look("?max_results=10")
	require.Equal(t, 200, first.StatusCode)
	next := first.field(t, "links.next").(string)
	require.Equal(t, 200, look(next[strings.Index(next, "?"):]).StatusCode, "further pages belong to the same look")

	b.advance(4 * time.Minute)
	a := look("")
	require.Equal(t, 429, a.StatusCode)
	require.Equal(t, "61", a.Header.Get("Retry-After"))
	require.Equal(t, 200, b.do("GET", "X26ABC1", "/inbox", "").StatusCode, "each mailbox by itself")

	require.Equal(t, 200, b.do("PUT", "X26ABC2", "/inbox/"+ids[0]+"/status/acknowledged", "").StatusCode)
	require.Equal(t, 200, look("").StatusCode, "a backlog may be worked off")
	require.Equal(t, 429, look("").StatusCode)
	b.advance(5 * time.Minute)
	require.Equal(t, 200, look("").StatusCode)
}
