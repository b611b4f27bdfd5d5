package capture

import (
	"context"
	"fmt"
	"slices"
	"time"

	"deltoid/assets/catalogue"
)

// Reaction is an adverse reaction during observation, linked to the event that came before it (clinical facts 8.3). Like
// an event it is never changed: a correction is a further Version with the same ID. Times are UTC.
type Reaction struct {
	ID         string    `json:"id"`
	IDURI      string    `json:"idUri"` // namespace of ID
	Version    int       `json:"version"`
	Action     Action    `json:"action"`
	EventID    string    `json:"eventId"` // the vaccination event
	EventIDURI string    `json:"eventIdUri"`
	Onset      time.Time `json:"onset"`
	Minutes    int       `json:"minutes"` // from the dose to the reaction, 0 to 1440

	Verification string `json:"verification"` // unconfirmed, confirmed, entered-in-error
	Type         string `json:"type"`         // allergy, intolerance
	Severity     string `json:"severity"`     // mild, moderate, severe
	Agent        Coded  `json:"agent"`        // what caused it; the vaccine unless something else is known
	Manifest     Coded  `json:"manifest"`     // how it showed, in the code that is sent
	Description  string `json:"description"`
	Evidence     string `json:"evidence,omitempty"`
	Adrenaline   bool   `json:"adrenaline,omitempty"`
	Ambulance    bool   `json:"ambulance,omitempty"`
	Result       string `json:"result,omitempty"` // key: recovered, recovering, taken-to-hospital, not-known
	Note         string `json:"note,omitempty"`   // stays here

	RecordedAt time.Time `json:"recordedAt"`
	RecordedBy Performer `json:"recordedBy"`
	Reason     string    `json:"reason,omitempty"` // why a later version exists
}

// Limits of the time from the dose to a reaction, in minutes.
const (
	usualOnset   = 15      // the collection is about reactions during observation; later ones need a note
	longestOnset = 24 * 60 //
)

// verificationError is the verification of a reaction that is withdrawn (FHIR).
const verificationError = "entered-in-error"

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
	next := latest
	if next.Action = reaction.Action; next.Action == ActionDelete {
		next.Verification = verificationError
	} else if next, err = d.correctReaction(ctx, reaction, latest); err != nil {
		return Reaction{}, err
	}
	next.Version, next.Reason = latest.Version+1, oneLine(reason)
	return d.keepReaction(ctx, next)
}

// correctReaction is what a reaction says now; what it is about (its id and its event) never changes.
func (d *Desk) correctReaction(ctx context.Context, revised, latest Reaction) (Reaction, error) {
	event, err := d.latestEvent(ctx, latest.EventID)
	if err != nil {
		return Reaction{}, err
	}
	revised, err = d.readReaction(revised, event)
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
	return d.keepReaction(ctx, reaction)
}

func (d *Desk) keepReaction(ctx context.Context, reaction Reaction) (Reaction, error) {
	reaction.RecordedAt, reaction.RecordedBy = d.Now().UTC(), performerOf(d.User(), d.Edition())
	entry := d.entry("reaction."+string(reaction.Action), fmt.Sprintf("reaction/%s/%d", reaction.ID, reaction.Version), "")
	return reaction, d.Store.SaveReaction(ctx, reaction, entry)
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

// check lists every fault of a reaction to the dose of an event.
func (r Reaction) check(edition *catalogue.Edition, event Event, now time.Time) Problems {
	var faults Problems
	switch {
	case r.Minutes < 0 || r.Onset.Before(event.At):
		faults.Add("minutes", "The reaction comes after the dose: correct its time")
	case r.Minutes > longestOnset:
		faults.Add("minutes", "Record here only reactions within 24 hours of the dose")
	case r.Onset.After(now):
		faults.Add("minutes", "The reaction must have begun by now: correct its time")
	case r.Minutes > usualOnset && r.Note == "":
		faults.Add("note", "The reaction began more than 15 minutes after the dose. Enter how it became known")
	}
	for _, choice := range []struct {
		field, value, message string
		list                  []catalogue.Code
	}{
		{"type", r.Type, "Choose the type of reaction", edition.ReactionTypes()},
		{"severity", r.Severity, "Choose how severe the reaction is", edition.ReactionSeverities()},
		{"verification", r.Verification, "Choose how sure the reaction is", edition.ReactionVerifications()},
	} {
		if !slices.ContainsFunc(choice.list, func(c catalogue.Code) bool { return c.Key == choice.value }) {
			faults.Add(choice.field, choice.message)
		}
	}
	if r.Result != "" && !slices.ContainsFunc(edition.ReactionResults(), func(c catalogue.Code) bool { return c.Key == r.Result }) {
		faults.Add("result", "Choose how the reaction ended, or leave it out")
	}
	if r.Description == "" {
		faults.Add("description", "Enter what happened")
	}
	if manifests := edition.ReactionManifestations(event.Disease); len(manifests) > 0 && !holdsCode(manifests, r.Manifest.Code) {
		faults.Add("manifest", "Choose how the reaction showed")
	}
	if r.Agent.Code != event.Product.Code && !holdsCode(edition.ReactionAgents(event.Disease), r.Agent.Code) {
		faults.Add("agent", "Choose what caused the reaction")
	}
	return faults
}

func holdsCode(codes []catalogue.Code, code string) bool {
	return slices.ContainsFunc(codes, func(c catalogue.Code) bool { return c.Code == code })
}

// withTerm gives a code the term of its list; one that is in none keeps its own.
func withTerm(coded Coded, codes []catalogue.Code) Coded {
	for _, code := range codes {
		if code.Code == coded.Code {
			return Coded{code.Code, code.Term}
		}
	}
	return coded
}
