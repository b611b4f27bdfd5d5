package export

import (
	"time"

	"deltoid/export/mesh"
)

// Policy is how patient the courier is.
type Policy struct {
	FirstRetry   time.Duration // after the first failure; doubles from there
	LongestRetry time.Duration // no pause between two tries is longer, unless MESH asks for it
	// Settle is how long MESH may still be storing a message whose answer was lost. Before it has passed, "MESH does not
	// know it" does not mean that the message was not taken.
	Settle       time.Duration
	AfterRefusal time.Duration // pause after a refused login: more tries may lock the mailbox
	Handshake    time.Duration // MESH wants one this often
	Poll         time.Duration // between two looks into the inbox; MESH forbids looking more often
	Steadiness   Steadiness
	// Track is the pause before asking again after a message that was accepted so long ago. MESH forbids asking often.
	Track func(age time.Duration) time.Duration
}

// DefaultPolicy keeps to the limits of the MESH API specification.
var DefaultPolicy = Policy{
	FirstRetry:   30 * time.Second,
	LongestRetry: 15 * time.Minute,
	Settle:       5 * time.Minute,
	AfterRefusal: 6 * time.Hour,
	Handshake:    mesh.HandshakePause,
	Poll:         mesh.PollPause,
	Steadiness:   Steadiness{Steady: time.Minute, Outage: 5 * time.Minute, Again: 30 * time.Minute},
	Track: func(age time.Duration) time.Duration {
		switch {
		case age < time.Hour:
			return 5 * time.Minute
		case age < 6*24*time.Hour: // MESH gives up on a message after five days
			return time.Hour
		}
		return 24 * time.Hour
	},
}

// pause is the wait after a number of failures in a row: doubled each time, of random length between half of it and
// the whole, so that devices cut off together do not come back together.
func (p Policy) pause(failures int, jitter float64, asked time.Duration) time.Duration {
	pause := p.FirstRetry
	for range min(failures-1, 30) {
		if pause *= 2; pause >= p.LongestRetry {
			break
		}
	}
	pause = min(pause, p.LongestRetry)
	pause -= time.Duration(jitter * float64(pause) / 2)
	return max(pause, asked)
}
