package history_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/screening/history"
	"deltoid/screening/history/historytest"
)

// now is the baseline, 10:02 in London.
var now = time.Date(2022, 5, 12, 9, 2, 0, 0, time.UTC)

// jo is somebody who does not exist, with a published test number that counts as traced.
var jo = capture.Person{
	ID: "P1", NHSNumber: "9000000009", NHSNumberStatus: "01", Forename: "Jo", Surname: "Example", BirthDate: catalogue.MustDate("1965-02-28"),
}

var doses = []historytest.Dose{
	{ID: "A1", At: "2020-12-10T10:15:00+00:00", Procedure: "1324681000000101", Vaccine: "39114911000001105", Name: "COVID-19 Vaccine AstraZeneca", Batch: "B1", Place: "RX809"},
	{ID: "A2", At: "2020-12-31T23:30:00+00:00", Procedure: "1324691000000104", Vaccine: "39114911000001105", Name: "COVID-19 Vaccine AstraZeneca", Batch: "B2", Place: "RX809"},
}

func start(t *testing.T, options historytest.Options) *historytest.Server {
	t.Helper()
	server := historytest.New(options)
	require.NoError(t, server.Start())
	t.Cleanup(func() { _ = server.Close() })
	server.Put("9000000009", historytest.Bundle("9000000009", "1965-02-28", doses...))
	return server
}

// client is one that does not wait between requests but writes down how long it would have.
type client struct {
	*history.Client
	waited []time.Duration
}

func connect(t testing.TB, config history.Config) *client {
	t.Helper()
	if config.Diseases == nil {
		config.Diseases = []string{capture.COVID19}
	}
	if config.Timeout == 0 {
		config.Timeout = time.Minute // a busy computer is no silent service
	}
	config.Version = "test"
	c := &client{}
	var err error
	c.Client, err = history.New(config, known(t))
	require.NoError(t, err)
	at := now
	c.Now = func() time.Time { return at }
	c.NewID = func() string { return "0c7a.made-up" }
	c.Wait = func(ctx context.Context, how time.Duration) error {
		if how > 0 {
			c.waited = append(c.waited, how)
			at = at.Add(how)
		}
		return ctx.Err()
	}
	return c
}

func known(t testing.TB) *catalogue.Catalogue {
	t.Helper()
	c, err := catalogue.Load()
	require.NoError(t, err)
	return c
}
