package form

import "fyne.io/fyne/v2"

// choice is the keyboard of a group of options with one tab stop. A ring tells which option the keys are
// on; moving it chooses nothing, so that no question is answered by accident.
type choice struct {
	count    int
	selected int // -1 while nothing is chosen
	at       int // where the ring is
	moved    bool
}

func newChoice(count int) choice { return choice{count: count, selected: -1} }

// enter puts the ring on the chosen option when the focus arrives.
func (c *choice) enter() {
	c.moved = false
	c.at = max(0, c.selected)
}

// move takes the ring to a neighbour and stops at the ends.
func (c *choice) move(by int) {
	c.at = min(max(0, c.at+by), c.count-1)
	c.moved = true
}

// pick chooses an option and tells whether that was a change.
func (c *choice) pick(option int) bool {
	if option < 0 || option >= c.count {
		return false
	}
	changed := c.selected != option
	c.selected, c.at, c.moved = option, option, false
	return changed
}

// pending tells that the ring was moved to an option not yet chosen: Enter then chooses it first, and only
// the next Enter goes on, so that what is sent is what is ringed.
func (c *choice) pending() bool { return c.moved && c.at != c.selected }

// digit is the option a digit key stands for; -1 for any other letter.
func digit(letter rune) int {
	if letter < '1' || letter > '9' {
		return -1
	}
	return int(letter - '1')
}

// step is how far a key moves along a group that runs down or across.
func step(key *fyne.KeyEvent, across bool) int {
	switch key.Name {
	case fyne.KeyDown:
		if !across {
			return 1
		}
	case fyne.KeyUp:
		if !across {
			return -1
		}
	case fyne.KeyRight:
		return 1
	case fyne.KeyLeft:
		return -1
	}
	return 0
}
