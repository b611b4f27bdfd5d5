package main

import (
	"fmt"
	"slices"
	"time"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/cmd/internal/profile"
)

// reactionCmd is about adverse reactions to doses.
type reactionCmd struct {
	List   reactionListCmd   `cmd:"" help:"List the reactions to the dose of an event."`
	Add    reactionAddCmd    `cmd:"" help:"Record a reaction to the dose of an event."`
	Amend  reactionAmendCmd  `cmd:"" help:"Correct a reaction, with a reason; what is not given stays as it is."`
	Delete reactionDeleteCmd `cmd:"" help:"Withdraw a reaction, with a reason; it cannot be undone."`
}

type reactionListCmd struct {
	Event string `arg:"" help:"Id of the event of the dose."`
}

type reactionAddCmd struct {
	Event string `arg:"" help:"Id of the event of the dose."`
	reactionFlags
}

type reactionAmendCmd struct {
	Reaction string `arg:"" help:"Id of the reaction."`
	Reason   string `arg:"" help:"Why it is corrected."`
	reactionFlags
}

type reactionDeleteCmd struct {
	Reaction string `arg:"" help:"Id of the reaction."`
	Reason   string `arg:"" help:"Why it is withdrawn."`
}

// reactionFlags say what happened.
type reactionFlags struct {
	Minutes      *int   `placeholder:"N" help:"Minutes from the dose to the reaction, 0 to 1440; after 15 a note is needed."`
	Type         string `placeholder:"TYPE" help:"allergy or intolerance."`
	Severity     string `placeholder:"WORD" help:"mild, moderate or severe."`
	Shown        string `placeholder:"KEY" help:"How it showed: a key of the catalogue, for example vaccine-reaction."`
	Agent        string `placeholder:"KEY" help:"What caused it, when it is not the vaccine as such: a key of the catalogue, for example peg-allergy."`
	Description  string `placeholder:"TEXT" help:"What happened."`
	Evidence     string `placeholder:"TEXT" help:"What speaks for it."`
	Verification string `placeholder:"WORD" help:"unconfirmed or confirmed."`
	Result       string `placeholder:"WORD" help:"How it ended: recovered, recovering, taken-to-hospital or not-known."`
	Adrenaline   *bool  `negatable:"" help:"Adrenaline was given."`
	Ambulance    *bool  `negatable:"" help:"An ambulance was called."`
	Note         string `placeholder:"TEXT" help:"Stays on this device; not sent to the GP."`
}

// reactionFieldFlags are where the fields of a reaction come from.
var reactionFieldFlags = map[string]string{
	"minutes": "--minutes", "type": "--type", "severity": "--severity", "manifest": "--shown", "agent": "--agent", "description": "--description",
	"evidence": "--evidence", "verification": "--verification", "result": "--result", "note": "--note", "eventId": "<event>", "reason": "<reason>",
}

// on lays what was given over a reaction.
func (f reactionFlags) on(reaction capture.Reaction, edition *catalogue.Edition, disease string) capture.Reaction {
	if f.Minutes != nil {
		reaction.Minutes, reaction.Onset = *f.Minutes, time.Time{}
	}
	for _, part := range []struct {
		given string
		field *string
	}{
		{f.Type, &reaction.Type}, {f.Severity, &reaction.Severity}, {f.Description, &reaction.Description}, {f.Evidence, &reaction.Evidence},
		{f.Verification, &reaction.Verification}, {f.Result, &reaction.Result}, {f.Note, &reaction.Note},
	} {
		*part.field = orUsual(part.given, *part.field)
	}
	if f.Adrenaline != nil {
		reaction.Adrenaline = *f.Adrenaline
	}
	if f.Ambulance != nil {
		reaction.Ambulance = *f.Ambulance
	}
	reaction.Manifest = codedOf(f.Shown, reaction.Manifest, edition.ReactionManifestations(disease))
	reaction.Agent = codedOf(f.Agent, reaction.Agent, edition.ReactionAgents(disease))
	return reaction
}

// codedOf is the code behind a key; the key itself for one that is not in the list, so that the desk refuses it.
func codedOf(key string, usual capture.Coded, codes []catalogue.Code) capture.Coded {
	if key == "" {
		return usual
	}
	if i := slices.IndexFunc(codes, func(c catalogue.Code) bool { return c.Key == key }); i >= 0 {
		return capture.Coded{Code: codes[i].Code, Term: codes[i].Term}
	}
	return capture.Coded{Code: key}
}

// reactionChoices are the words that may stand in a field.
func reactionChoices(edition *catalogue.Edition, disease string) func(field string) []string {
	return func(field string) []string {
		switch field {
		case "type":
			return codeKeys(edition.ReactionTypes())
		case "severity":
			return codeKeys(edition.ReactionSeverities())
		case "verification":
			return codeKeys(edition.ReactionVerifications())
		case "result":
			return codeKeys(edition.ReactionResults())
		case "manifest":
			return codeKeys(edition.ReactionManifestations(disease))
		case "agent":
			return codeKeys(edition.ReactionAgents(disease))
		}
		return nil
	}
}

// reactionView is a reaction; it names nobody.
type reactionView struct {
	capture.Reaction
	Words      string `json:"words"`
	YellowCard string `json:"yellowCard,omitempty"`
}

func (v reactionView) text(p *page) {
	p.line("%s", v.Words)
	p.line("  %d minutes after the dose of event %s; %s, %s, %s", v.Minutes, v.EventID, v.Type, v.Severity, v.Verification)
	if v.YellowCard != "" {
		p.line("  %s.", v.YellowCard)
	}
}

type reactionsView struct {
	Reactions []reactionView `json:"reactions"`
}

func (v reactionsView) text(p *page) {
	p.line("%s to this dose", counted(len(v.Reactions), "reaction", "reactions"))
	for _, reaction := range v.Reactions {
		reaction.text(p)
	}
}

func viewReaction(reaction capture.Reaction) reactionView {
	words := map[capture.Action]string{capture.ActionNew: "recorded", capture.ActionUpdate: "corrected", capture.ActionDelete: "withdrawn"}
	return reactionView{Reaction: reaction, Words: fmt.Sprintf("Reaction %s, version %d, %s", reaction.ID, reaction.Version, words[reaction.Action])}
}

// Run lists the reactions to a dose.
func (c *reactionListCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	if _, err := eventNamed(s, p, c.Event); err != nil {
		return err
	}
	reactions, err := p.Desk.Reactions(s.ctx, c.Event)
	if err != nil {
		return err
	}
	return s.out.show(reactionsView{keysOf(reactions, viewReaction)})
}

// Run records a reaction.
func (c *reactionAddCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	event, err := eventNamed(s, p, c.Event)
	if err != nil {
		return err
	}
	edition := p.Catalogue.At(event.Day())
	reaction := c.on(capture.Reaction{EventID: event.ID, Minutes: -1}, edition, event.Disease)
	saved, err := p.Desk.RecordReaction(s.ctx, reaction, "")
	if err != nil {
		return flagFaults(err, reactionFieldFlags, reactionChoices(edition, event.Disease))
	}
	view := viewReaction(saved)
	view.YellowCard = p.Desk.YellowCard(event)
	return s.out.show(view)
}

// Run corrects a reaction.
func (c *reactionAmendCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	versions, err := p.Store.Reaction(s.ctx, c.Reaction)
	if err != nil {
		return err
	}
	latest := versions[len(versions)-1]
	event, err := eventNamed(s, p, latest.EventID)
	if err != nil {
		return err
	}
	edition := p.Catalogue.At(event.Day())
	revised := c.on(latest, edition, event.Disease)
	if latest.Action != capture.ActionDelete {
		revised.Action = capture.ActionUpdate
	}
	saved, err := p.Desk.RecordReaction(s.ctx, revised, c.Reason)
	if err != nil {
		return flagFaults(err, reactionFieldFlags, reactionChoices(edition, event.Disease))
	}
	return s.out.show(viewReaction(saved))
}

// Run withdraws a reaction.
func (c *reactionDeleteCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	saved, err := p.Desk.RecordReaction(s.ctx, capture.Reaction{ID: c.Reaction, Action: capture.ActionDelete}, c.Reason)
	if err != nil {
		return flagFaults(err, reactionFieldFlags, nothing)
	}
	return s.out.show(viewReaction(saved))
}

// eventNamed is an event as it is now.
func eventNamed(s *session, p *profile.Profile, id string) (capture.Event, error) {
	versions, err := p.Store.Event(s.ctx, id)
	if err != nil {
		return capture.Event{}, err
	}
	return versions[len(versions)-1], nil
}
