package main

import (
	"strings"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// historyCmd shows the earlier vaccinations of a person from every source.
type historyCmd struct {
	NHSNumber string `arg:"" optional:"" name:"nhs-number" help:"NHS number, with or without spaces."`
	Disease   string `default:"COVID-19" help:"Disease to ask about."`
	Kept      bool   `help:"Ask nobody: show what is kept on this computer."`
	Forget    bool   `help:"Remove every look-up that is kept on this computer. Records made here stay."`
}

type historyView struct {
	Person personView     `json:"person"`
	Status capture.Status `json:"status"`
}

func (v historyView) text(p *page) {
	p.line("%s, NHS number %s, born %s (%d)", v.Person.Name, capture.NHSNumber(v.Person.NHSNumber).Display(), v.Person.BirthDate.Plain(), v.Person.Age)
	p.line("%s.", v.Status.Sentence)
	if v.Status.Problem != "" {
		p.line("For the administrator: %s.", v.Status.Problem)
	}
	for _, warning := range v.Status.Warnings {
		p.line("Warning: %s.", warning)
	}
	for _, entry := range v.Status.Vaccinations {
		day, mark := orUsual(entry.Date.Short(), "no date"), ""
		if entry.NotGiven {
			mark = "not given"
		}
		if entry.Pending != "" {
			mark = "change pending: " + string(entry.Pending)
		}
		p.line("  %s\t%s\t%s\t%s\t%s\t%s", day, entry.Kind, entry.Name, orUsual(entry.Where, "-"), entry.Source, mark)
	}
	for _, conflict := range v.Status.Conflicts {
		p.line("Conflict %s: %s.", conflict.Key, conflict.Sentence)
	}
}

// forgottenView is how many look-ups were removed.
type forgottenView struct {
	Forgotten int `json:"forgotten"`
}

func (v forgottenView) text(p *page) {
	p.line("%s removed from this computer.", counted(v.Forgotten, "look-up was", "look-ups were"))
}

// Run asks, unless told not to, and shows what is known. That nobody answers is an answer too, so the exit code is 0.
func (c *historyCmd) Run(s *session) error {
	number, err := capture.ParseNHSNumber(c.NHSNumber)
	if err != nil {
		return usage(capture.ProblemsOf(err)[0].Message)
	}
	if (number == "") != c.Forget {
		return usage("give either an NHS number or --forget")
	}
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	if c.Forget {
		n, err := p.Desk.ForgetLooks(s.ctx, true)
		if err != nil {
			return err
		}
		return s.out.show(forgottenView{n})
	}
	if _, known := p.Catalogue.Disease(c.Disease); !known {
		return usage("there is no such disease; choose one of: " + strings.Join(keysOf(p.Catalogue.Diseases(), func(d catalogue.Disease) string { return d.Key }), ", "))
	}
	person, err := p.Store.PersonByNHSNumber(s.ctx, number)
	if capture.IsNotFound(err) {
		return &capture.Error{Code: capture.NotFound, Message: "Nobody with this NHS number is on this device"}
	}
	if err != nil {
		return err
	}
	status, err := p.Desk.Status(s.ctx, capture.Encounter{Person: person, Plan: capture.Plan{Disease: c.Disease}}, !c.Kept)
	if err != nil {
		return err
	}
	return s.out.show(historyView{viewPerson(person, p.Desk.Today()), status})
}
