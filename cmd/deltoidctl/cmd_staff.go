package main

import (
	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/cmd/internal/profile"
)

// staffCmd is about the team.
type staffCmd struct {
	List   staffListCmd   `cmd:"" default:"1" help:"List the team, and who can sign in."`
	Add    staffAddCmd    `cmd:"" help:"Take a colleague in, with a passphrase of their own. Only an administrator may."`
	Remove staffRemoveCmd `cmd:"" help:"Take the records away from somebody who has left; what they recorded stays. Only an administrator may."`
}

type staffListCmd struct{}

type staffAddCmd struct {
	UserName string `arg:"" help:"User name to sign in with, without spaces."`
	staffFlags
	Admin             bool   `help:"Make them an administrator: may change the team and the settings."`
	NewPassphraseFile string `placeholder:"FILE" help:"File whose first line is their passphrase; - reads a line of standard input. Else it is asked for on a terminal."`
}

type staffRemoveCmd struct {
	UserName string `arg:"" help:"User name of the colleague."`
}

// staffFlags are the details of a member of staff.
type staffFlags struct {
	Forename string `placeholder:"NAME" help:"First name."`
	Surname  string `placeholder:"NAME" help:"Last name."`
	Email    string `placeholder:"ADDRESS" help:"Email address."`
	JobRole  string `placeholder:"ROLE" help:"Job role, for example Staff Nurse."`
	Body     string `placeholder:"BODY" help:"Professional register: nmc, gmc, gphc or hcpc. Leave it out for somebody not registered, who may neither screen nor take consent."`
	Number   string `placeholder:"NUMBER" help:"Number in that register."`
}

func (f staffFlags) staff(userName string) capture.Staff {
	return capture.Staff{
		UserName: userName, Forename: f.Forename, Surname: f.Surname, Email: f.Email, JobRole: f.JobRole,
		Registration: capture.Registration{Body: f.Body, Number: f.Number},
	}
}

// staffFieldFlags are where the fields of a member of staff come from.
var staffFieldFlags = map[string]string{
	"userName": "<user-name>", "passphrase": "--new-passphrase-file",
	"forename": "--forename", "surname": "--surname", "registration.body": "--body", "registration.number": "--number",
}

func staffChoices(edition *catalogue.Edition) func(field string) []string {
	return func(field string) []string {
		if field != "registration.body" {
			return nil
		}
		return keysOf(edition.Bodies(), func(b catalogue.RegistrationBody) string { return b.Key })
	}
}

// colleagueView is one of the team.
type colleagueView struct{ profile.Colleague }

func (v colleagueView) text(p *page) {
	registered, rights := "not registered", ""
	if v.Registered() {
		registered = v.Registration.Body + " " + v.Registration.Number
	}
	if v.Admin {
		rights = "administrator"
	}
	if !v.SignsIn {
		rights = "cannot sign in"
	}
	p.line("%s\t%s\t%s\t%s\t%s", v.UserName, v.FullName(), registered, orUsual(v.JobRole, "-"), rights)
}

type teamView struct {
	Staff []colleagueView `json:"staff"`
}

func (v teamView) text(p *page) {
	for _, colleague := range v.Staff {
		colleague.text(p)
	}
}

// Run lists the team.
func (c *staffListCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	team, err := p.Team(s.ctx)
	if err != nil {
		return err
	}
	return s.out.show(teamView{keysOf(team, func(c profile.Colleague) colleagueView { return colleagueView{c} })})
}

// staffChangeView is what was done to a colleague, in words.
type staffChangeView struct {
	Colleague profile.Colleague `json:"colleague"`
	Words     string            `json:"words"`
	Warning   string            `json:"warning,omitempty"`
}

func (v staffChangeView) text(p *page) {
	p.line("%s", v.Words)
	if v.Warning != "" {
		p.line("%s", v.Warning)
	}
}

// doubtOf says when a registration number does not look like those of its register. Registers change their forms, so it
// is no fault.
func doubtOf(staff capture.Staff, edition *catalogue.Edition) string {
	body, ok := edition.Body(staff.Registration.Body)
	if !ok || body.Plausible(staff.Registration.Number) {
		return ""
	}
	return "Check the registration number: those of the " + body.Name + " look otherwise."
}

// Run adds a colleague. Who may not is told before a passphrase is asked for.
func (c *staffAddCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	if err := p.NeedAdmin("change the team"); err != nil {
		return err
	}
	phrase, err := s.newPassphrase(c.NewPassphraseFile, c.UserName)
	if err != nil {
		return err
	}
	colleague := c.staff(c.UserName)
	colleague.Admin = c.Admin
	added, err := p.AddColleague(s.ctx, colleague, phrase)
	if err != nil {
		return flagFaults(err, staffFieldFlags, staffChoices(p.Desk.Edition()))
	}
	return s.out.show(staffChangeView{
		profile.Colleague{Staff: added, SignsIn: true}, "Added " + added.FullName() + ", who signs in as " + added.UserName + ".",
		doubtOf(added, p.Desk.Edition()),
	})
}

// Run takes a colleague's passphrase away.
func (c *staffRemoveCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	removed, err := p.RemoveColleague(s.ctx, c.UserName)
	if err != nil {
		return flagFaults(err, staffFieldFlags, staffChoices(p.Desk.Edition()))
	}
	return s.out.show(staffChangeView{Colleague: profile.Colleague{Staff: removed}, Words: removed.UserName + " can no longer sign in. What they recorded stays."})
}
