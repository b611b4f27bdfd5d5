package mesh_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/export/mesh"
)

// Both rows were computed with openssl and accepted by NHS England's mesh-sandbox, whose public key and password they use.
func TestAuthorizationVectors(t *testing.T) {
	summer := time.FixedZone("BST", 3600)
	for name, row := range map[string]struct {
		token mesh.Token
		want  string
	}{
		"first use of a nonce, local time": {
			mesh.Token{Mailbox: "X26ABC1", Password: "password", SharedKey: "TestKey",
				Nonce: "bd0e2bd5-218e-41d0-83a9-73fdec414803", At: time.Date(2020, 5, 4, 14, 5, 59, 0, summer)},
			"NHSMESH X26ABC1:bd0e2bd5-218e-41d0-83a9-73fdec414803:0:202005041305:1d7da1305d2c4f169b097f4e7fddbc8dfba024de2ea0fdee858b64536f2a90bc",
		},
		"eighth use of a nonce, mailbox in lower case": {
			mesh.Token{Mailbox: "x26abc2", Password: "password", SharedKey: "TestKey",
				Nonce: "00000000-0000-4000-8000-000000000001", Count: 7, At: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)},
			"NHSMESH X26ABC2:00000000-0000-4000-8000-000000000001:7:202611221200:58cc9a79482fdedf3ac14fb1feac5700042ac026454d4bda80ff1a24027ec9e1",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := mesh.Authorization(row.token)
			require.NoError(t, err)
			require.Equal(t, row.want, got)
		})
	}
}

func TestAuthorizationRefuses(t *testing.T) {
	good := mesh.Token{Mailbox: "X26ABC1", Password: "p", SharedKey: "k", Nonce: "n", At: time.Unix(0, 0)}
	for name, spoil := range map[string]func(*mesh.Token){
		"colon in mailbox": func(t *mesh.Token) { t.Mailbox = "X26:1" },
		"blank in mailbox": func(t *mesh.Token) { t.Mailbox = "X26 1" },
		"no mailbox":       func(t *mesh.Token) { t.Mailbox = "" },
		"colon in nonce":   func(t *mesh.Token) { t.Nonce = "a:b" },
		"line in nonce":    func(t *mesh.Token) { t.Nonce = "a\r\nX: y" },
		"no nonce":         func(t *mesh.Token) { t.Nonce = "" },
		"negative count":   func(t *mesh.Token) { t.Count = -1 },
	} {
		t.Run(name, func(t *testing.T) {
			token := good
			spoil(&token)
			_, err := mesh.Authorization(token)
			require.Error(t, err)
		})
	}
}
