package form

// HearActivity calls heard whenever somebody works the window: a key or letter to a control, a click, the pointer over a
// button or a list. Nil stops it.
func HearActivity(heard func()) { activity = heard }

var activity func()

// stir tells that somebody is there.
func stir() {
	if activity != nil {
		activity()
	}
}
