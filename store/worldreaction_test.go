package store_test

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/capture"
	"deltoid/export"
)

// standing are the reactions to the dose of an event that were not withdrawn.
func (w *world) standing(of capture.Event) (all []capture.Reaction) {
	reactions, err := w.ReactionsOf(context.Background(), of.ID)
	require.NoError(w.r, err)
	for _, r := range reactions {
		if r.Action != capture.ActionDelete {
			all = append(all, r)
		}
	}
	return all
}

// reacts is what somebody may see after a dose; its id begins with that of the event, and no other begins with it.
func (w *world) reacts(id string, version int, action capture.Action, of capture.Event) capture.Reaction {
	return capture.Reaction{
		ID: id, IDURI: "https://deltoid.example/identifiers/reaction", Version: version, Action: action, EventID: of.ID, EventIDURI: of.IDURI,
		Onset: of.At.Add(time.Minute), Minutes: 1, Verification: "unconfirmed", Type: "allergy", Agent: of.Product.Coded,
		Severity:    rapid.SampledFrom([]string{"mild", "moderate", "severe"}).Draw(w.r, "severity"),
		Description: rapid.StringMatching(`[a-z]{1,8}`).Draw(w.r, "description"), RecordedAt: w.clock.Now(),
	}
}

func (w *world) saveReaction(r capture.Reaction, of capture.Event) {
	require.NoError(w.r, w.SaveReaction(context.Background(), r, w.extracts.DueReaction(r, of), w.entry("reaction.save")))
}

func (w *world) react() {
	of := w.some()
	if of == nil || of.Given == nil {
		return
	}
	w.reactions++
	w.saveReaction(w.reacts(of.ID+"-"+strconv.Itoa(w.reactions)+".", 1, capture.ActionNew, *of), *of)
}

func (w *world) changeReaction() {
	of := w.some()
	if of == nil {
		return
	}
	reactions := w.standing(*of)
	if len(reactions) == 0 {
		return
	}
	latest := rapid.SampledFrom(reactions).Draw(w.r, "reaction")
	action := rapid.SampledFrom([]capture.Action{capture.ActionUpdate, capture.ActionDelete}).Draw(w.r, "action")
	w.saveReaction(w.reacts(latest.ID, latest.Version+1, action, *of), *of)
}

// reactionsHere is what the receiver must have of the reactions to an event, by id of the reaction.
func (w *world) reactionsHere(of capture.Event, into map[string]string) {
	if of.Disease != capture.COVID19 {
		return
	}
	for _, r := range w.standing(of) {
		if w.unsure[r.ID] {
			continue
		}
		into[r.ID] = strings.Join([]string{r.Description, r.Severity, r.EventID}, " ")
	}
}

// reactionsThere is what the receiver has.
func (w *world) reactionsThere() map[string]string {
	there := map[string]string{}
	for id, row := range w.table(export.ReactionRows) {
		cells := strings.Split(row, "|")
		there[id] = strings.Join([]string{cells[9], cells[11], cells[15]}, " ")
	}
	return there
}
