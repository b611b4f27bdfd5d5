package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"deltoid/capture"
)

// errUnfinished stops a file about somebody whom the desk is busy with.
var errUnfinished = &capture.Error{Code: capture.Conflict, Field: "person", Message: "The desk has an unfinished record of this person. Finish or discard it there first"}

// complete takes the encounter, which the desk has found good, through the desk's own steps. A call that was interrupted
// on the way leaves a draft, which the next call with the same file takes up.
func (r *reading) complete(ctx context.Context) (capture.Event, error) {
	if !r.known {
		person, err := r.desk.AddPerson(ctx, r.encounter.Person)
		if err != nil {
			return capture.Event{}, under("person", err)
		}
		r.encounter.Person, r.known = person, true
	}
	draft, err := r.desk.Start(ctx, r.encounter.Person.ID)
	if err != nil {
		return capture.Event{}, err
	}
	encounter := r.encounter
	encounter.ID, encounter.Revision, encounter.StartedAt, encounter.StartedBy = draft.ID, draft.Revision, draft.StartedAt, draft.StartedBy
	if r.file.ID == "" {
		encounter.EventID = draft.EventID
	}
	ours, err := sameVisit(draft, encounter)
	if err != nil {
		return capture.Event{}, err
	}
	if draft.Revision > 1 && !ours {
		return capture.Event{}, errUnfinished
	}
	if encounter.Person != draft.Person {
		encounter, err = r.desk.ChangePerson(ctx, encounter, encounter.Person)
	} else {
		encounter, err = r.desk.SaveDraft(ctx, encounter)
	}
	if err != nil {
		return capture.Event{}, err
	}
	return r.desk.Complete(ctx, encounter)
}

// sameVisit tells whether a draft says what a file says. When it was typed, by whom and under which ids does not count.
func sameVisit(draft, encounter capture.Encounter) (bool, error) {
	a, err := json.Marshal(said(draft))
	if err != nil {
		return false, fmt.Errorf("compare with the draft: %w", err)
	}
	b, err := json.Marshal(said(encounter))
	if err != nil {
		return false, fmt.Errorf("compare with the draft: %w", err)
	}
	return bytes.Equal(a, b), nil
}

func said(e capture.Encounter) capture.Encounter {
	e.ID, e.EventID, e.Revision = "", "", 0
	e.StartedAt, e.StartedBy, e.UpdatedAt, e.UpdatedBy = time.Time{}, "", time.Time{}, ""
	e.Person = capture.Person{ID: e.Person.ID}
	e.Screening.At, e.Consent.At = time.Time{}, time.Time{}
	if e.Screening.Override != nil {
		override := *e.Screening.Override
		override.At = time.Time{}
		e.Screening.Override = &override
	}
	return e
}

// under puts the faults of a part under its name.
func under(part string, err error) error {
	var faults capture.Problems
	faults.AddAll(part, capture.ProblemsOf(err))
	if len(faults) == 0 {
		return err
	}
	return faults
}
