package history_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/screening/history"
	"deltoid/screening/history/historytest"
)

func TestLook(t *testing.T) {
	server := start(t, historytest.Options{})
	c := connect(t, history.Config{BaseURL: server.URL()})
	looked := c.Look(t.Context(), jo, capture.COVID19)
	require.Equal(t, capture.StatusFresh, looked.State, looked.Problem)
	assert.Equal(t, now, looked.At)
	assert.Equal(t, jo.BirthDate, looked.BirthDate)
	assert.Zero(t, looked.LeftOut)
	require.Len(t, looked.Found, 2)
	assert.Equal(t, capture.Vaccination{
		Dose: capture.Dose{
			Date: catalogue.MustDate("2020-12-10"), Disease: capture.COVID19, Product: "vaxzevria", Kind: catalogue.Primary1, Source: capture.SourceNational,
		},
		Identifier: capture.Identifier{System: "https://example.invalid/vacc", Value: "A1"}, Name: "Vaxzevria", Batch: "B1", Where: "RX809",
	}, looked.Found[0])
	assert.Empty(t, c.waited, "the first request need not wait")
}

func TestRequest(t *testing.T) {
	server := start(t, historytest.Options{Token: "made-up-token"})
	c := connect(t, history.Config{BaseURL: server.URL() + "/", Tokens: fixed("made-up-token")})
	require.Equal(t, capture.StatusFresh, c.Look(t.Context(), jo, capture.COVID19).State)
	require.Len(t, server.Requests(), 1)
	request := server.Requests()[0]
	assert.Equal(t, "/immunisation-history/FHIR/R4/Immunization", request.Path)
	assert.Equal(t, map[string][]string{
		"patient.identifier": {"https://fhir.nhs.uk/Id/nhs-number|9000000009"}, "immunization.target": {"COVID19"}, "_include": {"Immunization:patient"},
	}, request.Query)
	assert.Equal(t, "0c7a-made-up", request.Header.Get("X-Correlation-ID"), "without dots")
	assert.Equal(t, "application/fhir+json", request.Header.Get("Accept"))
	assert.Equal(t, "Bearer made-up-token", request.Header.Get("Authorization"))
	for _, internal := range []string{"AUTHORISED_TARGETS", "X-Request-Url"} {
		assert.NotContains(t, request.Header, http.CanonicalHeaderKey(internal))
	}
}

type fixed string

func (f fixed) Token(context.Context, bool) (string, error) { return string(f), nil }

func TestEveryStatus(t *testing.T) {
	for status, test := range map[int]struct {
		state capture.StatusState
		asked int
		words string
	}{
		204: {capture.StatusUnavailable, 1, "HTTP status 204"},
		301: {capture.StatusUnavailable, 1, "HTTP status 301"},
		400: {capture.StatusUnavailable, 1, "a defect to report"},
		401: {capture.StatusNotPermitted, 2, "does not accept the access token"},
		403: {capture.StatusNotPermitted, 1, "may not ask"},
		404: {capture.StatusUnavailable, 1, "a defect to report"},
		406: {capture.StatusUnavailable, 1, "HTTP status 406"},
		408: {capture.StatusUnavailable, 1, "HTTP status 408"},
		418: {capture.StatusUnavailable, 1, "HTTP status 418"},
		429: {capture.StatusUnavailable, 3, "HTTP status 429"},
		500: {capture.StatusUnavailable, 3, "HTTP status 500"},
		502: {capture.StatusUnavailable, 3, "HTTP status 502"},
		503: {capture.StatusUnavailable, 3, "HTTP status 503"},
		504: {capture.StatusUnavailable, 3, "HTTP status 504"},
	} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			server := start(t, historytest.Options{})
			server.Inject(10, historytest.Answer(status, http.Header{"Location": {server.URL() + "/elsewhere"}}, ""))
			looked := connect(t, history.Config{BaseURL: server.URL(), Tokens: fixed("t")}).Look(t.Context(), jo, capture.COVID19)
			assert.Equal(t, test.state, looked.State)
			assert.Contains(t, looked.Problem, test.words)
			assert.Contains(t, looked.Problem, "0c7a-made-up")
			assert.Len(t, server.Requests(), test.asked)
			assertNothingTold(t, looked)
		})
	}
}

// assertNothingTold looks for patient data in what a look-up without an answer says.
func assertNothingTold(t *testing.T, looked capture.Looked) {
	t.Helper()
	raw, err := json.Marshal(looked)
	require.NoError(t, err)
	for _, secret := range []string{"9000000009", "Example", "1965", "fhir.nhs.uk"} {
		assert.NotContains(t, string(raw), secret)
	}
	assert.Empty(t, looked.Found)
}

func TestFaults(t *testing.T) {
	page := http.Header{"Content-Type": {"text/html"}}
	for name, test := range map[string]struct {
		fault historytest.Fault
		times int
		state capture.StatusState
		words string
		asked int
	}{
		"busy, then an answer":         {historytest.Answer(429, nil, ""), 1, capture.StatusFresh, "", 2},
		"down twice, then an answer":   {historytest.Answer(503, nil, "gateway"), 2, capture.StatusFresh, "", 3},
		"cut off, then an answer":      {historytest.CutBody(), 1, capture.StatusFresh, "", 2},
		"always cut off":               {historytest.CutBody(), 9, capture.StatusUnavailable, "broke off", 3},
		"dropped, then an answer":      {historytest.Drop(), 1, capture.StatusFresh, "", 2},
		"a page":                       {historytest.Answer(200, page, "<html>Sign in to the hospital Wi-Fi</html>"), 1, capture.StatusUnavailable, "not a list", 1},
		"nothing":                      {historytest.Answer(200, nil, ""), 1, capture.StatusUnavailable, "not a list", 1},
		"half a list":                  {historytest.Answer(200, nil, `{"resourceType":"Bundle","entry":[{`), 1, capture.StatusUnavailable, "not a list", 1},
		"another thing":                {historytest.Answer(200, nil, `{"resourceType":"OperationOutcome"}`), 1, capture.StatusUnavailable, "not a list", 1},
		"an endless list":              {historytest.Answer(200, nil, `{"x":"`+strings.Repeat("x", 5<<20)), 1, capture.StatusUnavailable, "far too long", 1},
		"somebody else":                {historytest.Answer(200, nil, historytest.Bundle("9434765919", "1965-02-28", doses...)), 1, capture.StatusUnavailable, "another NHS number", 1},
		"busy for longer than we wait": {historytest.Answer(429, http.Header{"Retry-After": {"60"}}, ""), 1, capture.StatusUnavailable, "HTTP status 429", 1},
		"busy until a time": {historytest.Answer(503, http.Header{"Retry-After": {now.Add(time.Hour).Format(http.TimeFormat)}}, ""),
			1, capture.StatusUnavailable, "HTTP status 503", 1},
	} {
		t.Run(name, func(t *testing.T) {
			server := start(t, historytest.Options{})
			server.Inject(test.times, test.fault)
			looked := connect(t, history.Config{BaseURL: server.URL(), Timeout: time.Minute}).Look(t.Context(), jo, capture.COVID19)
			assert.Equal(t, test.state, looked.State, looked.Problem)
			assert.Contains(t, looked.Problem, test.words)
			assert.Len(t, server.Requests(), test.asked)
			if test.state == capture.StatusFresh {
				assert.Len(t, looked.Found, 2)
				return
			}
			assertNothingTold(t, looked)
		})
	}
}

// A service that is silent is given up each time after the timeout, whether it never began or does not end.
func TestSilence(t *testing.T) {
	for name, fault := range map[string]historytest.Fault{"from the beginning": historytest.Hang(), "in the middle": historytest.HangBody()} {
		t.Run(name, func(t *testing.T) {
			server := start(t, historytest.Options{})
			server.Inject(9, fault)
			c := connect(t, history.Config{BaseURL: server.URL(), Timeout: 100 * time.Millisecond})
			looked := c.Look(t.Context(), jo, capture.COVID19)
			assert.Equal(t, capture.StatusUnavailable, looked.State)
			assert.Contains(t, looked.Problem, "no answer in time")
			assert.Len(t, c.waited, 2, "one pause before each repetition")
			assertNothingTold(t, looked)
		})
	}
}

// slow is a transport that is too slow so many times.
type slow struct {
	http.RoundTripper
	times int
}

func (s *slow) RoundTrip(r *http.Request) (*http.Response, error) {
	if s.times--; s.times >= 0 {
		return nil, context.DeadlineExceeded
	}
	return s.RoundTripper.RoundTrip(r)
}

func TestSlowThenAnAnswer(t *testing.T) {
	server := start(t, historytest.Options{})
	c := connect(t, history.Config{BaseURL: server.URL()})
	c.Transport = &slow{c.Transport, 2}
	assert.Equal(t, capture.StatusFresh, c.Look(t.Context(), jo, capture.COVID19).State)
	assert.Equal(t, []time.Duration{500 * time.Millisecond, time.Second}, c.waited)
}

func TestPauses(t *testing.T) {
	server := start(t, historytest.Options{})
	c := connect(t, history.Config{BaseURL: server.URL()})
	server.Inject(1, historytest.Answer(503, http.Header{"Retry-After": {"2"}}, ""))
	server.Inject(1, historytest.Answer(503, nil, ""))
	require.Equal(t, capture.StatusFresh, c.Look(t.Context(), jo, capture.COVID19).State)
	assert.Equal(t, []time.Duration{2 * time.Second, time.Second}, c.waited)
}

func TestAtMostFourRequestsASecond(t *testing.T) {
	server := start(t, historytest.Options{})
	c := connect(t, history.Config{BaseURL: server.URL()})
	var mu sync.Mutex
	var waited []time.Duration
	c.Now = func() time.Time { return now }
	c.Wait = func(_ context.Context, how time.Duration) error {
		mu.Lock()
		defer mu.Unlock()
		waited = append(waited, how)
		return nil
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() { c.Look(t.Context(), jo, capture.COVID19) })
	}
	all.Wait()
	var want []time.Duration
	for i := range 8 {
		want = append(want, time.Duration(i)*250*time.Millisecond)
	}
	assert.ElementsMatch(t, want, waited)
}

// renewable is a token that was refused once, and can be got anew.
type renewable struct {
	current string
	renewed int
}

func (r *renewable) Token(_ context.Context, refresh bool) (string, error) {
	if refresh {
		r.renewed++
		r.current = "good"
	}
	return r.current, nil
}

func TestATokenThatIsRefusedIsRenewedOnce(t *testing.T) {
	server := start(t, historytest.Options{Token: "good"})
	tokens := &renewable{current: "old"}
	looked := connect(t, history.Config{BaseURL: server.URL(), Tokens: tokens}).Look(t.Context(), jo, capture.COVID19)
	assert.Equal(t, capture.StatusFresh, looked.State, looked.Problem)
	assert.Equal(t, 1, tokens.renewed)

	server.SetToken("better")
	server.Inject(0, nil)
	looked = connect(t, history.Config{BaseURL: server.URL(), Tokens: tokens}).Look(t.Context(), jo, capture.COVID19)
	assert.Equal(t, capture.StatusNotPermitted, looked.State)
	assert.Equal(t, 2, tokens.renewed)

	server.SetToken("good")
	server.Inject(1, historytest.Answer(401, nil, ""))
	server.Inject(1, historytest.Answer(503, nil, ""))
	looked = connect(t, history.Config{BaseURL: server.URL(), Tokens: tokens}).Look(t.Context(), jo, capture.COVID19)
	assert.Equal(t, capture.StatusFresh, looked.State)
	assert.Equal(t, 3, tokens.renewed, "not renewed again for a service that is down")
}

func TestTokenFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "token")
	server := start(t, historytest.Options{Token: "first"})
	c := connect(t, history.Config{BaseURL: server.URL(), Tokens: history.TokenFile(path)})
	look := func() capture.Looked { return c.Look(t.Context(), jo, capture.COVID19) }
	missing := look()
	assert.Equal(t, capture.StatusUnavailable, missing.State)
	assert.Contains(t, missing.Problem, "history.token_file")
	for _, content := range []string{"", " \n", "two words", "line\nline", strings.Repeat("x", 20<<10)} {
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
		assert.Contains(t, look().Problem, "history.token_file")
	}
	assert.Empty(t, server.Requests(), "nobody is asked without a token")
	require.NoError(t, os.WriteFile(path, []byte(" first\n"), 0o600))
	assert.Equal(t, capture.StatusFresh, look().State)
	server.SetToken("second")
	require.NoError(t, os.WriteFile(path, []byte("second"), 0o600))
	assert.Equal(t, capture.StatusFresh, look().State)
}

func TestNotAsked(t *testing.T) {
	server := start(t, historytest.Options{Targets: []string{"COVID19", "FLU"}})
	with := func(change func(*capture.Person)) capture.Person {
		p := jo
		change(&p)
		return p
	}
	for name, test := range map[string]struct {
		person  capture.Person
		disease string
		state   capture.StatusState
	}{
		"flu, which the service does not have": {jo, capture.Flu, capture.StatusNotRequested},
		"a disease that no such service has":   {jo, capture.MMR, capture.StatusNotRequested},
		"no number":                            {with(func(p *capture.Person) { p.NHSNumber = "" }), capture.COVID19, capture.StatusNotRequested},
		"a number that cannot be":              {with(func(p *capture.Person) { p.NHSNumber = "9000000000" }), capture.COVID19, capture.StatusNotRequested},
		"a number that was not traced":         {with(func(p *capture.Person) { p.NHSNumberStatus = "02" }), capture.COVID19, capture.StatusUnverified},
	} {
		t.Run(name, func(t *testing.T) {
			looked := connect(t, history.Config{BaseURL: server.URL()}).Look(t.Context(), test.person, test.disease)
			assert.Equal(t, test.state, looked.State)
			assert.Empty(t, server.Requests())
		})
	}
	flu := connect(t, history.Config{BaseURL: server.URL(), Diseases: []string{capture.COVID19, capture.Flu}}).Look(t.Context(), jo, capture.Flu)
	assert.Equal(t, capture.StatusFresh, flu.State)
	assert.Equal(t, []string{"FLU"}, server.Requests()[0].Query["immunization.target"])
}

func TestOfflineAndGivenUp(t *testing.T) {
	server := start(t, historytest.Options{})
	url := server.URL()
	require.NoError(t, server.Close())
	c := connect(t, history.Config{BaseURL: url})
	looked := c.Look(t.Context(), jo, capture.COVID19)
	assert.Equal(t, capture.StatusUnavailable, looked.State)
	assert.Contains(t, looked.Problem, "no connection")
	assert.Empty(t, c.waited, "a network that is away is not waited for")
	assertNothingTold(t, looked)

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	assert.Equal(t, capture.StatusUnavailable, c.Look(ctx, jo, capture.COVID19).State)
}

// leaky is a transport whose errors hold what was asked, as those of net/http do.
type leaky struct{}

func (leaky) RoundTrip(r *http.Request) (*http.Response, error) {
	return nil, errors.New("cannot ask " + r.URL.String())
}

func TestErrorsOfTheTransportAreNotTold(t *testing.T) {
	c := connect(t, history.Config{BaseURL: "https://history.example.invalid/FHIR/R4"})
	c.Transport = leaky{}
	assertNothingTold(t, c.Look(t.Context(), jo, capture.COVID19))
}

// watched counts the bodies that were not closed.
type watched struct {
	http.RoundTripper
	open int
}

type watchedBody struct {
	io.ReadCloser
	of *watched
}

func (w *watched) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := w.RoundTripper.RoundTrip(r)
	if err == nil {
		w.open++
		response.Body = watchedBody{response.Body, w}
	}
	return response, err
}

func (b watchedBody) Close() error {
	b.of.open--
	return b.ReadCloser.Close()
}

func TestBodiesAreClosed(t *testing.T) {
	server := start(t, historytest.Options{})
	server.Inject(1, historytest.Answer(503, nil, "down"))
	c := connect(t, history.Config{BaseURL: server.URL()})
	w := &watched{RoundTripper: c.Transport}
	c.Transport = w
	require.Equal(t, capture.StatusFresh, c.Look(t.Context(), jo, capture.COVID19).State)
	assert.Zero(t, w.open)
}

func TestSettings(t *testing.T) {
	_, on := history.FromSettings(capture.Configuration{}, "test")
	assert.False(t, on, "off by default")
	config, on := history.FromSettings(capture.Configuration{
		"history.url": "https://api.example.invalid/FHIR/R4", "history.token_file": "/token", capture.HistoryDiseases: "COVID-19 FLU",
	}, "test")
	assert.True(t, on)
	assert.Equal(t, history.Config{
		BaseURL: "https://api.example.invalid/FHIR/R4", Tokens: history.TokenFile("/token"), Diseases: []string{"COVID-19", "FLU"}, Version: "test",
	}, config)
	for address, fine := range map[string]bool{
		"https://api.service.nhs.uk/immunisation-history/FHIR/R4": true,
		"http://127.0.0.1:8080/FHIR/R4":                           true,
		"http://localhost/FHIR/R4":                                true,
		"http://[::1]:1/":                                         true,
		"http://api.service.nhs.uk/FHIR/R4":                       false,
		"http://localhost.example.invalid/":                       false,
		"https://user:secret@api.example.invalid/":                false,
		"https://api.example.invalid/?a=b":                        false,
		"https:///FHIR":                                           false,
		"ftp://api.example.invalid":                               false,
		"://":                                                     false,
		"immunisation-history":                                    false,
	} {
		_, err := history.New(history.Config{BaseURL: address}, known(t))
		assert.Equal(t, fine, err == nil, "%s: %v", address, err)
		if err != nil {
			assert.Equal(t, capture.Invalid, capture.CodeOf(err))
			assert.NotContains(t, err.Error(), "secret")
		}
	}
}
