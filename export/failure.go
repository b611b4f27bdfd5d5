package export

import (
	"context"
	"time"
)

// occasion is what was being done when MESH failed.
type occasion string

const (
	greeting  occasion = "handshake"
	looking   occasion = "look" // whether there is a connection, before a file goes once more
	sending   occasion = "send"
	asking    occasion = "look up" // whether a file that may have left was taken
	tracking  occasion = "track"   // where a file that was taken stands
	finishing occasion = "finish"  // of a file that MESH has a part of, the rest goes
)

// wait is how long until the next try.
type wait int

const (
	never   wait = iota // a person decides
	soon                // growing pauses, Policy.pause
	long                // Policy.AfterRefusal, and no other delivery is tried either
	patient             // as seldom as the oldest deliveries are tracked
)

// consequence is what a failure does to a delivery.
type consequence struct {
	state State // "" leaves it
	wait  wait
}

// consequences is the whole of what failures do. What is not in it does what "unknown" does on that occasion.
var consequences = map[occasion]map[verdict]consequence{
	greeting: { // nothing was sent, so nothing changes but the time
		offline: {"", soon}, busy: {"", soon}, unknown: {"", soon}, login: {"", long}, permanent: {"", long}, lost: {"", long},
	},
	looking: {
		offline: {"", soon}, busy: {"", soon}, unknown: {"", soon}, login: {"", long}, ambiguous: {Held, never},
		handed: {Sending, soon},
	},
	sending: {
		offline: {Built, soon}, busy: {Built, soon}, unknown: {"", soon}, login: {Built, long}, handed: {"", soon},
		permanent: {Refused, never}, lost: {Refused, never}, ambiguous: {Held, never}, unsent: {Refused, never},
	},
	asking: { // still sending: neither sent again nor given up before MESH or a person says which
		offline: {"", soon}, busy: {"", soon}, unknown: {"", soon}, login: {"", long}, handed: {"", soon},
		permanent: {Held, never}, lost: {Held, never}, ambiguous: {Held, never}, unsent: {Refused, never},
	},
	finishing: { // nothing reaches the receiver before the last part
		offline: {"", soon}, busy: {"", soon}, unknown: {"", soon}, login: {"", long},
		permanent: {Refused, never}, lost: {Held, never}, ambiguous: {Held, never},
	},
	tracking: { // what MESH has taken stays taken
		offline: {"", soon}, busy: {"", soon}, unknown: {"", soon}, login: {"", long},
		permanent: {"", patient}, lost: {"", patient}, ambiguous: {"", patient},
	},
}

// stuck is how long the MESH client may keep a file: twice its usual pause.
const stuck = time.Hour

// fails notes what a failure does to a delivery, and when to try again.
func (r *round) fails(ctx context.Context, d Delivery, when occasion, err error) (Delivery, error) {
	if ctx.Err() != nil && when != sending { // the program is about to end, nothing failed
		r.over = true
		return d, nil
	}
	v := verdictOf(err)
	does, ok := consequences[when][v]
	if !ok {
		v, does = unknown, consequences[when][unknown]
	}
	r.report.Offline = v == offline
	r.over = v == offline || when == greeting || does.wait == long
	problem := v.words(when, err)
	if v == handed && r.report.At.Sub(d.ChangedAt) > stuck {
		problem = "The MESH client has had this file for more than an hour and has not sent it. Look whether it runs and reaches the network"
	}
	if does.wait == long {
		r.report.Problem = problem
	}
	return r.change(ctx, d, "delivery."+string(v), string(when), func(d *Delivery) {
		now := r.Now().UTC()
		attempts := d.Attempts
		if does.state != "" {
			note := string(v)
			if does.state == Sending {
				note = sender(r.configuration)
			}
			d.enter(does.state, now, note)
		}
		d.Attempts = attempts + 1
		d.Problem, d.ProblemCode = problem, string(v)
		switch does.wait {
		case soon:
			d.NextAttempt = now.Add(r.policy().pause(d.Attempts, r.Jitter(), askedPause(err)))
		case long:
			d.ProblemCode = string(login)
			d.NextAttempt = now.Add(max(r.policy().AfterRefusal, askedPause(err)))
		case patient:
			d.NextAttempt = now.Add(r.policy().Track(forEver))
		}
	})
}
