package store_test

import (
	"context"
	"encoding/csv"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
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

// receiver is the NHS side of our extracts: it keeps what our files, replayed in order, say. It is as strict as version 5:
// a record is new once, and only a known one is changed.
type receiver struct {
	t      require.TestingT
	strict bool
	tables map[export.Kind]map[string]string // by key of the row, the row without its action
	names  map[string]bool
}

func newReceiver(t require.TestingT) *receiver {
	return &receiver{t: t, strict: true, tables: map[export.Kind]map[string]string{}, names: map[string]bool{}}
}

func (r *receiver) name(d export.Delivery) {
	require.False(r.t, r.names[d.FileName], "a file name comes twice: %s", d.FileName)
	r.names[d.FileName] = true
}

// take replays a file, and rejects the rows asked for.
func (r *receiver) take(d export.Delivery, content string, rejects map[int]bool) {
	table := r.tables[d.Kind]
	if table == nil {
		table = map[string]string{}
		r.tables[d.Kind] = table
	}
	reader := csv.NewReader(strings.NewReader(content))
	reader.Comma = '|'
	rows, err := reader.ReadAll()
	require.NoError(r.t, err)
	require.Len(r.t, rows, d.Rows+1)
	for n, row := range rows[1:] {
		if rejects[n+1] {
			continue
		}
		r.row(table, d, rows[0], row)
	}
}

func (r *receiver) row(table map[string]string, d export.Delivery, header, row []string) {
	at := func(name string) string { return row[slices.Index(header, name)] }
	if d.Counts {
		key := strings.Join(row[1:11], "|")
		table[key] = strings.Join(row[11:], "|")
		return
	}
	var key string
	if d.Kind == export.AttributeRows {
		key = at("VACCINATION_UNIQUE_ID") + " " + at("ATTRIBUTE_ID")
	} else {
		key = at("UNIQUE_ID")
	}
	flag := slices.Index(header, "ACTION_FLAG")
	_, there := table[key]
	switch action := row[flag]; {
	case action == "new":
		require.False(r.t, there && r.strict, "%s: new twice: %s", d.Kind, key)
	default:
		require.True(r.t, there || !r.strict, "%s: %s of what is not there: %s", d.Kind, action, key)
	}
	if row[flag] == "delete" {
		delete(table, key)
		return
	}
	table[key] = strings.Join(slices.Delete(slices.Clone(row), flag, flag+1), "|")
}

// world is a desk, its builder and the receiver.
type world struct {
	*desk
	r        *rapid.T
	builder  *export.Builder
	courier  *export.Courier
	answers  *export.Answers
	extracts export.Extracts
	receiver *receiver
	ids      []string
	taken    map[string]bool // deliveries that the receiver has
	lost     bool            // a restore has lost records
}

var known = func() *catalogue.Catalogue {
	c, err := catalogue.Load()
	if err != nil {
		panic(err)
	}
	return c
}()

func newWorld(t *testing.T, r *rapid.T) *world {
	w := &world{desk: newDesk(t), r: r, extracts: export.Extracts{Catalogue: known}, receiver: newReceiver(r), taken: map[string]bool{}}
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

func (w *world) save(e capture.Event, before *capture.Event) {
	dues := w.extracts.Due(e)
	if before != nil {
		dues = append(w.extracts.Due(*before), dues...)
	}
	require.NoError(w.r, w.SaveEvent(context.Background(), e, dues, "", w.entry("event.save")))
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
	next := *before
	if action == capture.ActionUpdate {
		next = w.dose(before.ID, 0)
	}
	next.Version, next.Action, next.RecordedAt = before.Version+1, action, w.clock.Now()
	next.Change = &capture.Change{Reason: "typing error", ByID: "S1", At: next.RecordedAt}
	w.save(next, before)
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

// steps are what may happen, as often as it stands here; a restore is rare.
var steps = strings.Fields(strings.Repeat("record amend build send ", 6) + strings.Repeat("record delete requeue wait ", 3) + "backup restore")

// fewerChecks keeps a test with a whole store in each sequence short, unless somebody asks for a number: -rapid.checks.
func fewerChecks(t *testing.T) {
	checks := flag.Lookup("rapid.checks")
	if usual := checks.Value.String(); usual == checks.DefValue {
		require.NoError(t, checks.Value.Set("20"))
		t.Cleanup(func() { _ = checks.Value.Set(usual) })
	}
}

func TestReceiverHasWhatWeHave(t *testing.T) {
	fewerChecks(t)
	number, rows := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		number++
		w := newWorld(t, r)
		defer func() { _ = w.Close() }()
		backup := ""
		for range rapid.IntRange(5, 40).Draw(r, "steps") {
			switch rapid.SampledFrom(steps).Draw(r, "step") {
			case "record":
				w.record()
			case "amend":
				w.change(capture.ActionUpdate)
			case "delete":
				w.change(capture.ActionDelete)
			case "build":
				w.build()
			case "send":
				w.send(false)
			case "requeue":
				w.requeue()
			case "wait":
				if w.clock.now.Hour() < 18 {
					w.clock.move(time.Duration(rapid.IntRange(1, 90).Draw(r, "minutes")) * time.Minute)
				}
			case "backup":
				backup = filepath.Join(filepath.Dir(w.options.Path), strconv.Itoa(int(w.clock.Now().UnixNano()))+".backup")
				require.NoError(r, w.Backup(context.Background(), backup))
			case "restore":
				if backup != "" {
					w.restore(backup)
				}
			}
		}
		w.calm()
		w.compare()
		rows += len(w.table(export.Covid))
		report, err := w.Verify(context.Background(), nil)
		require.NoError(r, err)
		require.Empty(r, report.Faults)
	})
	t.Log(number, "sequences", rows, "rows at the end")
	require.Greater(t, rows, number, "the sequences say something")
}

// compare holds the receiver's tables against our records.
func (w *world) compare() {
	covid, attributes := map[string]string{}, map[string]string{}
	sheets := map[export.Kind]*export.Sheet{}
	profiles := map[export.Kind]*export.Profile{}
	for _, kind := range []export.Kind{export.Covid, export.AttributeRows} {
		profile, err := export.Shipped().Find(kind)
		require.NoError(w.r, err)
		profiles[kind], sheets[kind] = profile, export.NewSheet(profile, nil, known)
	}
	given := map[string]int{}
	for _, id := range w.ids {
		latest := w.latest(id)
		if latest == nil {
			w.forget(id)
			continue
		}
		if !profiles[export.Covid].Carries(latest) {
			continue
		}
		sheet := sheets[export.Covid]
		if len(sheet.Check(latest, capture.ActionNew, w.clock.Now())) > 0 {
			w.forget(id) // held back: the receiver may have an earlier version, or none
			continue
		}
		row := sheet.Row(nil, latest, capture.ActionNew)
		flag := slices.IndexFunc(sheet.Columns, func(c export.Column) bool { return c.Name == "ACTION_FLAG" })
		covid[id] = strings.Join(slices.Delete(row, flag, flag+1), "|")
		for _, answer := range profiles[export.AttributeRows].Answers(latest) {
			attributes[id+" "+answer.ID] = answer.Value
		}
		if latest.Given != nil {
			given[latest.At.UTC().Truncate(time.Hour).Format("20060102T15")]++
		}
	}
	require.Equal(w.r, covid, w.table(export.Covid))
	theirs := map[string]string{}
	for key, row := range w.table(export.AttributeRows) {
		theirs[key] = strings.Split(row, "|")[4]
	}
	require.Equal(w.r, attributes, theirs)
	if !w.lost {
		w.compareHours(given)
	}
}

func (w *world) table(kind export.Kind) map[string]string {
	table := w.receiver.tables[kind]
	if table == nil {
		return map[string]string{}
	}
	return table
}

// forget leaves out an event that there is nothing to compare of.
func (w *world) forget(id string) {
	for _, table := range w.receiver.tables {
		maps.DeleteFunc(table, func(key, _ string) bool { return strings.HasPrefix(key, id) })
	}
}

// compareHours holds the counts of each hour, and of the day, against the records.
func (w *world) compareHours(given map[string]int) {
	theirs, day, latest := map[string]int{}, map[string]int{}, map[string]string{}
	for key, counts := range w.table(export.Hourly) {
		cells, values := strings.Split(key, "|"), strings.Split(counts, "|")
		n, err := strconv.Atoi(values[0])
		require.NoError(w.r, err)
		if hour := cells[0][:11]; n > 0 {
			theirs[hour] += n
		}
		// The newest row of a key has the sum of the day, unless nothing was left of it.
		dims := strings.Join(cells[2:], "|")
		if cells[0] > latest[dims] {
			sum, err := strconv.Atoi(values[2])
			require.NoError(w.r, err)
			latest[dims], day[dims] = cells[0], sum
		}
	}
	w.heldHours(given)
	require.Equal(w.r, given, theirs)
	total, sums := 0, 0
	for _, n := range given {
		total += n
	}
	for _, n := range day {
		sums += n
	}
	require.Equal(w.r, total, sums, "the sums since midnight")
}

// heldHours adds what only the daily extract holds back: a dose counts although its row has a fault.
func (w *world) heldHours(given map[string]int) {
	profile, _ := export.Shipped().Find(export.Covid)
	sheet := export.NewSheet(profile, nil, known)
	for _, id := range w.ids {
		latest := w.latest(id)
		if profile.Carries(latest) && latest.Given != nil && len(sheet.Check(latest, capture.ActionNew, w.clock.Now())) > 0 {
			given[latest.At.UTC().Truncate(time.Hour).Format("20060102T15")]++
		}
	}
}
