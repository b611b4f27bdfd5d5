package store_test

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/store"
)

func TestCreate(t *testing.T) {
	ctx := context.Background()
	t.Run("a records file that is there stays as it is", func(t *testing.T) {
		d := newDesk(t)
		before := d.bytes()
		_, _, err := store.Create(ctx, d.options, admin, passphrase)
		require.Equal(t, capture.Conflict, capture.CodeOf(err))
		require.Equal(t, before, d.bytes())
	})
	t.Run("in a folder that is not there yet, with an awkward name", func(t *testing.T) {
		for _, folder := range []string{"a b", "50%", "what?", "#1", "ünï", "a&b=c", "x:y"} {
			options := store.Options{Path: filepath.Join(t.TempDir(), folder, "deltoid.db"), Stretch: quick}
			s, _, err := store.Create(ctx, options, admin, passphrase)
			require.NoError(t, err, folder)
			require.NoError(t, s.Close())
			entries, err := os.ReadDir(filepath.Dir(options.Path))
			require.NoError(t, err)
			require.Equal(t, "deltoid.db", entries[0].Name())
			require.Len(t, entries, 1, "nothing is left over")
		}
	})
	t.Run("nobody else may read it", func(t *testing.T) {
		info, err := os.Stat(newDesk(t).options.Path)
		require.NoError(t, err)
		require.Equal(t, fs.FileMode(0o600), info.Mode().Perm())
	})
	t.Run("refuses a short passphrase, but for training", func(t *testing.T) {
		options := store.Options{Path: filepath.Join(t.TempDir(), "deltoid.db"), Stretch: quick}
		_, _, err := store.Create(ctx, options, admin, "1234567")
		require.Equal(t, capture.Invalid, capture.CodeOf(err))
		options.AnyPassphrase = true
		s, _, err := store.Create(ctx, options, admin, "1234567")
		require.NoError(t, err)
		require.NoError(t, s.Close())
	})
	t.Run("refuses to do without randomness, a user name or a place", func(t *testing.T) {
		options := store.Options{Path: filepath.Join(t.TempDir(), "deltoid.db"), Stretch: quick, Rand: strings.NewReader("little")}
		_, _, err := store.Create(ctx, options, admin, passphrase)
		require.Equal(t, capture.Environment, capture.CodeOf(err))
		_, _, err = store.Create(ctx, options, capture.Staff{}, passphrase)
		require.Equal(t, capture.Invalid, capture.CodeOf(err))
		_, _, err = store.Create(ctx, store.Options{}, admin, passphrase)
		require.Equal(t, capture.Environment, capture.CodeOf(err))
	})
}

// A fault of the file system at any step of Create leaves no half-made file under the name that counts.
func TestCreateWithFaults(t *testing.T) {
	broken := errors.New("no space left on device")
	for name, spoil := range map[string]func(*store.Files){
		"folder": func(f *store.Files) { f.MakeDir = func(string) error { return broken } },
		"claim":  func(f *store.Files) { f.Claim = func(string) error { return broken } },
		"sync":   func(f *store.Files) { f.Sync = func(string) error { return broken } },
		"rename": func(f *store.Files) {
			f.Link, f.Rename = func(_, _ string) error { return broken }, func(_, _ string) error { return broken }
		},
		"look": func(f *store.Files) { f.Stat = func(string) (fs.FileInfo, error) { return nil, broken } },
	} {
		t.Run(name, func(t *testing.T) {
			files := store.SystemFiles()
			spoil(files)
			options := store.Options{Path: filepath.Join(t.TempDir(), "deltoid.db"), Stretch: quick, Files: files}
			_, _, err := store.Create(context.Background(), options, admin, passphrase)
			require.Equal(t, capture.Environment, capture.CodeOf(err))
			require.ErrorIs(t, err, broken)
			_, err = os.Stat(options.Path)
			require.ErrorIs(t, err, fs.ErrNotExist)
		})
	}
}

// FAT knows no second names for a file.
func TestCreateWithoutLinks(t *testing.T) {
	files := store.SystemFiles()
	files.Link = func(_, _ string) error { return errors.ErrUnsupported }
	options := store.Options{Path: filepath.Join(t.TempDir(), "deltoid.db"), Stretch: quick, Files: files}
	s, _, err := store.Create(context.Background(), options, admin, passphrase)
	require.NoError(t, err)
	require.NoError(t, s.Close())
}

func (d *desk) bytes() []byte {
	d.t.Helper()
	data, err := os.ReadFile(d.options.Path)
	require.NoError(d.t, err)
	return data
}

func TestOpenRefuses(t *testing.T) {
	ctx := context.Background()
	whole := newDesk(t)
	for i := range 200 {
		whole.saveEvent(newID(), 1, jo)
		_ = i
	}
	require.NoError(t, whole.Close())
	records := whole.bytes()

	sqliteFile := func(t *testing.T, path, statements string) {
		db, err := sql.Open("sqlite", path)
		require.NoError(t, err)
		_, err = db.Exec(statements)
		require.NoError(t, err)
		require.NoError(t, db.Close())
	}
	for name, c := range map[string]struct {
		make func(t *testing.T, path string)
		is   error
	}{
		"no file":        {func(*testing.T, string) {}, store.ErrMissing},
		"a text file":    {func(t *testing.T, path string) { write(t, path, []byte("a shopping list\n")) }, store.ErrForeign},
		"an empty file":  {func(t *testing.T, path string) { write(t, path, nil) }, store.ErrForeign},
		"a folder":       {func(t *testing.T, path string) { require.NoError(t, os.Mkdir(path, 0o700)) }, store.ErrForeign},
		"another SQLite": {func(t *testing.T, path string) { sqliteFile(t, path, `CREATE TABLE recipes (name TEXT)`) }, store.ErrForeign},
		"a newer Deltoid": {func(t *testing.T, path string) {
			write(t, path, records)
			sqliteFile(t, path, `PRAGMA user_version = 99`)
		}, store.ErrNewer},
		"a damaged page": {func(t *testing.T, path string) {
			damagedRecords := append([]byte(nil), records...)
			for i := range 4096 {
				damagedRecords[len(damagedRecords)/2/4096*4096+i] ^= 0x5a
			}
			write(t, path, damagedRecords)
		}, store.ErrDamaged},
		"half a file": {func(t *testing.T, path string) { write(t, path, records[:len(records)/2]) }, store.ErrDamaged},
		"a file without its key slots": {func(t *testing.T, path string) {
			write(t, path, records)
			sqliteFile(t, path, `DELETE FROM keyslot`)
		}, store.ErrDamaged},
		"a file without its id": {func(t *testing.T, path string) {
			write(t, path, records)
			sqliteFile(t, path, `DELETE FROM meta WHERE name = 'database_id'`)
		}, store.ErrDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "deltoid.db")
			c.make(t, path)
			before, _ := os.ReadFile(path)
			_, err := store.Open(ctx, store.Options{Path: path})
			require.ErrorIs(t, err, c.is)
			require.Equal(t, capture.Environment, capture.CodeOf(err))
			var said *capture.Error
			require.ErrorAs(t, err, &said)
			require.Greater(t, len(said.Message), 40, "it says what to do")
			after, _ := os.ReadFile(path)
			require.Equal(t, before, after, "the file was not changed")
		})
	}
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	require.NoError(t, os.WriteFile(path, data, 0o600))
}

func TestUnlock(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	require.NoError(t, d.Close())
	before := d.bytes()
	locked, err := store.Open(ctx, d.options)
	require.NoError(t, err)
	require.Equal(t, []string{"a.nurse"}, locked.UserNames())

	t.Run("a wrong passphrase changes nothing", func(t *testing.T) {
		for _, wrong := range []string{"", "three plain word", "Three plain words"} {
			_, _, err := locked.Unlock(ctx, "a.nurse", wrong)
			require.ErrorIs(t, err, store.ErrWrongPassphrase)
			require.Equal(t, capture.Forbidden, capture.CodeOf(err))
		}
		_, _, err := locked.Unlock(ctx, "nobody", passphrase)
		require.ErrorIs(t, err, store.ErrWrongPassphrase)
		require.Equal(t, before, d.bytes())
	})
	t.Run("gives who it is; capitals of the user name do not matter", func(t *testing.T) {
		s, staff, err := locked.Unlock(ctx, " A.Nurse ", passphrase)
		require.NoError(t, err)
		require.Equal(t, admin.ID, staff.ID)
		require.True(t, staff.Admin)
		require.NoError(t, s.Close())
	})
	t.Run("the recovery key", func(t *testing.T) {
		for _, typed := range []string{d.recovery, strings.ToLower(d.recovery), strings.ReplaceAll(d.recovery, "-", " ")} {
			s, err := locked.UnlockWithRecovery(ctx, typed)
			require.NoError(t, err)
			require.NoError(t, s.Close())
		}
		other, err := store.NewRecoveryKey(zeros{})
		require.NoError(t, err)
		_, err = locked.UnlockWithRecovery(ctx, other)
		require.ErrorIs(t, err, store.ErrWrongRecoveryKey)
		_, err = locked.UnlockWithRecovery(ctx, d.recovery[:12])
		require.Equal(t, capture.Invalid, capture.CodeOf(err))
	})
	t.Run("a key slot asking for all the memory there is", func(t *testing.T) {
		db, err := sql.Open("sqlite", d.options.Path)
		require.NoError(t, err)
		_, err = db.Exec(`UPDATE keyslot SET memory_kib = 4000000000`)
		require.NoError(t, err)
		require.NoError(t, db.Close())
		_, _, err = locked.Unlock(ctx, "a.nurse", passphrase)
		require.ErrorIs(t, err, store.ErrDamaged)
	})
}

// zeros is no randomness at all.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

var _ io.Reader = zeros{}

func TestPassphrases(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	colleague := capture.Staff{ID: "staff-2", UserName: "b.clerk", Forename: "Ben", Surname: "Clerk"}
	require.NoError(t, d.SaveStaff(ctx, colleague, d.entry("staff.add")))
	sign := func(userName, passphrase string) error {
		locked, err := store.Open(ctx, d.options)
		require.NoError(t, err)
		s, _, err := locked.Unlock(ctx, userName, passphrase)
		if err == nil {
			require.NoError(t, s.Close())
		}
		return err
	}
	require.ErrorIs(t, sign("b.clerk", "another three words"), store.ErrWrongPassphrase)
	require.NoError(t, d.SetPassphrase(ctx, colleague.ID, "another three words", d.entry("staff.passphrase")))
	require.NoError(t, sign("b.clerk", "another three words"))

	t.Run("changed", func(t *testing.T) {
		require.NoError(t, d.SetPassphrase(ctx, colleague.ID, "quite different words", d.entry("staff.passphrase")))
		require.ErrorIs(t, sign("b.clerk", "another three words"), store.ErrWrongPassphrase)
		require.NoError(t, sign("b.clerk", "quite different words"))
	})
	t.Run("composed on another keyboard", func(t *testing.T) {
		require.NoError(t, d.SetPassphrase(ctx, colleague.ID, "caf\u00e9 au lait", d.entry("staff.passphrase")))
		require.NoError(t, sign("b.clerk", "cafe\u0301 au lait"))
	})
	t.Run("a new user name", func(t *testing.T) {
		colleague.UserName = "b.scribe"
		require.NoError(t, d.SaveStaff(ctx, colleague, d.entry("staff.change")))
		require.NoError(t, sign("b.scribe", "café au lait"))
		colleague.UserName = admin.UserName
		require.Equal(t, capture.Conflict, capture.CodeOf(d.SaveStaff(ctx, colleague, d.entry("staff.change"))))
	})
	t.Run("refused", func(t *testing.T) {
		require.Equal(t, capture.Invalid, capture.CodeOf(d.SetPassphrase(ctx, colleague.ID, "short", d.entry("x"))))
		require.Equal(t, capture.NotFound, capture.CodeOf(d.SetPassphrase(ctx, "staff-9", passphrase, d.entry("x"))))
	})
	t.Run("taken away, but not the last one", func(t *testing.T) {
		require.NoError(t, d.RemovePassphrase(ctx, colleague.ID, d.entry("staff.leave")))
		require.ErrorIs(t, sign("b.scribe", "café au lait"), store.ErrWrongPassphrase)
		require.Equal(t, capture.NotFound, capture.CodeOf(d.RemovePassphrase(ctx, colleague.ID, d.entry("staff.leave"))))
		require.Equal(t, capture.Conflict, capture.CodeOf(d.RemovePassphrase(ctx, admin.ID, d.entry("staff.leave"))))
	})
	t.Run("a new recovery key", func(t *testing.T) {
		fresh, err := d.NewRecoveryKey(ctx, d.entry("store.recovery"))
		require.NoError(t, err)
		locked, err := store.Open(ctx, d.options)
		require.NoError(t, err)
		_, err = locked.UnlockWithRecovery(ctx, d.recovery)
		require.ErrorIs(t, err, store.ErrWrongRecoveryKey)
		s, err := locked.UnlockWithRecovery(ctx, fresh)
		require.NoError(t, err)
		require.NoError(t, s.SetPassphrase(ctx, admin.ID, "found again words", d.entry("staff.passphrase")))
		require.NoError(t, s.Close())
		require.NoError(t, sign(admin.UserName, "found again words"))
	})
	report, err := d.Verify(ctx, nil)
	require.NoError(t, err)
	require.Empty(t, report.Faults)
}

func TestClock(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	require.NoError(t, d.Audit(ctx, d.entry("staff.sign-in")))

	t.Run("a small step back is noted", func(t *testing.T) {
		d.clock.move(-2 * time.Minute)
		d.reopen()
		require.NoError(t, d.Audit(ctx, d.entry("staff.sign-in")))
		report, err := d.Verify(ctx, nil)
		require.NoError(t, err)
		require.Empty(t, report.Faults)
		require.Len(t, report.Notes, 1)
		require.Contains(t, report.Notes[0], "The clock went back")
	})
	t.Run("a large one stops the unlocking, until somebody accepts it", func(t *testing.T) {
		require.NoError(t, d.Close())
		d.clock.move(-48 * time.Hour)
		_, err := unlock(d.options)
		require.ErrorIs(t, err, store.ErrClock)
		require.Contains(t, err.Error(), "10 May 2022")
		require.Contains(t, err.Error(), "12 May 2022")
		accepting := d.options
		accepting.AcceptClock = true
		s, err := unlock(accepting)
		require.NoError(t, err)
		require.NoError(t, s.Close())
		s, err = unlock(d.options)
		require.NoError(t, err, "once is enough")
		require.NoError(t, s.Close())
	})
}

func TestURI(t *testing.T) {
	for path, want := range map[string]string{
		"/home/a b/deltoid.db":      "file:///home/a%20b/deltoid.db?",
		"/home/50%/what?/#1/x.db":   "file:///home/50%25/what%3F/%231/x.db?",
		"C:/Users/Jo Nurse/x.db":    "file:///C:/Users/Jo%20Nurse/x.db?",
		"//server/share/deltoid.db": "file:////server/share/deltoid.db?",
		"/home/ünï/file:x&y=z+ü.db": "file:///home/%C3%BCn%C3%AF/file:x&y=z+%C3%BC.db?",
	} {
		require.Equal(t, want, store.URIOf(path))
	}
}
