package mesh_test

import (
	"bytes"
	"errors"
	"fmt"
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
	runs := 60
	if testing.Short() {
		runs = 20
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
		folder, text string
		taken        bool
		kind         error
	}{
		"sent":                   {"sent", "<DTSControl><DTSId>A_1</DTSId>" + record("SUCCESS", "00") + "</DTSControl>", true, nil},
		"sent, other spelling":   {"sent", "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><DTSControl xmlns=\"x\"><Strange/>" + record("Success", "0") + "<DTSId> A_1 </DTSId></DTSControl>", true, nil},
		"sent without record":    {"sent", "<DTSControl><DTSId>A_1</DTSId></DTSControl>", false, mesh.ErrHandedOver},
		"sent without id":        {"sent", "<DTSControl>" + record("SUCCESS", "00") + "</DTSControl>", false, mesh.ErrPermanent},
		"sent with an error":     {"sent", "<DTSControl>" + record("ERROR", "06") + "</DTSControl>", false, mesh.ErrPermanent},
		"failed":                 {"failed", "<DTSControl>" + record("ERROR", "04") + "</DTSControl>", false, mesh.ErrPermanent},
		"failed, strange code":   {"failed", "<DTSControl>" + record("ERROR", "77") + "</DTSControl>", false, mesh.ErrPermanent},
		"failed without record":  {"failed", "<DTSControl></DTSControl>", false, mesh.ErrPermanent},
		"still being written":    {"sent", "<DTSControl><DTSId>A", false, mesh.ErrTemporary},
		"nothing to be found":    {"", "", false, mesh.ErrHandedOver},
		"file in capital letter": {"SENT", "<DTSControl><DTSId>A_1</DTSId>" + record("SUCCESS", "00") + "</DTSControl>", true, nil},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDropbox(t, false)
			f := d.open(t)
			_, err := f.Send(ctx, newMessage("clinic-1", "a"))
			asHandedOver(t, err)
			for _, ending := range []string{".dat", ".ctl"} {
				require.NoError(t, os.Remove(filepath.Join(d.agent.Folder("out"), "clinic-1"+ending)))
			}
			switch row.folder {
			case "":
			case "SENT":
				require.NoError(t, os.WriteFile(filepath.Join(d.agent.Folder("sent"), "CLINIC-1.CTL"), []byte(row.text), 0o600))
			default:
				require.NoError(t, os.WriteFile(filepath.Join(d.agent.Folder(row.folder), "clinic-1.ctl"), []byte(row.text), 0o600))
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

func TestOpenFolder(t *testing.T) {
	d := newDropbox(t, false)
	file := writeFile(t, "file", nil)
	for name, row := range map[string]struct {
		spoil func(*mesh.FolderConfig)
		want  []string
	}{
		"good":             {func(*mesh.FolderConfig) {}, nil},
		"names":            {func(c *mesh.FolderConfig) { c.In, c.Out = "in", d.agent.Folder("out") }, nil},
		"nothing":          {func(c *mesh.FolderConfig) { *c = mesh.FolderConfig{} }, []string{"Mailbox", "Root"}},
		"no staging":       {func(c *mesh.FolderConfig) { c.Staging = "" }, []string{"Staging"}},
		"staging a file":   {func(c *mesh.FolderConfig) { c.Staging = file }, []string{"Staging"}},
		"no such root":     {func(c *mesh.FolderConfig) { c.Root += "x" }, []string{"In", "Out", "Sent", "Failed"}},
		"no such name":     {func(c *mesh.FolderConfig) { c.Sent = "gone" }, []string{"Sent"}},
		"a file":           {func(c *mesh.FolderConfig) { c.Failed = file }, []string{"Failed"}},
		"no such path":     {func(c *mesh.FolderConfig) { c.Out = filepath.Join(d.agent.Root, "x") }, []string{"Out"}},
		"strange mailbox":  {func(c *mesh.FolderConfig) { c.Mailbox = "a:b" }, []string{"Mailbox"}},
		"names in capital": {func(c *mesh.FolderConfig) { c.In = "IN" }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			config := d.config
			row.spoil(&config)
			_, err := mesh.OpenFolder(config)
			require.Equal(t, row.want, fields(t, err))
			if row.want != nil {
				require.NotEmpty(t, mesh.FieldOf(err))
			}
		})
	}
	require.NoError(t, os.Mkdir(filepath.Join(d.agent.Root, "OUT"), 0o700))
	_, err := mesh.OpenFolder(d.config)
	require.Equal(t, []string{"Out"}, fields(t, err), "there are two")
	require.Empty(t, d.files(t, "in"), "nothing is left of the trial")
}

func TestCheckFolder(t *testing.T) {
	d := newDropbox(t, false)
	f := d.open(t)
	for _, f := range f.Check(ctx) {
		require.Equal(t, mesh.Good, f.State)
	}
	_, err := f.Send(ctx, newMessage("clinic-1", "a"))
	asHandedOver(t, err)
	d.clock.at = time.Now()
	require.Equal(t, mesh.Good, finding(t, f.Check(ctx), mesh.CheckMESHClient).State)
	d.clock.Advance(2 * time.Hour)
	stuck := finding(t, mesh.CheckFolder(ctx, d.config, d.clock.Now), mesh.CheckMESHClient)
	require.Equal(t, mesh.Bad, stuck.State)
	require.Contains(t, stuck.Text, "1 message in the out folder since")

	require.NoError(t, os.RemoveAll(d.agent.Folder("sent")))
	require.Equal(t, mesh.Bad, finding(t, f.Check(ctx), mesh.CheckFolders).State)
	asError(t, f.Handshake(ctx), mesh.ErrOffline)
	gone := mesh.CheckFolder(ctx, d.config, d.clock.Now)
	require.Len(t, gone, 1)
	require.Equal(t, mesh.FieldFolder, gone[0].Field)
}

// arrives brings messages from mailbox 2 into the in folder, as the MESH client does.
func (d *dropbox) arrives(t testing.TB, contents ...string) (ids []string) {
	t.Helper()
	for _, content := range contents {
		id, err := d.Deliver(meshtest.Message{To: "X26ABC1", From: "X26ABC2", WorkflowID: "W_ACK", LocalID: "L", Parts: [][]byte{[]byte(content)}})
		require.NoError(t, err)
		ids = append(ids, id)
	}
	require.NoError(t, d.agent.Poll())
	return ids
}

func TestFolderCollect(t *testing.T) {
	d := newDropbox(t, true)
	f := d.open(t)
	ids := d.arrives(t, "one", "two")
	sent := newMessage("clinic-1", "a")
	_, err := f.Send(ctx, sent)
	asHandedOver(t, err)
	require.NoError(t, d.agent.Poll())
	d.clock.Advance(5 * 24 * time.Hour)
	require.NoError(t, d.agent.Poll()) // brings the report

	box, shelf := &mesh.Postbox{Source: f, Now: d.clock.Now}, new(shelf)
	done, err := box.Collect(ctx, shelf.store)
	require.NoError(t, err)
	require.Equal(t, 3, done.Taken)
	require.Equal(t, ids[0], shelf.arrivals[0].MessageID)
	require.Equal(t, "one", string(shelf.arrivals[0].Content))
	require.Equal(t, "W_ACK", shelf.arrivals[1].WorkflowID)
	require.Equal(t, "X26ABC2", shelf.arrivals[1].From)
	require.Empty(t, d.files(t, "in"))

	report, is := shelf.arrivals[2].Report()
	require.True(t, is)
	require.False(t, report.Success)
	require.Equal(t, "clinic-1", report.LocalID)
	require.Equal(t, "14", report.Code)
	_, taken, err := f.Reconcile(ctx, "clinic-1")
	require.NoError(t, err)
	require.True(t, taken)
	tracking, err := f.Track(ctx, report.MessageID)
	require.NoError(t, err)
	require.Equal(t, "clinic-1", tracking.LocalID)

	waiting, err := f.Inbox(ctx, mesh.InboxOptions{})
	require.NoError(t, err)
	require.Empty(t, waiting)
	require.NoError(t, f.Acknowledge(ctx, ids[0]), "it may be repeated")
}

func TestFolderInboxWaits(t *testing.T) {
	d := newDropbox(t, false)
	f := d.open(t)
	id := d.arrives(t, "one")[0]
	in := func(name string) string { return filepath.Join(d.agent.Folder("in"), name) }
	list := func() []string {
		ids, err := f.Inbox(ctx, mesh.InboxOptions{})
		require.NoError(t, err)
		return ids
	}
	d.clock.at = time.Now() // the MESH client may still be writing
	require.Empty(t, list())
	d.clock.Advance(time.Hour)
	require.NoError(t, os.Rename(in(id+".dat"), in("later")))
	require.Empty(t, list(), "the data is still to come")
	require.NoError(t, os.Rename(in("later"), in(id+".DAT")))
	require.Equal(t, []string{id}, list())
	require.Empty(t, d.files(t, "in"))

	require.NoError(t, os.WriteFile(in("odd.ctl"), []byte("<DTSCon"), 0o600))
	require.NoError(t, os.WriteFile(in("bare.ctl"), []byte("<DTSControl><MessageType>Report</MessageType></DTSControl>"), 0o600))
	require.NoError(t, os.WriteFile(in("other.txt"), nil, 0o600))
	require.Equal(t, []string{id, "bare", "odd"}, list())
	box, shelf := &mesh.Postbox{Source: f, Now: d.clock.Now}, new(shelf)
	done, err := box.Collect(ctx, shelf.store)
	require.NoError(t, err)
	require.Equal(t, 2, done.Taken)
	require.Len(t, done.Aside, 1)
	require.Equal(t, "odd", done.Aside[0].MessageID)

	for _, id := range []string{"", "..", "a/b", `../clinic`} {
		_, err := f.Download(ctx, id, new(bytes.Buffer))
		require.ErrorIs(t, err, mesh.ErrPermanent, id)
		require.ErrorIs(t, f.Acknowledge(ctx, id), mesh.ErrPermanent, id)
	}
	_, err = f.Download(ctx, "unknown", new(bytes.Buffer))
	asError(t, err, mesh.ErrNotFound)
}

// The program dies at every step of the collecting: each message is stored, and nothing is left over.
func TestFolderCollectDies(t *testing.T) {
	for _, step := range []string{"take data", "take control", "remove .ctl", "remove .dat"} {
		t.Run(step, func(t *testing.T) {
			d := newDropbox(t, false)
			d.arrives(t, "one", "two")
			got := map[string]int{}
			for tries := range 3 {
				f := d.open(t)
				died := tries > 1
				f.BeforeStep(func(name string) error {
					if name == step && !died {
						died = true
						return errPower
					}
					return nil
				})
				shelf := new(shelf)
				_, err := (&mesh.Postbox{Source: f, Now: d.clock.Now}).Collect(ctx, shelf.store)
				require.True(t, err == nil || errors.Is(err, errPower), "%v", err)
				for _, a := range shelf.arrivals {
					got[string(a.Content)]++
				}
			}
			require.Len(t, got, 2, fmt.Sprint(got))
			require.Empty(t, d.files(t, "in"))
			left, err := filepath.Glob(filepath.Join(d.config.Staging, "arrived", "*"))
			require.NoError(t, err)
			require.Empty(t, left)
		})
	}
}
