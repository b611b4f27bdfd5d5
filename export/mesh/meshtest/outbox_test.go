package meshtest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"deltoid/export/mesh/meshtest"
)

func TestSendShapes(t *testing.T) {
	b := newBench(t, meshtest.Options{})
	a := b.post("x")
	require.Equal(t, 202, a.StatusCode)
	require.Equal(t, "application/json", a.Header.Get("Content-Type"))
	require.Regexp(t, `^20261122120000123456_[0-9A-F]{6}$`, a.field(t, "message_id"))
	a = b.post("x", "Accept", "")
	require.NotEmpty(t, a.field(t, "messageID"))

	held := b.Messages("x26abc2")
	require.Len(t, held, 2)
	require.Equal(t, held[0].ID+".dat", held[0].FileName)
}

func TestSendRefusals(t *testing.T) {
	b := newBench(t, meshtest.Options{MaxRequestBytes: 10})
	require.NoError(t, b.AddMailbox(meshtest.Mailbox{ID: "only", Password: meshtest.TestPassword, Sends: []string{"A"}}))
	for name, row := range map[string]struct {
		content string
		headers []string
		status  int
		want    string
	}{
		"no recipient":             {"x", []string{"Mex-To", ""}, 400, `"loc":["header","mex-to"]`},
		"no workflow":              {"x", []string{"Mex-WorkflowID", ""}, 400, `mex-workflowid`},
		"long local id":            {"x", []string{"Mex-LocalID", strings.Repeat("x", 301)}, 400, `mex-localid`},
		"long flag":                {"x", []string{"Mex-Content-Encrypted", strings.Repeat("Y", 21)}, 400, `mex-content-encrypted`},
		"control character":        {"x", []string{"Mex-Subject", "a\tb"}, 400, `"code":"06"`},
		"web address as recipient": {"x", []string{"Mex-To", "https://x"}, 400, `"code":"06"`},
		"checksum in base64":       {"x", []string{"Mex-Content-Checksum", "a+b="}, 400, `Invalid checksum`},
		"unknown encoding":         {"x", []string{"Content-Encoding", "br"}, 422, `UnsupportedContentEncoding`},
		"gzip that is none":        {"x", []string{"Content-Encoding", "gzip"}, 417, `Invalid file format`},
		"second chunk first":       {"x", []string{"Mex-Chunk-Range", "2:2"}, 417, `InvalidHeaderChunks`},
		"range of words":           {"x", []string{"Mex-Chunk-Range", "a:b"}, 417, `InvalidHeaderChunks`},
		"range beyond its total":   {"x", []string{"Mex-Chunk-Range", "1:0"}, 417, `InvalidHeaderChunks`},
		"unknown recipient":        {"x", []string{"Mex-To", "NOBODY"}, 417, `"code":"12"`},
		"workflow not taken":       {"x", []string{"Mex-WorkflowID", "OTHER"}, 417, `"code":"17"`},
		"empty":                    {"", nil, 417, `"code":"02"`},
		"too long":                 {"01234567890", nil, 413, `too large`},
	} {
		t.Run(name, func(t *testing.T) {
			a := b.post(row.content, row.headers...)
			require.Equal(t, row.status, a.StatusCode, a.body)
			require.Contains(t, a.body, row.want)
		})
	}
	t.Run("workflow that the sender may not use", func(t *testing.T) {
		a := b.do("POST", "ONLY", "/outbox", "x", "Mex-To", "X26ABC2", "Mex-WorkflowID", "TEST_WORKFLOW")
		require.Equal(t, 417, a.StatusCode)
		require.Equal(t, "17", a.field(t, "detail.0.code"))
	})
	t.Run("version 1", func(t *testing.T) {
		a := b.post("x", "Mex-To", "NOBODY", "Accept", "application/json")
		require.JSONEq(t, `{"errorEvent":"SEND","errorCode":"12","errorDescription":"Unregistered to address"}`, a.body)
	})
	require.Empty(t, b.Messages("X26ABC2"))
}

func TestSendInParts(t *testing.T) {
	b := newBench(t, meshtest.Options{})
	gz := []string{"Content-Encoding", "gzip"}
	id := b.posted(packed(t, "one "), append(gz, "Mex-Chunk-Range", "1:3", "Mex-Content-Type", "text/csv")...)
	part := func(mailbox, number, chunkRange, content string, headers ...string) answer {
		return b.do("POST", mailbox, "/outbox/"+id+"/"+number, content, append([]string{"Mex-Chunk-Range", chunkRange}, headers...)...)
	}
	status := func() any {
		return b.do("GET", "X26ABC1", "/outbox/tracking?messageID="+id, "").field(t, "status")
	}
	require.Equal(t, "uploading", status())
	require.Equal(t, 410, b.do("GET", "X26ABC2", "/inbox/"+id, "").StatusCode)
	require.Empty(t, b.do("GET", "X26ABC2", "/inbox", "").field(t, "messages"))

	two := packed(t, "two ")
	for name, row := range map[string]struct {
		got    answer
		status int
		want   string
	}{
		"no range":          {part("X26ABC1", "2", "", two, gz...), 417, "InvalidHeaderChunks"},
		"range of another":  {part("X26ABC1", "2", "3:3", two, gz...), 417, "InvalidHeaderChunks"},
		"first again":       {part("X26ABC1", "1", "1:3", two, gz...), 417, "InvalidHeaderChunks"},
		"another total":     {part("X26ABC1", "2", "2:4", two, gz...), 417, "InvalidHeaderChunks"},
		"beyond the total":  {part("X26ABC1", "4", "4:4", two, gz...), 406, "internal_id"},
		"another encoding":  {part("X26ABC1", "2", "2:3", two), 417, "cannot change content encoding"},
		"empty":             {part("X26ABC1", "2", "2:3", "", gz...), 417, `"code":"02"`},
		"another's message": {part("X26ABC3", "2", "2:3", two, gz...), 403, "internal_id"},
		"last before all":   {part("X26ABC1", "3", "3:3", two, gz...), 417, "InvalidHeaderChunks"},
		"unknown message":   {b.do("POST", "X26ABC1", "/outbox/NOTHING/2", two, "Mex-Chunk-Range", "2:3"), 404, "internal_id"},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, row.status, row.got.StatusCode, row.got.body)
			require.Contains(t, row.got.body, row.want)
		})
	}
	require.Equal(t, "uploading", status())

	a := part("X26ABC1", "2", "2:3", packed(t, "wrong"), gz...)
	require.Equal(t, 202, a.StatusCode)
	require.Equal(t, "null", a.body)
	a = part("X26ABC1", "2", "2:3", two, append(gz, "Accept", "")...)
	require.Equal(t, 202, a.StatusCode, "a part may be sent again until the last has come")
	require.JSONEq(t, `{"messageID":"`+id+`","blockID":2}`, a.body)
	require.Equal(t, 202, part("X26ABC1", "3", "3:3", packed(t, "three"), gz...).StatusCode)
	require.Equal(t, "accepted", status())
	a = part("X26ABC1", "3", "3:3", packed(t, "three"), gz...)
	require.Equal(t, 423, a.StatusCode)

	content, err := b.Messages("X26ABC2")[0].Content()
	require.NoError(t, err)
	require.Equal(t, "one two three", string(content))

	var whole string
	for number, want := range map[string]int{"1": 206, "2": 206, "3": 200, "4": 404, "0": 404, "x": 404} {
		a := b.do("GET", "X26ABC2", "/inbox/"+id+"/"+number, "", "Accept-Encoding", "gzip")
		require.Equal(t, want, a.StatusCode, number)
		if want != 404 {
			require.Equal(t, number+":3", a.Header.Get("Mex-Chunk-Range"))
			require.Equal(t, "3", a.Header.Get("Mex-Total-Chunks"))
			require.Equal(t, "application/octet-stream", a.Header.Get("Content-Type"))
			require.Equal(t, "text/csv", a.Header.Get("Mex-Content-Type"))
			whole += unpacked(t, a.body)
		}
	}
	require.Len(t, whole, len("one two three"))
}

func TestTrackingShapes(t *testing.T) {
	b := newBench(t, meshtest.Options{})
	id := b.posted("abc", "Mex-LocalID", "L", "Mex-FileName", "café.csv")
	a := b.do("GET", "X26ABC1", "/outbox/tracking?messageID="+strings.ToLower(id), "")
	require.Equal(t, 200, a.StatusCode)
	require.Equal(t, v2, a.Header.Get("Content-Type"))
	require.JSONEq(t, `{
		"message_id": "`+id+`", "local_id": "L", "workflow_id": "TEST_WORKFLOW", "filename": "cafÃ©.csv",
		"upload_timestamp": "2026-11-22T12:00:00.123456", "expiry_time": "2026-11-27T12:00:00.123456",
		"recipient": "X26ABC2", "recipient_name": "TESTMB2", "recipient_ods_code": "X26", "recipient_org_code": "X26",
		"status": "accepted", "status_success": true}`, a.body)

	for _, a := range []answer{
		b.do("GET", "X26ABC1", "/outbox/tracking?messageID="+id, "", "Accept", "application/json"),
		b.do("GET", "X26ABC1", "/outbox/tracking/L", ""),
	} {
		require.Equal(t, id, a.field(t, "messageId"))
		require.Equal(t, "Accepted", a.field(t, "status"))
		require.Equal(t, "SUCCESS", a.field(t, "statusSuccess"))
		require.Equal(t, "20261122120000", a.field(t, "uploadTimestamp"))
		require.EqualValues(t, 3, a.field(t, "fileSize"))
		require.EqualValues(t, 1, a.field(t, "chunkCount"))
		require.Empty(t, a.field(t, "downloadTimestamp"))
	}
	require.Equal(t, 400, b.do("GET", "X26ABC1", "/outbox/tracking", "").StatusCode)
	require.Equal(t, 404, b.do("GET", "X26ABC2", "/outbox/tracking?messageID="+id, "").StatusCode)
	require.Equal(t, 404, b.do("GET", "X26ABC1", "/outbox/tracking/other", "").StatusCode)
	b.posted("abc", "Mex-LocalID", "L")
	require.Equal(t, 300, b.do("GET", "X26ABC1", "/outbox/tracking/L", "").StatusCode)
}
