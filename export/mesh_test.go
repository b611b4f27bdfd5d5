package export_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/export"
	"deltoid/export/mesh/meshtest"
)

// practice is a desk with the real client against a MESH in this program.
func practice(t *testing.T) (*desk, *meshtest.Server) {
	d := newDesk(t)
	d.tick()
	server := meshtest.New(meshtest.Options{Now: d.serverClock})
	require.NoError(t, server.AddMailbox(meshtest.Mailbox{ID: "X26DEL", Password: "secret"}))
	require.NoError(t, server.AddMailbox(meshtest.Mailbox{ID: "X26DPS1", Password: "secret"}))
	require.NoError(t, server.Start())
	t.Cleanup(func() { require.NoError(t, server.Close()) })
	for key, value := range map[string]string{
		"mesh.url": server.URL(), "mesh.mailbox": "X26DEL", "mesh.password": "secret", "mesh.shared_key": meshtest.TestKey, "training": "true",
	} {
		d.ledger.configuration[key] = value
	}
	d.connectForReal()
	return d, server
}

func (d *desk) connectForReal() {
	d.courier.Connect = func(c capture.Configuration) (export.Post, error) { return export.NewPost(c, "1.0.0", d.clock) }
}

func TestThroughRealClient(t *testing.T) {
	cases := []struct {
		name  string
		fault meshtest.Fault
		state export.State // after the first step
	}{
		{"nothing wrong", nil, export.Accepted},
		{"connection dropped before", meshtest.Drop(), export.Sending},
		{"message taken, connection dropped", meshtest.TakeThenDrop(), export.Sending},
		{"message taken, reply breaks off", meshtest.TakeThenBreak(), export.Sending},
		{"message taken, 504 of a gateway", meshtest.TakeThenAnswer(504, "text/html", "<html>"), export.Sending},
		{"403", meshtest.Answer(403, "application/json", "{}"), export.Built},
		{"429", meshtest.Answer(429, "text/plain", "slow down"), export.Built},
	}
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			d, server := practice(t)
			file := d.built()
			if test.fault != nil {
				server.Inject(1, meshtest.NewMessage, test.fault)
			}
			d.step()
			assert.Equal(t, test.state, d.stand(file.ID).State)
			d.restart()
			d.connectForReal()
			d.runDry()
			stands := d.stand(file.ID)
			assert.Equal(t, export.Accepted, stands.State)
			inbox := server.Messages("X26DPS1")
			require.Len(t, inbox, 1, "once")
			assert.Equal(t, stands.MessageID, inbox[0].ID)
			assert.Equal(t, file.FileName, inbox[0].FileName)
			assert.Equal(t, "VACCINATIONS_DAILY_COVID_4", inbox[0].WorkflowID)
			content, err := inbox[0].Content()
			require.NoError(t, err)
			assert.Equal(t, string(d.ledger.content[file.ID]), string(content))

			_, err = server.Collect("X26DPS1")
			require.NoError(t, err)
			d.after(time.Hour)
			assert.Equal(t, export.Collected, d.stand(file.ID).State)
		})
	}
}

func TestRealClientRefusedForGood(t *testing.T) {
	d, _ := practice(t)
	d.ledger.configuration["covid.to_mailbox"] = "NOBODY"
	file := d.built()
	d.step()
	assert.Equal(t, export.Refused, d.stand(file.ID).State)
	assert.Contains(t, d.stand(file.ID).Problem, "check the recipient's mailbox id")

	d.ledger.configuration["mesh.password"] = "wrong"
	require.NoError(t, d.courier.Retry(t.Context(), file.ID))
	assert.Contains(t, d.after(time.Hour).Problem, "password")
}
