package mesh

import (
	"bytes"
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"strings"

	"software.sslmate.com/src/go-pkcs12"
)

// identityError is what is wrong with one of the settings of our certificate.
type identityError struct{ field, what, cure string }

func (e *identityError) Error() string { return e.field + " " + e.what }

// identity reads our certificate with its key, from PEM or from PKCS#12: which of them it is, the content says.
func (c Config) identity() (tls.Certificate, *identityError) {
	const forMailbox = "give the path of the certificate issued for this mailbox, as PEM file or as PKCS#12 file (.p12, .pfx)"
	if c.ClientCertificate == "" {
		return tls.Certificate{}, &identityError{"ClientCertificate", "is missing", forMailbox}
	}
	certificate, err := os.ReadFile(c.ClientCertificate)
	if err != nil {
		return tls.Certificate{}, &identityError{"ClientCertificate", unusable(err), forMailbox}
	}
	if !bytes.Contains(certificate, []byte("-----BEGIN ")) {
		return c.fromPKCS12(certificate)
	}
	return c.fromPEM(certificate)
}

func (c Config) fromPEM(certificate []byte) (tls.Certificate, *identityError) {
	const unencrypted = "give the path of the PEM file with the unencrypted key of the certificate"
	key := certificate
	if c.ClientKey != "" {
		var err error
		if key, err = os.ReadFile(c.ClientKey); err != nil {
			return tls.Certificate{}, &identityError{"ClientKey", unusable(err), unencrypted}
		}
	}
	switch {
	case !bytes.Contains(key, []byte("PRIVATE KEY-----")) && c.ClientKey == "":
		return tls.Certificate{}, &identityError{"ClientKey", "is missing", unencrypted}
	case isEncrypted(key):
		return tls.Certificate{}, &identityError{"ClientKey", "names a key that is locked with a password",
			"take the password away, or give certificate and key as one PKCS#12 file"}
	}
	pair, err := tls.X509KeyPair(certificate, key)
	if err != nil {
		return tls.Certificate{}, &identityError{"ClientCertificate", unusable(err), "give PEM files of a certificate and its own unencrypted key"}
	}
	return pair, nil
}

// isEncrypted tells whether the PEM key is locked, in the new form or the old.
func isEncrypted(key []byte) bool {
	for block, rest := pem.Decode(key); block != nil; block, rest = pem.Decode(rest) {
		if block.Type == "ENCRYPTED PRIVATE KEY" || strings.Contains(block.Headers["Proc-Type"], "ENCRYPTED") {
			return true
		}
	}
	return false
}

func (c Config) fromPKCS12(content []byte) (tls.Certificate, *identityError) {
	if c.ClientKey != "" {
		return tls.Certificate{}, &identityError{"ClientKey", "is given although the certificate file is not PEM",
			"leave it empty when the certificate file is PKCS#12, which holds the key; else give the certificate as PEM file"}
	}
	key, leaf, chain, err := pkcs12.DecodeChain(content, c.ClientKeyPassword)
	switch {
	case errors.Is(err, pkcs12.ErrIncorrectPassword), errors.Is(err, pkcs12.ErrDecryption):
		return tls.Certificate{}, &identityError{"ClientKeyPassword", "does not open the certificate file", "enter the password that came with the file"}
	case err != nil:
		return tls.Certificate{}, &identityError{"ClientCertificate", "names a file that is neither PEM nor PKCS#12 with a certificate and its key",
			"ask whoever issued it for a PEM or PKCS#12 file"}
	}
	own := tls.Certificate{PrivateKey: key, Leaf: leaf, Certificate: [][]byte{leaf.Raw}}
	for _, issuer := range chain {
		own.Certificate = append(own.Certificate, issuer.Raw)
	}
	if !belongs(leaf, key) {
		return tls.Certificate{}, &identityError{"ClientCertificate", "names a file whose key is that of another certificate",
			"ask whoever issued it for a file with the certificate and its own key"}
	}
	return own, nil
}

// belongs tells whether the key is the certificate's.
func belongs(certificate *x509.Certificate, key any) bool {
	signer, ok := key.(interface{ Public() crypto.PublicKey })
	if !ok {
		return false
	}
	public, ok := signer.Public().(interface{ Equal(crypto.PublicKey) bool })
	return ok && public.Equal(certificate.PublicKey)
}
