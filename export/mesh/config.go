package mesh

import (
	"cmp"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// The time limits used where a [Config] leaves them zero.
const (
	DefaultConnectTimeout  = 30 * time.Second // name look-up, TCP and TLS together rarely need more than a few seconds
	DefaultReplyTimeout    = 2 * time.Minute  // after the request has gone; MESH stores the message before it answers
	DefaultTransferTimeout = 30 * time.Minute // a whole attempt: 100 MB over half a megabit per second
)

// Config says which mailbox is ours, where MESH is and how we prove who we are. All of it differs between the
// integration and the live environment; none of it is built in.
type Config struct {
	// BaseURL is scheme, host and port, for example https://mesh-sync.spineservices.nhs.uk. Plain http is for
	// loopback addresses only (training, tests).
	BaseURL string

	Mailbox   string // our mailbox id, for example X26ABC1
	Password  string // the mailbox password
	SharedKey string // the key of the environment, issued with the certificates

	// CABundle is the path of a PEM file with the NHS root and subordinate certificates. NHS servers are signed by a
	// private authority, so the system's certificates are never consulted.
	CABundle string
	// ClientCertificate is the path of our certificate: a PEM file, or a PKCS#12 file (.p12, .pfx) that holds the key as
	// well. ClientKey is the path of the PEM file of its unencrypted key; empty when the first file has it.
	ClientCertificate string
	ClientKey         string
	ClientKeyPassword string // of a PKCS#12 file; may be empty

	// PartBytes is how much one request carries of a longer message, as sent: 5,000,001 to 100,000,000; zero means
	// DefaultPartBytes. A server on this computer takes smaller parts too.
	PartBytes int

	Product   string // name of the calling program, letters and digits, for example Deltoid
	Version   string // its version, for example 1.4.0
	OSVersion string // version of the operating system; "unknown" when empty

	ConnectTimeout  time.Duration // zero means DefaultConnectTimeout
	ReplyTimeout    time.Duration // zero means DefaultReplyTimeout
	TransferTimeout time.Duration // zero means DefaultTransferTimeout
}

// String leaves the secrets out, so that a Config can stand in a log line.
func (c Config) String() string { return fmt.Sprintf("mailbox %s at %s", c.Mailbox, c.BaseURL) }

// GoString leaves the secrets out of %#v as well.
func (c Config) GoString() string { return "mesh.Config{" + c.String() + "}" }

// LogValue leaves the secrets out of structured logs.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }

// Validate reports every unusable field at once as *[Invalid], reading the certificate files as well.
func (c Config) Validate() error {
	var p problems
	secure, loopback := c.checkBaseURL(&p)
	c.checkIdentity(&p)
	c.checkFiles(&p, secure, loopback)
	for _, limit := range []struct {
		field string
		value time.Duration
	}{
		{"ConnectTimeout", c.ConnectTimeout},
		{"ReplyTimeout", c.ReplyTimeout},
		{"TransferTimeout", c.TransferTimeout},
	} {
		if limit.value < 0 {
			p.add(limit.field, "is negative", "leave it at zero for the usual limit")
		}
	}
	smallest := MinPartBytes
	if loopback {
		smallest = 1
	}
	if c.PartBytes != 0 && (c.PartBytes < smallest || c.PartBytes > MaxRequestBytes) {
		p.add("PartBytes", "is not between "+strconv.Itoa(smallest)+" and "+strconv.Itoa(MaxRequestBytes), "leave it at zero for the usual size")
	}
	return p.err("MESH settings")
}

func (c Config) partBytes() int { return cmp.Or(c.PartBytes, DefaultPartBytes) }

// checkBaseURL tells whether the address uses TLS and whether it stays on this computer.
func (c Config) checkBaseURL(p *problems) (secure, loopback bool) {
	const example = "give scheme and host only, for example https://msg.intspineservices.nhs.uk"
	if c.BaseURL == "" {
		p.add("BaseURL", "is missing", example)
		return false, false
	}
	u, err := url.Parse(c.BaseURL)
	if err != nil || u.Hostname() == "" {
		p.add("BaseURL", "is not a web address", example)
		return false, false
	}
	loopback = isLoopback(u.Hostname())
	switch {
	case u.Scheme != "https" && u.Scheme != "http":
		p.add("BaseURL", "does not begin with https://", example)
	case u.Scheme == "http" && !loopback:
		p.add("BaseURL", "is plain http to another computer", "use https")
	}
	if strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		p.add("BaseURL", "has more than scheme, host and port", "leave out user, path and everything after it")
	}
	return u.Scheme == "https", loopback
}

func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

func (c Config) checkIdentity(p *problems) {
	switch {
	case c.Mailbox == "":
		p.add("Mailbox", "is missing", "give the mailbox id, for example X26ABC1")
	case !isMailbox(c.Mailbox):
		p.add("Mailbox", "has characters no mailbox id has", "use letters, digits, hyphen and underscore only")
	}
	if c.Password == "" {
		p.add("Password", "is missing", "give the password of the mailbox")
	}
	if c.SharedKey == "" {
		p.add("SharedKey", "is missing", "give the shared key of the environment, issued with the certificate")
	}
	for _, word := range []struct{ field, value string }{{"Product", c.Product}, {"Version", c.Version}} {
		switch {
		case word.value == "":
			p.add(word.field, "is missing", "MESH wants to know the calling program and its version")
		case !isPlain(word.value) || strings.ContainsAny(word.value, "; "):
			p.add(word.field, "has a blank, a semicolon or a character outside ASCII", "use letters, digits, dot and hyphen")
		}
	}
	if !isPlain(c.OSVersion) {
		p.add("OSVersion", "has a character outside printable ASCII", "leave it out")
	}
}

// isMailbox keeps out the colon, which separates the parts of the token, and whatever would need escaping in a path.
func isMailbox(id string) bool {
	for _, r := range id {
		switch {
		case r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-', r == '_':
		default:
			return false
		}
	}
	return id != ""
}

// isPlain tells whether text is printable ASCII, the only kind of header value MESH carries unharmed.
func isPlain(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

func orDefault(value, usual time.Duration) time.Duration {
	if value == 0 {
		return usual
	}
	return value
}
