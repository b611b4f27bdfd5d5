package mesh

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// noAnswer judges a request that brought no reply. stopped says that the caller ended it or its whole time ran out.
func (c *Client) noAnswer(k call, p *progress, stopped bool, err error) *Error {
	e := &Error{Op: k.op, Err: err}
	bare := c.config.ClientCertificate == "" && c.asked.Load()
	// Under TLS 1.3 the refusal of a certificate comes after our handshake is over and is often lost with the connection.
	hungUp := c.asked.Load() && !p.answered.Load() && !stopped && !isTimeout(err)
	if hungUp {
		e.Message = "the server closed the connection without a word; if this goes on, check the client certificate"
	}
	switch {
	case isCertificateAlert(err, bare):
		e.Kind, e.Message, e.Field = ErrClientCertificate, "", FieldCertificate
	case isServerCertificate(err):
		e.Kind = ErrServerCertificate
		e.Message, e.Field = serverCertificateFault(err)
	case isOldTLS(err):
		e.Kind, e.Message, e.Field = ErrServerCertificate, "the server knows only old versions of TLS, and MESH needs 1.2 or later", FieldURL
	case !p.began.Load() && !stopped && isConnectFailure(err):
		e.Kind, e.Message = ErrOffline, ""
	case k.creates && p.mayBeTaken():
		e.Kind = ErrUnknownOutcome
	case bare && hungUp:
		e.Kind, e.Message, e.Field = ErrClientCertificate, "the server asked for one, none is configured", FieldCertificate
	default:
		e.Kind = ErrTemporary
	}
	return e
}

// brokenAnswer judges a reply of a good status that could not be read or understood.
func brokenAnswer(k call, response *http.Response, err error) *Error {
	e := &Error{Op: k.op, Kind: ErrTemporary, Status: response.StatusCode, Err: err}
	if k.creates {
		e.Kind = ErrUnknownOutcome
	}
	return e
}

// refusal judges a reply of a status that is not success.
func (c *Client) refusal(k call, response *http.Response) *Error {
	// A body that breaks off still tells what its beginning tells; the status decides.
	text, _ := io.ReadAll(io.LimitReader(response.Body, maxErrorBody))
	body := parseErrorBody(text)
	e := &Error{
		Op: k.op, Status: response.StatusCode,
		Code: body.Code, Event: body.Event, Message: body.Message,
		InternalID: body.InternalID, MessageID: body.MessageID,
		RetryAfter: retryAfter(response.Header.Get("Retry-After"), c.Now()),
	}
	e.Kind = kindOf(response.StatusCode, body, k.creates)
	if e.Message == "" {
		e.Message = strings.ToLower(http.StatusText(e.Status))
	}
	switch {
	case e.Status/100 == 3:
		e.Message, e.Field = "the server redirects to another address, which is not followed; check the base URL", FieldURL
	case e.Kind == ErrClientCertificate:
		e.Field = FieldCertificate
	case e.Kind == ErrRefused && c.clockFault() != "":
		e.Message = c.clockFault()
	case e.Kind == ErrRefused:
		e.Field = FieldPassword // the likeliest of four; the message names them all
	}
	return e
}

// kindOf is the table of statuses (NHS MESH API specification and, for the temporary ones, the Python mesh-client).
// creates says that the request may have made a message in spite of the status: how much of the body had gone when a
// gateway answered says little about what stands behind it.
func kindOf(status int, body errorBody, creates bool) error {
	switch {
	case status == http.StatusBadRequest && body.Markup && strings.Contains(strings.ToLower(body.Message), "certificate"):
		return ErrClientCertificate // how the gateway of the NHS network says it
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return ErrRefused
	case status == http.StatusNotFound && !body.Markup: // a gateway's 404 says nothing about the message
		return ErrNotFound
	case status == http.StatusGone && !body.Markup:
		return ErrGone
	case status == http.StatusTooEarly, status == http.StatusTooManyRequests:
		return ErrTemporary
	case creates && (status >= 500 || status == http.StatusRequestTimeout || status/100 == 2):
		return ErrUnknownOutcome
	case status >= 500, status == http.StatusRequestTimeout, status/100 == 2:
		return ErrTemporary
	}
	return ErrPermanent
}

// retryAfter reads seconds or an HTTP date; zero when absent, unreadable or past.
func retryAfter(value string, now time.Time) time.Duration {
	if seconds, ok := wholeNumber(value); ok {
		return time.Duration(min(seconds, 7*24*3600)) * time.Second
	}
	at, err := http.ParseTime(value)
	if err != nil || !at.After(now) {
		return 0
	}
	return at.Sub(now)
}

// isConnectFailure tells whether the name was not found or no connection came about, through a proxy or without.
func isConnectFailure(err error) bool {
	var unresolved *net.DNSError
	if errors.As(err, &unresolved) {
		return true
	}
	var operation *net.OpError
	return errors.As(err, &operation) && (operation.Op == "dial" || operation.Op == "proxyconnect")
}

func isTimeout(err error) bool {
	var timed net.Error
	return errors.As(err, &timed) && timed.Timeout()
}

// clientAlerts are the TLS alerts by which a server turns a client certificate down (RFC 8446, section 6).
var clientAlerts = []tls.AlertError{
	42,  // bad_certificate
	43,  // unsupported_certificate
	44,  // certificate_revoked
	45,  // certificate_expired
	46,  // certificate_unknown
	48,  // unknown_ca
	49,  // access_denied
	116, // certificate_required
}

// handshakeFailure is what some servers say under TLS 1.2 when no certificate is shown, and also when no cipher fits.
const handshakeFailure = tls.AlertError(40)

func isCertificateAlert(err error, bare bool) bool {
	var operation *net.OpError
	if !errors.As(err, &operation) || operation.Op != "remote error" {
		return false
	}
	// The alert's own type is not exported by crypto/tls; its text is the same as that of the exported one.
	text := operation.Err.Error()
	for _, alert := range clientAlerts {
		if text == alert.Error() {
			return true
		}
	}
	return bare && text == handshakeFailure.Error()
}

// protocolVersion is the alert of a server that knows no version of TLS that we accept.
const protocolVersion = tls.AlertError(70)

func isOldTLS(err error) bool {
	var operation *net.OpError
	return errors.As(err, &operation) && operation.Op == "remote error" && operation.Err.Error() == protocolVersion.Error()
}

func isServerCertificate(err error) bool {
	var failed *tls.CertificateVerificationError
	return errors.As(err, &failed)
}

// serverCertificateFault says which of the usual mistakes it is, and which setting to look at.
func serverCertificateFault(err error) (message string, field Field) {
	var host x509.HostnameError
	if errors.As(err, &host) {
		if len(host.Certificate.DNSNames) == 0 && len(host.Certificate.IPAddresses) == 0 {
			return "the server's certificate has only a Common Name and no subject alternative name, which is no longer accepted; " +
				"servers inside the NHS network may have such certificates: use the internet address of MESH", FieldURL
		}
		return "the server's certificate is for another host; check the base URL", FieldURL
	}
	var unknown x509.UnknownAuthorityError
	if errors.As(err, &unknown) {
		return "the server's certificate was not issued by an authority of the CA bundle; use the bundle of this environment", FieldCA
	}
	var invalid x509.CertificateInvalidError
	if errors.As(err, &invalid) && invalid.Reason == x509.Expired {
		return "the server's certificate has expired or this computer's clock is wrong", ""
	}
	return "the server's certificate could not be verified", FieldCA
}
