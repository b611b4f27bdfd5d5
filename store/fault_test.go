package store_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/store"
)

// The words of a failed save: what happened, that nothing was saved, that nothing typed is lost, what to do.
func requireNotSaved(t *testing.T, err error, happened string) {
	t.Helper()
	require.Equal(t, capture.Environment, capture.CodeOf(err))
	for _, words := range []string{happened, "Nothing was saved", "what you typed is still on the screen", "save again"} {
		require.Contains(t, err.Error(), words)
	}
	require.NotContains(t, err.Error(), "Example")
}

func TestDiskFull(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	d.saveEvent("event-1", 1, jo)
	require.NoError(t, d.ExecWriter(`PRAGMA max_page_count = 1`)) // SQLite takes the present size
	var err error
	saved := 0
	for i := 0; err == nil && i < 200; i++ {
		if err = d.SaveEvent(ctx, event(newID(), 1, jo), []string{"covid"}, "", d.entry("event.save")); err == nil {
			saved++
		}
	}
	requireNotSaved(t, err, "The disk is full")
	require.NoError(t, d.ExecWriter(`PRAGMA max_page_count = 1000000`))
	d.saveEvent("event-2", 1, jo)
	d.reopen()
	report, err := d.Verify(ctx, nil)
	require.NoError(t, err)
	require.Empty(t, report.Faults)
	require.Equal(t, saved+2, report.Events, "the failed save left nothing behind")
}

func TestFileMayNotBeWritten(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	require.NoError(t, d.ExecWriter(`PRAGMA query_only = 1`))
	requireNotSaved(t, d.SavePerson(ctx, jo, d.entry("person.add")), "The records file may not be written to")
	require.Empty(t, d.Search("example", 5), "who was not saved is not found")
	requireNotSaved(t, d.SaveDraft(ctx, capture.Encounter{ID: "visit-1", Revision: 1}), "The records file may not be written to")
	require.NoError(t, d.ExecWriter(`PRAGMA query_only = 0`))
	require.NoError(t, d.SavePerson(ctx, jo, d.entry("person.add")))
}

func TestAnotherProgramHoldsTheFile(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	other := d.another()
	require.NoError(t, d.ExecWriter(`PRAGMA busy_timeout = 10`))
	require.NoError(t, other.ExecWriter(`BEGIN IMMEDIATE`))
	requireNotSaved(t, d.Audit(ctx, d.entry("staff.sign-in")), "Another program is using the records file")
	require.NoError(t, other.ExecWriter(`ROLLBACK`))
	require.NoError(t, d.Audit(ctx, d.entry("staff.sign-in")))
}

func TestClosed(t *testing.T) {
	d := newDesk(t)
	require.NoError(t, d.Close())
	requireNotSaved(t, d.Audit(context.Background(), d.entry("x")), "The record could not be saved")
	_, err := d.Staff(context.Background())
	require.Equal(t, capture.Environment, capture.CodeOf(err))
}

// A save that is called off before it begins changes nothing; one that has begun ends.
func TestCancelled(t *testing.T) {
	d := newDesk(t)
	ctx, stop := context.WithCancel(context.Background())
	stop()
	require.ErrorIs(t, d.SavePerson(ctx, jo, d.entry("person.add")), context.Canceled)
	require.Empty(t, d.Search("example", 5))
}

func TestDamagedRecord(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	al := person("P2", "Al", "Sample", "1950-01-01")
	require.NoError(t, d.SavePeople(ctx, []capture.Person{jo, al}, d.entry("person.add")))
	d.edit(`UPDATE person SET sealed = zeroblob(100) WHERE id = 'P2'`)
	d.Store = d.another()
	_, err := d.Person(ctx, "P2")
	require.ErrorIs(t, err, store.ErrDamaged)
	require.Equal(t, 1, d.Unreadable(), "the desk goes on with the others and says so")
	require.Len(t, d.Search("jo", 5), 1)
}

// Nothing of a record can be read in the file, its log or a backup.
func TestNothingReadable(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	patient := person("P1", "Quintessa", "Zyxwvutsen", "1947-03-04")
	patient.NHSNumber, patient.Address = nhsNumber(5), "17 Unlikely Lane"
	require.NoError(t, d.SavePerson(ctx, patient, d.entry("person.add")))
	require.NoError(t, d.SaveBatch(ctx, capture.Batch{ID: "batch-1", Number: "ZZTEST01", Expiry: catalogue.MustDate("2022-12-31")}, d.entry("batch.add")))
	require.NoError(t, d.SaveDraft(ctx, capture.Encounter{ID: "visit-1", Revision: 1, Person: patient}))
	require.NoError(t, d.SaveConfiguration(ctx, capture.Configuration{"mesh.password": "hush-hush"}, d.entry("configuration.save")))
	d.saveEvent("event-1", 1, patient)
	var problems capture.Problems
	problems.Add("person.postcode", "an unlikely problem")
	f := d.begin("first.csv")
	f.write("9990000000|Zyxwvutsen|ZZTEST01")
	require.NoError(t, f.Hold(d.waiting(future)[0], problems))
	require.NoError(t, f.finish())
	backup := filepath.Join(t.TempDir(), "backup.db")
	require.NoError(t, d.Backup(ctx, backup))

	secrets := []string{"Zyxwvutsen", "zyxwvutsen", "ZYXWVUTSEN", "Quintessa", string(patient.NHSNumber), patient.NHSNumber.Display(), "1947-03-04", "19470304", "04/03/1947",
		"ZZTEST01", "2022-12-31", "Unlikely Lane", "LS1 4AP", "ls14ap", "hush-hush", "unlikely problem", "comirnaty", "COVID-19", "person.add", "Nurse", "Ada"}
	for _, path := range []string{d.options.Path, d.options.Path + "-wal", d.options.Path + "-shm", backup} {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		require.NotEmpty(t, data)
		for _, secret := range secrets {
			require.False(t, bytes.Contains(data, []byte(secret)), "%s stands in %s", secret, filepath.Base(path))
		}
	}
	data := append(d.bytes(), read(t, d.options.Path+"-wal")...)
	require.True(t, bytes.Contains(data, []byte("a.nurse")), "user names are in clear, as documented: the search above does work")
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return data
}

func TestBackup(t *testing.T) {
	ctx := context.Background()
	d := busy(t)
	path := filepath.Join(t.TempDir(), "backup 50%?.db")
	require.NoError(t, d.Backup(ctx, path))
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, entries, 1, "nothing is left over")

	t.Run("opens with the same passphrase and is whole", func(t *testing.T) {
		options := d.options
		options.Path = path
		restored, err := unlock(options)
		require.NoError(t, err)
		defer restored.Close()
		report, err := restored.Verify(ctx, nil)
		require.NoError(t, err)
		require.Empty(t, report.Faults)
		require.Equal(t, 6, report.Events)
		require.Len(t, restored.Search("example", 5), 1)
	})
	t.Run("never in place of another file", func(t *testing.T) {
		before := read(t, path)
		require.Equal(t, capture.Conflict, capture.CodeOf(d.Backup(ctx, path)))
		require.Equal(t, capture.Conflict, capture.CodeOf(d.Backup(ctx, d.options.Path)))
		require.Equal(t, before, read(t, path))
	})
	t.Run("to a folder that is not there", func(t *testing.T) {
		err := d.Backup(ctx, filepath.Join(t.TempDir(), "gone", "backup.db"))
		require.Equal(t, capture.Environment, capture.CodeOf(err))
	})
	t.Run("a backup that cannot be made durable gets no name", func(t *testing.T) {
		files := store.SystemFiles()
		files.Sync = func(string) error { return os.ErrPermission }
		options := d.options
		options.Files = files
		s, err := unlock(options)
		require.NoError(t, err)
		defer s.Close()
		folder := t.TempDir()
		err = s.Backup(ctx, filepath.Join(folder, "backup.db"))
		require.ErrorIs(t, err, os.ErrPermission)
		entries, err := os.ReadDir(folder)
		require.NoError(t, err)
		require.Empty(t, entries)
	})
}

// Every table stands in the description of the file, so that the description cannot fall behind.
func TestFormatDocument(t *testing.T) {
	document, err := os.ReadFile("../docs/store-format.md")
	require.NoError(t, err)
	schema, err := store.Schema()
	require.NoError(t, err)
	tables := map[string]bool{}
	for line := range strings.Lines(schema) {
		name, ok := strings.CutPrefix(line, "CREATE TABLE ")
		if !ok {
			continue
		}
		name, _, _ = strings.Cut(name, " ")
		name = strings.TrimSuffix(name, "_new") // made anew under this name, then renamed
		tables[name] = true
		require.Contains(t, string(document), "`"+name+"`")
	}
	require.Len(t, tables, 25)
}
