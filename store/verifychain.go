package store

import (
	"bytes"
	"crypto/hmac"
	"database/sql"
	"encoding/json"

	"deltoid/assets/catalogue"
)

// chain follows the audit chain from its first entry to its head and remembers what it says of every record.
func (v *verification) chain() error {
	var last auditHead
	err := v.each(`SELECT seq, sealed, hash FROM audit ORDER BY seq`, func(rows *sql.Rows) error {
		var seq int64
		var sealed, hash []byte
		if err := rows.Scan(&seq, &sealed, &hash); err != nil {
			return err
		}
		v.report.AuditEntries++
		if seq != last.Seq+1 {
			v.fault("The audit chain lacks the entries from %d to %d", last.Seq+1, seq-1)
		}
		if !hmac.Equal(hash, v.keys.link(last.Hash, seq, sealed)) {
			v.fault("Audit entry %d does not hang on the one before it: one of them was changed", seq)
		}
		last.Seq, last.Hash = seq, hash
		v.entry(seq, sealed)
		return v.step()
	})
	if err != nil {
		return err
	}
	head, err := readHead(func(query string, args ...any) *sql.Row { return v.tx.QueryRowContext(v.ctx, query, args...) }, v.keys)
	switch {
	case err != nil:
		v.fault("The head of the audit chain cannot be opened: it was changed")
	case head.Seq > last.Seq:
		v.fault("The end of the audit chain was cut off: entries %d to %d are missing", last.Seq+1, head.Seq)
	case head.Seq != last.Seq || !hmac.Equal(head.Hash, last.Hash):
		v.fault("The audit chain does not end at its head: entries were added or changed outside Deltoid")
	}
	return nil
}

// entry opens one link and takes note of what it vouches for.
func (v *verification) entry(seq int64, sealed []byte) {
	plain, err := v.keys.open(string(auditTable), "", seq, sealed)
	var record auditRecord
	if err == nil {
		err = json.Unmarshal(plain, &record)
	}
	if err != nil {
		v.fault("Audit entry %d cannot be opened: it was changed", seq)
		return
	}
	v.report.Records++
	v.report.LastEntry = record.Entry.At
	if !record.ClockWas.IsZero() {
		v.note("The clock went back before audit entry %d: it had shown %s", seq, record.ClockWas.In(catalogue.London).Format("2 January 2006 15:04"))
	}
	for _, ref := range record.Records {
		if ref.Gone {
			delete(v.vouched, keyOf(ref))
			continue
		}
		v.vouched[keyOf(ref)] = ref
	}
	for _, seq := range record.Settled {
		v.settled[seq] = true
	}
}

// check compares a record with what the chain says of it, and opens it; plain is nil when that cannot be done.
func (v *verification) check(in table, id string, version int64, sealed []byte) (plain []byte) {
	key := recordKey{in, id, 0}
	if in.keepsVersions() {
		key.version = version
	}
	ref, ok := v.vouched[key]
	switch digest := digestOf(sealed); {
	case !ok:
		v.fault("%s: no audit entry names it; it was added outside Deltoid", nameOf(in, id, version))
	case ref.Version != version:
		v.fault("%s: the audit chain says version %d; an older record was put back", nameOf(in, id, version), ref.Version)
	case !bytes.Equal(ref.Digest, digest):
		v.fault("%s: it is not what the audit chain says was saved", nameOf(in, id, version))
	}
	delete(v.vouched, key)
	return v.opened(in, id, version, sealed)
}

// opened unseals a record or notes the fault.
func (v *verification) opened(in table, id string, version int64, sealed []byte) []byte {
	plain, err := v.keys.open(string(in), id, version, sealed)
	if err != nil {
		v.fault("%s: it cannot be opened; it was changed outside Deltoid, or the disk is failing", nameOf(in, id, version))
		return nil
	}
	v.report.Records++
	return plain
}

// missing lists what the chain names and the file lacks. It comes last, when all that is there was struck off.
func (v *verification) missing() error {
	for key, ref := range v.vouched {
		v.fault("%s: the audit chain names it, but it is not in the file", nameOf(key.table, key.id, ref.Version))
	}
	if v.progress != nil {
		v.progress(v.total, v.total)
	}
	return nil
}
