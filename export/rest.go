package export

import (
	"context"
	"sync"
	"time"
)

// said is a person's word that the next step takes in.
type said struct {
	sync.Mutex
	going     bool      // until nothing is built and waits
	fresh     bool      // said since the last step
	postponed time.Time // zero: nothing was said
	forgiven  bool      // a refused login is to be tried again
}

// Go is a person's word to send now what is built, also in quiet hours and before the end of a postponement. It holds until
// nothing built waits any more. The courier has to be woken.
func (c *Courier) Go() {
	c.said.Lock()
	defer c.said.Unlock()
	c.said.going, c.said.fresh, c.said.postponed = true, true, time.Time{}
}

// forgive lets a refused login be tried again.
func (c *Courier) forgive() {
	c.said.Lock()
	defer c.said.Unlock()
	c.said.forgiven = true
}

// Postpone is a person's word to let built files wait until a moment.
func (c *Courier) Postpone(until time.Time) {
	c.said.Lock()
	defer c.said.Unlock()
	c.said.going, c.said.fresh, c.said.postponed = false, false, until
}

// listen takes in what was said.
func (r *round) listen() {
	c := r.Courier
	c.said.Lock()
	defer c.said.Unlock()
	if c.said.fresh {
		r.contact.Asked, r.contact.Postponed = time.Time{}, time.Time{}
	}
	if !c.said.postponed.IsZero() {
		r.contact.Asked, r.contact.Postponed = time.Time{}, c.said.postponed.UTC()
	}
	if c.said.forgiven {
		r.contact.NotUntil, r.contact.Problem = time.Time{}, ""
	}
	c.said.fresh, c.said.forgiven, c.said.postponed = false, false, time.Time{}
	r.going = c.said.going
}

// gone ends the word to go when nothing built waits any more.
func (r *round) gone() {
	if r.left || r.over {
		return
	}
	r.said.Lock()
	defer r.said.Unlock()
	r.said.going = r.said.fresh
}

// rests tells whether built files wait although they could go, and notes until when.
func (r *round) rests() bool {
	if r.going {
		return false
	}
	until := r.timetable.QuietUntil(r.report.At)
	for _, at := range []time.Time{r.contact.Asked, r.contact.Postponed} {
		if at.After(until) {
			until = r.timetable.QuietUntil(at)
		}
	}
	if !until.After(r.report.At) {
		return false
	}
	r.report.Rests = until
	r.report.wakeAt(until)
	return true
}

// makeDue has the files made whose turn has come. That one cannot be made keeps nothing else from going.
func (r *round) makeDue(ctx context.Context) error {
	if r.Build == nil {
		return nil
	}
	profiles := r.profiles().Scheduled(r.configuration)
	if r.contact.Runs == nil {
		r.contact.Runs = map[Kind]time.Time{}
	}
	for _, profile := range profiles { // one that is new waits for its next turn
		if r.contact.Runs[profile.Kind].IsZero() {
			r.contact.Runs[profile.Kind] = r.report.At
		}
	}
	for _, kind := range r.timetable.Due(r.report.At, r.contact.Runs, profiles) {
		made, err := r.Build(ctx, kind, r.report.At.Add(time.Millisecond)) // what was saved at this moment belongs to it
		r.report.Made = append(r.report.Made, made...)
		if err != nil {
			r.tellProblem("A file that is due (" + string(kind) + ") could not be made: " + sentence(err))
			r.report.wakeAt(r.report.At.Add(r.policy().LongestRetry))
			continue
		}
		r.contact.Runs[kind] = r.report.At
		if err := r.remember(ctx); err != nil {
			return err
		}
	}
	if next := r.timetable.Next(r.report.At, profiles); !next.IsZero() {
		r.report.wakeAt(next)
	}
	return nil
}
