package mesh_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/export/mesh"
)

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
