package store

import (
	"context"

	"deltoid/capture"
)

const noPerson = "This person is not on this device. Search again, or add them"

// Person is somebody on the list.
func (s *Store) Person(ctx context.Context, id string) (capture.Person, error) {
	return oneRecord[capture.Person](ctx, s, personTable, id, noPerson)
}

// PersonByNHSNumber finds the one person with this NHS number.
func (s *Store) PersonByNHSNumber(ctx context.Context, number capture.NHSNumber) (capture.Person, error) {
	var id string
	err := s.queryRow(ctx, `SELECT id FROM blind WHERE value = ?`, s.keys.blindValue(fieldNHSNumber, number.Digits())).Scan(&id)
	if number == "" || notFound(err) {
		return capture.Person{}, &capture.Error{Code: capture.NotFound, Field: "nhsNumber", Message: "Nobody with this NHS number is on this device. Search by name, or add them"}
	}
	if err != nil {
		return capture.Person{}, readingFault(err)
	}
	return s.Person(ctx, id)
}

// SavePerson keeps somebody's details, new or changed. An NHS number that somebody else has is a Conflict.
func (s *Store) SavePerson(ctx context.Context, person capture.Person, entry capture.AuditEntry) error {
	return s.SavePeople(ctx, []capture.Person{person}, entry)
}

// SavePeople keeps many, or none when one of them cannot be kept, in one transaction with one audit entry. Other saves
// wait meanwhile, so a long list is best given a thousand at a time.
func (s *Store) SavePeople(ctx context.Context, people []capture.Person, entry capture.AuditEntry) error {
	for _, person := range people {
		if err := needID(person.ID, "person"); err != nil {
			return err
		}
	}
	return s.commit(ctx, &entry, func(t *transaction) error {
		for _, person := range people {
			version, err := t.putPerson(person)
			if err != nil {
				return err
			}
			t.after = append(t.after, func() { s.people.put(person, version) })
		}
		return nil
	})
}

func (t *transaction) putPerson(person capture.Person) (version int64, err error) {
	var before capture.Person
	var sealed []byte
	err = t.row(`SELECT version, sealed FROM person WHERE id = ?`, person.ID).Scan(&version, &sealed)
	if err != nil && !notFound(err) {
		return 0, err
	}
	if version > 0 {
		if before, err = unseal[capture.Person](t.store.keys, personTable, person.ID, version, sealed); err != nil {
			return 0, err
		}
	}
	if err := t.moveNHSNumber(person.ID, before.NHSNumber, person.NHSNumber); err != nil {
		return 0, err
	}
	version++
	return version, t.put(personTable, person.ID, version, person)
}

// moveNHSNumber keeps the blind index in step with a person's NHS number.
func (t *transaction) moveNHSNumber(id string, before, after capture.NHSNumber) error {
	keys := t.store.keys
	if before == after {
		return nil
	}
	if before != "" {
		if err := t.exec(`DELETE FROM blind WHERE value = ? AND id = ?`, keys.blindValue(fieldNHSNumber, before.Digits()), id); err != nil {
			return err
		}
	}
	if after == "" {
		return nil
	}
	var others int
	if err := t.row(`SELECT count(*) FROM blind WHERE value = ? AND id <> ?`, keys.blindValue(fieldNHSNumber, after.Digits()), id).Scan(&others); err != nil {
		return err
	}
	if others > 0 {
		return &capture.Error{Code: capture.Conflict, Field: "nhsNumber", Message: "Somebody else on this device has this NHS number. Check it with the patient"}
	}
	return t.addBlind(fieldNHSNumber, after.Digits(), id)
}
