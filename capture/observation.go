package capture

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"deltoid/assets/catalogue"
)

// Observation is how the wait after a dose ended. Times are UTC.
type Observation struct {
	EventID   string    `json:"eventId"`
	Start     time.Time `json:"start"` // of the dose
	End       time.Time `json:"end"`
	LeftEarly bool      `json:"leftEarly,omitempty"` // before the time that the rules ask for
	Note      string    `json:"note,omitempty"`      // stays here
	EndedBy   string    `json:"endedBy"`             // staff id
}

// Watched is somebody who was given a dose today that the rules ask to watch.
type Watched struct {
	Event Event
	Until time.Time    // when the time is over
	Ended *Observation // nil while they wait
}

// Left is how long they have to wait yet; negative when the time is over.
func (w Watched) Left(now time.Time) time.Duration { return w.Until.Sub(now) }

// Watched are the people of today whose rules ask for observation: those who wait first, whose time is over soonest; then those
// whose observation has ended, the latest first. A dose typed in after its time was over is not among them.
func (d *Desk) Watched(ctx context.Context) ([]Watched, error) {
	events, err := d.Store.EventsOn(ctx, d.Today())
	if err != nil {
		return nil, err
	}
	var all []Watched
	for _, event := range events {
		watched, asked, err := d.watched(ctx, event)
		if err != nil {
			return nil, err
		}
		if asked {
			all = append(all, watched)
		}
	}
	slices.SortStableFunc(all, func(a, b Watched) int {
		switch {
		case a.Ended == nil && b.Ended == nil:
			return a.Until.Compare(b.Until)
		case a.Ended != nil && b.Ended != nil:
			return b.Ended.End.Compare(a.Ended.End)
		}
		return cmp.Compare(boolean(a.Ended != nil), boolean(b.Ended != nil))
	})
	return all, nil
}

func boolean(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// watched tells whether the rules ask to watch after a dose, and how the observation stands.
func (d *Desk) watched(ctx context.Context, event Event) (Watched, bool, error) {
	w := Watched{Event: event, Until: event.At.Add(time.Duration(event.Decision.Observe) * time.Minute)}
	if event.Given == nil || event.Action == ActionDelete || event.Decision.Observe <= 0 {
		return w, false, nil
	}
	ended, err := d.Store.Observation(ctx, event.ID)
	switch {
	case err == nil:
		w.Ended = &ended
		return w, true, nil
	case !IsNotFound(err):
		return w, false, err
	}
	first := event
	if event.Version > 1 { // a correction is recorded later than the dose
		versions, err := d.Store.Event(ctx, event.ID)
		if err != nil {
			return w, false, err
		}
		first = versions[0]
	}
	return w, first.RecordedAt.Before(w.Until), nil
}

// EndObservation keeps that the wait after a dose is over, now. Before its time somebody leaves early, and the note says why.
func (d *Desk) EndObservation(ctx context.Context, eventID, note string) (Observation, error) {
	event, err := d.latestEvent(ctx, eventID)
	if err != nil {
		return Observation{}, err
	}
	if event.Given == nil || event.Action == ActionDelete || event.Decision.Observe <= 0 {
		return Observation{}, &Error{Code: Refused, Field: "eventId", Message: "The rules ask for no observation after this record"}
	}
	if ended, err := d.Store.Observation(ctx, eventID); err == nil {
		by, _ := d.staffName(ctx, ended.EndedBy)
		return Observation{}, &Error{Code: Conflict, Field: "eventId", Message: fmt.Sprintf("This observation was ended at %s%s", ended.End.In(catalogue.London).Format("15:04"), by)}
	} else if !IsNotFound(err) {
		return Observation{}, err
	}
	ended := Observation{EventID: eventID, Start: event.At, End: d.Now().UTC(), Note: oneLine(note), EndedBy: d.User().ID}
	ended.LeftEarly = ended.End.Before(event.At.Add(time.Duration(event.Decision.Observe) * time.Minute))
	if ended.LeftEarly && ended.Note == "" {
		return Observation{}, &Error{Code: Invalid, Field: "note", Message: "Enter why they leave before the time is over"}
	}
	return ended, d.Store.SaveObservation(ctx, ended, d.entry("observation.end", "event/"+eventID, ""))
}

// staffName is " by" and a colleague's name; empty when they are not known.
func (d *Desk) staffName(ctx context.Context, id string) (string, error) {
	staff, err := d.staffByID(ctx)
	if err != nil {
		return "", err
	}
	if member, ok := staff(id); ok {
		return " by " + member.Name(), nil
	}
	return "", nil
}
