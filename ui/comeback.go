package ui

import "time"

// askPause is the least time between two questions whether what waits may go. A connection that comes and goes is not
// told about at every turn.
const askPause = 15 * time.Minute

// comeback decides when it is asked whether what waits may go, now that the connection is back. It knows neither the
// window nor a clock.
type comeback struct {
	heard time.Time // the last time the connection was back that was taken in
	owed  bool      // the question is still to be asked, or was put off
	asked time.Time // last
}

// hear takes in when the connection was last back, and whether anything waits then. A comeback with nothing to send is none.
func (c *comeback) hear(back time.Time, waits bool) {
	if !back.After(c.heard) {
		return
	}
	c.heard = back
	c.owed = c.owed || waits
}

// due tells whether to ask now.
func (c *comeback) due(now time.Time) bool {
	return c.owed && (c.asked.IsZero() || now.Sub(c.asked) >= askPause)
}

// ask notes that it is asked; until an answer it is owed again later.
func (c *comeback) ask(now time.Time) { c.asked = now }

// settle notes that what waits was started: nothing is owed until the connection is back the next time.
func (c *comeback) settle() { c.owed = false }
