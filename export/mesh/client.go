package mesh

import (
	"crypto/x509"
	"fmt"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
)

// Client speaks for one mailbox. Make one with [New]; set its fields before the first call, not after.
// It is safe for use by several goroutines, but two that collect the same inbox collect everything twice.
type Client struct {
	Now   func() time.Time // the clock of the tokens
	Nonce func() string    // a value never given before, without colon

	// Transport carries one request and never follows a redirect or repeats a request by itself.
	Transport http.RoundTripper

	config  Config
	base    *url.URL
	mailbox string
	memory  int         // bytes of a message that are kept between cutting and sending
	asked   atomic.Bool // some server wanted to see a client certificate
	skew    atomic.Pointer[time.Duration]
	peer    atomic.Pointer[x509.Certificate] // the server's, of the last reply
}

// New reads the certificates and returns a client. A configuration that cannot work is an *[Invalid].
func New(config Config) (*Client, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	base, err := url.Parse(config.BaseURL)
	if err != nil {
		return nil, fmt.Errorf("read MESH address: %w", err)
	}
	c := &Client{
		Now:     time.Now,
		Nonce:   uuid.NewString,
		config:  config,
		base:    &url.URL{Scheme: base.Scheme, Host: base.Host},
		mailbox: strings.ToUpper(config.Mailbox),
		memory:  memoryBytes,
	}
	transport, err := config.transport(&c.asked)
	if err != nil {
		return nil, fmt.Errorf("prepare connection to MESH: %w", err)
	}
	c.Transport = transport
	return c, nil
}

// Mailbox is the id we speak for, in upper case.
func (c *Client) Mailbox() string { return c.mailbox }

// String leaves the secrets out, so that a Client can stand in a log line.
func (c *Client) String() string { return c.config.String() }

// GoString leaves the secrets out of %#v as well.
func (c *Client) GoString() string { return "mesh.Client{" + c.config.String() + "}" }

// userAgent has the shape of the NHS Python mesh-client: name;version;java;architecture;system;system version.
func (c *Client) userAgent() string {
	return strings.Join([]string{c.config.Product, c.config.Version, "N/A", runtime.GOARCH, systemName(), c.osVersion()}, ";")
}

func (c *Client) osVersion() string {
	if v := strings.TrimSpace(c.config.OSVersion); v != "" {
		return v
	}
	return "unknown"
}

func systemName() string {
	switch runtime.GOOS {
	case "windows":
		return "Windows"
	case "darwin":
		return "macOS"
	case "linux":
		return "Linux"
	}
	return runtime.GOOS
}

// path joins escaped segments below /messageexchange/.
func path(segments ...string) string {
	escaped := make([]string, len(segments))
	for i, s := range segments {
		escaped[i] = url.PathEscape(s)
	}
	return "/messageexchange/" + strings.Join(escaped, "/")
}

// checkID refuses what cannot stand as one segment of a path: nothing, and the two names that mean another folder.
func checkID(op, field, id string) error {
	if id == "" || id == "." || id == ".." {
		return (problems{{Field: field, What: "is empty or only dots", Cure: "give the id as MESH gave it"}}).err(op)
	}
	return nil
}
