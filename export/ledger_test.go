package export_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"sync"
	"time"

	"deltoid/capture"
	"deltoid/export"
)

// memory is a Ledger that forgets at the end of the test. Faults are injected through its fields.
type memory struct {
	mu            sync.Mutex
	configuration capture.Configuration
	pending       []*pending
	deliveries    []export.Delivery
	content       map[string][]byte
	held          map[string]capture.Problems // by event id
	audit         []capture.AuditEntry
	released      map[string]bool
	settled       int           // calls of Settle
	kinds         []export.Kind // that every committed event is due in

	failSave  func(export.Delivery) error
	failWrite error

	needContext bool // saving fails once the context has ended
}

// pending is one version that the extract must carry.
type pending struct {
	seq   int64
	kind  export.Kind
	event capture.Event
	at    time.Time
	file  string // delivery id; empty while waiting
	row   int
	span  int
}

var (
	_ export.Ledger  = (*memory)(nil)
	_ export.Settler = (*memoryBuilding)(nil)
)

func newMemory() *memory {
	return &memory{
		configuration: capture.Configuration{"covid.to_mailbox": "X26DPS1"}, kinds: []export.Kind{export.Covid},
		content: map[string][]byte{}, released: map[string]bool{}, held: map[string]capture.Problems{},
	}
}

// commit takes a version in, as the store does when the desk saves.
func (m *memory) commit(events ...capture.Event) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, event := range events {
		for _, kind := range m.kinds {
			m.pending = append(m.pending, &pending{seq: int64(len(m.pending) + 1), kind: kind, event: event, at: event.RecordedAt})
		}
	}
}

func (m *memory) Waiting(ctx context.Context, kind export.Kind, before time.Time) iter.Seq2[export.Waiting, error] {
	return func(yield func(export.Waiting, error) bool) {
		for _, waiting := range m.waitingFor(kind, before) {
			if !yield(waiting, ctx.Err()) {
				return
			}
		}
	}
}

func (m *memory) waiting(before time.Time) []export.Waiting {
	return m.waitingFor(export.Covid, before)
}

func (m *memory) waitingFor(kind export.Kind, before time.Time) []export.Waiting {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []export.Waiting
	place := map[string]int{}
	for _, p := range m.pending {
		if p.kind != kind || p.file != "" || !p.at.Before(before) {
			continue
		}
		i, known := place[p.event.ID]
		if !known {
			i = len(all)
			place[p.event.ID] = i
			all = append(all, export.Waiting{Since: p.at, Carried: m.carried(kind, p.event.ID)})
		}
		all[i].Event = m.latest(p.event.ID, before)
		all[i].Seqs = append(all[i].Seqs, p.seq)
	}
	return all
}

// latest is the newest version there is, waiting or not: a row that is built again must not bring back an older one.
func (m *memory) latest(eventID string, before time.Time) (event capture.Event) {
	for _, p := range m.pending {
		if p.event.ID == eventID && p.at.Before(before) {
			event = p.event
		}
	}
	return event
}

func (m *memory) carried(kind export.Kind, eventID string) (version int) {
	for _, p := range m.pending {
		if p.kind != kind || p.event.ID != eventID || p.file == "" || p.row == 0 {
			continue
		}
		if i := m.find(p.file); i >= 0 && m.deliveries[i].State != export.Refused && p.event.Version > version {
			version = p.event.Version
		}
	}
	return version
}

func (m *memory) Carried(_ context.Context, kind export.Kind, eventID string) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.carried(kind, eventID), nil
}

// Event gives the versions that were committed.
func (m *memory) Event(_ context.Context, id string) ([]capture.Event, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.versions(id, forEver), nil
}

// Reaction finds none: see withReactions.
func (m *memory) Reaction(context.Context, string) ([]capture.Reaction, error) { return nil, nil }

var forEver = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)

func (m *memory) versions(id string, before time.Time) (all []capture.Event) {
	for _, p := range m.pending {
		known := slices.ContainsFunc(all, func(e capture.Event) bool { return e.Version == p.event.Version })
		if p.event.ID == id && !known && p.at.Before(before) {
			all = append(all, p.event)
		}
	}
	return all
}

func (m *memory) InHour(_ context.Context, start, before time.Time) iter.Seq2[[]capture.Event, error] {
	m.mu.Lock()
	defer m.mu.Unlock()
	seen := map[string]bool{}
	var all [][]capture.Event
	for _, p := range m.pending {
		if at := p.event.At; !seen[p.event.ID] && !at.Before(start) && at.Before(start.Add(time.Hour)) && p.at.Before(before) {
			seen[p.event.ID] = true
			all = append(all, m.versions(p.event.ID, before))
		}
	}
	return func(yield func([]capture.Event, error) bool) {
		for _, versions := range all {
			if !yield(versions, nil) {
				return
			}
		}
	}
}

func (m *memory) find(id string) int {
	return slices.IndexFunc(m.deliveries, func(d export.Delivery) bool { return d.ID == id })
}

func (m *memory) Begin(_ context.Context, delivery export.Delivery) (export.Building, error) {
	return &memoryBuilding{ledger: m, id: delivery.ID, rows: map[int64]int{}, spans: map[int64]int{}, held: map[string]capture.Problems{}}, nil
}

func (m *memory) Deliveries(context.Context) ([]export.Delivery, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := slices.Clone(m.deliveries)
	slices.Reverse(all)
	return all, nil
}

func (m *memory) Delivery(_ context.Context, id string) (export.Delivery, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if i := m.find(id); i >= 0 {
		return m.deliveries[i], nil
	}
	return export.Delivery{}, &capture.Error{Code: capture.NotFound, Message: "There is no such file"}
}

func (m *memory) Content(_ context.Context, id string) (io.ReadCloser, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return io.NopCloser(bytes.NewReader(m.content[id])), nil
}

func (m *memory) SaveDelivery(ctx context.Context, delivery export.Delivery, entry capture.AuditEntry) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.needContext && ctx.Err() != nil {
		return ctx.Err()
	}
	if m.failSave != nil {
		if err := m.failSave(delivery); err != nil {
			return err
		}
	}
	i := m.find(delivery.ID)
	if kept := m.deliveries[i]; len(delivery.Past) < len(kept.Past) || delivery.SHA256 != kept.SHA256 || delivery.FileName != kept.FileName {
		return &capture.Error{Code: capture.Conflict, Message: "This delivery went on meanwhile"}
	}
	if m.released[delivery.ID] && delivery.State != export.Refused && delivery.State != export.Held {
		return &capture.Error{Code: capture.Conflict, Message: "The records of this file wait for a new file"}
	}
	m.deliveries[i] = delivery
	m.audit = append(m.audit, entry)
	return nil
}

func (m *memory) Release(_ context.Context, id string, entry capture.AuditEntry) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	i := m.find(id)
	if i < 0 || m.deliveries[i].State != export.Refused || m.released[id] {
		return &capture.Error{Code: capture.Conflict, Message: "Only a refused file can be built again"}
	}
	m.released[id] = true
	for _, p := range m.pending {
		if p.file == id {
			p.file, p.row = "", 0
		}
	}
	m.audit = append(m.audit, entry)
	return nil
}

func (m *memory) Places(_ context.Context, eventID string) ([]export.Place, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var places []export.Place
	for _, p := range m.pending {
		if p.event.ID == eventID {
			places = append(places, export.Place{Version: versionOf(p.event), Kind: p.kind, DeliveryID: p.file, Row: p.row})
		}
	}
	return places, nil
}

func (m *memory) FileRows(_ context.Context, deliveryID string) iter.Seq2[export.FileRow, error] {
	return func(yield func(export.FileRow, error) bool) {
		for _, p := range m.pending {
			if p.file == deliveryID && p.row > 0 && !yield(export.FileRow{Row: p.row, Rows: p.span, Version: versionOf(p.event)}, nil) {
				return
			}
		}
	}
}

func (m *memory) HeldBack(context.Context) ([]export.HeldBack, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var held []export.HeldBack
	for id, problems := range m.held {
		held = append(held, export.HeldBack{Version: capture.Version{EventID: id}, Kind: export.Covid, Problems: problems})
	}
	return held, nil
}

func (m *memory) Overview(context.Context) (export.Overview, error) { return export.Overview{}, nil }

func (m *memory) Configuration(context.Context) (capture.Configuration, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.configuration, nil
}

func (m *memory) Audit(_ context.Context, entry capture.AuditEntry) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.audit = append(m.audit, entry)
	return nil
}

func versionOf(event capture.Event) capture.Version {
	return capture.Version{EventID: event.ID, Version: event.Version}
}

// memoryBuilding is a file being written to a memory.
type memoryBuilding struct {
	ledger   *memory
	id       string
	bytes    bytes.Buffer
	rows     map[int64]int
	spans    map[int64]int
	held     map[string]capture.Problems
	finished bool
}

func (b *memoryBuilding) Write(p []byte) (int, error) {
	if b.ledger.failWrite != nil {
		return 0, b.ledger.failWrite
	}
	return b.bytes.Write(p)
}

func (b *memoryBuilding) Rows(first, count int, waiting export.Waiting) error {
	err := b.Row(first, waiting)
	b.spans[waiting.Seqs[len(waiting.Seqs)-1]] = count
	return err
}

func (b *memoryBuilding) Row(n int, waiting export.Waiting) error {
	if len(waiting.Seqs) == 0 {
		return errors.New("a row without pending versions")
	}
	for _, seq := range waiting.Seqs {
		b.rows[seq] = 0
	}
	b.rows[waiting.Seqs[len(waiting.Seqs)-1]] = n
	return nil
}

func (b *memoryBuilding) Hold(waiting export.Waiting, problems capture.Problems) error {
	b.held[waiting.Event.ID] = problems
	return nil
}

func (b *memoryBuilding) Finish(_ context.Context, delivery export.Delivery, entry capture.AuditEntry) error {
	m := b.ledger
	m.mu.Lock()
	defer m.mu.Unlock()
	if slices.ContainsFunc(m.deliveries, func(d export.Delivery) bool { return d.FileName == delivery.FileName }) {
		return fmt.Errorf("keep file: %w", &capture.Error{Code: capture.Conflict, Message: "This file name was used before"})
	}
	m.deliveries = append(m.deliveries, delivery)
	m.content[delivery.ID] = bytes.Clone(b.bytes.Bytes())
	b.keep(delivery.ID, entry)
	return nil
}

// Settle keeps what was decided without a file.
func (b *memoryBuilding) Settle(_ context.Context, entry capture.AuditEntry) error {
	b.ledger.mu.Lock()
	defer b.ledger.mu.Unlock()
	b.ledger.settled++
	b.keep("none", entry)
	return nil
}

func (b *memoryBuilding) keep(file string, entry capture.AuditEntry) {
	m := b.ledger
	for _, p := range m.pending {
		if row, ok := b.rows[p.seq]; ok {
			p.file, p.row, p.span = file, row, 1
			if span, said := b.spans[p.seq]; said {
				p.span = span
			}
		}
	}
	m.held = b.held
	m.audit = append(m.audit, entry)
	b.finished = true
}

func (b *memoryBuilding) Discard() error { return nil }
