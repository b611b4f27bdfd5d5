package capture

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// RecordReaction keeps an adverse reaction to a dose. With no ID it is a new one, linked to the event named; with the ID of
// one that is kept it is a correction, or with the action delete its withdrawal, and both need a reason. Onset and Minutes
// say the same: where Onset is zero it follows from Minutes. It returns Problems, all at once; NotFound for an event or
// reaction that is not there.
func (d *Desk) RecordReaction(ctx context.Context, reaction Reaction, reason string) (Reaction, error) {
	if reaction.ID == "" {
		return d.newReaction(ctx, reaction)
	}
	if oneLine(reason) == "" {
		return Reaction{}, &Error{Code: Invalid, Field: "reason", Message: "Enter why the record is changed"}
	}
	versions, err := d.Store.Reaction(ctx, reaction.ID)
	if err != nil {
		return Reaction{}, err
	}
	latest := versions[len(versions)-1]
	if latest.Action == ActionDelete {
		return Reaction{}, &Error{Code: Refused, Field: "id", Message: "This reaction was deleted and cannot be changed"}
	}
	event, err := d.latestEvent(ctx, latest.EventID)
	if err != nil {
		return Reaction{}, err
	}
	next := latest.withdrawn()
	if reaction.Action != ActionDelete {
		if next, err = d.correctReaction(reaction, latest, event); err != nil {
			return Reaction{}, err
		}
	}
	return d.keepReaction(ctx, d.nextReaction(next, latest, reason), event)
}

// withdrawn is a reaction as its last version says.
func (r Reaction) withdrawn() Reaction {
	r.Action, r.Verification = ActionDelete, verificationError
	return r
}

// nextReaction is the version of a reaction after the latest, by whoever is signed in.
func (d *Desk) nextReaction(next, latest Reaction, reason string) Reaction {
	next.Version, next.Reason = latest.Version+1, oneLine(reason)
	return d.signed(next)
}

func (d *Desk) signed(reaction Reaction) Reaction {
	reaction.RecordedAt, reaction.RecordedBy = d.Now().UTC(), performerOf(d.User(), d.Edition())
	return reaction
}

// correctReaction is what a reaction says now; what it is about (its id and its event) never changes.
func (d *Desk) correctReaction(revised, latest Reaction, event Event) (Reaction, error) {
	revised, err := d.readReaction(revised, event)
	revised.IDURI, revised.EventID, revised.EventIDURI, revised.Action = latest.IDURI, latest.EventID, latest.EventIDURI, ActionUpdate
	return revised, err
}

func (d *Desk) newReaction(ctx context.Context, reaction Reaction) (Reaction, error) {
	event, err := d.latestEvent(ctx, reaction.EventID)
	if err != nil {
		return Reaction{}, err
	}
	if event.Given == nil || event.Action == ActionDelete {
		return Reaction{}, &Error{Code: Refused, Field: "eventId", Message: "No dose is recorded here that could have caused a reaction. Record the dose first"}
	}
	if reaction, err = d.readReaction(reaction, event); err != nil {
		return Reaction{}, err
	}
	configuration, err := d.Store.Configuration(ctx)
	if err != nil {
		return Reaction{}, err
	}
	reaction.ID, reaction.IDURI = d.NewID(), configuration.Get("reaction.id_uri")
	reaction.EventIDURI, reaction.Version, reaction.Action, reaction.Reason = event.IDURI, 1, ActionNew, ""
	return d.keepReaction(ctx, d.signed(reaction), event)
}

func (d *Desk) keepReaction(ctx context.Context, reaction Reaction, event Event) (Reaction, error) {
	entry := d.entry("reaction."+string(reaction.Action), fmt.Sprintf("reaction/%s/%d", reaction.ID, reaction.Version), "")
	return reaction, d.Store.SaveReaction(ctx, reaction, d.Extracts.DueReaction(reaction, event), entry)
}

// reactionsAfter are the reactions to a dose as they must be once its event is corrected: withdrawn when it is, and caused by
// another vaccine when that was put right. A correction after which no dose could have caused them is Refused.
func (d *Desk) reactionsAfter(ctx context.Context, before, after Event) ([]DueReaction, error) {
	reactions, err := d.Reactions(ctx, before.ID)
	if err != nil {
		return nil, err
	}
	var changed []DueReaction
	for _, latest := range reactions {
		next := latest.withdrawn()
		switch {
		case after.Action == ActionDelete:
		case after.Given == nil || after.Disease != before.Disease:
			return nil, &Error{Code: Refused, Field: "given", Message: "A reaction to this dose is recorded. Withdraw the reaction before you change the dose to none or to one against another disease"}
		case latest.Agent.Code != before.Product.Code || after.Product.Code == before.Product.Code:
			continue
		default:
			next = latest
			next.Action, next.Agent = ActionUpdate, after.Product.Coded
		}
		next = d.nextReaction(next, latest, after.Change.Reason)
		changed = append(changed, DueReaction{next, sortedSet(d.Extracts.DueReaction(next, before), d.Extracts.DueReaction(next, after))})
	}
	return changed, nil
}

// Reactions are the latest versions of the reactions to the dose of an event, oldest first; deleted ones are left out.
func (d *Desk) Reactions(ctx context.Context, eventID string) ([]Reaction, error) {
	all, err := d.Store.ReactionsOf(ctx, eventID)
	return slices.DeleteFunc(all, func(r Reaction) bool { return r.Action == ActionDelete }), err
}

// YellowCard says where a suspected side effect is reported, with what the report asks for: product and batch.
func (d *Desk) YellowCard(event Event) string {
	words := "Report suspected side effects to the MHRA at " + d.Catalogue.At(event.Day()).YellowCard(event.Disease) + ": " + event.Product.Name
	if event.Given != nil {
		words += ", batch " + event.Given.BatchNumber
	}
	return words
}

// readReaction takes over what follows from the event, and checks the rest.
func (d *Desk) readReaction(reaction Reaction, event Event) (Reaction, error) {
	if reaction.Onset.IsZero() {
		reaction.Onset = event.At.Add(time.Duration(reaction.Minutes) * time.Minute)
	} else {
		reaction.Minutes = int(reaction.Onset.Sub(event.At).Truncate(time.Minute) / time.Minute)
	}
	reaction.Onset = reaction.Onset.UTC()
	reaction.Description, reaction.Evidence, reaction.Note = oneLine(reaction.Description), oneLine(reaction.Evidence), oneLine(reaction.Note)
	if reaction.Agent.Code == "" {
		reaction.Agent = event.Product.Coded
	}
	if reaction.Verification == "" {
		reaction.Verification = "unconfirmed"
	}
	edition := d.Catalogue.At(event.Day())
	faults := reaction.check(edition, event, d.Now())
	reaction.Manifest = withTerm(reaction.Manifest, edition.ReactionManifestations(event.Disease))
	reaction.Agent = withTerm(reaction.Agent, edition.ReactionAgents(event.Disease))
	return reaction, faults.Err()
}
