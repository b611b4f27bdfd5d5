package history

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"time"

	"deltoid/capture"
)

// ask sends the request until there is an answer or no hope of one: again after a pause when the service is busy or down,
// and once with a new token when the one before is refused.
func (c *Client) ask(ctx context.Context, number capture.NHSNumber, disease, id string) ([]byte, *failure) {
	renew, renewed, pause := false, false, firstPause
	for try := 0; ; {
		body, status, failed := c.once(ctx, number, disease, id, renew)
		renew = false
		switch {
		case failed == nil:
			return body, nil
		case status == http.StatusUnauthorized && !renewed && c.config.Tokens != nil:
			renew, renewed = true, true
			continue
		case !failed.again || try == retries || failed.after > longestPause:
			return nil, failed
		}
		try++
		if err := c.Wait(ctx, max(pause, failed.after)); err != nil {
			return nil, unavailable("nobody waited for the answer any more")
		}
		pause *= 2
	}
}

// once sends one request, in its turn.
func (c *Client) once(ctx context.Context, number capture.NHSNumber, disease, id string, renew bool) (body []byte, status int, failed *failure) {
	if err := c.Wait(ctx, c.pace.turn(c.Now())); err != nil {
		return nil, 0, unavailable("nobody waited for the answer any more")
	}
	ctx, cancel := context.WithTimeout(ctx, c.config.Timeout)
	defer cancel()
	request, failed := c.request(ctx, number, disease, id, renew)
	if failed != nil {
		return nil, 0, failed
	}
	response, err := c.Transport.RoundTrip(request)
	if err != nil {
		return nil, 0, noAnswer(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, response.StatusCode, refused(response, c.Now())
	}
	body, err = io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	switch {
	case err != nil:
		return nil, response.StatusCode, noAnswer(err)
	case len(body) > maxAnswer:
		return nil, response.StatusCode, unavailable("the answer is far too long to be one")
	}
	return body, response.StatusCode, nil
}

func (c *Client) request(ctx context.Context, number capture.NHSNumber, disease, id string, renew bool) (*http.Request, *failure) {
	address := *c.address
	address.RawQuery = url.Values{
		"patient.identifier":  {numberSystem + "|" + number.Digits()},
		"immunization.target": {targets[disease]},
		"_include":            {"Immunization:patient"},
	}.Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return nil, unavailable("the request could not be made")
	}
	request.Header.Set("Accept", "application/fhir+json")
	request.Header.Set("X-Correlation-ID", id)
	request.Header.Set("User-Agent", "Deltoid/"+c.config.Version+" ("+runtime.GOOS+")")
	if c.config.Tokens == nil {
		return request, nil
	}
	token, err := c.config.Tokens.Token(ctx, renew)
	if err != nil {
		return nil, unavailable("there is no access token: check the setting history.token_file")
	}
	request.Header.Set("Authorization", "Bearer "+token)
	return request, nil
}

// noAnswer tells a service that is slow or was cut off, which may answer the next time, from one that cannot be reached.
// The error is not told: it holds the address with the NHS number.
func noAnswer(err error) *failure {
	var slow net.Error
	switch {
	case errors.Is(err, context.Canceled):
		return unavailable("nobody waited for the answer any more")
	case errors.As(err, &slow) && slow.Timeout():
		return &failure{state: capture.StatusUnavailable, words: "no answer in time", again: true}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return &failure{state: capture.StatusUnavailable, words: "the connection broke off", again: true}
	}
	return unavailable("no connection to the service")
}

// refused goes by the status alone; the text of an OperationOutcome may change (clinical facts 7.3).
func refused(response *http.Response, now time.Time) *failure {
	words := "the service answered with HTTP status " + strconv.Itoa(response.StatusCode)
	switch status := response.StatusCode; {
	case status == http.StatusUnauthorized:
		return &failure{state: capture.StatusNotPermitted, words: words + ": it does not accept the access token"}
	case status == http.StatusForbidden:
		return &failure{state: capture.StatusNotPermitted, words: words + ": this program may not ask about this disease"}
	case status == http.StatusTooManyRequests, status >= 500:
		return &failure{state: capture.StatusUnavailable, words: words, again: true, after: retryAfter(response.Header.Get("Retry-After"), now)}
	case status == http.StatusBadRequest, status == http.StatusNotFound:
		return unavailable(words + ": our request is not as it wants it; this is a defect to report")
	}
	return unavailable(words)
}

// retryAfter reads the pause that the service asks for, in seconds or as a time.
func retryAfter(text string, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(strings.TrimSpace(text)); err == nil {
		return time.Duration(min(max(seconds, 0), 3600)) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(at.Sub(now), 0)
	}
	return 0
}
