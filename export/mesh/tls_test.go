package mesh_test

import (
	"crypto/tls"
	"crypto/x509"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/export/mesh"
	"deltoid/export/mesh/meshtest"
)

// securePost starts a server that demands a client certificate of the same authority.
func securePost(t *testing.T, a *authority, template *x509.Certificate, version uint16) *post {
	t.Helper()
	p := &post{clock: &clock{at: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}}
	p.Server = meshtest.New(meshtest.Options{Now: p.clock.Now})
	p.AddSandboxMailboxes()
	require.NoError(t, p.StartTLS(&tls.Config{
		Certificates: []tls.Certificate{a.issue(t, template).forTLS()},
		ClientAuth:   tls.RequireAndVerifyClientCert, ClientCAs: a.pool(), MaxVersion: version,
	}))
	t.Cleanup(func() { require.NoError(t, p.Close()) })
	return p
}

func (p *post) secureConfig(t *testing.T, trusted *authority, own *issued) mesh.Config {
	t.Helper()
	config := p.config("X26ABC1")
	config.CABundle = trusted.bundle(t)
	if own != nil {
		config.ClientCertificate, config.ClientKey = own.files(t)
	}
	return config
}

var tlsVersions = map[string]uint16{"TLS 1.2": tls.VersionTLS12, "TLS 1.3": tls.VersionTLS13}

func TestMutualTLS(t *testing.T) {
	a := newAuthority(t, "Root")
	own := a.issue(t, client("SERVER001"))
	for name, version := range tlsVersions {
		t.Run(name, func(t *testing.T) {
			p := securePost(t, a, server(), version)
			c := p.client(t, p.secureConfig(t, a, &own))
			require.NoError(t, c.Handshake(ctx))
			_, err := c.Send(ctx, newMessage("m1", "a,b\n"))
			require.NoError(t, err)
			require.Len(t, p.Messages("X26ABC2"), 1)
		})
	}
}

func TestNoClientCertificate(t *testing.T) {
	a := newAuthority(t, "Root")
	for name, version := range tlsVersions {
		t.Run(name, func(t *testing.T) {
			p := securePost(t, a, server(), version)
			c := p.client(t, p.secureConfig(t, a, nil))
			for range 20 { // under TLS 1.3 the alert and the end of the connection race
				asError(t, c.Handshake(ctx), mesh.ErrClientCertificate)
			}
			require.Zero(t, p.Count())
		})
	}
}

// A certificate of a foreign authority is turned down in the handshake of TLS 1.2, where nothing can get lost.
func TestForeignClientCertificate(t *testing.T) {
	a := newAuthority(t, "Root")
	foreign := newAuthority(t, "Other").issue(t, client("SERVER001"))
	p := securePost(t, a, server(), tls.VersionTLS12)
	c := p.client(t, p.secureConfig(t, a, &foreign))
	asError(t, c.Handshake(ctx), mesh.ErrClientCertificate)
	_, err := c.Send(ctx, newMessage("m1", "a"))
	asError(t, err, mesh.ErrClientCertificate)
	require.Zero(t, p.Count())
}

// Under TLS 1.3 the refusal may be lost with the connection: then an inquiry may be repeated, and a message is unknown.
func TestForeignClientCertificateTLS13(t *testing.T) {
	a := newAuthority(t, "Root")
	foreign := newAuthority(t, "Other").issue(t, client("SERVER001"))
	p := securePost(t, a, server(), tls.VersionTLS13)
	c := p.client(t, p.secureConfig(t, a, &foreign))
	var e *mesh.Error
	require.ErrorAs(t, c.Handshake(ctx), &e)
	require.Contains(t, []error{mesh.ErrClientCertificate, mesh.ErrTemporary}, e.Kind)
	_, err := c.Send(ctx, newMessage("m1", "a"))
	require.ErrorAs(t, err, &e)
	require.Contains(t, []error{mesh.ErrClientCertificate, mesh.ErrUnknownOutcome}, e.Kind)
	require.Zero(t, p.Count())
}

func TestServerCertificate(t *testing.T) {
	a, other := newAuthority(t, "Root"), newAuthority(t, "Other")
	own := a.issue(t, client("SERVER001"))
	commonNameOnly := server()
	commonNameOnly.IPAddresses = nil
	anotherHost := server()
	anotherHost.IPAddresses, anotherHost.DNSNames = nil, []string{"mesh.example"}
	expired := server()
	expired.NotAfter = time.Now().Add(-time.Minute)

	for name, row := range map[string]struct {
		template *x509.Certificate
		trusted  *authority
		want     string
	}{
		"only a common name": {commonNameOnly, a, "only a Common Name"},
		"another host":       {anotherHost, a, "for another host"},
		"expired":            {expired, a, "expired"},
		"foreign authority":  {server(), other, "authority of the CA bundle"},
	} {
		t.Run(name, func(t *testing.T) {
			p := securePost(t, a, row.template, 0)
			c := p.client(t, p.secureConfig(t, row.trusted, &own))
			_, err := c.Send(ctx, newMessage("m1", "a"))
			e := asError(t, err, mesh.ErrServerCertificate)
			require.Contains(t, e.Error(), row.want)
			require.Zero(t, p.Count())
		})
	}
}

// How the gateway of the NHS network turns a certificate down: plain 400 with a page.
func TestGatewayAsksForCertificate(t *testing.T) {
	p := newPost(t, meshtest.Options{})
	p.Inject(1, meshtest.AnyRequest, meshtest.Answer(400, "text/html", "<html><body>No required SSL certificate was sent</body></html>"))
	asError(t, p.sender.Handshake(ctx), mesh.ErrClientCertificate)
}

func TestOldTLSIsRefused(t *testing.T) {
	a := newAuthority(t, "Root")
	own := a.issue(t, client("SERVER001"))
	p := &post{clock: &clock{at: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}}
	p.Server = meshtest.New(meshtest.Options{Now: p.clock.Now})
	require.NoError(t, p.StartTLS(&tls.Config{
		Certificates: []tls.Certificate{a.issue(t, server()).forTLS()}, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11,
	}))
	t.Cleanup(func() { require.NoError(t, p.Close()) })
	e := asError(t, p.client(t, p.secureConfig(t, a, &own)).Handshake(ctx), mesh.ErrServerCertificate)
	require.Contains(t, e.Error(), "1.2 or later")
	require.Equal(t, mesh.FieldURL, e.Field)
}
