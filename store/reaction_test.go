package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
)

func reaction(id string, version int, of capture.Event) capture.Reaction {
	return capture.Reaction{
		ID: id, IDURI: "https://deltoid.example/identifiers/reaction", Version: version, Action: capture.ActionNew, EventID: of.ID,
		Onset: of.At.Add(8 * time.Minute), Minutes: 8, Type: "allergy", Severity: "mild", Description: "hives",
	}
}

func TestReactionsAreKeptAsVersionsOfTheirEvent(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	first, other := d.saveEvent("event-1", 1, jo), d.saveEvent("event-2", 1, jo)
	require.NoError(t, d.SaveReaction(ctx, reaction("reaction-1", 1, first), nil, d.entry("reaction.new")))
	require.NoError(t, d.SaveReaction(ctx, reaction("reaction-2", 1, other), nil, d.entry("reaction.new")))
	second := reaction("reaction-1", 2, first)
	second.Action, second.Severity, second.Reason = capture.ActionUpdate, "severe", "seen again"
	require.NoError(t, d.SaveReaction(ctx, second, nil, d.entry("reaction.update")))

	d.reopen()
	versions, err := d.Reaction(ctx, "reaction-1")
	require.NoError(t, err)
	assert.Equal(t, []capture.Reaction{reaction("reaction-1", 1, first), second}, versions)
	latest, err := d.ReactionsOf(ctx, first.ID)
	require.NoError(t, err)
	assert.Equal(t, []capture.Reaction{second}, latest)
	latest, err = d.ReactionsOf(ctx, "event-3")
	require.NoError(t, err)
	assert.Empty(t, latest)

	assert.Equal(t, capture.Conflict, capture.CodeOf(d.SaveReaction(ctx, second, nil, d.entry("reaction.update"))), "this version is kept")
	second.Version = 4
	assert.Equal(t, capture.Conflict, capture.CodeOf(d.SaveReaction(ctx, second, nil, d.entry("reaction.update"))), "version 3 is missing")
	_, err = d.Reaction(ctx, "reaction-9")
	assert.True(t, capture.IsNotFound(err))
	stray := reaction("reaction-3", 1, capture.Event{ID: "event-9"})
	assert.True(t, capture.IsNotFound(d.SaveReaction(ctx, stray, nil, d.entry("reaction.new"))), "its event is not here")

	report, err := d.Verify(ctx, nil)
	require.NoError(t, err)
	assert.True(t, report.OK(), report.Faults)
}

func TestVerifyMissesAReaction(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	require.NoError(t, d.SaveReaction(ctx, reaction("reaction-1", 1, d.saveEvent("event-1", 1, jo)), nil, d.entry("reaction.new")))
	require.Error(t, d.ExecWriter(`DELETE FROM reaction`), "a reaction is never removed")
	require.NoError(t, d.ExecWriter(`DROP TRIGGER reaction_is_never_removed`))
	require.NoError(t, d.ExecWriter(`DELETE FROM reaction`))
	report, err := d.Verify(ctx, nil)
	require.NoError(t, err)
	require.False(t, report.OK())
	assert.Contains(t, report.Faults[len(report.Faults)-1], "Adverse reaction reaction-1 version 1: the audit chain names it")
}

// firstLedger gives the ledger the shape it had before there were answers and reactions.
const firstLedger = `
	CREATE TABLE pending_first (seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, event_id TEXT NOT NULL, event_version INTEGER NOT NULL, committed_at INTEGER NOT NULL,
		delivery_id TEXT REFERENCES delivery (id), row_n INTEGER, superseded INTEGER NOT NULL DEFAULT 0,
		UNIQUE (event_id, kind, event_version), FOREIGN KEY (event_id, event_version) REFERENCES event (id, version)) STRICT;
	INSERT INTO pending_first SELECT seq, kind, record_id, record_version, committed_at, delivery_id, row_n, superseded FROM pending;
	CREATE TABLE delivery_row_first (delivery_id TEXT NOT NULL REFERENCES delivery (id), pending_seq INTEGER NOT NULL REFERENCES pending_first (seq),
		row_n INTEGER NOT NULL, PRIMARY KEY (delivery_id, pending_seq)) STRICT, WITHOUT ROWID;
	INSERT INTO delivery_row_first SELECT delivery_id, pending_seq, row_n FROM delivery_row;
	DROP TABLE delivery_row;
	DROP TABLE pending;
	ALTER TABLE pending_first RENAME TO pending;
	ALTER TABLE delivery_row_first RENAME TO delivery_row;
	CREATE INDEX pending_waiting ON pending (kind, seq) WHERE row_n IS NULL;
	CREATE INDEX pending_waiting_event ON pending (kind, event_id, seq) WHERE row_n IS NULL;
	CREATE INDEX pending_by_delivery ON pending (delivery_id, superseded, row_n);
	ALTER TABLE held RENAME COLUMN record_id TO event_id;
	DROP TABLE answer`

// A file made before there were reactions takes them once it is opened again, and its ledger goes on.
func TestFileOfTheFirstShapeIsBroughtUp(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	kept, later := d.saveEvent("event-1", 1, jo), d.saveEvent("event-2", 1, jo)
	built := d.build("one.csv")
	d.saveEvent("event-2", 2, jo)
	for _, statement := range []string{
		`DROP TABLE reaction; DROP TABLE stock; DROP TABLE look; DROP TABLE inbound_chunk; DROP TABLE inbound; DROP TABLE contact; DROP TABLE observation; DROP TABLE pack`,
		firstLedger,
		`PRAGMA user_version = 1`,
	} {
		require.NoError(t, d.ExecWriter(statement), statement)
	}
	d.reopen()
	require.NoError(t, d.SaveReaction(ctx, reaction("reaction-1", 1, kept), []string{"reactions"}, d.entry("reaction.new")))
	versions, err := d.Event(ctx, kept.ID)
	require.NoError(t, err)
	assert.Equal(t, kept, versions[0])
	waiting := d.waiting(future)
	require.Len(t, waiting, 1)
	assert.Equal(t, later.ID, waiting[0].Event.ID)
	assert.Equal(t, 1, waiting[0].Carried)
	places, err := d.Places(ctx, kept.ID)
	require.NoError(t, err)
	require.Len(t, places, 1)
	assert.Equal(t, built.FileName, places[0].FileName)
	report, err := d.Verify(ctx, nil)
	require.NoError(t, err)
	assert.Empty(t, report.Faults)
}
