package export

import (
	"errors"
	"maps"
	"time"

	"deltoid/export/mesh"
)

// Contact is what the courier remembers of the connection between two runs of the program.
type Contact struct {
	With     string    `json:"with,omitempty"`     // the mailbox and address that it is about
	Greeted  time.Time `json:"greeted,omitzero"`   // last good handshake
	Looked   time.Time `json:"looked,omitzero"`    // when the inbox was last listed
	Failures int       `json:"failures,omitempty"` // of collecting, in a row
	NotUntil time.Time `json:"notUntil,omitzero"`  // before then nothing is collected
	Problem  string    `json:"problem,omitempty"`  // what a person has to do before anything can be collected

	Link      Link               `json:"link"`
	Asked     time.Time          `json:"asked,omitzero"`     // until then files wait for a person's word, since the connection came back
	Postponed time.Time          `json:"postponed,omitzero"` // until then files wait because a person said so
	Runs      map[Kind]time.Time `json:"runs,omitempty"`     // when the timetable was last followed for each extract
}

// clone shares nothing with the contact.
func (c Contact) clone() Contact {
	c.Runs = maps.Clone(c.Runs)
	return c
}

// Link is whether MESH can be reached, as its replies have shown. Nothing else counts: no cable, no “online” of the
// operating system.
type Link struct {
	Known   bool      `json:"known"` // MESH was tried at all
	Online  bool      `json:"online"`
	Since   time.Time `json:"since,omitzero"`   // of Online being what it is
	Heard   time.Time `json:"heard,omitzero"`   // the last reply of MESH
	Failing time.Time `json:"failing,omitzero"` // the first of the failures in a row; zero: the last try brought a reply
	Told    time.Time `json:"told,omitzero"`    // when it was last said that the connection is back
}

// Steadiness keeps a flapping connection from being told at every turn.
type Steadiness struct {
	Steady time.Duration // failures last so long before the connection counts as lost
	Outage time.Duration // only after a loss of at least so long it is said that the connection is back
	Again  time.Duration // and not more often than this
}

// hear takes in whether a try brought a reply, and tells whether it is to be said that the connection is back.
func (l *Link) hear(now time.Time, replied bool, how Steadiness) (back bool) {
	if !replied {
		if l.Failing.IsZero() {
			l.Failing = now
		}
		if !l.Known || l.Online && now.Sub(l.Failing) >= how.Steady {
			l.Known, l.Online, l.Since = true, false, l.Failing
		}
		return false
	}
	l.Heard, l.Failing = now, time.Time{}
	if l.Known && l.Online {
		return false
	}
	back = l.Known && now.Sub(l.Since) >= how.Outage && (l.Told.IsZero() || now.Sub(l.Told) >= how.Again)
	l.Known, l.Online, l.Since = true, true, now
	if back {
		l.Told = now
	}
	return back
}

// replied tells whether a call brought a reply of MESH; known is false when that cannot be said, as of the page of a
// gateway.
func replied(err error) (replied, known bool) {
	var failed *mesh.Error
	switch {
	case err == nil, errors.Is(err, mesh.ErrHandedOver), errors.Is(err, mesh.ErrNotSent):
		return true, true
	case !errors.As(err, &failed), errors.Is(err, mesh.ErrClientCertificate):
		return false, false // our own trouble
	case failed.Status == 0:
		return false, true
	}
	return true, failed.Status < 500
}
