package export

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"deltoid/capture"
	"deltoid/export/mesh"
)

// Courier sees built files on their way through MESH. Where each stands is in the ledger and nowhere else, so that a
// crash at any moment loses nothing and sends nothing twice: a file is marked as sending before its request leaves,
// and a file found so marked is looked up before anything else is done with it.
//
// Being offline is normal and no error.
type Courier struct {
	Ledger  Ledger
	Mail    Mail                                      // keeps what comes; nil: nothing is collected
	Connect func(capture.Configuration) (Post, error) // opens the way to MESH, again whenever its settings change
	Now     func() time.Time
	Jitter  func() float64                       // 0 to 1, spreads the retries of many devices
	Policy  Policy                               // zero: DefaultPolicy
	By      func() string                        // staff id for the audit chain; nil: the program itself
	After   func(time.Duration) <-chan time.Time // the timer of Run; nil: time.After

	Profiles *Profiles // nil: the shipped ones
	// Build makes the files of an extract that are due, for the timetable; nil: files are made only by others.
	Build func(ctx context.Context, kind Kind, before time.Time) ([]Made, error)
	// Ask is how long built files wait for a person's word, Go or Postpone, once the connection is back after a while;
	// zero: they go at once.
	Ask time.Duration

	stepping sync.Mutex // one step at a time
	changing sync.Mutex // held while a delivery is read, changed and saved

	post    Post
	postFor string // the settings that post was opened with
	box     *mesh.Postbox
	memory  Contact // where there is no Mail to keep it
	said    said
}

// Report is what one step did.
type Report struct {
	At      time.Time  `json:"at"`
	Changed []Delivery `json:"changed,omitempty"` // those whose state is another now, or to which the receiver has answered
	Arrived []Inbound  `json:"arrived,omitempty"` // messages that came, with what became of them
	Link    Link       `json:"link"`
	Made    []Made     `json:"made,omitempty"`    // files that the timetable had made
	Back    bool       `json:"back,omitempty"`    // the connection is back after a while: show what waits
	Rests   time.Time  `json:"rests,omitzero"`    // until then built files wait: quiet hours, a postponement, or a person's word
	Offline bool       `json:"offline,omitempty"` // the last try brought no reply; Link says whether that is worth telling
	Problem string     `json:"problem,omitempty"` // what a person has to do before more can be sent; empty: nothing
	Next    time.Time  `json:"next,omitzero"`     // when there is something to do again; zero: when something is built or a person acts
}

func (r *Report) wakeAt(t time.Time) {
	if r.Next.IsZero() || t.Before(r.Next) {
		r.Next = t
	}
}

// Step does everything that is due, once, oldest file first.
func (c *Courier) Step(ctx context.Context) (Report, error) {
	c.stepping.Lock()
	defer c.stepping.Unlock()
	report := Report{At: c.Now().UTC()}
	configuration, err := c.Ledger.Configuration(ctx)
	if err != nil {
		return report, fmt.Errorf("read settings: %w", err)
	}
	r := &round{Courier: c, configuration: configuration, report: &report, behind: map[Kind]Delivery{}, timetable: TimetableOf(configuration)}
	if err := r.recall(ctx); err != nil {
		return report, err
	}
	if err := r.makeDue(ctx); err != nil {
		return report, err
	}
	deliveries, err := c.Ledger.Deliveries(ctx)
	if err != nil {
		return report, fmt.Errorf("read deliveries: %w", err)
	}
	slices.Reverse(deliveries)
	r.listen()
	err = r.walk(ctx, deliveries)
	r.gone()
	return report, errors.Join(err, r.remember(ctx))
}

// isOpen tells whether there is anything to do for a delivery without a person.
func isOpen(d Delivery) bool {
	return d.State == Built || d.State == Sending || d.State == Accepted
}

// open makes the way to MESH ready. Its error is a sentence for a person.
func (r *round) open(ctx context.Context, deliveries []Delivery) error {
	c, configuration := r.Courier, r.configuration
	if !isSetUp(configuration) {
		return &capture.Error{Code: capture.Invalid, Message: "MESH is not set up: files wait on this computer. An administrator can enter the MESH settings"}
	}
	if err := trainingStaysHere(configuration); err != nil {
		return err
	}
	var settings []string
	for _, setting := range capture.Settings {
		if strings.HasPrefix(setting.Key, "mesh.") {
			settings = append(settings, configuration.Get(setting.Key))
		}
	}
	key := strings.Join(settings, "\x00")
	if c.post != nil && key == c.postFor {
		return nil
	}
	post, err := c.Connect(configuration)
	if err != nil {
		return err
	}
	corrected := c.post != nil
	c.post, c.postFor = post, key
	c.box = &mesh.Postbox{Now: c.Now, PollPause: c.policy().Poll, HandshakePause: c.policy().Handshake}
	if corrected { // somebody corrected the settings: what was refused with the old ones may go at once
		r.contact.Greeted, r.contact.NotUntil, r.contact.Problem = time.Time{}, time.Time{}, ""
		return c.forgiveLogin(ctx, deliveries)
	}
	return nil
}

// Run steps whenever something is due, when woken, and at least every LongestRetry, until ctx ends. Notify hears of
// every step.
func (c *Courier) Run(ctx context.Context, wake <-chan struct{}, notify func(Report)) error {
	after := c.After
	if after == nil {
		after = time.After
	}
	for {
		report, err := c.Step(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			report.Problem = "What was sent or came could not be written down on this computer. Look whether the disk is full. " + sentence(err)
			report.Next = time.Time{}
		}
		notify(report)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-wake:
		case <-after(c.pauseUntil(report.Next)):
		}
	}
}

// shortestPause keeps Run from spinning, whatever the clock does.
const shortestPause = time.Second

func (c *Courier) pauseUntil(next time.Time) time.Duration {
	longest := c.policy().LongestRetry
	if next.IsZero() {
		return longest
	}
	return max(shortestPause, min(next.Sub(c.Now()), longest))
}

// sentence is what a person should read of an error: ours without the steps that led to it, others as they are.
func sentence(err error) string {
	if faults := capture.ProblemsOf(err); len(faults) > 0 {
		return faults[0].Message
	}
	return err.Error()
}

func (c *Courier) profiles() *Profiles {
	if c.Profiles == nil {
		return Shipped()
	}
	return c.Profiles
}

func (c *Courier) policy() Policy {
	p := c.Policy
	p.FirstRetry = cmp.Or(p.FirstRetry, DefaultPolicy.FirstRetry)
	p.LongestRetry = cmp.Or(p.LongestRetry, DefaultPolicy.LongestRetry)
	p.Settle = cmp.Or(p.Settle, DefaultPolicy.Settle)
	p.AfterRefusal = cmp.Or(p.AfterRefusal, DefaultPolicy.AfterRefusal)
	p.Handshake = cmp.Or(p.Handshake, DefaultPolicy.Handshake)
	p.Poll = cmp.Or(p.Poll, DefaultPolicy.Poll)
	p.Steadiness.Steady = cmp.Or(p.Steadiness.Steady, DefaultPolicy.Steadiness.Steady)
	p.Steadiness.Outage = cmp.Or(p.Steadiness.Outage, DefaultPolicy.Steadiness.Outage)
	p.Steadiness.Again = cmp.Or(p.Steadiness.Again, DefaultPolicy.Steadiness.Again)
	if p.Track == nil {
		p.Track = DefaultPolicy.Track
	}
	return p
}
