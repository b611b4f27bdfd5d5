package export_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export"
	"deltoid/export/mesh"
	"deltoid/export/mesh/meshtest"
	"deltoid/store"
)

// office is a whole computer: a records file, the builder, the courier with the real client, and a MESH in this program.
type office struct {
	t       testing.TB
	store   *store.Store
	server  *meshtest.Server
	builder *export.Builder
	courier *export.Courier
	sample  *sample
	now     time.Time
	shared  atomic.Int64 // now, for the server, which may still be at work on a request that broke off
	ids     int
	parts   int             // bytes of a part of a message; 0: those of MESH
	faults  func(op string) // tests end the program before something is kept; nil: never
}

const (
	officeMailbox   = "X26DEL"
	receiverMailbox = "X26DPS1"
)

const officePassphrase = "three plain words"

// quickStretch makes passphrases cheap to check; only tests may.
var quickStretch = store.Stretch{Passes: 1, MemoryKiB: 64, Lanes: 1}

func newOffice(t testing.TB) *office {
	o := &office{t: t, sample: newSample(t), now: buildTime}
	o.server = meshtest.New(meshtest.Options{Now: o.serverClock, PollPause: mesh.PollPause})
	o.tick()
	for _, id := range []string{officeMailbox, receiverMailbox} {
		require.NoError(t, o.server.AddMailbox(meshtest.Mailbox{ID: id, Password: "secret"}))
	}
	require.NoError(t, o.server.Start())
	t.Cleanup(func() { require.NoError(t, o.server.Close()) })
	options := store.Options{Path: filepath.Join(t.TempDir(), "deltoid.db"), Now: o.clock, Stretch: quickStretch}
	admin := capture.Staff{ID: "staff-1", UserName: "a.nurse", Forename: "Ada", Surname: "Nurse"}
	records, _, err := store.Create(t.Context(), options, admin, officePassphrase)
	require.NoError(t, err)
	t.Cleanup(func() { _ = o.store.Close() })
	o.store = records
	o.set("mesh.url", o.server.URL())
	o.restart()
	return o
}

func (o *office) clock() time.Time { return o.now }

func (o *office) serverClock() time.Time { return time.Unix(0, o.shared.Load()).UTC() }

// tick shows the server the time.
func (o *office) tick() { o.shared.Store(o.now.UnixNano()) }

func (o *office) set(key, value string) {
	configuration, err := o.store.Configuration(context.Background())
	require.NoError(o.t, err)
	if len(configuration) == 0 {
		configuration = capture.Configuration{
			"mesh.mailbox": officeMailbox, "mesh.password": "secret", "mesh.shared_key": meshtest.TestKey, "covid.to_mailbox": receiverMailbox,
		}
	}
	configuration[key] = value
	require.NoError(o.t, o.store.SaveConfiguration(context.Background(), configuration, o.entry("settings.change")))
}

func (o *office) entry(action string) capture.AuditEntry {
	return capture.AuditEntry{At: o.now, By: "staff-1", Action: action, Subject: "test"}
}

// restart is the program started anew: everything but the records file is forgotten.
func (o *office) restart() {
	o.builder = &export.Builder{Ledger: o.store, Catalogue: o.sample.known, Now: o.clock, NewID: o.newID}
	mail := faultyMail{o.store, o}
	o.courier = &export.Courier{Ledger: mail, Mail: mail, Now: o.clock, Jitter: func() float64 { return 0 }, Connect: o.connect}
}

func (o *office) connect(c capture.Configuration) (export.Post, error) {
	if c.Get("mesh.folder") != "" {
		return export.NewPost(c, "1.0.0", o.clock)
	}
	return clientInParts(o.clock, o.parts)(c)
}

func (o *office) newID() string {
	o.ids++
	return fmt.Sprintf("5f1c7a0e-9e0b-4a52-9c0e-%012d", o.ids)
}

// record saves so many vaccinations.
func (o *office) record(n int) (ids []string) {
	for range n {
		event := o.sample.given("2022-05-19T10:00:00Z", "comirnaty30_rtu", catalogue.Primary1)
		event.ID, event.RecordedAt = o.newID(), o.now
		require.NoError(o.t, o.store.SaveEvent(context.Background(), event, []string{string(export.Covid)}, "", o.entry("event.save")))
		ids = append(ids, event.ID)
	}
	return ids
}

func (o *office) build() export.Delivery {
	delivery, report, err := o.builder.Build(context.Background(), export.Covid, o.now.Add(time.Hour), nil)
	require.NoError(o.t, err)
	require.Empty(o.t, report.HeldBack)
	require.NotEmpty(o.t, delivery.ID)
	return delivery
}

func (o *office) step() export.Report {
	o.t.Helper()
	o.tick()
	report, err := o.courier.Step(context.Background())
	require.NoError(o.t, err)
	return report
}

func (o *office) after(pause time.Duration) export.Report {
	o.t.Helper()
	o.now = o.now.Add(pause)
	return o.step()
}

// stepOrDie steps; when the program dies in it, or cannot write, it is started anew.
func (o *office) stepOrDie() (report export.Report, died bool) {
	defer func() {
		if fault := recover(); fault != nil {
			if _, ours := fault.(crashed); !ours {
				panic(fault)
			}
			o.restart()
			died = true
		}
	}()
	o.tick()
	report, err := o.courier.Step(context.Background())
	return report, err != nil
}

func (o *office) stand(id string) export.Delivery {
	delivery, err := o.store.Delivery(context.Background(), id)
	require.NoError(o.t, err)
	return delivery
}

func (o *office) inbox(states ...export.InboundState) []export.Inbound {
	all, err := o.store.InboundIn(context.Background(), states...)
	require.NoError(o.t, err)
	return all
}

// whole checks that everything is as it was saved.
func (o *office) whole() {
	o.t.Helper()
	report, err := o.store.Verify(context.Background(), nil)
	require.NoError(o.t, err)
	require.Empty(o.t, report.Faults)
}

// deliver puts a message into our mailbox.
func (o *office) deliver(name, content string) string {
	o.tick()
	id, err := o.server.Deliver(meshtest.Message{From: receiverMailbox, To: officeMailbox, WorkflowID: "VACCINATIONS_DAILY_COVID_4_ACK", FileName: name, Parts: [][]byte{[]byte(content)}})
	require.NoError(o.t, err)
	return id
}

// fileAnswer is an InfAck, and rowAnswer a BusAck with rejected rows and, unless it lists failures only, accepted ones.
func fileAnswer(taken bool) string {
	const header = "MESSAGE_HEADER_ID|HEADER_RESPONSE_CODE|ISSUE_SEVERITY|ISSUE_CODE|ISSUE_DETAILS_CODE|RESPONSE_TYPE|RESPONSE_CODE|RESPONSE_DISPLAY|RECEIVED_TIME|MAILBOX_FROM|LOCAL_ID|MESSAGE_DELIVERY\r\n"
	if taken {
		return header + "m1|Success|Information|OK|20013|Technical|20013|Success|20220520T02000000|||True\r\n"
	}
	return header + "m1|Failure|Fatal|Fatal Error|10001|Technical|10002|Infrastructure Level Response Value - Processing Error|20220520T02000000|||False\r\n"
}

func (o *office) rowAnswer(deliveryID string, rejected func(row int) bool, failuresOnly bool) string {
	var b strings.Builder
	b.WriteString("MESSAGE_HEADER_ID|HEADER_RESPONSE_CODE|ISSUE_SEVERITY|ISSUE_CODE|ISSUE_DETAILS_CODE|RESPONSE_TYPE|RESPONSE_CODE|RESPONSE_DISPLAY|RECEIVED_TIME|MAILBOX_FROM|LOCAL_ID|IMMS_ID|OPERATION_OUTCOME|MESSAGE_DELIVERY\r\n")
	for row, err := range o.store.FileRows(context.Background(), deliveryID) {
		require.NoError(o.t, err)
		key := row.Version.EventID + "^https://deltoid.example/identifiers/vacc"
		switch {
		case rejected(row.Row):
			fmt.Fprintf(&b, "m1^%d|Fatal Error|Fatal|Fatal Error|30002|Business|30002|Business Level Response Value - Processing Error|20220520T02000000||%s||not good|False\r\n", row.Row, key)
		case !failuresOnly:
			fmt.Fprintf(&b, "m1^%d|OK|Information|OK|30001|Business|30001|Success|20220520T02000000||%s|imms||True\r\n", row.Row, key)
		}
	}
	return b.String()
}

// faultyMail is the records file, before which tests let the program die.
type faultyMail struct {
	*store.Store
	office *office
}

func (f faultyMail) SaveDelivery(ctx context.Context, d export.Delivery, entry capture.AuditEntry) error {
	f.office.dies("before " + entry.Action)
	err := f.Store.SaveDelivery(ctx, d, entry)
	f.office.dies("after " + entry.Action)
	return err
}

func (f faultyMail) KeepInbound(ctx context.Context, message export.Inbound, content []byte, entry capture.AuditEntry) error {
	f.office.dies("before " + entry.Action)
	err := f.Store.KeepInbound(ctx, message, content, entry)
	f.office.dies("after " + entry.Action)
	return err
}

func (f faultyMail) SaveInbound(ctx context.Context, message export.Inbound, entry capture.AuditEntry) error {
	f.office.dies("before " + entry.Action)
	err := f.Store.SaveInbound(ctx, message, entry)
	f.office.dies("after " + entry.Action)
	return err
}

func (f faultyMail) SaveContact(ctx context.Context, contact export.Contact) error {
	f.office.dies("before contact")
	err := f.Store.SaveContact(ctx, contact)
	f.office.dies("after contact")
	return err
}

func (o *office) dies(where string) {
	if o.faults != nil {
		o.faults(where)
	}
}
