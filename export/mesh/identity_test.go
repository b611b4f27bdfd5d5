package mesh_test

import (
	"bytes"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"software.sslmate.com/src/go-pkcs12"

	"deltoid/export/mesh"
)

// asPKCS12 is the path of a file as the issuers of certificates send it.
func (i issued) asPKCS12(t testing.TB, encoder *pkcs12.Encoder, a *authority, password string) string {
	t.Helper()
	leaf, err := x509.ParseCertificate(i.der)
	require.NoError(t, err)
	content, err := encoder.Encode(i.key, leaf, []*x509.Certificate{a.certificate}, password)
	require.NoError(t, err)
	return writeFile(t, "client.p12", content)
}

func writeFile(t testing.TB, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, content, 0o600))
	return path
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	return content
}

func TestMutualTLSFromPKCS12(t *testing.T) {
	a := newAuthority(t, "Root")
	own := a.issue(t, client("SERVER001"))
	p := securePost(t, a, server(), tls.VersionTLS13)
	for name, encoder := range map[string]*pkcs12.Encoder{
		"modern": pkcs12.Modern.WithRand(rand.Reader), "legacy": pkcs12.Legacy.WithRand(rand.Reader),
	} {
		t.Run(name, func(t *testing.T) {
			config := p.secureConfig(t, a, nil)
			config.ClientCertificate, config.ClientKeyPassword = own.asPKCS12(t, encoder, a, "open"), "open"
			require.NoError(t, p.client(t, config).Handshake(ctx))
		})
	}
}

// Both files were made by OpenSSL 3: with its own choice of ciphers, and with those of older programs.
func TestPKCS12OfOtherPrograms(t *testing.T) {
	a := newAuthority(t, "Root")
	for _, name := range []string{"client.p12", "client-legacy.p12"} {
		config := plainConfig()
		config.BaseURL, config.CABundle = "https://mesh.example", a.bundle(t)
		config.ClientCertificate, config.ClientKeyPassword = filepath.Join("testdata", name), "practice"
		require.NoError(t, config.Validate(), name)
		config.ClientKeyPassword = "wrong"
		require.Equal(t, mesh.FieldKeyPassword, mesh.FieldOf(config.Validate()), name)
	}
}

func TestIdentitySettings(t *testing.T) {
	a := newAuthority(t, "Root")
	own, other := a.issue(t, client("A")), a.issue(t, client("B"))
	certificate, key := own.files(t)
	both := writeFile(t, "both.pem", bytes.Join([][]byte{readFile(t, certificate), readFile(t, key)}, nil))
	p12 := own.asPKCS12(t, pkcs12.Modern, a, "open")
	mixed := issued{own.der, other.key}.asPKCS12(t, pkcs12.Modern, a, "open")
	locked := writeFile(t, "locked.pem", []byte("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"))
	lockedOld := writeFile(t, "old.pem", []byte("-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END EC PRIVATE KEY-----\n"))
	noise := writeFile(t, "noise.p12", []byte("noise"))

	for name, row := range map[string]struct {
		certificate, key, password string
		want                       mesh.Field
	}{
		"two PEM files":             {certificate, key, "", ""},
		"one PEM file":              {both, "", "", ""},
		"PKCS#12":                   {p12, "", "open", ""},
		"PKCS#12, wrong password":   {p12, "", "shut", mesh.FieldKeyPassword},
		"PKCS#12, no password":      {p12, "", "", mesh.FieldKeyPassword},
		"PKCS#12 and a key":         {p12, key, "open", mesh.FieldKey},
		"PKCS#12, key of another":   {mixed, "", "open", mesh.FieldCertificate},
		"neither PEM nor PKCS#12":   {noise, "", "", mesh.FieldCertificate},
		"certificate without key":   {certificate, "", "", mesh.FieldKey},
		"key locked":                {certificate, locked, "", mesh.FieldKey},
		"key locked in the old way": {certificate, lockedOld, "", mesh.FieldKey},
		"key missing":               {certificate, filepath.Join(t.TempDir(), "none"), "", mesh.FieldKey},
		"key alone":                 {"", key, "", mesh.FieldCertificate},
	} {
		t.Run(name, func(t *testing.T) {
			config := plainConfig()
			config.BaseURL, config.CABundle = "https://mesh.example", a.bundle(t)
			config.ClientCertificate, config.ClientKey, config.ClientKeyPassword = row.certificate, row.key, row.password
			err := config.Validate()
			require.Equal(t, row.want, mesh.FieldOf(err))
			require.Equal(t, row.want == "", err == nil)
			if err != nil {
				fields(t, err)
				require.NotContains(t, err.Error(), "shut", "the password is not repeated")
			}
		})
	}
}

// Every setting that can be wrong has an id.
func TestFieldOf(t *testing.T) {
	err := mesh.Config{ReplyTimeout: -1, OSVersion: "ä"}.Validate()
	var invalid *mesh.Invalid
	require.ErrorAs(t, err, &invalid)
	for _, problem := range invalid.Problems {
		require.NotEmpty(t, problem.ID, problem.Field)
	}
	require.Equal(t, mesh.FieldURL, mesh.FieldOf(err))
	require.Empty(t, mesh.FieldOf(mesh.Message{}.Check()), "a message is no setting")
	require.Empty(t, mesh.FieldOf(nil))
}
