package mesh

import (
	"fmt"
	"net/http"
	"time"
)

// tokenLife is how far our clock may be from that of MESH (NHS MESH API specification, "Authorization header").
const tokenLife = 2 * time.Hour

// noteReply remembers what a reply tells beside its content: the time at MESH, and who answered.
func (c *Client) noteReply(response *http.Response) {
	if at, err := http.ParseTime(response.Header.Get("Date")); err == nil {
		skew := c.Now().Sub(at)
		c.skew.Store(&skew)
	}
	if response.TLS != nil && len(response.TLS.PeerCertificates) > 0 {
		c.peer.Store(response.TLS.PeerCertificates[0])
	}
}

// Skew is how far this computer's clock is ahead of that of MESH, behind it when negative, as of the last reply. false
// when no reply has told the time yet.
func (c *Client) Skew() (time.Duration, bool) {
	skew := c.skew.Load()
	if skew == nil {
		return 0, false
	}
	return *skew, true
}

// clockFault says that the clock is why a token was refused; empty when it is not.
func (c *Client) clockFault() string {
	skew, known := c.Skew()
	if !known || skew.Abs() < tokenLife-time.Minute { // tokens count in whole minutes
		return ""
	}
	return "this computer's clock is " + offBy(skew) + " the time at MESH; set the clock"
}

// offBy is "3 hours 5 minutes behind".
func offBy(skew time.Duration) string {
	direction := "ahead of"
	if skew < 0 {
		direction = "behind"
	}
	minutes := int(skew.Abs().Round(time.Minute) / time.Minute)
	switch hours := minutes / 60; {
	case minutes == 0:
		return "less than a minute " + direction
	case hours == 0:
		return count(minutes, "minute") + " " + direction
	case hours >= 48:
		return count(hours/24, "day") + " " + direction
	default:
		return count(hours, "hour") + " " + count(minutes%60, "minute") + " " + direction
	}
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
