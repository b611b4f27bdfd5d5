package store

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"

	"deltoid/export"
)

// inbound checks every message that has come: its record, its state and its bytes; and opens what is remembered of the
// connection.
func (v *verification) inbound() error {
	var all []export.Inbound
	err := v.each(`SELECT id, version, state, sealed FROM inbound`, func(rows *sql.Rows) error {
		var id, state string
		var version int64
		var sealed []byte
		if err := rows.Scan(&id, &version, &state, &sealed); err != nil {
			return err
		}
		plain := v.check(inboundTable, id, version, sealed)
		var message export.Inbound
		if plain != nil && json.Unmarshal(plain, &message) == nil {
			if string(message.State) != state {
				v.fault("%s: its state was changed outside Deltoid", nameOf(inboundTable, id, version))
			}
			all = append(all, message)
		}
		return v.step()
	})
	if err != nil {
		return err
	}
	for _, message := range all {
		if err := v.inboundContent(message); err != nil {
			return err
		}
	}
	return v.each(`SELECT id, version, sealed FROM contact`, func(rows *sql.Rows) error {
		var id string
		var version int64
		var sealed []byte
		if err := rows.Scan(&id, &version, &sealed); err != nil {
			return err
		}
		v.opened(contactTable, id, version, sealed)
		return v.step()
	})
}

func (v *verification) inboundContent(message export.Inbound) error {
	sum := sha256.New()
	err := v.each(`SELECT n, sealed FROM inbound_chunk WHERE inbound_id = ? ORDER BY n`, func(rows *sql.Rows) error {
		var n int
		var sealed []byte
		if err := rows.Scan(&n, &sealed); err != nil {
			return err
		}
		sum.Write(v.opened(inboundChunkTable, chunkID(message.ID, n), 0, sealed))
		return v.step()
	}, message.ID)
	if err == nil && hex.EncodeToString(sum.Sum(nil)) != message.SHA256 {
		v.fault("%s: its content is not what came", nameOf(inboundTable, message.ID, 0))
	}
	return err
}
