package mesh_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/export/mesh"
	"deltoid/export/mesh/meshtest"
)

// dropbox is a MESH client program for mailbox 1 with its server, and the receiver's for mailbox 2.
type dropbox struct {
	*meshtest.Server
	agent  *meshtest.Agent
	clock  *clock
	config mesh.FolderConfig
}

func newDropbox(t testing.TB, upper bool) *dropbox {
	t.Helper()
	// The dates of files are the computer's: an hour later all of them have settled.
	d := &dropbox{clock: &clock{at: time.Now().Add(time.Hour)}}
	d.Server = meshtest.New(meshtest.Options{Now: d.clock.Now})
	d.AddSandboxMailboxes()
	root := t.TempDir()
	d.agent = &meshtest.Agent{Server: d.Server, Mailbox: "X26ABC1", Root: filepath.Join(root, "X26ABC1"), Upper: upper}
	require.NoError(t, d.agent.Make())
	d.config = mesh.FolderConfig{Mailbox: "x26abc1", Root: d.agent.Root, Staging: filepath.Join(root, "staging")}
	return d
}

// open is a program that is started.
func (d *dropbox) open(t testing.TB) *mesh.Folder {
	t.Helper()
	f, err := mesh.OpenFolder(d.config)
	require.NoError(t, err)
	f.Now = d.clock.Now
	return f
}

func (d *dropbox) files(t testing.TB, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(d.agent.Folder(folder))
	require.NoError(t, err)
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// asHandedOver checks that the message is with the MESH client, which is an unknown outcome to those who do not know it.
func asHandedOver(t testing.TB, err error) {
	t.Helper()
	require.ErrorIs(t, err, mesh.ErrHandedOver)
	require.ErrorIs(t, err, mesh.ErrUnknownOutcome)
	require.NotErrorIs(t, err, mesh.ErrUnfinished)
	require.NotErrorIs(t, err, mesh.ErrTemporary)
}

func TestFolderSend(t *testing.T) {
	for name, upper := range map[string]bool{"small letters": false, "capitals": true} {
		t.Run(name, func(t *testing.T) {
			d := newDropbox(t, upper)
			f := d.open(t)
			m := newMessage("clinic-1", "a|b\n")
			m.Compress, m.Subject = true, "<a & b>"
			_, err := f.Send(ctx, m)
			asHandedOver(t, err)
			require.Equal(t, []string{"clinic-1.ctl", "clinic-1.dat"}, d.files(t, "out"))
			require.Equal(t, `<DTSControl>
  <Version>1.0</Version>
  <AddressType>DTS</AddressType>
  <MessageType>Data</MessageType>
  <WorkflowId>TEST_WORKFLOW</WorkflowId>
  <To_DTS>X26ABC2</To_DTS>
  <From_DTS>X26ABC1</From_DTS>
  <Subject>&lt;a &amp; b&gt;</Subject>
  <LocalId>clinic-1</LocalId>
  <Compress>Y</Compress>
  <AllowChunking>Y</AllowChunking>
  <Encrypted>N</Encrypted>
</DTSControl>
`, string(readFile(t, filepath.Join(d.agent.Folder("out"), "clinic-1.ctl"))))

			_, taken, err := f.Reconcile(ctx, "clinic-1")
			require.False(t, taken)
			asHandedOver(t, err)
			_, err = f.Send(ctx, m)
			asHandedOver(t, err)

			require.NoError(t, d.agent.Poll())
			id, taken, err := f.Reconcile(ctx, "clinic-1")
			require.NoError(t, err)
			require.True(t, taken)
			d.arrivedOnce(t, id, "a|b\n")
			again, err := d.open(t).Resume(ctx, m)
			require.NoError(t, err)
			require.Equal(t, id, again)

			tracking, err := f.Track(ctx, id)
			require.NoError(t, err)
			require.Equal(t, mesh.StatusAccepted, tracking.Status)
			require.Equal(t, "clinic-1", tracking.LocalID)
			require.Equal(t, d.clock.Now().UTC().Truncate(time.Second), tracking.Uploaded)
			_, err = f.Track(ctx, "UNKNOWN")
			asError(t, err, mesh.ErrNotFound)
			_, taken, err = f.Reconcile(ctx, "unknown")
			require.NoError(t, err)
			require.False(t, taken)
		})
	}
}

func (d *dropbox) arrivedOnce(t testing.TB, id, content string) {
	t.Helper()
	held := d.Messages("X26ABC2")
	require.Len(t, held, 1)
	require.Equal(t, id, held[0].ID)
	got, err := held[0].Content()
	require.NoError(t, err)
	require.Equal(t, content, string(got))
}

var errPower = errors.New("power cut")

// The program dies before every step of the handing over, the MESH client looks at that very moment, and the message is
// sent once, whole.
func TestFolderSendDies(t *testing.T) {
	for _, step := range []string{"claim", "data", "control", "move data", "note", "move control"} {
		t.Run(step, func(t *testing.T) {
			d := newDropbox(t, false)
			f := d.open(t)
			f.BeforeStep(func(name string) error {
				if name == step {
					return errPower
				}
				return nil
			})
			_, err := f.Send(ctx, newMessage("clinic-1", "a|b\n"))
			require.ErrorIs(t, err, errPower)
			require.NotErrorIs(t, err, mesh.ErrUnknownOutcome, "the MESH client has not seen it")
			require.NoError(t, d.agent.Poll())
			require.Empty(t, d.Messages("X26ABC2"))

			f = d.open(t)
			_, taken, err := f.Reconcile(ctx, "clinic-1")
			require.NoError(t, err)
			require.False(t, taken)
			_, err = f.Resume(ctx, newMessage("clinic-1", "a|b\n"))
			asHandedOver(t, err)
			require.NoError(t, d.agent.Poll())
			id, err := f.Resume(ctx, newMessage("clinic-1", "a|b\n"))
			require.NoError(t, err)
			d.arrivedOnce(t, id, "a|b\n")
		})
	}
}

// However the deaths of the program and the looks of the MESH client fall together, each message goes once.
func TestFolderSeededDeaths(t *testing.T) {
	runs := 40
	if testing.Short() {
		runs = 8
	}
	for seed := range runs {
		random := rand.New(rand.NewPCG(uint64(seed), 3))
		d := newDropbox(t, random.IntN(2) == 0)
		whole := string(content(uint64(seed), 1+random.IntN(2000)))
		deaths := random.IntN(10)
		var id string
		for tries := 0; id == ""; tries++ {
			require.Less(t, tries, 100)
			f := d.open(t)
			f.BeforeStep(func(string) error {
				if random.IntN(3) == 0 {
					require.NoError(t, d.agent.Poll())
				}
				if deaths > 0 && random.IntN(4) == 0 {
					deaths--
					return errPower
				}
				return nil
			})
			var err error
			id, err = f.Resume(ctx, newMessage("clinic-1", whole))
			require.True(t, err == nil || errors.Is(err, errPower) || errors.Is(err, mesh.ErrHandedOver), "%v", err)
			if random.IntN(2) == 0 {
				require.NoError(t, d.agent.Poll())
			}
		}
		d.arrivedOnce(t, id, whole)
	}
}

func TestFolderFailed(t *testing.T) {
	d := newDropbox(t, false)
	f := d.open(t)
	m := newMessage("clinic-1", "a")
	m.To = "X26ABC9"
	_, err := f.Send(ctx, m)
	asHandedOver(t, err)
	require.NoError(t, d.agent.Poll())
	_, taken, err := f.Reconcile(ctx, "clinic-1")
	require.False(t, taken)
	e := asError(t, err, mesh.ErrPermanent)
	require.Equal(t, "12", e.Code)
	require.Contains(t, e.Error(), mesh.Explain("12"))
	_, err = f.Resume(ctx, m)
	asError(t, err, mesh.ErrPermanent)
	require.Equal(t, []string{"clinic-1.ctl", "clinic-1.dat"}, d.files(t, "failed"), "nothing is sent again by itself")

	m.To = "X26ABC2" // a person corrected it
	_, err = f.Send(ctx, m)
	asHandedOver(t, err)
	require.Equal(t, []string{"clinic-1_2.ctl", "clinic-1_2.dat"}, d.files(t, "out"))
	require.NoError(t, d.agent.Poll())
	id, taken, err := d.open(t).Reconcile(ctx, "clinic-1")
	require.NoError(t, err)
	require.True(t, taken)
	d.arrivedOnce(t, id, "a")
}

func TestFolderDelayed(t *testing.T) {
	d := newDropbox(t, false)
	f := d.open(t)
	_, err := f.Send(ctx, newMessage("clinic-1", "a"))
	asHandedOver(t, err)
	d.agent.Delay = true
	require.NoError(t, d.agent.Poll())
	_, taken, err := f.Reconcile(ctx, "clinic-1")
	require.False(t, taken, "code 05 counts as success there and is none")
	asHandedOver(t, err)
	require.NoError(t, d.agent.Poll())
	_, taken, err = f.Reconcile(ctx, "clinic-1")
	require.NoError(t, err)
	require.True(t, taken)
}

// What the sent and failed folders can say, and what cannot be understood: then nothing is sent again.
func TestFolderAnswers(t *testing.T) {
	record := func(status, code string) string {
		return `<StatusRecord><Description>why</Description><StatusCode>` + code + `</StatusCode><Status>` + status + `</Status><Event>TRANSFER</Event><DateTime>20261122120000</DateTime></StatusRecord>`
	}
	for name, row := range map[string]struct {
		path, text string
		taken      bool
		kind       error
	}{
		"sent":                   {"sent/clinic-1.ctl", "<DTSControl><DTSId>A_1</DTSId>" + record("SUCCESS", "00") + "</DTSControl>", true, nil},
		"sent, other spelling":   {"sent/clinic-1.ctl", "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><DTSControl xmlns=\"x\"><Strange/>" + record("Success", "0") + "<DTSId> A_1 </DTSId></DTSControl>", true, nil},
		"sent without record":    {"sent/clinic-1.ctl", "<DTSControl><DTSId>A_1</DTSId></DTSControl>", false, mesh.ErrHandedOver},
		"sent without id":        {"sent/clinic-1.ctl", "<DTSControl>" + record("SUCCESS", "00") + "</DTSControl>", false, mesh.ErrPermanent},
		"sent with an error":     {"sent/clinic-1.ctl", "<DTSControl>" + record("ERROR", "06") + "</DTSControl>", false, mesh.ErrPermanent},
		"failed":                 {"failed/clinic-1.ctl", "<DTSControl>" + record("ERROR", "04") + "</DTSControl>", false, mesh.ErrPermanent},
		"failed, strange code":   {"failed/clinic-1.ctl", "<DTSControl>" + record("ERROR", "77") + "</DTSControl>", false, mesh.ErrPermanent},
		"failed without record":  {"failed/clinic-1.ctl", "<DTSControl></DTSControl>", false, mesh.ErrPermanent},
		"still being written":    {"sent/clinic-1.ctl", "<DTSControl><DTSId>A", false, mesh.ErrTemporary},
		"nothing to be found":    {"", "", false, mesh.ErrHandedOver},
		"file of another name":   {"sent/20261122_1.ctl", "<DTSControl><LocalId>clinic-1</LocalId><DTSId>A_1</DTSId>" + record("SUCCESS", "00") + "</DTSControl>", true, nil},
		"file of another":        {"sent/20261122_1.ctl", "<DTSControl><LocalId>clinic-2</LocalId><DTSId>A_1</DTSId>" + record("SUCCESS", "00") + "</DTSControl>", false, mesh.ErrHandedOver},
		"file in capital letter": {"sent/CLINIC-1.CTL", "<DTSControl><DTSId>A_1</DTSId>" + record("SUCCESS", "00") + "</DTSControl>", true, nil},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDropbox(t, false)
			f := d.open(t)
			_, err := f.Send(ctx, newMessage("clinic-1", "a"))
			asHandedOver(t, err)
			for _, ending := range []string{".dat", ".ctl"} {
				require.NoError(t, os.Remove(filepath.Join(d.agent.Folder("out"), "clinic-1"+ending)))
			}
			if row.path != "" {
				require.NoError(t, os.WriteFile(filepath.Join(d.agent.Root, row.path), []byte(row.text), 0o600))
			}
			id, taken, err := f.Reconcile(ctx, "clinic-1")
			require.Equal(t, row.taken, taken, "%v", err)
			require.ErrorIs(t, err, row.kind)
			if taken {
				require.Equal(t, "A_1", id)
				require.NoError(t, os.RemoveAll(d.agent.Folder("sent"))) // tidied away: still known
				again, taken, err := d.open2(t).Reconcile(ctx, "clinic-1")
				require.NoError(t, err)
				require.True(t, taken)
				require.Equal(t, id, again)
			}
			_, err = f.Resume(ctx, newMessage("clinic-1", "a"))
			require.ErrorIs(t, err, row.kind)
			require.Empty(t, d.files(t, "out"))
		})
	}
}

// open2 makes the folders again first.
func (d *dropbox) open2(t testing.TB) *mesh.Folder {
	t.Helper()
	require.NoError(t, d.agent.Make())
	return d.open(t)
}

func TestFolderNames(t *testing.T) {
	d := newDropbox(t, false)
	f := d.open(t)
	_, err := f.Send(ctx, newMessage("a.b~c", "a")) // no file name everywhere
	asHandedOver(t, err)
	for _, name := range d.files(t, "out") {
		require.Regexp(t, `^[0-9a-f]{32}\.(ctl|dat)$`, name)
	}
	require.NoError(t, d.agent.Poll())
	_, taken, err := f.Reconcile(ctx, "a.b~c")
	require.NoError(t, err)
	require.True(t, taken)

	theirs := filepath.Join(d.agent.Folder("out"), "clinic-1.dat")
	require.NoError(t, os.WriteFile(theirs, []byte("theirs"), 0o600))
	_, err = f.Send(ctx, newMessage("clinic-1", "ours"))
	asError(t, err, mesh.ErrPermanent)
	require.Equal(t, "theirs", string(readFile(t, theirs)), "a file of somebody else is never replaced")
}

func TestFolderContent(t *testing.T) {
	d := newDropbox(t, false)
	f := d.open(t)
	_, err := f.Send(ctx, newMessage("clinic-1", ""))
	require.ErrorIs(t, err, mesh.ErrPermanent)
	_, err = f.Send(ctx, mesh.Message{})
	require.Contains(t, fields(t, err), "To")
	require.Empty(t, d.files(t, "out"))
}

func TestFolderTidy(t *testing.T) {
	d := newDropbox(t, false)
	f := d.open(t)
	for _, id := range []string{"clinic-1", "clinic-2"} {
		_, err := f.Send(ctx, newMessage(id, "a"))
		asHandedOver(t, err)
		require.NoError(t, d.agent.Poll())
		d.clock.Advance(24 * time.Hour)
	}
	_, err := f.Tidy(ctx, 0)
	require.NoError(t, err)
	require.Len(t, d.files(t, "sent"), 4, "what we do not know to be sent stays")
	for _, id := range []string{"clinic-1", "clinic-2"} {
		_, taken, err := f.Reconcile(ctx, id)
		require.NoError(t, err)
		require.True(t, taken)
	}
	removed, err := f.Tidy(ctx, 36*time.Hour)
	require.NoError(t, err)
	require.Equal(t, 1, removed)
	require.Equal(t, []string{"clinic-2.ctl", "clinic-2.dat"}, d.files(t, "sent"))
	_, taken, err := f.Reconcile(ctx, "clinic-1")
	require.NoError(t, err)
	require.True(t, taken, "what became of it stays known")
}
