package mesh

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"sync/atomic"
)

// checkFiles reads the certificate files. NHS servers demand a client certificate; a server on this computer may not.
func (c Config) checkFiles(p *problems, secure, loopback bool) {
	if !secure {
		return
	}
	if c.CABundle == "" {
		p.add("CABundle", "is missing", "give the path of the PEM file with the NHS root and subordinate certificates")
	} else if _, err := loadAuthorities(c.CABundle); err != nil {
		p.add("CABundle", unusable(err), "give the path of a PEM file with the NHS root and subordinate certificates")
	}
	if c.ClientCertificate == "" && c.ClientKey == "" && loopback {
		return
	}
	if _, err := c.identity(); err != nil {
		p.add(err.field, err.what, err.cure)
	}
}

// unusable says why a file could not be used without repeating what stands in it.
func unusable(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "names a file that does not exist"
	case errors.Is(err, fs.ErrPermission):
		return "names a file that may not be read"
	}
	return "cannot be used: " + err.Error()
}

func loadAuthorities(path string) (*x509.CertPool, error) {
	pem, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read CA bundle: %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, errors.New("the file holds no PEM certificate")
	}
	return pool, nil
}

// transport opens one connection per request. A kept connection that the server has meanwhile closed would make the
// outcome of a POST unknown, and Go repeats a GET on it with a token that is already used.
// asked is set when a server wants to see a client certificate.
func (c Config) transport(asked *atomic.Bool) (*http.Transport, error) {
	dialer := &net.Dialer{Timeout: orDefault(c.ConnectTimeout, DefaultConnectTimeout)}
	t := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           dialer.DialContext,
		TLSHandshakeTimeout:   orDefault(c.ConnectTimeout, DefaultConnectTimeout),
		ResponseHeaderTimeout: orDefault(c.ReplyTimeout, DefaultReplyTimeout),
		DisableKeepAlives:     true,
		DisableCompression:    true, // Content-Encoding must stay visible: it alone decides about gunzip
	}
	if c.CABundle == "" {
		return t, nil // Validate lets this pass for plain http only
	}
	authorities, err := loadAuthorities(c.CABundle)
	if err != nil {
		return nil, err
	}
	certificate := new(tls.Certificate)
	if c.ClientCertificate != "" {
		own, err := c.identity()
		if err != nil {
			return nil, fmt.Errorf("read client certificate: %w", err)
		}
		certificate = &own
	}
	t.TLSClientConfig = &tls.Config{
		MinVersion: tls.VersionTLS12,
		RootCAs:    authorities,
		// Always show what we have: an unsuitable certificate brings a telling refusal, none brings a riddle.
		GetClientCertificate: func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
			asked.Store(true)
			return certificate, nil
		},
	}
	return t, nil
}
