package main

import (
	"strings"
	"time"

	"deltoid/capture"
	"deltoid/cmd/internal/profile"
)

// assessCmd asks screening about an encounter.
type assessCmd struct {
	File    string       `arg:"" help:"Encounter file; what is given, or why not, may be left out. - reads standard input."`
	Explain bool         `help:"Show every rule that was looked at, whether it spoke or not, with its condition and the facts."`
	At      capture.Date `placeholder:"DATE" help:"Decide as of this day of vaccination, whatever the file says, for example 2022-05-12."`
}

// unansweredView is a question that the decision still needs.
type unansweredView struct {
	ID    string   `json:"id"`
	Path  string   `json:"path"`
	Says  string   `json:"says"`
	OneOf []string `json:"oneOf,omitempty"`
}

// assessView is a decision with its reasons.
type assessView struct {
	File       string             `json:"file"`
	Decision   *capture.Decision  `json:"decision,omitempty"`
	Final      bool               `json:"final"`
	Unanswered []unansweredView   `json:"unanswered,omitempty"`
	NextDose   capture.Suggestion `json:"nextDose"`
	Rules      rulesView          `json:"rules,omitempty"` // with --explain: every rule that was looked at
	Faults     []fault            `json:"faults,omitempty"`
}

// outcomeWords are what an outcome means for the desk.
var outcomeWords = map[capture.Outcome]string{
	capture.Proceed:         "Proceed",
	capture.Caution:         "Proceed with caution",
	capture.SeekAdvice:      "Seek advice before giving",
	capture.Defer:           "Do not give today",
	capture.Contraindicated: "Do not give this vaccine",
}

func (v assessView) text(p *page) {
	if v.Decision == nil {
		p.line("%s: refused: %s", v.File, counted(len(v.Faults), "fault", "faults"))
		writeFaults(p, v.Faults)
		return
	}
	d := v.Decision
	words := outcomeWords[d.Outcome]
	if !v.Final { // nobody may take this for the answer
		words = "not decided yet. So far: " + words
	}
	p.line("%s: %s (%s, as of %s)", v.File, words, d.Product, d.AsOf.Plain())
	if !d.DeferUntil.IsZero() {
		p.line("  Not before %s.", d.DeferUntil.Plain())
	}
	for _, reason := range d.Reasons {
		p.line("  %s\t%s\t%s", reason.RuleID, reason.Sentence, factsOf(reason))
	}
	if d.Observe > 0 {
		p.line("  Observe for %d minutes.", d.Observe)
	}
	if !v.Final {
		p.line("%s to answer:", counted(len(v.Unanswered), "question is still", "questions are still"))
		for _, question := range v.Unanswered {
			p.line("  %s\t%s", question.Path, question.Says)
		}
	}
	p.line("By the rules of the day: %s", v.NextDose.Sentence)
	if len(v.Rules) > 0 {
		v.Rules.text(p, d.AsOf)
	}
}

func factsOf(reason capture.Reason) string {
	var facts []string
	for _, fact := range reason.Facts {
		facts = append(facts, fact.String())
	}
	if !reason.InForceFrom.IsZero() {
		facts = append(facts, "in force from "+reason.InForceFrom.Short())
	}
	return strings.Join(facts, "; ")
}

// Run assesses and saves nothing. The question was answered whatever the decision is, so the exit code is 0.
func (c *assessCmd) Run(s *session) error {
	file, faults, err := readFile(c.File, s.stdin)
	if err != nil {
		return err
	}
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	if len(faults) > 0 && pathless(faults) {
		return refuse(s, c.File, faults)
	}
	c.moveTo(p, &file)
	r, err := resolve(s.ctx, p.Desk, file)
	if err != nil {
		return err
	}
	faults = append(faults, unless(faults, r.faults)...)
	faults = append(faults, unless(faults, r.cannotAssess())...)
	if len(faults) > 0 {
		return refuse(s, c.File, faults)
	}
	view, err := c.view(s, p.Desk, r)
	if err != nil {
		return err
	}
	return s.out.show(view)
}

// moveTo puts the desk's clock and the file on the day asked for. Nothing is saved, so nobody else sees that clock.
func (c *assessCmd) moveTo(p *profile.Profile, file *encounterFile) {
	if c.At.IsZero() {
		return
	}
	noon := c.At.Start().Add(12 * time.Hour)
	p.Desk.Now = func() time.Time { return noon }
	if file.Give != nil {
		file.Give.At = time.Time{}
	}
	if file.NotGiven != nil {
		file.NotGiven.At = time.Time{}
	}
}

func (c *assessCmd) view(s *session, desk *capture.Desk, r *reading) (assessView, error) {
	decision, err := desk.Assess(s.ctx, r.encounter)
	if err != nil {
		return assessView{}, err
	}
	next, err := desk.NextDose(s.ctx, r.encounter)
	if err != nil {
		return assessView{}, err
	}
	view := assessView{File: c.File, Decision: &decision, Final: decision.Final(), Unanswered: r.unanswered(decision), NextDose: next}
	if c.Explain {
		view.Rules, err = lookedAt(s.ctx, desk, r.encounter)
	}
	return view, err
}

func refuse(s *session, file string, faults []fault) error {
	if err := s.out.show(assessView{File: file, Faults: byPath(faults)}); err != nil {
		return err
	}
	return endedWith(exitRefused)
}

// cannotAssess lists what screening cannot do without.
func (r *reading) cannotAssess() []fault {
	var problems capture.Problems
	if r.encounter.Person.BirthDate.IsZero() {
		problems.Add("person.birthDate", "Enter the date of birth")
	} else if r.encounter.Person.BirthDate.After(r.day()) {
		problems.Add("person.birthDate", "Date of birth must be today or in the past")
	}
	if _, err := capture.ParseNHSNumber(r.file.Person.NHSNumber); err != nil {
		problems.AddAll("person", capture.ProblemsOf(err))
	}
	product, ok := r.edition.Product(r.encounter.Plan.Product)
	if !ok || !product.Offered {
		problems.Add("plan.product", "Choose a vaccine that is offered here")
	}
	if _, ok := r.edition.Procedure(r.encounter.Plan.Kind, product.Platform); !ok {
		problems.Add("plan.kind", "Choose which dose this is")
	}
	return r.deskFaults(problems)
}

// unanswered are the questions still open, in words.
func (r *reading) unanswered(decision capture.Decision) []unansweredView {
	var open []unansweredView
	for _, id := range decision.Missing {
		wanted := r.unansweredFault(id)
		open = append(open, unansweredView{ID: id, Path: wanted.Path, Says: wanted.Message, OneOf: wanted.OneOf})
	}
	return open
}
