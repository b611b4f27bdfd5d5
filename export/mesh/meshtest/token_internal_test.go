package meshtest

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const vector = "NHSMESH X26ABC1:bd0e2bd5-218e-41d0-83a9-73fdec414803:0:202005041305:1d7da1305d2c4f169b097f4e7fddbc8dfba024de2ea0fdee858b64536f2a90bc"

func FuzzParseToken(f *testing.F) {
	for _, seed := range []string{vector, "", "NHSMESH ", "nhsmesh a:b:0:202005041305:x", "NHSMESH a:b:c:d:e:f", "NHSMESH  a:b:0:202013041305:" + strings.Repeat("0", 64)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		got, err := parseToken(header)
		if err != nil {
			require.Zero(t, got)
			return
		}
		require.Equal(t, header, "NHSMESH "+strings.Join([]string{got.mailbox, got.nonce, got.count, got.stamp, got.hash}, ":"))
		require.False(t, got.at.IsZero())
	})
}

func TestParseToken(t *testing.T) {
	_, err := parseToken(vector)
	require.NoError(t, err)
	for name, spoilt := range map[string]string{
		"two blanks":      strings.Replace(vector, " ", "  ", 1),
		"other scheme":    strings.Replace(vector, "NHSMESH", "Bearer", 1),
		"scheme in lower": strings.Replace(vector, "NHSMESH", "nhsmesh", 1),
		"hash in upper":   strings.ToUpper(vector),
		"short hash":      vector[:len(vector)-1],
		"six parts":       vector + ":x",
		"four parts":      vector[:strings.LastIndex(vector, ":")],
		"no such month":   strings.Replace(vector, "20200504", "20201304", 1),
		"eleven digits":   strings.Replace(vector, "202005041305", "20200504130", 1),
		"count of words":  strings.Replace(vector, ":0:", ":one:", 1),
		"no count":        strings.Replace(vector, ":0:", "::", 1),
		"no mailbox":      strings.Replace(vector, "X26ABC1", "", 1),
		"blank inside":    strings.Replace(vector, "X26ABC1", "X26 ABC1", 1),
	} {
		_, err := parseToken(spoilt)
		require.Error(t, err, name)
	}
}

// The server's own computing agrees with the vector, so that client and server cannot be wrong together.
func TestHashVector(t *testing.T) {
	s := New(Options{})
	got, err := parseToken(vector)
	require.NoError(t, err)
	require.Equal(t, got.hash, s.hash(got, TestPassword))
}

func TestTokensAreForgottenWhenTooOldToPass(t *testing.T) {
	s := New(Options{})
	at := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	require.True(t, s.useUp(token{mailbox: "A", nonce: "n", count: "0", at: at}, at))
	require.False(t, s.useUp(token{mailbox: "A", nonce: "n", count: "0", at: at}, at.Add(tokenLife+time.Minute)))
	require.True(t, s.useUp(token{mailbox: "A", nonce: "n", count: "1", at: at}, at))
	require.True(t, s.useUp(token{mailbox: "B", nonce: "n", count: "0", at: at}, at))
	require.True(t, s.useUp(token{mailbox: "C", nonce: "n", count: "0", at: at}, at.Add(tokenLife+time.Minute+time.Second)))
	require.Len(t, s.used, 1)
}

func TestAcceptedVersion(t *testing.T) {
	for accept, want := range map[string]int{
		"": 1, "*/*": 1, "application/json": 1, "application/vnd.mesh.v1+json": 1, "application/vnd.mesh.v2+json": 2,
		"text/html, application/vnd.mesh.v2+json;q=0.9": 2,
		"application/vnd.mesh.v3+json":                  0, "application/vnd.mesh": 0, "vnd.mesh.v2+json": 0,
	} {
		version, ok := acceptedVersion(http.Header{"Accept": {accept}}.Values("Accept"))
		require.Equal(t, want != 0, ok, accept)
		if ok {
			require.Equal(t, want, version, accept)
		}
	}
}
