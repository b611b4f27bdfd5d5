package export_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/export"
	"deltoid/export/mesh/meshtest"
)

// folders is a desk beside a MESH client program.
func folders(t *testing.T) (*desk, *meshtest.Agent) {
	d, server := practice(t)
	agent := &meshtest.Agent{Server: server, Mailbox: "X26DEL", Root: t.TempDir()}
	require.NoError(t, agent.Make())
	delete(d.ledger.configuration, "training")
	delete(d.ledger.configuration, "mesh.url")
	d.ledger.configuration["mesh.folder"] = agent.Root
	return d, agent
}

func TestThroughTheMESHClient(t *testing.T) {
	d, agent := folders(t)
	file := d.built()
	report := d.step()
	stands := d.stand(file.ID)
	assert.Equal(t, export.Sending, stands.State, "the MESH client has it, and MESH may not")
	assert.Equal(t, "handed", stands.ProblemCode)
	assert.Empty(t, stands.Problem)
	assert.Empty(t, report.Problem)
	assert.False(t, report.Offline)

	d.restart()
	d.connectForReal()
	d.after(time.Minute)
	assert.Equal(t, export.Sending, d.stand(file.ID).State)
	d.after(2 * time.Hour)
	assert.Contains(t, d.stand(file.ID).Problem, "Look whether it runs")

	require.NoError(t, agent.Poll())
	d.after(time.Hour)
	stands = d.stand(file.ID)
	assert.Equal(t, export.Accepted, stands.State)
	message := requireOnce(t, d, agent.Server, file)
	assert.Equal(t, file.FileName, message.Subject)
}

func TestTheMESHClientCannotSend(t *testing.T) {
	d, agent := folders(t)
	d.ledger.configuration["covid.to_mailbox"] = "NOBODY"
	file := d.built()
	d.step()
	require.NoError(t, agent.Poll())
	d.after(time.Minute)
	stands := d.stand(file.ID)
	assert.Equal(t, export.Refused, stands.State)
	assert.Contains(t, stands.Problem, "check the recipient's mailbox id")

	d.ledger.configuration["covid.to_mailbox"] = "X26DPS1"
	require.NoError(t, d.courier.Retry(t.Context(), file.ID))
	d.step()
	require.NoError(t, agent.Poll())
	d.after(time.Minute)
	assert.Equal(t, export.Accepted, d.stand(file.ID).State)
	requireOnce(t, d, agent.Server, file)
}

// The program ends between giving a file to the MESH client and writing that down.
func TestHandedOverAndForgotten(t *testing.T) {
	d, agent := folders(t)
	file := d.built()
	d.ledger.failSave = func(delivery export.Delivery) error {
		if delivery.ProblemCode == "handed" {
			return errFull
		}
		return nil
	}
	_, err := d.courier.Step(t.Context())
	require.ErrorIs(t, err, errFull)
	d.ledger.failSave = nil
	d.restart()
	d.connectForReal()
	d.step()
	require.NoError(t, agent.Poll())
	d.after(time.Minute)
	assert.Equal(t, export.Accepted, d.stand(file.ID).State)
	requireOnce(t, d, agent.Server, file)
}

func TestSettingsThatCannotWorkAreNamedByTheirKeys(t *testing.T) {
	_, err := export.NewPost(capture.Configuration{"mesh.url": "https://mesh.example", "mesh.mailbox": "X26DEL"}, "1.0", time.Now)
	fields := map[string]string{}
	for _, fault := range capture.ProblemsOf(err) {
		fields[fault.Field] = fault.Message
		assert.NotContains(t, fault.Message, "CABundle")
	}
	for _, key := range []string{"mesh.password", "mesh.shared_key", "mesh.ca_file", "mesh.certificate_file"} {
		assert.Contains(t, fields[key], "The setting "+key, key)
	}
}

func TestFolderThatIsNotThere(t *testing.T) {
	_, err := export.NewPost(capture.Configuration{"mesh.folder": filepath.Join(t.TempDir(), "gone"), "mesh.mailbox": "X26DEL"}, "1.0", time.Now)
	faults := capture.ProblemsOf(err)
	require.NotEmpty(t, faults)
	assert.Equal(t, "mesh.folder", faults[0].Field)
	assert.Contains(t, faults[0].Message, "The setting mesh.folder")
	_, err = export.NewPost(capture.Configuration{"mesh.folder": os.TempDir(), "mesh.mailbox": "X26DEL", "training": "true"}, "1.0", time.Now)
	assert.Equal(t, capture.Refused, capture.CodeOf(err))
}
