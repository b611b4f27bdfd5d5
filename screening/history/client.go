package history

import (
	"context"
	"crypto/tls"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

var _ capture.StatusProvider = (*Client)(nil)

// Client asks the service. Make one with [New]; set its fields before the first call, not after. It is safe for use by
// several goroutines, and keeps all their requests together at the pace that the service allows.
type Client struct {
	Now   func() time.Time
	NewID func() string // a value never given before, to find a request again in the service's log
	Wait  func(ctx context.Context, how time.Duration) error

	// Transport carries one request. It never follows a redirect.
	Transport http.RoundTripper

	config  Config
	address *url.URL
	known   *catalogue.Catalogue
	pace    pace
}

// New returns a client that trusts the authorities this computer trusts.
func New(config Config, known *catalogue.Catalogue) (*Client, error) {
	address, err := config.parse()
	if err != nil {
		return nil, &capture.Error{Code: capture.Invalid, Field: "history.url", Message: "Enter another address: " + err.Error()}
	}
	if config.Timeout <= 0 {
		config.Timeout = DefaultTimeout
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	return &Client{Now: time.Now, NewID: uuid.NewString, Wait: wait, Transport: transport, config: config, address: address, known: known}, nil
}

// traced is the NHS number status of a number that the demographics service has confirmed.
const traced = "01"

// Look asks for somebody's vaccinations against a disease. It may take as long as three requests and the pauses between
// them. What goes wrong is a state, with a problem for the administrator that holds no patient data.
func (c *Client) Look(ctx context.Context, person capture.Person, disease string) capture.Looked {
	switch {
	case !c.config.serves(disease) || person.NHSNumber == "" || !person.NHSNumber.Valid():
		return capture.Looked{State: capture.StatusNotRequested}
	case person.NHSNumberStatus != traced:
		return capture.Looked{State: capture.StatusUnverified}
	}
	// The service asks for a value without dots.
	id := strings.ReplaceAll(c.NewID(), ".", "-")
	body, failed := c.ask(ctx, person.NHSNumber, disease, id)
	if failed != nil {
		return failed.looked(id)
	}
	looked, failed := c.read(body, person.NHSNumber, disease)
	if failed != nil {
		return failed.looked(id)
	}
	looked.State, looked.At = capture.StatusFresh, c.Now().UTC()
	return looked
}

// failure is why there is no answer.
type failure struct {
	state capture.StatusState
	words string // for the administrator; never an address or a text of the service, which may hold the NHS number
	again bool   // the same request may succeed a little later
	after time.Duration
}

func (f *failure) looked(id string) capture.Looked {
	return capture.Looked{State: f.state, Problem: f.words + " (correlation id " + id + ")"}
}

func unavailable(words string) *failure {
	return &failure{state: capture.StatusUnavailable, words: words}
}
