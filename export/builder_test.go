package export_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"iter"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export"
)

// flags are the ACTION_FLAG values of a kept file by record id.
func flags(t testing.TB, content []byte) map[string]string {
	found := map[string]string{}
	for _, row := range byHand(t, content)[1:] {
		found[row[8]] = row[10]
	}
	return found
}

func TestBuildKeepsAnAccountOfTheFile(t *testing.T) {
	s, ledger := newSample(t), newMemory()
	ledger.commit(s.given("2022-05-12T10:00:00Z", "comirnaty30_rtu", catalogue.Primary1), s.given("2022-05-12T11:00:00Z", "comirnaty30_rtu", catalogue.Primary1))
	builder := builderFor(t, ledger)
	builder.By = func() string { return "S7" }
	var heard []int
	delivery, report, err := builder.Build(t.Context(), export.Covid, buildTime, func(events int) { heard = append(heard, events) })
	require.NoError(t, err)

	content := ledger.content[delivery.ID]
	sum := sha256.Sum256(content)
	assert.Equal(t, "COVID19_Vaccinations_v4_X26DEL_20220520T01000000.csv", delivery.FileName)
	assert.Equal(t, hex.EncodeToString(sum[:]), delivery.SHA256)
	assert.Equal(t, int64(len(content)), delivery.Bytes)
	assert.Equal(t, 2, delivery.Rows)
	assert.Equal(t, export.Built, delivery.State)
	assert.Equal(t, "VACCINATIONS_DAILY_COVID_4", delivery.WorkflowID)
	assert.Equal(t, "X26DPS1", delivery.To)
	assert.Equal(t, 2, report.Rows)
	assert.Equal(t, []int{2}, heard)
	require.Len(t, ledger.audit, 1)
	assert.Equal(t, capture.AuditEntry{At: buildTime, By: "S7", Action: "delivery.build", Subject: "delivery/" + delivery.ID, Note: "2 rows, 0 held back, 0 withdrawn"}, ledger.audit[0])
	places, _ := ledger.Places(t.Context(), "e045626e-4dc5-4df3-bc35-da25263f9002")
	assert.Equal(t, 2, places[0].Row)
}

func TestReceiverHearsOfEveryRecordFirstAsNew(t *testing.T) {
	s, ledger := newSample(t), newMemory()
	builder := builderFor(t, ledger)
	amended := s.given("2022-05-12T10:00:00Z", "comirnaty30_rtu", catalogue.Primary1)
	sent := s.given("2022-05-12T10:10:00Z", "comirnaty30_rtu", catalogue.Primary1)
	dropped := s.given("2022-05-12T10:20:00Z", "comirnaty30_rtu", catalogue.Primary1)
	ledger.commit(amended, sent, dropped, later(amended, capture.ActionUpdate), later(dropped, capture.ActionDelete))

	first, report := build(t, builder) // V04: nothing goes out twice as new
	assert.Equal(t, map[string]string{amended.ID: "new", sent.ID: "new"}, flags(t, ledger.content[first.ID]))
	assert.Equal(t, 1, report.Withdrawn)
	assert.Empty(t, ledger.waiting(buildTime), "nothing need be sent for the withdrawn one any more")

	ledger.commit(later(amended, capture.ActionDelete), later(sent, capture.ActionUpdate)) // V05: only what is known there
	second, _ := build(t, builder)
	assert.Equal(t, map[string]string{amended.ID: "delete", sent.ID: "update"}, flags(t, ledger.content[second.ID]))
	assert.NotEqual(t, first.FileName, second.FileName, "the clock stood still, the name moved on")
}

func TestRefusedFileIsBuiltAgainUnderANewName(t *testing.T) {
	s, ledger := newSample(t), newMemory()
	builder := builderFor(t, ledger)
	event := s.given("2022-05-12T10:00:00Z", "comirnaty30_rtu", catalogue.Primary1)
	ledger.commit(event)
	first, _ := build(t, builder)
	ledger.deliveries[0].State = export.Refused
	require.NoError(t, ledger.Release(t.Context(), first.ID, capture.AuditEntry{}))
	second, _ := build(t, builder)
	assert.Equal(t, "COVID19_Vaccinations_v4_X26DEL_20220520T01000100.csv", second.FileName)
	assert.Equal(t, ledger.content[first.ID], ledger.content[second.ID], "same rows, same action")
}

func TestRowBuiltAgainNeverBringsBackAnOlderVersion(t *testing.T) {
	for action, want := range map[capture.Action]string{capture.ActionUpdate: "update", capture.ActionDelete: ""} {
		s, ledger := newSample(t), newMemory()
		builder := builderFor(t, ledger)
		event := s.given("2022-05-12T10:00:00Z", "comirnaty30_rtu", catalogue.Primary1)
		ledger.commit(event)
		first, _ := build(t, builder)
		ledger.deliveries[0].State = export.Refused // not collected in time, say
		second := later(event, action)
		second.Person.Surname = "CORRECTED"
		ledger.commit(second)
		build(t, builder)
		require.NoError(t, ledger.Release(t.Context(), first.ID, capture.AuditEntry{}))
		again, _ := build(t, builder)
		if want == "" {
			assert.Empty(t, again.ID, "deleted before anybody outside heard of it")
			continue
		}
		row := byHand(t, ledger.content[again.ID])[1]
		assert.Equal(t, want, row[10])
		assert.Equal(t, "CORRECTED", row[2])
	}
}

func TestRefusableRowIsHeldBackAndTheOthersGo(t *testing.T) {
	s, ledger := newSample(t), newMemory()
	builder := builderFor(t, ledger)
	good := s.given("2022-05-12T10:00:00Z", "comirnaty30_rtu", catalogue.Primary1)
	bad := s.given("2022-05-12T10:10:00Z", "comirnaty30_rtu", catalogue.Primary1)
	bad.Person.Postcode, bad.Person.Surname = "", strings.Repeat("Longname", 5)
	ledger.commit(bad, good)
	preview, err := builder.Preview(t.Context(), export.Covid, buildTime)
	require.NoError(t, err)

	delivery, report := build(t, builder)
	assert.Equal(t, report, preview)
	assert.Equal(t, 1, delivery.Rows)
	require.Len(t, report.HeldBack, 1)
	assert.Equal(t, capture.Version{EventID: bad.ID, Version: 1}, report.HeldBack[0].Version)
	assert.Equal(t, []string{"PERSON_POSTCODE", "PERSON_SURNAME"}, fieldsOf(report.HeldBack[0].Problems))
	assert.NotContains(t, report.HeldBack[0].Problems.Error(), "Longname")
	assert.Contains(t, ledger.held, bad.ID)

	fixed := later(bad, capture.ActionUpdate)
	fixed.Person = good.Person
	ledger.commit(fixed)
	second, _ := build(t, builder)
	assert.Equal(t, map[string]string{bad.ID: "new"}, flags(t, ledger.content[second.ID]), "the receiver never had it")
	assert.Empty(t, ledger.held)
}

func TestNothingToSendMakesNoFile(t *testing.T) {
	s, ledger := newSample(t), newMemory()
	builder := builderFor(t, ledger)
	delivery, report := build(t, builder)
	assert.Zero(t, delivery)
	assert.Zero(t, report)

	bad := s.given("2022-05-12T10:10:00Z", "comirnaty30_rtu", catalogue.Primary1)
	bad.Person.Postcode = ""
	dropped := s.given("2022-05-12T10:20:00Z", "comirnaty30_rtu", catalogue.Primary1)
	ledger.commit(bad, dropped, later(dropped, capture.ActionDelete))
	delivery, report = build(t, builder)
	assert.Zero(t, delivery)
	assert.Equal(t, 1, report.Held)
	assert.Equal(t, 1, report.Withdrawn)
	assert.Contains(t, ledger.held, bad.ID, "what is held back is kept without a file")
	assert.Equal(t, 1, ledger.settled)
	assert.Empty(t, ledger.deliveries)

	ledger.configuration["covid.send_empty"] = "true"
	ledger.pending = nil
	delivery, _ = build(t, builder)
	assert.Equal(t, covidHeader+"\n", string(ledger.content[delivery.ID]))
	assert.Equal(t, 0, delivery.Rows)
}

func TestOnlyWhatWasSavedBeforeTheCutOffGoes(t *testing.T) {
	s, ledger := newSample(t), newMemory()
	early := s.given("2022-05-12T10:00:00Z", "comirnaty30_rtu", catalogue.Primary1)
	late := s.given("2022-05-12T11:00:00Z", "comirnaty30_rtu", catalogue.Primary1)
	ledger.commit(early, late)
	delivery, _, err := builderFor(t, ledger).Build(t.Context(), export.Covid, late.RecordedAt, nil)
	require.NoError(t, err)
	assert.Equal(t, map[string]string{early.ID: "new"}, flags(t, ledger.content[delivery.ID]))
}

func TestBuildSaysWhatWentWrong(t *testing.T) {
	s, ledger := newSample(t), newMemory()
	ledger.commit(s.given("2022-05-12T10:00:00Z", "comirnaty30_rtu", catalogue.Primary1))
	builder := builderFor(t, ledger)
	_, _, err := builder.Build(t.Context(), "measles", buildTime, nil)
	assert.Equal(t, capture.Invalid, capture.CodeOf(err))

	ledger.failWrite = errors.New("disk full")
	_, _, err = builder.Build(t.Context(), export.Covid, buildTime, nil)
	require.ErrorIs(t, err, ledger.failWrite)
	assert.Empty(t, ledger.deliveries)
	assert.Len(t, ledger.waiting(buildTime), 1, "it waits for the next file")
	ledger.failWrite = nil

	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	_, _, err = builder.Build(stopped, export.Covid, buildTime, nil)
	require.ErrorIs(t, err, context.Canceled)

	ledger.configuration["covid.file_name"] = "always-the-same.csv"
	build(t, builder)
	ledger.commit(s.given("2022-05-12T10:00:00Z", "comirnaty30_rtu", catalogue.Primary1))
	_, _, err = builder.Build(t.Context(), export.Covid, buildTime, nil)
	assert.Equal(t, capture.Conflict, capture.CodeOf(err))
}

// endless is a ledger with very many events, each a moment old.
type endless struct {
	*memory
	event capture.Event
	count int
	peak  uint64
}

func (e *endless) Waiting(context.Context, export.Kind, time.Time) iter.Seq2[export.Waiting, error] {
	return func(yield func(export.Waiting, error) bool) {
		var stats runtime.MemStats
		for i := range e.count {
			if i%20_000 == 0 {
				runtime.GC()
				runtime.ReadMemStats(&stats)
				e.peak = max(e.peak, stats.HeapAlloc)
			}
			if !yield(export.Waiting{Event: e.event, Seqs: []int64{int64(i)}}, nil) {
				return
			}
		}
	}
}

func TestMemoryDoesNotGrowWithTheNumberOfEvents(t *testing.T) {
	s := newSample(t)
	good := s.given("2022-05-12T10:00:00Z", "comirnaty30_rtu", catalogue.Primary1)
	bad := good
	bad.Person.Postcode = ""
	for _, event := range []capture.Event{good, bad} {
		ledger := &endless{memory: newMemory(), event: event}
		builder := builderFor(t, ledger.memory)
		builder.Ledger = ledger
		ledger.count = 1
		_, err := builder.Preview(t.Context(), export.Covid, buildTime)
		require.NoError(t, err)
		start := ledger.peak
		ledger.count = 60_000
		report, err := builder.Preview(t.Context(), export.Covid, buildTime)
		require.NoError(t, err)
		assert.Equal(t, ledger.count, report.Rows+report.Held)
		assert.Less(t, ledger.peak, start+(4<<20), "bytes alive")
	}
}
