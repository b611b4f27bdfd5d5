package capture_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture"
)

// reacted is a desk half an hour after a dose, with the dose and a reaction to it that can be recorded.
func reacted(t *testing.T) (desk, capture.Event, capture.Reaction) {
	t.Helper()
	d := newDesk(t)
	event, err := d.Complete(t.Context(), ready(t, d))
	require.NoError(t, err)
	d.Now = func() time.Time { return now.Add(30 * time.Minute) }
	return d, event, capture.Reaction{
		EventID: event.ID, Minutes: 8, Type: "allergy", Severity: "mild", Manifest: capture.Coded{Code: "1324661000000105"}, Description: " hives on the arm ",
		Result: "recovered",
	}
}

func TestT35_ReactionIsLinkedToItsDose(t *testing.T) {
	d, event, reaction := reacted(t)
	saved, err := d.RecordReaction(t.Context(), reaction, "")
	require.NoError(t, err)
	assert.Equal(t, event.ID, saved.EventID)
	assert.Equal(t, event.IDURI, saved.EventIDURI)
	assert.NotEqual(t, event.ID, saved.ID)
	assert.Equal(t, "https://deltoid.example/identifiers/reaction", saved.IDURI)
	assert.Equal(t, event.At.Add(8*time.Minute), saved.Onset)
	assert.Equal(t, capture.ActionNew, saved.Action)
	assert.Equal(t, "unconfirmed", saved.Verification)
	assert.Equal(t, event.Product.Coded, saved.Agent, "the vaccine unless something else is known")
	assert.Contains(t, saved.Manifest.Term, "Adverse reaction to SARS-CoV-2")
	assert.Equal(t, "hives on the arm", saved.Description)
	assert.Equal(t, "nurse", saved.RecordedBy.ID)
	last := d.store.audit[len(d.store.audit)-1]
	assert.Equal(t, "reaction.new", last.Action)
	assert.Equal(t, "reaction/"+saved.ID+"/1", last.Subject)

	all, err := d.Reactions(t.Context(), event.ID)
	require.NoError(t, err)
	assert.Equal(t, []capture.Reaction{saved}, all)
	assert.Equal(t, "Report suspected side effects to the MHRA at coronavirus-yellowcard.mhra.gov.uk: Comirnaty 30 Ready to use, batch FP1430", d.YellowCard(event))
}

func TestReactionIsCorrectedAndWithdrawnAsVersions(t *testing.T) {
	d, event, reaction := reacted(t)
	first, err := d.RecordReaction(t.Context(), reaction, "")
	require.NoError(t, err)
	revised := first
	revised.Severity, revised.EventID, revised.Onset, revised.Minutes = "severe", "another", time.Time{}, 12
	_, err = d.RecordReaction(t.Context(), revised, " ")
	assert.Equal(t, []string{"reason"}, fieldsOf(err))
	second, err := d.RecordReaction(t.Context(), revised, "it got worse")
	require.NoError(t, err)
	assert.Equal(t, 2, second.Version)
	assert.Equal(t, capture.ActionUpdate, second.Action)
	assert.Equal(t, first.ID, second.ID)
	assert.Equal(t, event.ID, second.EventID, "what it is about never changes")
	assert.Equal(t, event.At.Add(12*time.Minute), second.Onset)

	third, err := d.RecordReaction(t.Context(), capture.Reaction{ID: first.ID, Action: capture.ActionDelete}, "another person")
	require.NoError(t, err)
	assert.Equal(t, capture.ActionDelete, third.Action)
	assert.Equal(t, "entered-in-error", third.Verification)
	assert.Equal(t, "severe", third.Severity, "it says what was withdrawn")
	assert.Len(t, d.store.reactions, 3)
	all, err := d.Reactions(t.Context(), event.ID)
	require.NoError(t, err)
	assert.Empty(t, all)
	_, err = d.RecordReaction(t.Context(), second, "again")
	assert.Equal(t, capture.Refused, capture.CodeOf(err))
	_, err = d.RecordReaction(t.Context(), capture.Reaction{ID: "none"}, "x")
	assert.True(t, capture.IsNotFound(err))
}

func TestReactionRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*capture.Reaction, capture.Event)
		want   []string
	}{
		"at once":             {func(r *capture.Reaction, _ capture.Event) { r.Minutes = 0 }, nil},
		"before the dose":     {func(r *capture.Reaction, _ capture.Event) { r.Minutes = -1 }, []string{"minutes"}},
		"seconds before":      {func(r *capture.Reaction, e capture.Event) { r.Onset = e.At.Add(-time.Second) }, []string{"minutes"}},
		"not yet":             {func(r *capture.Reaction, _ capture.Event) { r.Minutes = 31 }, []string{"minutes"}},
		"next day":            {func(r *capture.Reaction, _ capture.Event) { r.Minutes = 1441 }, []string{"minutes"}},
		"16 minutes":          {func(r *capture.Reaction, _ capture.Event) { r.Minutes = 16 }, []string{"note"}},
		"16 minutes, noted":   {func(r *capture.Reaction, _ capture.Event) { r.Minutes, r.Note = 16, "telephoned" }, nil},
		"15 minutes":          {func(r *capture.Reaction, _ capture.Event) { r.Minutes = 15 }, nil},
		"type":                {func(r *capture.Reaction, _ capture.Event) { r.Type = "" }, []string{"type"}},
		"severity":            {func(r *capture.Reaction, _ capture.Event) { r.Severity = "awful" }, []string{"severity"}},
		"verification":        {func(r *capture.Reaction, _ capture.Event) { r.Verification = "sure" }, []string{"verification"}},
		"result":              {func(r *capture.Reaction, _ capture.Event) { r.Result = "?" }, []string{"result"}},
		"no result yet":       {func(r *capture.Reaction, _ capture.Event) { r.Result = "" }, nil},
		"no description":      {func(r *capture.Reaction, _ capture.Event) { r.Description = "\t" }, []string{"description"}},
		"manifestation":       {func(r *capture.Reaction, _ capture.Event) { r.Manifest = capture.Coded{Code: "78421000"} }, []string{"manifest"}},
		"caused by PEG":       {func(r *capture.Reaction, _ capture.Event) { r.Agent = capture.Coded{Code: "1362581000000100"} }, nil},
		"caused by the route": {func(r *capture.Reaction, _ capture.Event) { r.Agent = capture.Coded{Code: "78421000"} }, []string{"agent"}},
		"to no dose":          {func(r *capture.Reaction, _ capture.Event) { r.EventID = "none" }, []string{""}},
	} {
		t.Run(name, func(t *testing.T) {
			d, event, reaction := reacted(t)
			test.change(&reaction, event)
			_, err := d.RecordReaction(t.Context(), reaction, "")
			assert.Equal(t, test.want, fieldsOf(err))
			if test.want != nil {
				assert.Empty(t, d.store.reactions)
			}
		})
	}
}

func TestReactionNeedsADose(t *testing.T) {
	d, event, reaction := reacted(t)
	_, err := d.Delete(t.Context(), event.ID, "another person")
	require.NoError(t, err)
	_, err = d.RecordReaction(t.Context(), reaction, "")
	assert.Equal(t, []string{"eventId"}, fieldsOf(err))
}

// What becomes of a reaction when its event is corrected or deleted.
func TestReactionFollowsItsEvent(t *testing.T) {
	other := capture.EventProduct{Key: "spikevax", Coded: capture.Coded{Code: "39326911000001101", Term: "Spikevax"}}
	for name, test := range map[string]struct {
		agent  string // of the reaction; empty: the vaccine
		change func(d desk, event capture.Event) error
		want   []string // fields of the refusal
		action capture.Action
		caused string // agent afterwards, of a later version
	}{
		"deleted": {change: func(d desk, e capture.Event) error {
			_, err := d.Delete(t.Context(), e.ID, "another person")
			return err
		}, action: capture.ActionDelete},
		"another batch": {change: func(d desk, e capture.Event) error {
			return amended(d, e, func(e *capture.Event) { e.Given.BatchNumber = "FP9999" })
		}},
		"another vaccine": {change: func(d desk, e capture.Event) error {
			return amended(d, e, func(e *capture.Event) { e.Product = other })
		}, action: capture.ActionUpdate, caused: other.Code},
		"another vaccine, and PEG was the cause": {agent: "1362581000000100", change: func(d desk, e capture.Event) error {
			return amended(d, e, func(e *capture.Event) { e.Product = other })
		}},
		"against another disease": {change: func(d desk, e capture.Event) error {
			return amended(d, e, func(e *capture.Event) { e.Disease = "FLU" })
		}, want: []string{"given"}},
		"not given after all": {change: func(d desk, e capture.Event) error {
			return amended(d, e, func(e *capture.Event) { e.Given, e.NotGiven = nil, &capture.NotGivenAs{} })
		}, want: []string{"given"}},
	} {
		t.Run(name, func(t *testing.T) {
			d, event, reaction := reacted(t)
			reaction.Agent.Code = test.agent
			first, err := d.RecordReaction(t.Context(), reaction, "")
			require.NoError(t, err)
			assert.Equal(t, []string{"reactions of COVID-19"}, d.store.dues[capture.Version{EventID: first.ID, Version: 1}])

			assert.Equal(t, test.want, fieldsOf(test.change(d, event)))
			versions, err := d.Store.Reaction(t.Context(), first.ID)
			require.NoError(t, err)
			if test.action == "" {
				assert.Equal(t, []capture.Reaction{first}, versions)
				assert.Len(t, d.store.events[event.ID], 2-len(test.want))
				return
			}
			require.Len(t, versions, 2)
			latest := versions[1]
			assert.Equal(t, test.action, latest.Action)
			assert.Equal(t, 2, latest.Version)
			assert.Equal(t, "another person", latest.Reason)
			assert.Equal(t, "nurse", latest.RecordedBy.ID)
			assert.Equal(t, d.Now(), latest.RecordedAt)
			assert.Equal(t, []string{"reactions of COVID-19"}, d.store.dues[capture.Version{EventID: first.ID, Version: 2}])
			if test.caused != "" {
				assert.Equal(t, test.caused, latest.Agent.Code)
				return
			}
			assert.Equal(t, "entered-in-error", latest.Verification)
		})
	}
}

func amended(d desk, event capture.Event, change func(*capture.Event)) error {
	given := *event.Given // the version on record must not change
	event.Given = &given
	change(&event)
	_, err := d.Amend(context.Background(), event, "another person")
	return err
}
