package history

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"deltoid/capture"
)

// Limits of the service and of our patience (clinical facts 7.2, 7.6).
const (
	DefaultTimeout = 5 * time.Second        // for one request with its answer
	retries        = 2                      // after the first try
	firstPause     = 500 * time.Millisecond // before the second try; doubled for the third
	longestPause   = 5 * time.Second        // a service that asks for more is not waited for
	gap            = 250 * time.Millisecond // between requests: the service stops a program at 5 a second, 4 are safe
	maxAnswer      = 4 << 20                // bytes; a long life's vaccinations are far below
	maxEntries     = 500                    // vaccinations of one person that are read
)

// targets are the names that the service has for diseases.
var targets = map[string]string{capture.COVID19: "COVID19", capture.Flu: "FLU"}

// Config is where and as whom to ask.
type Config struct {
	BaseURL  string        // as far as FHIR/R4; https, or http on this computer
	Diseases []string      // keys of the diseases that the service knows; in May 2022 COVID-19 only
	Tokens   TokenSource   // nil: without a token, as the sandbox
	Version  string        // of the program, told to the service
	Timeout  time.Duration // for one request with its answer; zero: DefaultTimeout
}

// FromSettings reads the settings; ok is false when they switch the look-up off.
func FromSettings(configuration capture.Configuration, version string) (config Config, ok bool) {
	config = Config{
		BaseURL: configuration.Get("history.url"), Diseases: strings.Fields(configuration.Get(capture.HistoryDiseases)), Version: version,
	}
	if path := configuration.Get("history.token_file"); path != "" {
		config.Tokens = TokenFile(path)
	}
	return config, config.BaseURL != ""
}

// parse checks the address.
func (c Config) parse() (*url.URL, error) {
	base, err := url.Parse(c.BaseURL)
	switch {
	case err != nil:
		return nil, errors.New("the address of the history service cannot be read; give one like https://api.service.nhs.uk/immunisation-history/FHIR/R4")
	case base.Host == "" || base.User != nil || base.RawQuery != "" || base.Fragment != "":
		return nil, errors.New("the address of the history service must be a host and a path, nothing else")
	case base.Scheme != "https" && !(base.Scheme == "http" && onThisComputer(base.Hostname())):
		return nil, fmt.Errorf("the history service must be asked by https, not %q: the answer is a patient record", base.Scheme)
	}
	return base.JoinPath("Immunization"), nil
}

func (c Config) serves(disease string) bool {
	return targets[disease] != "" && slices.Contains(c.Diseases, disease)
}

func onThisComputer(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}
