package export_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/export"
	"deltoid/export/mesh/meshtest"
)

// sent is an office whose file of so many records was collected.
func sent(t testing.TB, records int) (*office, export.Delivery) {
	o := newOffice(t)
	o.record(records)
	file := o.build()
	o.step()
	require.Equal(t, export.Accepted, o.stand(file.ID).State)
	_, err := o.server.Collect(receiverMailbox)
	require.NoError(t, err)
	return o, file
}

func bare(file export.Delivery) string { return strings.TrimSuffix(file.FileName, ".csv") }

func TestAnswersComeBackAndSettleTheirRows(t *testing.T) {
	o, file := sent(t, 3)
	first := o.deliver(bare(file)+"_InfAck_20220520T02000000.csv", fileAnswer(true))
	report := o.after(5 * time.Minute)
	require.Len(t, report.Arrived, 1)
	assert.Equal(t, first, report.Arrived[0].ID)
	assert.Equal(t, export.InboundSettled, report.Arrived[0].State)
	assert.Equal(t, file.ID, report.Arrived[0].DeliveryID)
	assert.False(t, o.stand(file.ID).Complete(), "it said nothing of the rows")

	o.deliver(bare(file)+"_BusAck_20220520T02050000.csv", o.rowAnswer(file.ID, func(row int) bool { return row == 2 }, false))
	report = o.after(5 * time.Minute)
	require.Len(t, report.Arrived, 1)
	assert.Contains(t, report.Arrived[0].Outcome, "accepted 2 and rejected 1")
	assert.True(t, o.stand(file.ID).Complete())
	rejected, err := o.store.Rejected(t.Context())
	require.NoError(t, err)
	require.Len(t, rejected, 1)
	assert.Equal(t, 2, rejected[0].Row)
	for _, m := range o.server.Messages(officeMailbox) {
		assert.Equal(t, meshtest.Acknowledged, m.Status)
	}
	o.whole()
}

func TestSilenceInAFailuresOnlyAnswerIsNoSuccess(t *testing.T) {
	o, file := sent(t, 3)
	o.deliver(bare(file)+"_InfAck_20220520T02000000.csv", fileAnswer(true))
	o.deliver(bare(file)+"_BusAck_20220520T02050000.csv", o.rowAnswer(file.ID, func(row int) bool { return row == 3 }, true))
	report := o.after(5 * time.Minute)
	require.Len(t, report.Arrived, 2)
	assert.Contains(t, report.Arrived[1].Outcome, "said nothing of 2, so they count as not confirmed")
	stands := o.stand(file.ID)
	assert.False(t, stands.Complete())
	assert.Equal(t, 2, stands.Answer.Unsaid)
}

func TestFileThatTheReceiverDidNotTake(t *testing.T) {
	o, file := sent(t, 2)
	o.after(5 * time.Minute)
	require.Equal(t, export.Collected, o.stand(file.ID).State)
	o.deliver(bare(file)+"_InfAck_20220520T02000000.csv", fileAnswer(false))
	report := o.after(5 * time.Minute)
	assert.Equal(t, export.Refused, o.stand(file.ID).State)
	assert.Contains(t, o.stand(file.ID).Problem, "did not take the file")
	require.Len(t, report.Changed, 1)
}

func TestReportThatNobodyCollected(t *testing.T) {
	o := newOffice(t)
	o.courier.Policy.Track = func(time.Duration) time.Duration { return 1000 * time.Hour } // it is the report that tells
	o.record(2)
	file := o.build()
	o.step()
	require.Equal(t, 1, o.expire())
	report := o.step()
	stands := o.stand(file.ID)
	assert.Equal(t, export.Refused, stands.State)
	assert.Contains(t, stands.Problem, "did not collect the message in five days")
	assert.Contains(t, stands.Problem, "(code 14)")
	require.Len(t, report.Arrived, 1)
	assert.Equal(t, file.ID, report.Arrived[0].DeliveryID)
	require.NoError(t, o.courier.Resend(t.Context(), file.ID))
	again := o.build()
	assert.Equal(t, 2, again.Rows)
	o.whole()
}

// expire lets five days go by.
func (o *office) expire() int {
	o.now = o.now.Add(5*24*time.Hour + time.Minute)
	o.tick()
	return o.server.Expire()
}

func TestWhatNobodyKnowsIsKeptAndShown(t *testing.T) {
	o, file := sent(t, 1)
	o.deliver("", "something nobody asked for")
	o.deliver("COVID19_Vaccinations_v4_X26DEL_20200101T00000000_InfAck_20220520T02000000.csv", fileAnswer(true))
	o.deliver(bare(file)+"_InfAck_20220520T02000000.csv", "not an answer at all")
	o.deliver(bare(file)+"_BusAck_20220520T02000000.csv", o.rowAnswer(file.ID, func(int) bool { return false }, false)+"m1^99|OK|Information|OK|30001|Business|30001|Success|20220520T02000000|||imms||True\r\n")
	_, err := o.server.Deliver(meshtest.Message{To: officeMailbox, Report: true, LinkedID: "20200101000000000000_AAAAAA", Code: "14", Event: "SEND", Description: "old"})
	require.NoError(t, err)
	report := o.after(5 * time.Minute)
	require.Len(t, report.Arrived, 5)
	var states []export.InboundState
	for _, m := range report.Arrived {
		states = append(states, m.State)
		assert.NotEmpty(t, m.Outcome)
	}
	assert.Equal(t, []export.InboundState{export.InboundUnknown, export.InboundUnknown, export.InboundFaulty, export.InboundFaulty, export.InboundUnknown}, states)
	content, err := o.store.InboundContent(t.Context(), report.Arrived[0].ID)
	require.NoError(t, err)
	assert.Equal(t, "something nobody asked for", string(content))
	assert.Len(t, o.inbox(), 5)
	assert.False(t, o.stand(file.ID).Complete())
	assert.Empty(t, o.after(time.Hour).Arrived, "looked into once")
	o.whole()
}

// MESH forgets a message once it is acknowledged, so it is acknowledged only when it is kept here; and a message that comes
// again is known.
func TestKeptBeforeItIsAcknowledged(t *testing.T) {
	for _, where := range []string{"before inbound.keep", "after inbound.keep", "before inbound.settle", "after inbound.settle", "before delivery.file-answered", "after delivery.file-answered", "before contact", "after contact"} {
		t.Run(where, func(t *testing.T) {
			o, file := sent(t, 2)
			o.deliver(bare(file)+"_InfAck_20220520T02000000.csv", fileAnswer(true))
			reached := false
			o.faults = func(op string) {
				if op == where && !reached {
					reached = true
					panic(crashed{})
				}
			}
			o.now = o.now.Add(5 * time.Minute)
			_, died := o.stepOrDie()
			require.True(t, died)
			require.True(t, reached)
			if where == "before inbound.keep" {
				for _, m := range o.server.Messages(officeMailbox) {
					assert.Equal(t, meshtest.Accepted, m.Status, "not acknowledged")
				}
			}
			o.after(5 * time.Minute)
			require.Len(t, o.inbox(), 1, "once")
			assert.Equal(t, export.InboundSettled, o.inbox()[0].State)
			require.NotNil(t, o.stand(file.ID).Answer)
			assert.True(t, o.stand(file.ID).Answer.Taken)
			o.whole()
		})
	}
}

// The server answers 429 to an inbox that is listed again too soon.
func TestInboxIsLookedIntoEveryFiveMinutesHoweverOftenTheProgramIsStarted(t *testing.T) {
	o := newOffice(t)
	for range 20 {
		o.restart()
		report := o.after(time.Minute)
		assert.Empty(t, report.Problem)
		assert.False(t, report.Offline)
		assert.False(t, report.Next.IsZero())
	}
	lists, handshakes := 0, 0
	for _, r := range o.server.Requests() {
		switch {
		case strings.HasSuffix(r.Path, "/inbox"):
			lists++
		case strings.HasSuffix(r.Path, "/"+officeMailbox):
			handshakes++
		}
	}
	assert.Equal(t, 4, lists)
	assert.Equal(t, 1, handshakes, "once a day")
	o.after(24 * time.Hour)
	o.restart()
	o.after(6 * time.Minute)
}

func TestRefusedLoginOfTheInboxStopsItToo(t *testing.T) {
	o := newOffice(t)
	o.set("mesh.password", "wrong")
	report := o.step()
	assert.Contains(t, report.Problem, "mesh.password")
	requests := len(o.server.Requests())
	o.restart()
	report = o.after(time.Hour)
	assert.Contains(t, report.Problem, "mesh.password", "also after a restart")
	assert.Len(t, o.server.Requests(), requests, "more tries may lock the mailbox")
	o.after(6 * time.Hour)
	assert.Greater(t, len(o.server.Requests()), requests)
}

func TestAnswersThroughTheMESHClient(t *testing.T) {
	o := newOffice(t)
	agent := &meshtest.Agent{Server: o.server, Mailbox: officeMailbox, Root: t.TempDir(), Upper: true}
	require.NoError(t, agent.Make())
	o.set("mesh.folder", agent.Root)
	o.now = time.Now() // the folders carry the times of this computer
	o.record(1)
	file := o.build()
	o.step()
	require.NoError(t, agent.Poll())
	o.after(time.Minute)
	require.Equal(t, export.Accepted, o.stand(file.ID).State)
	_, err := o.server.Deliver(meshtest.Message{From: receiverMailbox, To: officeMailbox, WorkflowID: "ACK",
		Subject: bare(file) + "_InfAck_20220520T02000000.csv", Parts: [][]byte{[]byte(fileAnswer(true))}})
	require.NoError(t, err)
	require.NoError(t, agent.Poll())
	report := o.after(10 * time.Minute)
	require.Len(t, report.Arrived, 1)
	assert.Equal(t, export.InboundSettled, report.Arrived[0].State, report.Arrived[0].Outcome)
	o.whole()
}

// A gateway's page in place of one message holds up neither the others nor, later, the message itself.
func TestMessageThatCannotBeReadStaysInTheMailboxAndIsTold(t *testing.T) {
	o := newOffice(t)
	o.step()
	first := o.deliver("", "the first")
	o.deliver("", "the second")
	o.server.Inject(1, func(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, first) }, meshtest.Answer(200, "text/html", "<html>"))
	report := o.after(5 * time.Minute)
	require.Len(t, report.Arrived, 1)
	assert.Contains(t, report.Problem, first)
	assert.Contains(t, report.Problem, "cannot be read")
	report = o.after(5 * time.Minute)
	require.Len(t, report.Arrived, 1)
	assert.Equal(t, first, report.Arrived[0].ID)
	assert.Empty(t, report.Problem)
}
