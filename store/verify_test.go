package store_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"

	"deltoid/capture"
	"deltoid/export"
)

// busy is a desk with something of every sort in it.
func busy(t testing.TB) *desk {
	t.Helper()
	ctx := context.Background()
	d := newDesk(t)
	al := person("P2", "Al", "Sample", "1950-01-01")
	al.NHSNumber = nhsNumber(2)
	require.NoError(t, d.SavePeople(ctx, []capture.Person{jo, al}, d.entry("person.add")))
	require.NoError(t, d.SaveBatch(ctx, capture.Batch{ID: "batch-1", Number: "ZZTEST01"}, d.entry("batch.add")))
	require.NoError(t, d.SaveClinic(ctx, capture.Clinic{ID: "clinic-1"}, d.entry("clinic.open")))
	require.NoError(t, d.SaveConfiguration(ctx, capture.Configuration{"mesh.password": "made-up"}, d.entry("configuration.save")))
	require.NoError(t, d.SaveDraft(ctx, capture.Encounter{ID: "visit-1", EventID: "event-9", Revision: 1, Person: al}))
	d.saveEvent("event-1", 1, jo)
	d.saveEvent("event-2", 1, al)
	d.saveEvent("event-1", 2, jo)
	d.to(d.build("first.csv"), export.Sending)
	d.saveEvent("event-3", 1, jo)
	second := d.to(d.build("second.csv"), export.Refused)
	require.NoError(t, d.Release(ctx, second.ID, d.entry("delivery.release")))
	d.saveEvent("event-4", 1, al)
	d.saveEvent("event-5", 1, al)
	var problems capture.Problems
	problems.Add("person.postcode", "Enter the full postcode")
	f := d.begin("third.csv")
	for _, waiting := range d.waiting(future) {
		if waiting.Event.ID == "event-5" {
			require.NoError(t, f.Row(0, waiting))
			continue
		}
		require.NoError(t, f.Hold(waiting, problems))
	}
	require.NoError(t, f.Building.(export.Settler).Settle(ctx, d.entry("delivery.nothing")))
	return d
}

func TestVerifyFindsNothing(t *testing.T) {
	d := busy(t)
	d.reopen()
	var done, total int
	report, err := d.Verify(context.Background(), func(n, of int) { done, total = n, of })
	require.NoError(t, err)
	require.Empty(t, report.Faults)
	require.True(t, report.OK())
	require.Equal(t, 6, report.Events)
	require.Equal(t, 2, report.Deliveries)
	require.Positive(t, report.AuditEntries)
	require.Equal(t, total, done)
	require.Positive(t, total)
}

// edit changes a closed records file behind Deltoid's back, as somebody with the file and an SQLite program could.
func (d *desk) edit(statements ...string) {
	d.t.Helper()
	require.NoError(d.t, d.Close())
	db, err := sql.Open("sqlite", "file:"+filepath.ToSlash(d.options.Path)+"?_journal_mode=WAL")
	require.NoError(d.t, err)
	defer db.Close()
	for _, trigger := range []string{"event_is_never_changed", "event_is_never_removed", "audit_is_never_changed", "audit_is_never_removed"} {
		_, err := db.Exec("DROP TRIGGER " + trigger)
		require.NoError(d.t, err)
	}
	for _, statement := range statements {
		result, err := db.Exec(statement)
		require.NoError(d.t, err, statement)
		n, err := result.RowsAffected()
		require.NoError(d.t, err)
		require.Positive(d.t, n, "nothing was changed by: %s", statement)
	}
}

func TestVerifyNamesTampering(t *testing.T) {
	for name, c := range map[string]struct {
		edit []string
		says string
	}{
		"a sealed event":      {[]string{`UPDATE event SET sealed = zeroblob(200) WHERE id = 'event-1' AND version = 1`}, "Event event-1 version 1: it cannot be opened"},
		"one byte of a batch": {[]string{`UPDATE batch SET sealed = CAST(substr(sealed, 1, 20) || x'0102' || substr(sealed, 23) AS BLOB)`}, "Batch batch-1 version 1: it cannot be opened"},
		"two events swapped": {[]string{
			`UPDATE event SET id = 'x' WHERE id = 'event-3'`, `UPDATE event SET id = 'event-3' WHERE id = 'event-2'`, `UPDATE event SET id = 'event-2' WHERE id = 'x'`,
		}, "Event event-2 version 1: it cannot be opened"},
		"an event taken out":    {[]string{`DELETE FROM event WHERE id = 'event-2'`}, "Event event-2 version 1: the audit chain names it, but it is not in the file"},
		"a first version gone":  {[]string{`DELETE FROM event WHERE id = 'event-1' AND version = 1`}, "Event event-1 version 2: version 1 is missing"},
		"a person taken out":    {[]string{`DELETE FROM person WHERE id = 'P1'`}, "Person P1 version 1: the audit chain names it, but it is not in the file"},
		"an unfinished visit":   {[]string{`UPDATE draft SET version = 7`}, "Unfinished visit visit-1 version 7: it cannot be opened"},
		"the end of the chain":  {[]string{`DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)`}, "The end of the audit chain was cut off"},
		"a hole in the chain":   {[]string{`DELETE FROM audit WHERE seq = 5`}, "The audit chain lacks the entries from 5 to 5"},
		"an audit hash":         {[]string{`UPDATE audit SET hash = zeroblob(32) WHERE seq = 5`}, "Audit entry 5 does not hang on the one before it"},
		"an audit entry":        {[]string{`UPDATE audit SET sealed = (SELECT sealed FROM audit WHERE seq = 4) WHERE seq = 5`}, "Audit entry 5 cannot be opened"},
		"a way in":              {[]string{`INSERT INTO keyslot SELECT 'staff-9', 'intruder', passes, memory_kib, lanes, salt, wrapped, committed_at FROM keyslot WHERE id = 'staff-1'`}, "Key slot staff-9"},
		"an index entry gone":   {[]string{`DELETE FROM blind WHERE id = 'event-2'`}, "Event event-2 version 1: the index does not lead to it"},
		"an index entry added":  {[]string{`INSERT INTO blind VALUES (zeroblob(16), 'event-2')`}, "The index has"},
		"a due row gone":        {[]string{`DELETE FROM pending WHERE record_id = 'event-3'`}, "it is due in the covid extract, but the ledger has no row for it"},
		"a row called sent":     {[]string{`UPDATE pending SET row_n = 1, delivery_id = (SELECT id FROM delivery WHERE file_name = 'first.csv') WHERE record_id = 'event-4'`}, "is said to be in a file that was built without it"},
		"a row taken out":       {[]string{`UPDATE pending SET row_n = 0 WHERE record_id = 'event-4'`}, "was taken out although no audit entry says so"},
		"a row of a file":       {[]string{`UPDATE delivery_row SET row_n = 7 WHERE row_n = 1`}, "which records it was built from was changed"},
		"a state":               {[]string{`UPDATE delivery SET state = 'accepted' WHERE state = 'sending'`}, "its extract, file name or state was changed"},
		"a file's content":      {[]string{`DELETE FROM chunk`}, "its content is not what was built"},
		"a reason for holding":  {[]string{`UPDATE held SET version = 3`}, "Reason for holding back covid event-"},
		"the settings put back": {[]string{`DELETE FROM configuration`}, "Settings configuration version 1: the audit chain names it"},
	} {
		t.Run(name, func(t *testing.T) {
			d := busy(t)
			d.edit(c.edit...)
			d.Store = d.another()
			report, err := d.Verify(context.Background(), nil)
			require.NoError(t, err)
			require.False(t, report.OK())
			require.Contains(t, strings.Join(report.Faults, "\n"), c.says)
			for _, secret := range []string{"Example", "Sample", "ZZTEST01", string(nhsNumber(2))} {
				require.NotContains(t, strings.Join(report.Faults, "\n"), secret)
			}
		})
	}
}

// An older copy of one record, with its own right seal, is noticed too.
func TestVerifyNamesAnOlderRecord(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	require.NoError(t, d.SavePerson(ctx, jo, d.entry("person.add")))
	require.NoError(t, d.Close())
	old := filepath.Join(t.TempDir(), "old.db")
	data, err := os.ReadFile(d.options.Path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(old, data, 0o600))
	d.Store = d.another()
	changed := jo
	changed.Postcode = "LS2 8BH"
	require.NoError(t, d.SavePerson(ctx, changed, d.entry("person.change")))
	require.NoError(t, d.Close())
	db, err := sql.Open("sqlite", "file:"+filepath.ToSlash(d.options.Path))
	require.NoError(t, err)
	db.SetMaxOpenConns(1)
	_, err = db.Exec(`ATTACH ? AS old`, old)
	require.NoError(t, err)
	_, err = db.Exec(`REPLACE INTO person SELECT * FROM old.person`)
	require.NoError(t, err)
	require.NoError(t, db.Close())
	d.Store = d.another()
	report, err := d.Verify(ctx, nil)
	require.NoError(t, err)
	require.Contains(t, strings.Join(report.Faults, "\n"), "Person P1 version 1: the audit chain says version 2; an older record was put back")
}

// The head of the chain decides: without it nothing may be added, or the chain could be begun anew.
func TestCutHead(t *testing.T) {
	for name, statement := range map[string]string{
		"changed": `UPDATE meta SET value = zeroblob(100) WHERE name = 'audit_head'`,
		"gone":    `DELETE FROM meta WHERE name = 'audit_head'`,
	} {
		t.Run(name, func(t *testing.T) {
			d := busy(t)
			d.edit(statement)
			_, err := unlock(d.options)
			require.Equal(t, capture.Environment, capture.CodeOf(err))
		})
	}
}

func TestVerifyStops(t *testing.T) {
	d := busy(t)
	ctx, stop := context.WithCancel(context.Background())
	stop()
	_, err := d.Verify(ctx, nil)
	require.ErrorIs(t, err, context.Canceled)
}
