package store_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export"
	"deltoid/store"
)

// world is a desk, its builder and the receiver.
type world struct {
	*desk
	r         *rapid.T
	builder   *export.Builder
	courier   *export.Courier
	answers   *export.Answers
	extracts  export.Extracts
	receiver  *receiver
	ids       []string
	reactions int
	taken     map[string]bool // deliveries that the receiver has
	lost      bool            // a restore has lost records
	unsure    map[string]bool // records of which a restore has lost a version that the receiver may have
}

var known = func() *catalogue.Catalogue {
	c, err := catalogue.Load()
	if err != nil {
		panic(err)
	}
	return c
}()

func newWorld(t *testing.T, r *rapid.T) *world {
	on := capture.Configuration{"reactions.enabled": "true"}
	w := &world{
		desk: newDesk(t), r: r, receiver: newReceiver(r), taken: map[string]bool{}, unsure: map[string]bool{},
		extracts: export.Extracts{Catalogue: known, Settings: func() capture.Configuration { return on }},
	}
	require.NoError(t, w.SaveConfiguration(context.Background(), on, w.entry("configuration.save")))
	w.wire()
	return w
}

func (w *world) wire() {
	w.builder = &export.Builder{Ledger: w.Store, Catalogue: known, Now: w.clock.Now, NewID: newID}
	w.courier = &export.Courier{Ledger: w.Store, Now: w.clock.Now}
	w.answers = &export.Answers{Book: w.Store, Now: w.clock.Now}
}

// dose is an event that every extract would take.
func (w *world) dose(id string, version int) capture.Event {
	at := w.clock.Now().Add(-time.Duration(rapid.IntRange(0, 300).Draw(w.r, "minutes ago")) * time.Minute).Truncate(time.Second)
	if start := time.Date(2022, 5, 12, 0, 0, 0, 0, time.UTC); at.Before(start) {
		at = start
	}
	edition := known.At(catalogue.DateOf(at))
	product, _ := edition.Product(rapid.SampledFrom([]string{"comirnaty30_rtu", "spikevax"}).Draw(w.r, "product"))
	code := func(c catalogue.Code, _ bool) capture.Coded { return capture.Coded{Code: c.Code, Term: c.Term} }
	const ods = "https://fhir.nhs.uk/Id/ods-organization-code"
	who := capture.Performer{ID: "S1", UserName: "a.nurse", Forename: "Ada", Surname: "Nurse"}
	e := capture.Event{
		ID: id, IDURI: "https://deltoid.example/identifiers/vacc", Version: version, Action: capture.ActionNew, At: at, RecordedAt: w.clock.Now(),
		Person:    capture.Person{ID: "P" + id[len(id)-6:], Forename: "Jo", Surname: "Example", BirthDate: catalogue.MustDate("1973-04-09"), Gender: "2", Postcode: "LS1 4ZZ", NHSNumberStatus: "03"},
		PersonURI: "https://deltoid.example/identifiers/patient", Site: capture.Site{Code: "RX8XX", Name: "Hub"}, SiteURI: ods, LocationURI: ods,
		CareSetting: code(edition.CareSetting("community-health")), PrimarySource: true, Performer: who, RecordedBy: who,
		Disease: rapid.SampledFrom([]string{capture.COVID19, capture.COVID19, capture.COVID19, "RABIES"}).Draw(w.r, "disease"), Kind: catalogue.Primary1,
		Product:    capture.EventProduct{Key: product.Key, Coded: capture.Coded{Code: product.AMP, Term: product.Term}, Manufacturer: product.Manufacturer},
		Indication: code(edition.Indication(capture.COVID19)),
		Additional: capture.Additional{HealthCareWorker: rapid.SampledFrom([]string{"", "yes", "no"}).Draw(w.r, "health care worker")},
	}
	if rapid.IntRange(0, 4).Draw(w.r, "outcome") == 0 {
		situation, _ := edition.Situation("first-declined")
		reason, _ := edition.Reason("dose-declined")
		if reason.Code == "" {
			reason.Code, reason.Term = "1324721000000108", "dose declined"
		}
		e.NotGiven = &capture.NotGivenAs{Situation: capture.Coded{Code: situation.Code, Term: situation.Term}, Reason: capture.Coded{Code: reason.Code, Term: reason.Term}}
		return e
	}
	procedure, _ := edition.Procedure(e.Kind, product.Platform)
	consent, _ := edition.Consent("CT1")
	e.Given = &capture.Given{
		Procedure: capture.Coded{Code: procedure.Code, Term: procedure.Term}, BatchNumber: rapid.StringMatching(`[A-Z]{2}[0-9]{4}`).Draw(w.r, "batch"),
		Expiry: catalogue.MustDate("2022-12-31"), BodySite: code(edition.Site("left-upper-arm")), Route: code(edition.Route("im")),
		Amount: "0.3", Unit: code(edition.Unit("ml")), Consent: capture.Coded{Code: consent.Code, Term: consent.Term},
	}
	if rapid.IntRange(0, 9).Draw(w.r, "fault") == 0 {
		e.Given.BatchNumber = "" // held back until put right
	}
	return e
}

func (w *world) save(e capture.Event, before *capture.Event, reactions ...capture.DueReaction) {
	dues := w.extracts.Due(e)
	if before != nil {
		dues = append(w.extracts.Due(*before), dues...)
	}
	require.NoError(w.r, w.SaveCorrection(context.Background(), e, dues, reactions, w.entry("event.save")))
}

func (w *world) record() {
	id := fmt.Sprintf("e045626e-4dc5-4df3-bc35-%012d", len(w.ids)+1)
	w.ids = append(w.ids, id)
	w.save(w.dose(id, 1), nil)
}

// latest is the newest version of an event; nil when a restore lost it.
func (w *world) latest(id string) *capture.Event {
	versions, err := w.Event(context.Background(), id)
	if capture.IsNotFound(err) {
		return nil
	}
	require.NoError(w.r, err)
	return &versions[len(versions)-1]
}

func (w *world) some() *capture.Event {
	if len(w.ids) == 0 {
		return nil
	}
	latest := w.latest(rapid.SampledFrom(w.ids).Draw(w.r, "event"))
	if latest == nil || latest.Action == capture.ActionDelete {
		return nil
	}
	return latest
}

func (w *world) change(action capture.Action) {
	before := w.some()
	if before == nil {
		return
	}
	next, reactions := *before, w.standing(*before)
	if action == capture.ActionUpdate {
		next = w.dose(before.ID, 0)
		if len(reactions) > 0 && (next.Given == nil || next.Disease != before.Disease) {
			return // the desk refuses it
		}
		reactions = nil
	}
	next.Version, next.Action, next.RecordedAt = before.Version+1, action, w.clock.Now()
	next.Change = &capture.Change{Reason: "typing error", ByID: "S1", At: next.RecordedAt}
	var due []capture.DueReaction
	for _, latest := range reactions {
		latest.Version, latest.Action, latest.Reason = latest.Version+1, capture.ActionDelete, "typing error"
		due = append(due, capture.DueReaction{Reaction: latest, Dues: w.extracts.DueReaction(latest, next)})
	}
	w.save(next, before, due...)
}

func (w *world) build() {
	made, err := w.builder.BuildAll(context.Background(), w.clock.Now(), nil)
	require.NoError(w.r, err)
	for _, file := range made {
		if file.Delivery.ID != "" {
			w.receiver.name(file.Delivery)
		}
	}
}

// send lets built files go, oldest first, and the receiver answers each.
func (w *world) send(calm bool) {
	deliveries, err := w.Deliveries(context.Background())
	require.NoError(w.r, err)
	slices.Reverse(deliveries)
	for _, d := range deliveries {
		now, err := w.Delivery(context.Background(), d.ID)
		require.NoError(w.r, err)
		if now.State != export.Built {
			continue // an earlier one took it back
		}
		w.answer(now, calm)
	}
}

func (w *world) answer(d export.Delivery, calm bool) {
	how := "accepts"
	if !calm {
		how = rapid.SampledFrom([]string{"accepts", "accepts", "silent", "failures only", "rejects", "refuses", "MESH refuses"}).Draw(w.r, "answer")
	}
	if how == "MESH refuses" {
		d = w.to(w.to(d, export.Sending), export.Refused)
		require.NoError(w.r, w.courier.Resend(context.Background(), d.ID))
		return
	}
	d = w.to(w.to(w.to(d, export.Sending), export.Accepted), export.Collected)
	bare := strings.TrimSuffix(d.FileName, ".csv")
	if how == "refuses" {
		d, err := w.answers.Take(context.Background(), bare+"_InfAck_20220512T10000000.csv", strings.NewReader(fileAnswer(false)))
		require.NoError(w.r, err)
		require.Equal(w.r, export.Refused, d.State)
		require.False(w.r, d.Complete())
		require.NoError(w.r, w.courier.Resend(context.Background(), d.ID))
		return
	}
	rejects := map[int]bool{}
	if !d.Counts && d.Kind != export.AttributeRows && (how == "rejects" || how == "failures only") {
		for n := range d.Rows {
			if rapid.Bool().Draw(w.r, "reject") {
				rejects[n+1] = true
			}
		}
	}
	w.receiver.take(d, w.read(d.ID), rejects)
	w.taken[d.ID] = true
	if how == "silent" || d.Counts || d.Kind == export.AttributeRows {
		return
	}
	_, err := w.answers.Take(context.Background(), bare+"_InfAck_20220512T10000000.csv", strings.NewReader(fileAnswer(true)))
	require.NoError(w.r, err)
	after, err := w.answers.Take(context.Background(), bare+"_BusAck_20220512T10000000.csv", strings.NewReader(w.rowAnswers(d, rejects, how == "failures only")))
	require.NoError(w.r, err)
	require.Equal(w.r, how != "failures only" || len(rejects) == d.Rows, after.Complete(), "silence is no success")
	require.Equal(w.r, len(rejects), after.Answer.Rejected)
}

func fileAnswer(taken bool) string {
	const header = "MESSAGE_HEADER_ID|HEADER_RESPONSE_CODE|ISSUE_SEVERITY|ISSUE_CODE|ISSUE_DETAILS_CODE|RESPONSE_TYPE|RESPONSE_CODE|RESPONSE_DISPLAY|RECEIVED_TIME|MAILBOX_FROM|LOCAL_ID|MESSAGE_DELIVERY\r\n"
	if taken {
		return header + "m1|Success|Information|OK|20013|Technical|20013|Success|20220512T10000000|||True\r\n"
	}
	return header + "m1|Failure|Fatal|Fatal Error|10001|Technical|10002|Infrastructure Level Response Value - Processing Error|20220512T10000000|||False\r\n"
}

func (w *world) rowAnswers(d export.Delivery, rejects map[int]bool, failuresOnly bool) string {
	var b strings.Builder
	b.WriteString("MESSAGE_HEADER_ID|HEADER_RESPONSE_CODE|ISSUE_SEVERITY|ISSUE_CODE|ISSUE_DETAILS_CODE|RESPONSE_TYPE|RESPONSE_CODE|RESPONSE_DISPLAY|RECEIVED_TIME|MAILBOX_FROM|LOCAL_ID|IMMS_ID|OPERATION_OUTCOME|MESSAGE_DELIVERY\r\n")
	for row, err := range w.FileRows(context.Background(), d.ID) {
		require.NoError(w.r, err)
		key := row.Version.EventID + "^https://deltoid.example/identifiers/vacc"
		switch {
		case rejects[row.Row]:
			fmt.Fprintf(&b, "m1^%d|Fatal Error|Fatal|Fatal Error|30002|Business|30002|Business Level Response Value - Processing Error|20220512T10000000||%s||not good|False\r\n", row.Row, key)
		case !failuresOnly:
			fmt.Fprintf(&b, "m1^%d|OK|Information|OK|30001|Business|30001|Success|20220512T10000000||%s|imms||True\r\n", row.Row, key)
		}
	}
	return b.String()
}

func (w *world) requeue() {
	rejected, err := w.Rejected(context.Background())
	require.NoError(w.r, err)
	for _, row := range rejected {
		require.Equal(w.r, "not good", row.Diagnostics)
		require.NoError(w.r, w.Requeue(context.Background(), row.Kind, row.Version.EventID, w.entry("delivery.requeue")))
	}
}

// restore puts a backup of some time ago in place of the records file.
func (w *world) restore(backup string) {
	before := w.versions()
	require.NoError(w.r, w.Close())
	for _, ending := range []string{"", "-wal", "-shm"} {
		_ = store.SystemFiles().Remove(w.options.Path + ending)
	}
	require.NoError(w.r, copyFile(backup, w.options.Path))
	s, err := unlock(w.options)
	require.NoError(w.r, err)
	w.Store = s
	w.wire()
	w.receiver.strict, w.lost = false, true // files sent since the backup are not known here any more
	after := w.versions()
	for id, version := range before {
		w.unsure[id] = w.unsure[id] || after[id] < version
	}
}

// versions is the latest version of every event and every reaction, by id.
func (w *world) versions() map[string]int {
	all := map[string]int{}
	require.NoError(w.r, w.EachEvent(context.Background(), func(e capture.Event) error {
		all[e.ID] = e.Version
		reactions, err := w.ReactionsOf(context.Background(), e.ID)
		for _, r := range reactions {
			all[r.ID] = r.Version
		}
		return err
	}))
	return all
}

func copyFile(from, to string) error {
	raw, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, raw, 0o600)
}

// calm brings everything out that waits.
func (w *world) calm() {
	for range 4 {
		w.requeue()
		w.build()
		w.send(true)
	}
	w.clock.move(time.Hour) // the last hour is over
	w.build()
	w.send(true)
}
