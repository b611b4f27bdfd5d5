package export_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/export"
	"deltoid/export/mesh/meshtest"
)

var errFull = errors.New("disk full")

// connectInParts is the real client, which cuts after so many bytes as sent; MESH itself wants far longer parts.
func (d *desk) connectInParts(bytes int) {
	d.courier.Connect = clientInParts(d.clock, bytes)
}

// builtOf makes one file of so many new events.
func (d *desk) builtOf(events int) export.Delivery {
	d.t.Helper()
	for range events {
		d.ledger.commit(d.sample.given("2022-05-12T10:00:00Z", "comirnaty30_rtu", catalogue.Primary1))
	}
	delivery, _, err := d.builder.Build(d.t.Context(), export.Covid, d.now.Add(time.Hour), nil)
	require.NoError(d.t, err)
	return delivery
}

// laterPart chooses the requests that carry the part of a number.
func laterPart(number string) meshtest.Match {
	return func(r *http.Request) bool {
		return r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/"+number)
	}
}

func requireOnce(t *testing.T, d *desk, server *meshtest.Server, file export.Delivery) meshtest.Message {
	t.Helper()
	inbox := server.Messages("X26DPS1")
	require.Len(t, inbox, 1, "once")
	content, err := inbox[0].Content()
	require.NoError(t, err)
	require.Equal(t, string(d.ledger.content[file.ID]), string(content), "byte for byte")
	require.Equal(t, inbox[0].ID, d.stand(file.ID).MessageID)
	return inbox[0]
}

// The program is started anew after whatever went wrong with a part, and goes on where it was.
func TestLongFileGoesInPartsAndGoesOnAfterEachFault(t *testing.T) {
	for name, c := range map[string]struct {
		match meshtest.Match
		fault meshtest.Fault
	}{
		"nothing wrong":                     {meshtest.AnyRequest, nil},
		"first part lost":                   {meshtest.NewMessage, meshtest.Drop()},
		"first part taken, answer lost":     {meshtest.NewMessage, meshtest.TakeThenDrop()},
		"first part taken, answer breaks":   {meshtest.NewMessage, meshtest.TakeThenBreak()},
		"second part lost":                  {laterPart("2"), meshtest.Drop()},
		"second part taken, answer lost":    {laterPart("2"), meshtest.TakeThenDrop()},
		"third part refused for now":        {laterPart("3"), meshtest.Answer(503, "text/html", "<html>")},
		"third part: mailbox not let in":    {laterPart("3"), meshtest.Answer(403, "application/json", "{}")},
		"second part taken, 504 of gateway": {laterPart("2"), meshtest.TakeThenAnswer(504, "text/html", "<html>")},
	} {
		t.Run(name, func(t *testing.T) {
			d, server := practice(t)
			d.connectInParts(400)
			file := d.builtOf(12)
			if c.fault != nil {
				server.Inject(1, c.match, c.fault)
			}
			d.step()
			if c.fault != nil {
				assert.Equal(t, export.Sending, d.stand(file.ID).State, "MESH never said that it has all of it")
			}
			d.restart()
			d.connectInParts(700) // another version of the program cuts otherwise
			d.runDry()
			assert.Equal(t, export.Accepted, d.stand(file.ID).State)
			message := requireOnce(t, d, server, file)
			require.Greater(t, len(message.Parts), 2)
		})
	}
}

// The answer to the last part was lost: MESH has it all, and says so when asked.
func TestLastPartTakenButItsAnswerLost(t *testing.T) {
	d, server := practice(t)
	d.connectInParts(400)
	file := d.builtOf(12)
	server.Inject(1, func(r *http.Request) bool {
		number, total, _ := strings.Cut(r.Header.Get("Mex-Chunk-Range"), ":")
		return number == total && number != ""
	}, meshtest.TakeThenDrop())
	d.step()
	assert.Equal(t, export.Sending, d.stand(file.ID).State)
	assert.Contains(t, d.stand(file.ID).Problem, "sends the rest by itself")
	d.restart()
	d.connectInParts(400)
	d.after(time.Minute)
	assert.Equal(t, export.Accepted, d.stand(file.ID).State)
	requireOnce(t, d, server, file)
}

// What cannot be written down is not sent: a part that MESH has and nobody here knows of could not be gone on with.
func TestPartsAreWrittenDownBeforeTheyGo(t *testing.T) {
	d, server := practice(t)
	d.connectInParts(400)
	file := d.builtOf(12)
	full := false
	d.ledger.failSave = func(delivery export.Delivery) error {
		if full = full || delivery.Upload != nil; full {
			return errFull
		}
		return nil
	}
	_, err := d.courier.Step(t.Context())
	require.ErrorIs(t, err, errFull)
	assert.Empty(t, server.Messages("X26DPS1"))

	d.ledger.failSave = func(delivery export.Delivery) error { // the disk is full after the second part
		if delivery.Upload != nil && delivery.Upload.Taken >= 2 {
			return errFull
		}
		return nil
	}
	d.restart()
	d.connectInParts(400)
	d.now = d.now.Add(10 * time.Minute)
	for range 3 {
		d.stepOrCrash()
		d.now = d.now.Add(10 * time.Minute)
	}
	assert.Equal(t, export.Sending, d.stand(file.ID).State)
	d.ledger.failSave = nil
	d.restart()
	d.connectInParts(400)
	d.runDry()
	assert.Equal(t, export.Accepted, d.stand(file.ID).State)
	requireOnce(t, d, server, file)
}

// A part that is refused for good leaves a message that reaches nobody: the rows go again, in a new file.
func TestPartRefusedForGood(t *testing.T) {
	d, server := practice(t)
	d.connectInParts(400)
	file := d.builtOf(12)
	server.Inject(1, laterPart("2"), meshtest.Answer(417, "application/json", `{"detail":[{"event":"SEND","code":"InvalidHeaderChunks","msg":"no"}]}`))
	d.step()
	stands := d.stand(file.ID)
	assert.Equal(t, export.Refused, stands.State)
	assert.NotContains(t, stands.Problem, "took the file")
	assert.Empty(t, stands.MessageID)
	require.NoError(t, d.courier.Resend(t.Context(), file.ID))
	fresh, _, err := d.builder.Build(t.Context(), export.Covid, d.now.Add(time.Hour), nil)
	require.NoError(t, err)
	d.runDry()
	assert.Equal(t, export.Accepted, d.stand(fresh.ID).State)
}
