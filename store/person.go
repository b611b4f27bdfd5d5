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
	err := s.readers.QueryRowContext(ctx, `SELECT id FROM blind WHERE value = ?`, s.keys.blindValue(fieldNHSNumber, number.Digits())).Scan(&id)
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
	version, err = t.version(personTable, person.ID)
	if err != nil {
		return 0, err
	}
	if err := t.moveNHSNumber(person, version); err != nil {
		return 0, err
	}
	version++
	return version, t.put(personTable, person.ID, version, person)
}

// moveNHSNumber keeps the blind index in step with a person's NHS number; version is the one kept, 0 for somebody new.
func (t *transaction) moveNHSNumber(person capture.Person, version int64) error {
	keys := t.store.keys
	if version > 0 {
		var sealed []byte
		if err := t.row(`SELECT sealed FROM person WHERE id = ?`, person.ID).Scan(&sealed); err != nil {
			return err
		}
		before, err := unseal[capture.Person](keys, personTable, person.ID, version, sealed)
		if err != nil {
			return err
		}
		if before.NHSNumber == person.NHSNumber {
			return nil
		}
		if err := t.exec(`DELETE FROM blind WHERE value = ? AND id = ?`, keys.blindValue(fieldNHSNumber, before.NHSNumber.Digits()), person.ID); err != nil {
			return err
		}
	}
	if person.NHSNumber == "" {
		return nil
	}
	var others int
	if err := t.row(`SELECT count(*) FROM blind WHERE value = ? AND id <> ?`, keys.blindValue(fieldNHSNumber, person.NHSNumber.Digits()), person.ID).Scan(&others); err != nil {
		return err
	}
	if others > 0 {
		return &capture.Error{Code: capture.Conflict, Field: "nhsNumber", Message: "Somebody else on this device has this NHS number. Check it with the patient"}
	}
	return t.addBlind(fieldNHSNumber, person.NHSNumber.Digits(), person.ID)
}
