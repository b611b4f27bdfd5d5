package store

import (
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// Words for the tables in a report.
var tableWords = map[table]string{
	personTable: "Person", staffTable: "Colleague", clinicTable: "Clinic", batchTable: "Batch", stockTable: "Count of doses", draftTable: "Unfinished visit",
	configurationTable: "Settings", lookTable: "Look-up of vaccinations", eventTable: "Event", reactionTable: "Adverse reaction", observationTable: "Observation", packTable: "Number on packs", deliveryTable: "Delivery", chunkTable: "Content of delivery", heldTable: "Reason for holding back", keyslotTable: "Key slot", answerTable: "Answer to row",
	inboundTable: "Message", inboundChunkTable: "Content of message", contactTable: "Connection",
}

func nameOf(in table, id string, version int64) string {
	if version == 0 {
		return fmt.Sprintf("%s %s", tableWords[in], id)
	}
	return fmt.Sprintf("%s %s version %d", tableWords[in], id, version)
}

func digestOf(sealed []byte) []byte {
	digest := sha256.Sum256(sealed)
	return digest[:]
}

func (v *verification) note(format string, args ...any) {
	v.report.Notes = append(v.report.Notes, fmt.Sprintf(format, args...))
}

// records checks the tables that keep the latest version of each record.
func (v *verification) records() error {
	for _, in := range []table{personTable, staffTable, clinicTable, batchTable, stockTable, configurationTable, lookTable, observationTable, packTable} {
		err := v.each(`SELECT id, version, sealed FROM `+string(in), func(rows *sql.Rows) error {
			var id string
			var version int64
			var sealed []byte
			if err := rows.Scan(&id, &version, &sealed); err != nil {
				return err
			}
			plain := v.check(in, id, version, sealed)
			if in == personTable && plain != nil {
				var person capture.Person
				if json.Unmarshal(plain, &person) == nil && person.NHSNumber != "" {
					if err := v.indexed(nameOf(in, id, version), fieldNHSNumber, person.NHSNumber.Digits(), id); err != nil {
						return err
					}
				}
			}
			return v.step()
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// indexed checks that the blind index leads to a record.
func (v *verification) indexed(name, field, value, id string) error {
	var n int
	if err := v.one(`SELECT count(*) FROM blind WHERE value = ? AND id = ?`, []any{v.keys.blindValue(field, value), id}, &n); err != nil {
		return err
	}
	v.blindN++
	if n == 0 {
		v.fault("%s: the index does not lead to it, so that it is not found", name)
	}
	return nil
}

// events checks that every version is there, in a row from the first, and leads where the ledger says.
func (v *verification) events() error {
	var id string
	var before int64
	var people, hours []string // of the event being looked at
	return v.each(`SELECT id, version, sealed FROM event ORDER BY id, version`, func(rows *sql.Rows) error {
		var this string
		var version int64
		var sealed []byte
		if err := rows.Scan(&this, &version, &sealed); err != nil {
			return err
		}
		if this != id {
			id, before, people, hours = this, 0, people[:0], hours[:0]
		}
		name := nameOf(eventTable, id, version)
		if version != before+1 {
			v.fault("%s: version %d is missing", name, before+1)
		}
		before = version
		v.report.Events++
		if err := v.dues(eventTable, name, id, version); err != nil {
			return err
		}
		plain := v.check(eventTable, id, version, sealed)
		var event capture.Event
		if plain == nil || json.Unmarshal(plain, &event) != nil {
			return v.step()
		}
		if !slices.Contains(people, event.Person.ID) {
			people = append(people, event.Person.ID)
			if err := v.indexed(name, fieldEventPerson, event.Person.ID, id); err != nil {
				return err
			}
		}
		if hour := hourOf(event.At); !slices.Contains(hours, hour) {
			hours = append(hours, hour)
			if err := v.indexed(name, fieldEventHour, hour, id); err != nil {
				return err
			}
		}
		if version == 1 {
			if err := v.indexed(name, fieldEventDay, catalogue.DateOf(event.RecordedAt).String(), id); err != nil {
				return err
			}
		}
		return v.step()
	})
}

// reactions checks that every version is there, in a row from the first, and is found from its event.
func (v *verification) reactions() error {
	var id string
	var before int64
	return v.each(`SELECT id, version, sealed FROM reaction ORDER BY id, version`, func(rows *sql.Rows) error {
		var this string
		var version int64
		var sealed []byte
		if err := rows.Scan(&this, &version, &sealed); err != nil {
			return err
		}
		if this != id {
			id, before = this, 0
		}
		name := nameOf(reactionTable, id, version)
		if version != before+1 {
			v.fault("%s: version %d is missing", name, before+1)
		}
		before = version
		if err := v.dues(reactionTable, name, id, version); err != nil {
			return err
		}
		plain := v.check(reactionTable, id, version, sealed)
		var reaction capture.Reaction
		if plain != nil && version == 1 && json.Unmarshal(plain, &reaction) == nil {
			if err := v.indexed(name, fieldReaction, reaction.EventID, id); err != nil {
				return err
			}
		}
		return v.step()
	})
}

// dues checks that the ledger has a row for each extract that must carry the version.
func (v *verification) dues(in table, name, id string, version int64) error {
	for _, kind := range v.vouched[recordKey{in, id, version}].Dues {
		var n int
		if err := v.one(`SELECT count(*) FROM pending WHERE record = ? AND record_id = ? AND kind = ? AND record_version = ?`, []any{string(in), id, kind, version}, &n); err != nil {
			return err
		}
		if n == 0 {
			v.fault("%s: it is due in the %s extract, but the ledger has no row for it", name, kind)
		}
		v.due++
	}
	return nil
}

// drafts opens what the chain does not name: unfinished visits, and why records are held back.
func (v *verification) drafts() error {
	err := v.each(`SELECT id, version, sealed FROM draft`, func(rows *sql.Rows) error {
		var id string
		var version int64
		var sealed []byte
		if err := rows.Scan(&id, &version, &sealed); err != nil {
			return err
		}
		v.opened(draftTable, id, version, sealed)
		return v.step()
	})
	if err != nil {
		return err
	}
	return v.each(`SELECT kind || ' ' || record_id, version, sealed FROM held`, func(rows *sql.Rows) error {
		var id string
		var version int64
		var sealed []byte
		if err := rows.Scan(&id, &version, &sealed); err != nil {
			return err
		}
		v.opened(heldTable, id, version, sealed)
		return v.step()
	})
}

// slots checks that nobody was given a way in outside Deltoid.
func (v *verification) slots() error {
	return v.each(`SELECT id, wrapped FROM keyslot`, func(rows *sql.Rows) error {
		var id string
		var wrapped []byte
		if err := rows.Scan(&id, &wrapped); err != nil {
			return err
		}
		key := recordKey{keyslotTable, id, 0}
		if ref, ok := v.vouched[key]; !ok || !slices.Equal(ref.Digest, digestOf(wrapped)) {
			v.fault("Key slot %s: no audit entry names it as it is; it was changed outside Deltoid", id)
		}
		delete(v.vouched, key)
		return v.step()
	})
}

// blinds checks that the index holds nothing but what the records ask for.
func (v *verification) blinds() error {
	var n int
	if err := v.tx.QueryRowContext(v.ctx, `SELECT count(*) FROM blind`).Scan(&n); err != nil {
		return err
	}
	if n != v.blindN {
		v.fault("The index has %d entries and should have %d", n, v.blindN)
	}
	return nil
}
