package mesh

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// checkText is what every text taken from a reply must be.
func checkText(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		require.True(t, utf8.ValidString(text), "%q", text)
		require.LessOrEqual(t, utf8.RuneCountInString(text), maxErrorText+1)
		require.False(t, strings.ContainsAny(text, "\r\n\x00\x1b"), "%q", text)
	}
}

func FuzzErrorBody(f *testing.F) {
	for _, seed := range []string{
		``, `{}`, `null`, `[]`, `"x"`, `{`, "\xef\xbb\xbf{}",
		`{"message_id":"M","internal_id":"I","detail":[{"event":"SEND","code":"12","msg":"x"}]}`,
		`{"messageID":"M","errorEvent":"SEND","errorCode":12,"errorDescription":"x"}`,
		`{"detail":[{"loc":["header","mex-to",1],"msg":"m","type":"t"}]}`,
		`{"detail":"Not Found"}`, `{"detail":{"code":1}}`, `{"detail":[1,null,[]]}`,
		`{"internal_id":"I","message":"An internal error occurred."}`,
		`<html><script>x</script><h1>a &amp; b</h1>`, `<?xml version="1.0"?><a><b/>`, `<`, "\xff\xfe", strings.Repeat("ä", 1000),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		b := parseErrorBody(body)
		checkText(t, b.Code, b.Event, b.Message, b.InternalID, b.MessageID)
		e := &Error{Op: "x", Kind: ErrTemporary, Code: b.Code, Event: b.Event, Message: b.Message, InternalID: b.InternalID, MessageID: b.MessageID}
		require.True(t, utf8.ValidString(e.Error()))
	})
}

func FuzzTracking(f *testing.F) {
	for _, seed := range []string{
		`{"message_id":"M","status":"accepted","upload_timestamp":"2026-11-22T07:25:17.335836","expiry_time":"20200606122153"}`,
		`{"messageId":"M","dtsId":"M","status":"Acknowledged","statusSuccess":"SUCCESS","fileSize":10,"downloadTimestamp":20261122072517}`,
		`{"message_id":"M","status":"error","status_code":14,"status_timestamp":"x"}`,
		`{"message_id":{},"status":[]}`, `{}`, `null`, `<html>`, ``,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		tracking, err := parseTracking(body)
		if err != nil {
			require.Zero(t, tracking)
			return
		}
		require.NotEmpty(t, tracking.MessageID)
		require.NotEmpty(t, tracking.Status)
		require.Equal(t, strings.ToLower(string(tracking.Status)), string(tracking.Status))
		checkText(t, tracking.MessageID, tracking.LocalID, string(tracking.Status), tracking.Description, tracking.RecipientName)
	})
}

func TestMoment(t *testing.T) {
	want := time.Date(2026, 11, 22, 7, 25, 17, 0, time.UTC)
	for text, want := range map[string]time.Time{
		"2026-11-22T07:25:17.335836": want.Add(335836 * time.Microsecond),
		"2026-11-22T07:25:17":        want,
		"2026-11-22T07:25:17Z":       want,
		"2026-11-22T08:25:17+01:00":  want,
		"20261122072517":             want,
		"202611220725":               want.Add(-17 * time.Second),
		"yesterday":                  {},
		"":                           {},
	} {
		require.Equal(t, want, moment(text), text)
	}
}

func TestChunkRange(t *testing.T) {
	for text, want := range map[string][2]int{
		"1:1": {1, 1}, "2:3": {2, 3}, "1:0": {1, 0}, " 1 : 2 ": {1, 2}, "": {1, 1}, "x": {1, 1}, "1:": {1, 1}, "-1:2": {1, 1}, "1:2:3": {1, 1},
	} {
		number, total := chunkRange(text)
		require.Equal(t, want, [2]int{number, total}, text)
	}
}

func TestFlags(t *testing.T) {
	for _, yes := range []string{"Y", "y", "TRUE", "true", "1", " Yes "} {
		require.True(t, isYes(yes), yes)
	}
	for _, no := range []string{"N", "FALSE", "", "0", "?"} {
		require.False(t, isYes(no), no)
	}
}

func TestExplain(t *testing.T) {
	require.Empty(t, Explain(""))
	require.Contains(t, Explain("12"), "recipient")
	require.Equal(t, Explain("02"), Explain("2"))
	require.Equal(t, Explain("epl-153"), Explain(" EPL-153 "))
	require.NotEmpty(t, Explain("InvalidHeaderChunks"))
	require.Contains(t, Explain("9999"), "not in the published list")
	for code, text := range meanings {
		require.Equal(t, code, normal(code))
		require.NotEmpty(t, text)
	}
}
