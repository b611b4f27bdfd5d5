package store_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
	"deltoid/export"
)

func (d *desk) saveReaction(id string, version int, of capture.Event) capture.Reaction {
	d.t.Helper()
	r := reaction(id, version, of)
	if version > 1 {
		r.Action, r.Reason = capture.ActionUpdate, "seen again"
	}
	require.NoError(d.t, d.SaveReaction(context.Background(), r, []string{string(export.ReactionRows)}, d.entry("reaction.new")))
	return r
}

// withdraw deletes an event and the reaction to its dose, as the desk does.
func (d *desk) withdraw(of capture.Event, latest capture.Reaction) (capture.Event, capture.Reaction) {
	d.t.Helper()
	e, due := withdrawal(of, latest)
	require.NoError(d.t, d.SaveCorrection(context.Background(), e, []string{"covid"}, []capture.DueReaction{due}, d.entry("event.delete")))
	return e, due.Reaction
}

func withdrawal(of capture.Event, latest capture.Reaction) (capture.Event, capture.DueReaction) {
	of.Version, of.Action, of.Change = of.Version+1, capture.ActionDelete, &capture.Change{Reason: "another person", ByID: admin.ID, At: of.At}
	latest.Version, latest.Action, latest.Reason = latest.Version+1, capture.ActionDelete, "another person"
	return of, capture.DueReaction{Reaction: latest, Dues: []string{"reactions"}}
}

func (d *desk) reactionsWaiting() []export.Waiting {
	d.t.Helper()
	return d.waitingFor(export.ReactionRows, future)
}

func TestReactionsWait(t *testing.T) {
	d := newDesk(t)
	dose := d.saveEvent("event-1", 1, jo)
	d.saveReaction("reaction-1", 1, dose)
	other := d.saveReaction("reaction-2", 1, dose)
	early := d.saveReaction("reaction-1", 2, dose)
	middle := d.clock.Now()
	latest := d.saveReaction("reaction-1", 3, dose)
	amended := d.saveEvent("event-1", 2, jo)

	t.Run("collapsed, each with its vaccination as it is now", func(t *testing.T) {
		all := d.reactionsWaiting()
		require.Len(t, all, 2)
		assert.Equal(t, latest, *all[0].Reaction)
		assert.Equal(t, []int64{2, 4, 5}, all[0].Seqs)
		assert.Equal(t, amended, all[0].Event)
		assert.Zero(t, all[0].Carried)
		assert.Equal(t, capture.Version{EventID: "reaction-1", Version: 3}, all[0].Version())
		assert.Equal(t, other, *all[1].Reaction)
	})
	t.Run("only what was committed before the moment", func(t *testing.T) {
		all := d.waitingFor(export.ReactionRows, middle)
		require.Len(t, all, 2)
		assert.Equal(t, early, *all[0].Reaction)
		assert.Equal(t, dose, all[0].Event)
		assert.Equal(t, []int64{2, 4}, all[0].Seqs)
	})
	t.Run("events wait as ever, and reactions are not counted once more", func(t *testing.T) {
		all := d.waiting(future)
		require.Len(t, all, 1)
		assert.Nil(t, all[0].Reaction)
		overview, err := d.Overview(t.Context())
		require.NoError(t, err)
		assert.Equal(t, 1, overview.Waiting)
	})
}

// TestReactionsAreCarried follows one reaction through files that go, are refused, are answered and are built again.
func TestReactionsAreCarried(t *testing.T) {
	ctx := t.Context()
	d := newDesk(t)
	dose := d.saveEvent("event-1", 1, jo)
	d.build("covid.csv")
	first := d.saveReaction("reaction-1", 1, dose)
	one := d.to(d.buildFor(export.ReactionRows, "one.csv"), export.Sending)
	require.Empty(t, d.reactionsWaiting(), "a version goes once")
	require.Equal(t, "reaction-1\n", d.read(one.ID))

	places, err := d.Places(ctx, first.ID)
	require.NoError(t, err)
	require.Len(t, places, 1)
	assert.Equal(t, "one.csv", places[0].FileName)
	assert.Equal(t, 1, places[0].Row)
	assert.Equal(t, capture.Version{EventID: first.ID, Version: 1}, places[0].Version)
	trace, err := export.TraceOf(ctx, d.Store, first.ID)
	require.NoError(t, err)
	assert.Equal(t, places, trace.Places)
	for row, err := range d.FileRows(ctx, one.ID) {
		require.NoError(t, err)
		assert.Equal(t, export.FileRow{Row: 1, Rows: 1, Version: places[0].Version}, row)
	}
	places, err = d.Places(ctx, dose.ID)
	require.NoError(t, err)
	assert.Len(t, places, 1, "the rows of the vaccination are its own")

	d.saveReaction("reaction-1", 2, dose)
	two := d.buildFor(export.ReactionRows, "two.csv")
	t.Run("a refused file goes out as the reaction is now", func(t *testing.T) {
		d.to(one, export.Refused)
		require.NoError(t, d.Release(ctx, one.ID, d.entry("delivery.release")))
		all := d.reactionsWaiting()
		require.Len(t, all, 1)
		assert.Equal(t, 2, all[0].Reaction.Version)
		assert.Equal(t, 2, all[0].Carried)
		assert.Len(t, all[0].Seqs, 1)
		d.buildFor(export.ReactionRows, "three.csv")
	})
	t.Run("a rejected row waits again when somebody says so", func(t *testing.T) {
		require.NoError(t, d.SaveAnswers(ctx, two.ID, []export.RowAnswer{{ID: first.ID, Row: 1, Diagnostics: "not good"}}))
		rejected, err := d.Rejected(ctx)
		require.NoError(t, err)
		require.Len(t, rejected, 1)
		assert.Equal(t, capture.Version{EventID: first.ID, Version: 2}, rejected[0].Version)
		require.NoError(t, d.Requeue(ctx, export.ReactionRows, first.ID, d.entry("delivery.requeue")))
		all := d.reactionsWaiting()
		require.Len(t, all, 1)
		assert.Equal(t, 1, all[0].Carried, "the row built again carries the first version's place")
		d.buildFor(export.ReactionRows, "four.csv")
	})
	t.Run("a reaction that is held back says why", func(t *testing.T) {
		third := d.saveReaction("reaction-1", 3, dose)
		var problems capture.Problems
		problems.Add("REACTION_DESCRIPTION", "Shorten the description")
		f := d.beginFor(export.ReactionRows, "five.csv")
		require.NoError(t, f.Hold(d.reactionsWaiting()[0], problems))
		require.NoError(t, f.Building.(export.Settler).Settle(ctx, d.entry("delivery.nothing")))
		held, err := d.HeldBack(ctx)
		require.NoError(t, err)
		require.Len(t, held, 1)
		assert.Equal(t, capture.Version{EventID: third.ID, Version: 3}, held[0].Version)
		places, err := d.Places(ctx, third.ID)
		require.NoError(t, err)
		assert.Equal(t, problems, places[2].Held)
	})
	t.Run("withdrawn with its vaccination", func(t *testing.T) {
		gone, withdrawn := d.withdraw(dose, reaction("reaction-1", 3, dose))
		all := d.reactionsWaiting()
		require.Len(t, all, 1)
		assert.Equal(t, withdrawn, *all[0].Reaction)
		assert.Equal(t, gone, all[0].Event)
	})
	report, err := d.Verify(ctx, nil)
	require.NoError(t, err)
	assert.Empty(t, report.Faults)
}

// A deletion is kept whole or not at all.
func TestCorrectionWithReactionsIsOne(t *testing.T) {
	ctx := t.Context()
	d := newDesk(t)
	dose := d.saveEvent("event-1", 1, jo)
	first := d.saveReaction("reaction-1", 1, dose)
	unchanged := func(t *testing.T) {
		t.Helper()
		versions, err := d.Event(ctx, dose.ID)
		require.NoError(t, err)
		assert.Len(t, versions, 1)
		kept, err := d.Reaction(ctx, first.ID)
		require.NoError(t, err)
		assert.Len(t, kept, 1)
		assert.Len(t, d.waiting(future)[0].Seqs, 1)
		assert.Len(t, d.reactionsWaiting()[0].Seqs, 1)
	}
	gone, due := withdrawal(dose, first)
	t.Run("the reaction was changed meanwhile", func(t *testing.T) {
		late := due
		late.Reaction.Version = 1
		err := d.SaveCorrection(ctx, gone, []string{"covid"}, []capture.DueReaction{late}, d.entry("event.delete"))
		assert.Equal(t, capture.Conflict, capture.CodeOf(err))
		unchanged(t)
	})
	t.Run("the reaction has no id", func(t *testing.T) {
		err := d.SaveCorrection(ctx, gone, []string{"covid"}, []capture.DueReaction{due, {}}, d.entry("event.delete"))
		assert.Equal(t, capture.Invalid, capture.CodeOf(err))
		unchanged(t)
	})
	t.Run("the disk is at fault after the event", func(t *testing.T) {
		require.NoError(t, d.ExecWriter(`CREATE TRIGGER broken BEFORE INSERT ON pending WHEN NEW.record = 'reaction' BEGIN SELECT RAISE(ABORT, 'broken'); END`))
		require.Error(t, d.SaveCorrection(ctx, gone, []string{"covid"}, []capture.DueReaction{due}, d.entry("event.delete")))
		require.Error(t, d.SaveReaction(ctx, reaction("reaction-2", 1, dose), []string{"reactions"}, d.entry("reaction.new")))
		_, err := d.Reaction(ctx, "reaction-2")
		assert.True(t, capture.IsNotFound(err), "no reaction without its row in the ledger")
		require.NoError(t, d.ExecWriter(`DROP TRIGGER broken`))
		unchanged(t)
	})
	d.withdraw(dose, first)
	report, err := d.Verify(ctx, nil)
	require.NoError(t, err)
	assert.Empty(t, report.Faults)
}

func TestVerifyNamesAReactionLeftOut(t *testing.T) {
	for name, c := range map[string]struct{ edit, says string }{
		"its row is gone":           {`DELETE FROM pending WHERE record = 'reaction'`, "Adverse reaction reaction-1 version 1: it is due in the reactions extract, but the ledger has no row for it"},
		"its row was taken out":     {`UPDATE pending SET row_n = 0 WHERE record = 'reaction'`, "Adverse reaction reaction-1 version 1: its row 2 for the reactions extract was taken out although no audit entry says so"},
		"its row is of no reaction": {`UPDATE pending SET record_version = 7 WHERE record = 'reaction'`, "A row of pending names a row of reaction that is not there"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.saveReaction("reaction-1", 1, d.saveEvent("event-1", 1, jo))
			d.edit(c.edit)
			d.Store = d.another()
			report, err := d.Verify(t.Context(), nil)
			require.NoError(t, err)
			assert.Contains(t, report.Faults, c.says)
		})
	}
}

// A file of reactions that has not left goes back with the file of the vaccinations that they follow.
func TestReactionsWaitAgainWithTheirVaccinations(t *testing.T) {
	d := newDesk(t)
	dose := d.saveEvent("event-1", 1, jo)
	covid := d.build("covid.csv")
	d.saveReaction("reaction-1", 1, dose)
	reactions := d.buildFor(export.ReactionRows, "reactions.csv")
	d.to(covid, export.Refused)
	courier := &export.Courier{Ledger: d.Store, Now: d.clock.Now}
	require.NoError(t, courier.Resend(t.Context(), covid.ID))
	assert.Len(t, d.waiting(future), 1)
	assert.Len(t, d.reactionsWaiting(), 1)
	kept, err := d.Delivery(t.Context(), reactions.ID)
	require.NoError(t, err)
	assert.Equal(t, export.Refused, kept.State)
	carried, err := d.Carried(t.Context(), export.Covid, dose.ID)
	require.NoError(t, err)
	assert.Zero(t, carried, "so the reaction waits for its vaccination")
}
