package capture

import (
	"context"
	"slices"
)

// Amend adds a corrected version of an event. What the event is about (id, its namespace, its first encounter) never changes.
func (d *Desk) Amend(ctx context.Context, revised Event, reason string) (Event, error) {
	return d.nextVersion(ctx, revised.ID, ActionUpdate, reason, func(latest Event) (Event, error) {
		if (revised.Given == nil) == (revised.NotGiven == nil) {
			return Event{}, &Error{Code: Invalid, Field: "given", Message: "Record either a dose given or why it was not given, never both"}
		}
		var faults Problems
		faults.AddAll("person", revised.Person.Check(d.Today()))
		if revised.At.After(d.Now()) {
			faults.Add("at", "Date of vaccination must be today or in the past")
		}
		if err := faults.Err(); err != nil {
			return Event{}, err
		}
		revised.IDURI, revised.EncounterID = latest.IDURI, latest.EncounterID
		return revised, nil
	})
}

// Delete adds a version that withdraws the event. It cannot be undone; the record stays visible as deleted.
func (d *Desk) Delete(ctx context.Context, eventID, reason string) (Event, error) {
	return d.nextVersion(ctx, eventID, ActionDelete, reason, func(latest Event) (Event, error) { return latest, nil })
}

func (d *Desk) nextVersion(ctx context.Context, eventID string, action Action, reason string, revise func(latest Event) (Event, error)) (Event, error) {
	if oneLine(reason) == "" {
		return Event{}, &Error{Code: Invalid, Field: "reason", Message: "Enter why the record is changed"}
	}
	versions, err := d.Store.Event(ctx, eventID)
	if err != nil {
		return Event{}, err
	}
	if err := d.ours(ctx, versions); err != nil {
		return Event{}, err
	}
	latest := versions[len(versions)-1]
	if latest.Action == ActionDelete {
		return Event{}, &Error{Code: Refused, Field: "id", Message: "This record was deleted and cannot be changed"}
	}
	event, err := revise(latest)
	if err != nil {
		return Event{}, err
	}
	event.Version, event.Action = latest.Version+1, action
	event.Change = &Change{Reason: oneLine(reason), ByID: d.User().ID, At: d.Now().UTC()}
	event.RecordedAt = d.Now().UTC()
	entry := d.entry("event."+string(action), "event/"+event.ID, "")
	// A correction also goes where the version before it went: it may have to withdraw the record there.
	dues := sortedSet(d.Extracts.Due(latest), d.Extracts.Due(event))
	reactions, err := d.reactionsAfter(ctx, latest, event)
	if err != nil {
		return Event{}, err
	}
	if err := d.Store.SaveCorrection(ctx, event, dues, reactions, entry); err != nil {
		return Event{}, err
	}
	return event, nil
}

func sortedSet(lists ...[]string) []string {
	return slices.Compact(slices.Sorted(slices.Values(slices.Concat(lists...))))
}

// latestEvent is the event as it is now.
func (d *Desk) latestEvent(ctx context.Context, eventID string) (Event, error) {
	versions, err := d.Store.Event(ctx, eventID)
	if err != nil {
		return Event{}, err
	}
	return versions[len(versions)-1], nil
}
