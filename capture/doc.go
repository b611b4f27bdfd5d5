// Package capture is the vaccination desk without its window: the people, the day's clinic, the
// encounter that becomes an event, and Desk, which is everything a person can do there.
//
// One encounter's story: Desk.Start makes a draft for a Person; every step saves it; an Assessor
// turns its answers into a Decision with reasons; Desk.Complete turns it into an Event, which never
// changes again. A correction is a further version of the same Event, with a reason.
//
// It knows no database, no window and no network: what it needs of them are the interfaces in
// ports.go, which other rooms implement.
package capture
