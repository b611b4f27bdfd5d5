package capture_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// memStore keeps everything in memory; each …Err makes that call fail once.
type memStore struct {
	people        map[string]capture.Person
	staff         []capture.Staff
	batches       []capture.Batch
	clinics       []capture.Clinic
	stocks        []capture.Stock
	drafts        map[string]capture.Encounter
	events        map[string][]capture.Event
	order         []string
	reactions     []capture.Reaction
	observations  []capture.Observation
	packs         []capture.Pack
	dues          map[capture.Version][]string
	configuration capture.Configuration
	audit         []capture.AuditEntry
	looks         map[[2]string]capture.KeptLook // by person and disease
	sent          map[string]bool                // events that the NHS has taken
	saveEventErr  error
	afterSave     error // the event is kept, and the answer is lost
}

var _ capture.Store = (*memStore)(nil)

func notFound(what string) error {
	return &capture.Error{Code: capture.NotFound, Message: "there is no such " + what}
}

func (m *memStore) Search(query string, limit int) []capture.Person {
	var found []capture.Person
	for _, person := range m.people {
		if strings.Contains(strings.ToLower(person.Name()), strings.ToLower(query)) && len(found) < limit {
			found = append(found, person)
		}
	}
	return found
}

func (m *memStore) Person(_ context.Context, id string) (capture.Person, error) {
	if person, ok := m.people[id]; ok {
		return person, nil
	}
	return capture.Person{}, notFound("person")
}

func (m *memStore) PersonByNHSNumber(_ context.Context, number capture.NHSNumber) (capture.Person, error) {
	for _, person := range m.people {
		if person.NHSNumber == number {
			return person, nil
		}
	}
	return capture.Person{}, notFound("person")
}

func (m *memStore) SavePerson(_ context.Context, person capture.Person, entry capture.AuditEntry) error {
	m.people[person.ID] = person
	m.audit = append(m.audit, entry)
	return nil
}

func (m *memStore) Staff(context.Context) ([]capture.Staff, error) { return slices.Clone(m.staff), nil }

func (m *memStore) SaveStaff(_ context.Context, staff capture.Staff, entry capture.AuditEntry) error {
	if i := slices.IndexFunc(m.staff, func(s capture.Staff) bool { return s.ID == staff.ID }); i >= 0 {
		m.staff[i] = staff
	} else {
		m.staff = append(m.staff, staff)
	}
	m.audit = append(m.audit, entry)
	return nil
}

func (m *memStore) Batches(context.Context) ([]capture.Batch, error) {
	return slices.Clone(m.batches), nil
}

func (m *memStore) SaveBatch(_ context.Context, batch capture.Batch, entry capture.AuditEntry) error {
	m.batches = slices.DeleteFunc(m.batches, func(b capture.Batch) bool { return b.ID == batch.ID })
	m.batches = append(m.batches, batch)
	m.audit = append(m.audit, entry)
	return nil
}

func (m *memStore) Clinics(context.Context) ([]capture.Clinic, error) {
	return slices.Clone(m.clinics), nil
}

func (m *memStore) SaveClinic(_ context.Context, clinic capture.Clinic, entry capture.AuditEntry) error {
	m.clinics = slices.DeleteFunc(m.clinics, func(c capture.Clinic) bool { return c.ID == clinic.ID })
	m.clinics = append([]capture.Clinic{clinic}, m.clinics...)
	m.audit = append(m.audit, entry)
	return nil
}

func (m *memStore) Stocks(_ context.Context, clinicID string) ([]capture.Stock, error) {
	return slices.DeleteFunc(slices.Clone(m.stocks), func(s capture.Stock) bool { return s.ClinicID != clinicID }), nil
}

func (m *memStore) SaveStock(_ context.Context, stock capture.Stock, entry capture.AuditEntry) error {
	m.stocks = append(slices.DeleteFunc(m.stocks, func(s capture.Stock) bool { return s.ID == stock.ID }), stock)
	m.audit = append(m.audit, entry)
	return nil
}

func (m *memStore) EachEvent(_ context.Context, visit func(capture.Event) error) error {
	for _, id := range m.order {
		versions := m.events[id]
		if err := visit(versions[len(versions)-1]); err != nil {
			return err
		}
	}
	return nil
}

func (m *memStore) Drafts(context.Context) ([]capture.Encounter, error) {
	var drafts []capture.Encounter
	for _, draft := range m.drafts {
		drafts = append(drafts, draft)
	}
	return drafts, nil
}

func (m *memStore) Draft(_ context.Context, id string) (capture.Encounter, error) {
	if draft, ok := m.drafts[id]; ok {
		return draft, nil
	}
	return capture.Encounter{}, notFound("draft")
}

func (m *memStore) SaveDraft(_ context.Context, encounter capture.Encounter) error {
	if kept, ok := m.drafts[encounter.ID]; ok && encounter.Revision <= kept.Revision {
		return &capture.Error{Code: capture.Conflict, Message: "somebody else changed it"}
	}
	m.drafts[encounter.ID] = encounter
	return nil
}

func (m *memStore) DropDraft(_ context.Context, id string, entry capture.AuditEntry) error {
	delete(m.drafts, id)
	m.audit = append(m.audit, entry)
	return nil
}

func (m *memStore) SaveEvent(_ context.Context, event capture.Event, dues []string, draftID string, entry capture.AuditEntry) error {
	if err := m.saveEventErr; err != nil {
		m.saveEventErr = nil
		return err
	}
	if len(m.events[event.ID]) != event.Version-1 {
		return &capture.Error{Code: capture.Conflict, Message: "this version is kept already"}
	}
	if event.Version == 1 {
		m.order = append(m.order, event.ID)
	}
	m.events[event.ID] = append(m.events[event.ID], event)
	m.dues[capture.Version{EventID: event.ID, Version: event.Version}] = dues
	delete(m.drafts, draftID)
	m.audit = append(m.audit, entry)
	if err := m.afterSave; err != nil {
		m.afterSave = nil
		return err
	}
	return nil
}

func (m *memStore) Event(_ context.Context, id string) ([]capture.Event, error) {
	if versions := m.events[id]; len(versions) > 0 {
		return slices.Clone(versions), nil
	}
	return nil, notFound("event")
}

func (m *memStore) EventsOf(_ context.Context, personID string) ([]capture.Event, error) {
	var found []capture.Event
	for _, id := range m.order {
		versions := m.events[id]
		if latest := versions[len(versions)-1]; latest.Person.ID == personID {
			found = append(found, latest)
		}
	}
	return found, nil
}

func (m *memStore) EventsOn(_ context.Context, day capture.Date) ([]capture.Event, error) {
	var found []capture.Event
	for _, id := range m.order {
		versions := m.events[id]
		if latest := versions[len(versions)-1]; catalogue.DateOf(latest.RecordedAt) == day {
			found = append(found, latest)
		}
	}
	return found, nil
}

func (m *memStore) SaveCorrection(ctx context.Context, event capture.Event, dues []string, reactions []capture.DueReaction, entry capture.AuditEntry) error {
	if err := m.SaveEvent(ctx, event, dues, "", entry); err != nil {
		return err
	}
	for _, due := range reactions {
		m.keepReaction(due.Reaction, due.Dues)
	}
	return nil
}

func (m *memStore) keepReaction(reaction capture.Reaction, dues []string) {
	m.reactions = append(m.reactions, reaction)
	m.dues[capture.Version{EventID: reaction.ID, Version: reaction.Version}] = dues
}

func (m *memStore) SaveReaction(_ context.Context, reaction capture.Reaction, dues []string, entry capture.AuditEntry) error {
	m.keepReaction(reaction, dues)
	m.audit = append(m.audit, entry)
	return nil
}

func (m *memStore) Unsent(_ context.Context, eventID string) (bool, error) {
	return !m.sent[eventID], nil
}

func (m *memStore) KeptLook(_ context.Context, personID, disease string) (capture.KeptLook, error) {
	if look, ok := m.looks[[2]string{personID, disease}]; ok {
		return look, nil
	}
	return capture.KeptLook{}, notFound("look-up")
}

func (m *memStore) KeptLooks(context.Context) ([]capture.KeptLook, error) {
	return slices.Collect(maps.Values(m.looks)), nil
}

func (m *memStore) KeepLook(_ context.Context, look capture.KeptLook, entry capture.AuditEntry) error {
	m.looks[[2]string{look.PersonID, look.Disease}] = look
	m.audit = append(m.audit, entry)
	return nil
}

func (m *memStore) Reaction(_ context.Context, id string) ([]capture.Reaction, error) {
	versions := slices.DeleteFunc(slices.Clone(m.reactions), func(r capture.Reaction) bool { return r.ID != id })
	if len(versions) == 0 {
		return nil, notFound("reaction")
	}
	return versions, nil
}

func (m *memStore) ReactionsOf(_ context.Context, eventID string) ([]capture.Reaction, error) {
	var latest []capture.Reaction
	for _, reaction := range m.reactions {
		latest = slices.DeleteFunc(latest, func(r capture.Reaction) bool { return r.ID == reaction.ID })
		if reaction.EventID == eventID {
			latest = append(latest, reaction)
		}
	}
	return latest, nil
}

func (m *memStore) DropLooks(_ context.Context, looks []capture.KeptLook, entry capture.AuditEntry) error {
	for _, look := range looks {
		delete(m.looks, [2]string{look.PersonID, look.Disease})
	}
	m.audit = append(m.audit, entry)
	return nil
}

func (m *memStore) Observation(_ context.Context, eventID string) (capture.Observation, error) {
	for _, observation := range m.observations {
		if observation.EventID == eventID {
			return observation, nil
		}
	}
	return capture.Observation{}, notFound("observation")
}

func (m *memStore) SaveObservation(_ context.Context, observation capture.Observation, entry capture.AuditEntry) error {
	m.observations = append(m.observations, observation)
	m.audit = append(m.audit, entry)
	return nil
}

func (m *memStore) Packs(context.Context) ([]capture.Pack, error) { return m.packs, nil }

func (m *memStore) SavePack(_ context.Context, pack capture.Pack, entry capture.AuditEntry) error {
	m.packs = append(m.packs, pack)
	m.audit = append(m.audit, entry)
	return nil
}

func (m *memStore) Configuration(context.Context) (capture.Configuration, error) {
	return m.configuration, nil
}

func (m *memStore) SaveConfiguration(_ context.Context, configuration capture.Configuration, entry capture.AuditEntry) error {
	m.configuration = configuration
	m.audit = append(m.audit, entry)
	return nil
}

func (m *memStore) Audit(_ context.Context, entry capture.AuditEntry) error {
	m.audit = append(m.audit, entry)
	return nil
}

// assessorFn answers as the test says.
type assessorFn struct {
	decide func(capture.Case) capture.Decision
	last   capture.Case
}

func (a *assessorFn) Questions(capture.Case) (catalogue.QuestionSet, error) {
	return catalogue.QuestionSet{ID: "C"}, nil
}

func (a *assessorFn) Assess(c capture.Case) (capture.Decision, error) {
	a.last = c
	return a.decide(c), nil
}

func (a *assessorFn) NextDose(capture.Case) (capture.Suggestion, error) {
	return capture.Suggestion{Due: true, Kind: catalogue.Primary1}, nil
}

// extractsFn is due everywhere and warns as the test says.
type extractsFn struct{ warnings capture.Problems }

func (extractsFn) Due(capture.Event) []string { return []string{"covid"} }

func (extractsFn) DueReaction(_ capture.Reaction, event capture.Event) []string {
	return []string{"reactions of " + event.Disease}
}

func (e extractsFn) Check(capture.Event, capture.Configuration) capture.Problems { return e.warnings }

// now is the moment of every desk test: 12 May 2022, 10:02 in London.
var now = time.Date(2022, 5, 12, 9, 2, 0, 0, time.UTC)

type desk struct {
	*capture.Desk
	store    *memStore
	assessor *assessorFn
	extracts *extractsFn
}

// newDesk is a desk with a nurse signed in, a clinic open with Comirnaty 30 ready to use, and one person on the list.
func newDesk(t *testing.T) desk {
	t.Helper()
	rows, err := catalogue.Load()
	require.NoError(t, err)
	store := &memStore{
		people: map[string]capture.Person{}, drafts: map[string]capture.Encounter{}, events: map[string][]capture.Event{},
		dues: map[capture.Version][]string{}, looks: map[[2]string]capture.KeptLook{}, sent: map[string]bool{}, configuration: capture.Configuration{},
		staff: []capture.Staff{
			{ID: "nurse", UserName: "a.nurse", Forename: "Anna", Surname: "Nurse", Registration: capture.Registration{Body: "nmc", Number: "12A3456B"}},
			{ID: "pharmacist", UserName: "b.pharmacist", Forename: "Ben", Surname: "Pharmacist", Admin: true, Registration: capture.Registration{Body: "gphc", Number: "2038243"}},
			{ID: "recorder", UserName: "c.recorder", Forename: "Cleo", Surname: "Recorder"},
		},
		batches: []capture.Batch{
			{ID: "good", Product: "comirnaty30_rtu", Number: "FP1430", Expiry: catalogue.MustDate("2022-06-30")},
			{ID: "old", Product: "comirnaty30_rtu", Number: "FP0001", Expiry: catalogue.MustDate("2022-05-11")},
			{ID: "soon", Product: "comirnaty30_rtu", Number: "FP1431", Expiry: catalogue.MustDate("2022-05-18")},
			{ID: "other", Product: "spikevax", Number: "000151A", Expiry: catalogue.MustDate("2022-06-30")},
		},
	}
	person := goodPerson()
	person.ID = "P1"
	store.people["P1"] = person.Tidy()
	assessor := &assessorFn{decide: func(capture.Case) capture.Decision { return capture.Decision{Outcome: capture.Proceed} }}
	extracts := &extractsFn{}
	ids := 0
	d := &capture.Desk{
		Store: store, Assessor: assessor, Extracts: extracts, Catalogue: rows,
		Now: func() time.Time { return now },
		NewID: func() string {
			ids++
			return "id-" + string(rune('0'+ids/10)) + string(rune('0'+ids%10))
		},
	}
	require.NoError(t, d.SignIn(t.Context(), store.staff[0]))
	_, err = d.OpenClinic(t.Context(), goodClinic())
	require.NoError(t, err)
	return desk{d, store, assessor, extracts}
}

func goodClinic() capture.Clinic {
	return capture.Clinic{
		Site: capture.Site{Code: "RX8XX", Name: "St Example Hall"}, CareSetting: "community-health", LegalMechanism: "pgd",
		Product: "comirnaty30_rtu", BatchID: "good",
	}
}
