package store

import (
	"context"
	"database/sql"
	"slices"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// Fields of the blind index.
const (
	fieldNHSNumber   = "person.nhsNumber"
	fieldEventPerson = "event.person"
	fieldEventDay    = "event.day"
	fieldReaction    = "reaction.event"
	fieldEventHour   = "event.hour"
)

// SaveEvent makes an event version final in one durable transaction: the version, a pending row for each extract in dues,
// the end of the draft and the audit entry. A version that is kept already, or does not follow the latest, is a Conflict.
func (s *Store) SaveEvent(ctx context.Context, event capture.Event, dues []string, draftID string, entry capture.AuditEntry) error {
	if err := needID(event.ID, "record"); err != nil {
		return err
	}
	return s.commit(ctx, &entry, func(t *transaction) error {
		if err := t.addEvent(event, dues); err != nil {
			return err
		}
		if draftID == "" {
			return nil
		}
		_, err := t.remove(draftTable, draftID)
		return err
	})
}

// SaveCorrection makes a later version of an event final together with those of the reactions to its dose, in one durable
// transaction: each version, a pending row for each extract it is due in, and the audit entry. Nothing is kept when one of
// the versions is kept already or does not follow the latest, which is a Conflict.
func (s *Store) SaveCorrection(ctx context.Context, event capture.Event, dues []string, reactions []capture.DueReaction, entry capture.AuditEntry) error {
	if err := needID(event.ID, "record"); err != nil {
		return err
	}
	return s.commit(ctx, &entry, func(t *transaction) error {
		if err := t.addEvent(event, dues); err != nil {
			return err
		}
		for _, due := range reactions {
			if err := t.addReaction(due.Reaction, due.Dues); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *transaction) addEvent(event capture.Event, dues []string) error {
	if err := t.addVersion(eventTable, event.ID, int64(event.Version), event); err != nil {
		return err
	}
	if err := t.addDues(eventTable, event.ID, event.Version, dues); err != nil {
		return err
	}
	if err := t.addBlind(fieldEventPerson, event.Person.ID, event.ID); err != nil {
		return err
	}
	if err := t.addBlind(fieldEventHour, hourOf(event.At), event.ID); err != nil {
		return err
	}
	if event.Version > 1 {
		return nil // an event belongs to the day on which it was first recorded
	}
	return t.addBlind(fieldEventDay, catalogue.DateOf(event.RecordedAt).String(), event.ID)
}

// addVersion keeps a further version of a record whose versions are all kept. One that is kept already, or does not follow
// the latest, is a Conflict.
func (t *transaction) addVersion(in table, id string, version int64, value any) error {
	latest, err := t.latestVersion(in, id)
	switch {
	case err != nil:
		return err
	case version <= latest:
		return &capture.Error{Code: capture.Conflict, Field: "version", Message: "This record is saved already, or was changed in another window. Look at the record before changing it again"}
	case version != latest+1:
		return &capture.Error{Code: capture.Conflict, Field: "version", Message: "An earlier version of this record is not on this device. Look at the record before changing it again"}
	}
	sealed, err := t.seal(in, id, version, value)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO `+string(in)+` (id, version, seq, committed_at, sealed) VALUES (?, ?, ?, ?, ?)`,
		id, version, t.seq(), t.now.UnixMicro(), sealed)
}

// latestVersion is 0 when there is no such record.
func (t *transaction) latestVersion(in table, id string) (int64, error) {
	var latest sql.NullInt64
	err := t.row(`SELECT max(version) FROM `+string(in)+` WHERE id = ?`, id).Scan(&latest)
	return latest.Int64, err
}

func (t *transaction) addBlind(field, value, id string) error {
	return t.exec(`INSERT OR IGNORE INTO blind (value, id) VALUES (?, ?)`, t.store.keys.blindValue(field, value), id)
}

// Event gives every version, oldest first.
func (s *Store) Event(ctx context.Context, id string) ([]capture.Event, error) {
	versions, err := s.events(ctx, `SELECT id, version, sealed FROM event WHERE id = ? ORDER BY version`, id)
	if err == nil && len(versions) == 0 {
		return nil, &capture.Error{Code: capture.NotFound, Message: "This record is not on this device. Look for the person, then for the record"}
	}
	return versions, err
}

// latestOf selects the latest versions of the events under a blind value, in the order the events were first saved.
const latestOf = `SELECT latest.id, latest.version, latest.sealed
	FROM blind
	JOIN event AS first ON first.id = blind.id AND first.version = 1
	JOIN event AS latest ON latest.id = blind.id AND latest.version = (SELECT max(version) FROM event WHERE event.id = blind.id)
	WHERE blind.value = ?
	ORDER BY first.seq`

// EventsOf gives the latest version of each of a person's events, oldest first.
func (s *Store) EventsOf(ctx context.Context, personID string) ([]capture.Event, error) {
	all, err := s.events(ctx, latestOf, s.keys.blindValue(fieldEventPerson, personID))
	if err != nil {
		return nil, err
	}
	// A correction may have moved an event to another person; its earlier versions still stand in the index.
	all = slices.DeleteFunc(all, func(e capture.Event) bool { return e.Person.ID != personID })
	slices.SortStableFunc(all, func(a, b capture.Event) int { return a.At.Compare(b.At) })
	return all, nil
}

// EventsOn gives the latest version of each event first recorded on a day in London, in the order they were saved.
func (s *Store) EventsOn(ctx context.Context, day capture.Date) ([]capture.Event, error) {
	return s.events(ctx, latestOf, s.keys.blindValue(fieldEventDay, day.String()))
}

func (s *Store) events(ctx context.Context, query string, args ...any) ([]capture.Event, error) {
	return unsealAll[capture.Event](ctx, s, eventTable, query, args...)
}
