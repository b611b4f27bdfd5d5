package meshtest_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/export/mesh/meshtest"
)

func TestInboxPages(t *testing.T) {
	b := newBench(t, meshtest.Options{})
	var ids []any
	for range 12 {
		ids = append(ids, b.posted("x"))
	}
	a := b.do("GET", "x26abc2", "/inbox?max_results=10", "")
	require.Equal(t, ids[:10], a.field(t, "messages"))
	require.EqualValues(t, 12, a.field(t, "approx_inbox_count"))
	require.Equal(t, "/messageexchange/X26ABC2/inbox?max_results=10", a.field(t, "links.self"))
	next := a.field(t, "links.next").(string)
	require.Regexp(t, `^/messageexchange/X26ABC2/inbox\?continue_from=[^&]+&max_results=10$`, next)

	a = b.do("GET", next[len("/messageexchange/"):len("/messageexchange/X26ABC2")], next[len("/messageexchange/X26ABC2"):], "")
	require.Equal(t, ids[10:], a.field(t, "messages"))
	require.Nil(t, a.field(t, "links.next"))

	a = b.do("GET", "X26ABC2", "/inbox", "", "Accept", "application/json")
	require.Equal(t, ids, a.field(t, "messages"))
	require.Nil(t, a.field(t, "links"))

	for _, query := range []string{"max_results=9", "max_results=5001", "max_results=x", "continue_from=!", "continue_from=eA=="} {
		require.Equal(t, 400, b.do("GET", "X26ABC2", "/inbox?"+query, "").StatusCode, query)
	}
	require.JSONEq(t, `{"count":12}`, b.do("GET", "X26ABC2", "/count", "").body)
	require.EqualValues(t, 12, b.do("GET", "X26ABC2", "/count", "", "Accept", "").field(t, "count"))
}

func TestDownloadEncodings(t *testing.T) {
	b := newBench(t, meshtest.Options{})
	plain := b.posted("a,b\n", "Content-Type", "text/csv")
	zipped := b.posted(packed(t, "a,b\n"), "Content-Encoding", "gzip", "Content-Type", "application/json")
	for name, row := range map[string]struct {
		id, accept, encoding, version string
		encoded                       bool
		contentType                   string
	}{
		"plain, none accepted":      {plain, "", "", v2, false, "text/csv; charset=utf-8"},
		"plain, gzip accepted":      {plain, "", "gzip", v2, true, "text/csv; charset=utf-8"},
		"plain, gzip, version 1":    {plain, "", "gzip", "", false, "application/octet-stream"},
		"stored gzip, none":         {zipped, "", "", v2, false, "application/json"},
		"stored gzip, gzip":         {zipped, "", "gzip", v2, true, "application/json"},
		"stored gzip, version 1":    {zipped, "", "gzip", "", true, "application/octet-stream"},
		"stored gzip, version 1, 0": {zipped, "", "", "", false, "application/octet-stream"},
	} {
		t.Run(name, func(t *testing.T) {
			a := b.do("GET", "X26ABC2", "/inbox/"+row.id, "", "Accept", row.version, "Accept-Encoding", row.encoding)
			require.Equal(t, 200, a.StatusCode)
			require.Equal(t, row.contentType, a.Header.Get("Content-Type"))
			require.Equal(t, row.encoded, a.Header.Get("Content-Encoding") == "gzip")
			require.Equal(t, row.encoded, a.Header.Get("Mex-Content-Compressed") == "Y")
			body := a.body
			if row.encoded {
				body = unpacked(t, body)
			}
			require.Equal(t, "a,b\n", body)
		})
	}
	a := b.do("GET", "X26ABC2", "/inbox/"+plain, "")
	require.Equal(t, "Sun, 22 Nov 2026 12:00:00 UTC", a.Header.Get("Last-Modified"))
	require.Equal(t, "20261122120000", a.Header.Get("Mex-StatusTimestamp"))
	require.Equal(t, "DATA", a.Header.Get("Mex-MessageType"))
	require.NotContains(t, a.Header, "Mex-Localid", "empty headers are left out")
	for _, mailbox := range []string{"X26ABC1", "X26ABC2"} {
		a := b.do("HEAD", mailbox, "/inbox/"+plain, "")
		require.Equal(t, 200, a.StatusCode)
		require.Equal(t, plain, a.Header.Get("Mex-MessageID"))
	}
	require.Equal(t, 404, b.do("HEAD", "X26ABC3", "/inbox/"+plain, "").StatusCode)
	require.Equal(t, 403, b.do("GET", "X26ABC3", "/inbox/"+plain, "").StatusCode)
	require.Equal(t, 404, b.do("GET", "X26ABC2", "/inbox/NOTHING", "").StatusCode)
}

func TestAcknowledge(t *testing.T) {
	b := newBench(t, meshtest.Options{})
	first, second := b.posted("x"), b.posted("x")
	path := func(id string) string { return "/inbox/" + id + "/status/acknowledged" }
	require.Equal(t, 403, b.do("PUT", "X26ABC3", path(first), "").StatusCode)
	require.Equal(t, 404, b.do("PUT", "X26ABC2", path("NOTHING"), "").StatusCode)
	for range 2 {
		a := b.do("PUT", "X26ABC2", path(first), "")
		require.Equal(t, 200, a.StatusCode)
		require.Empty(t, a.body)
	}
	a := b.do("PUT", "X26ABC2", path(second), "", "Accept", "application/json")
	require.JSONEq(t, `{"messageId":"`+second+`"}`, a.body)
	require.Equal(t, 410, b.do("GET", "X26ABC2", "/inbox/"+first, "").StatusCode)
	require.Equal(t, 410, b.do("HEAD", "X26ABC2", "/inbox/"+first, "").StatusCode)
	require.Equal(t, 200, b.do("HEAD", "X26ABC1", "/inbox/"+first, "").StatusCode, "the sender may look")
}

func TestExpiry(t *testing.T) {
	b := newBench(t, meshtest.Options{})
	id := b.posted("x", "Mex-LocalID", "L", "Mex-Subject", "S")
	b.advance(5*24*time.Hour - time.Second)
	require.Zero(t, b.Expire())
	b.advance(time.Second)

	// Any request of anybody makes the server look at its clock.
	require.Equal(t, 410, b.do("GET", "X26ABC2", "/inbox/"+id, "").StatusCode)
	require.Zero(t, b.Expire(), "it has been reported already")
	a := b.do("GET", "X26ABC1", "/outbox/tracking?messageID="+id, "")
	require.Equal(t, "undeliverable", a.field(t, "status"))
	require.Equal(t, true, a.field(t, "status_success"))
	a = b.do("GET", "X26ABC1", "/outbox/tracking/L", "")
	require.Equal(t, "Undeliverable", a.field(t, "status"))
	require.NotEmpty(t, a.field(t, "failureDiagnostic"))

	report := b.do("GET", "X26ABC1", "/inbox", "").field(t, "messages.0").(string)
	a = b.do("GET", "X26ABC1", "/inbox/"+report, "", "Accept-Encoding", "gzip")
	require.Equal(t, 200, a.StatusCode)
	require.Empty(t, a.body)
	for name, want := range map[string]string{
		"Mex-MessageType": "REPORT", "Mex-StatusSuccess": "ERROR", "Mex-StatusCode": "14", "Mex-StatusEvent": "SEND",
		"Mex-LinkedMsgID": id, "Mex-LocalID": "L", "Mex-Subject": "NDR: S", "Mex-To": "X26ABC1", "Mex-From": "",
		"Mex-Chunk-Range": "1:0", "Mex-Total-Chunks": "0", "Content-Type": "", "Content-Encoding": "",
	} {
		require.Equal(t, want, a.Header.Get(name), name)
	}

	b.advance(5 * 24 * time.Hour)
	require.Zero(t, b.Expire(), "nobody is told of a lost report")
	require.Empty(t, b.do("GET", "X26ABC1", "/inbox", "").field(t, "messages"))
	b.advance(20*24*time.Hour + time.Second)
	require.Equal(t, 404, b.do("GET", "X26ABC1", "/outbox/tracking?messageID="+id, "").StatusCode, "after 30 days it is forgotten")
}
