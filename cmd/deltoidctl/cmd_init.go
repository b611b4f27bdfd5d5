package main

import (
	"deltoid/capture"
	"deltoid/cmd/internal/profile"
)

// initCmd makes a profile.
type initCmd struct {
	Training bool   `help:"Make a training profile: a made-up site, team, batches, clinic and 200 made-up people. Passphrase: training."`
	Forename string `placeholder:"NAME" help:"First name of the administrator."`
	Surname  string `placeholder:"NAME" help:"Last name of the administrator."`
	Email    string `placeholder:"ADDRESS" help:"Email address of the administrator."`
	JobRole  string `placeholder:"ROLE" help:"Job role of the administrator."`
	Body     string `placeholder:"BODY" help:"Professional register: nmc, gmc, gphc or hcpc; none for somebody not registered."`
	Number   string `placeholder:"NUMBER" help:"Number in that register."`
}

// initView is a profile that was made.
type initView struct {
	Folder      string   `json:"folder"`
	Training    bool     `json:"training"`
	UserNames   []string `json:"userNames"`
	Passphrase  string   `json:"passphrase,omitempty"` // of a training profile, where it guards nothing
	RecoveryKey string   `json:"recoveryKey"`
	People      int      `json:"people"`
}

func (v initView) text(p *page) {
	if v.Training {
		p.line("Made a training profile in %s with %d made-up people.", v.Folder, v.People)
		p.line("Sign in as %s; the passphrase of each is: %s", listed(v.UserNames, "or"), v.Passphrase)
	} else {
		p.line("Made a profile in %s. Sign in as %s.", v.Folder, v.UserNames[0])
	}
	p.line("Recovery key, shown this once: %s", v.RecoveryKey)
	if !v.Training {
		p.line("Write it down and keep it in a safe place: it opens the records when every passphrase is forgotten.")
	}
}

// Run makes the profile; one that is there already stays as it is.
func (c *initCmd) Run(s *session) error {
	dir, err := s.dir()
	if err != nil {
		return err
	}
	if c.Training {
		return c.training(s, dir)
	}
	if s.globals.User == "" {
		return usage("give --training, or --user, --forename and --surname of the first administrator")
	}
	phrase, err := s.passphrase("Passphrase for " + s.globals.User)
	if err != nil {
		return err
	}
	made, recovery, err := profile.Create(s.ctx, dir, s.options(), c.staff(s.globals.User), phrase)
	if err != nil {
		return flagFaults(err)
	}
	defer made.Close()
	return s.out.show(initView{Folder: dir, UserNames: []string{s.globals.User}, RecoveryKey: recovery})
}

func (c *initCmd) training(s *session, dir string) error {
	made, recovery, err := profile.CreateTraining(s.ctx, dir, s.options())
	if err != nil {
		return err
	}
	defer made.Close()
	return s.out.show(initView{
		Folder: dir, Training: true, UserNames: profile.TrainingUserNames(), Passphrase: profile.TrainingPassphrase,
		RecoveryKey: recovery, People: profile.CohortSize,
	})
}

func (c *initCmd) staff(userName string) capture.Staff {
	return capture.Staff{
		UserName: userName, Forename: c.Forename, Surname: c.Surname, Email: c.Email, JobRole: c.JobRole,
		Registration: capture.Registration{Body: c.Body, Number: c.Number},
	}
}

// staffFlags are the flags for the fields of a member of staff.
var staffFlags = map[string]string{
	"userName": "--user", "passphrase": "--passphrase-file", "forename": "--forename", "surname": "--surname", "registration.body": "--body", "registration.number": "--number",
}

// flagFaults names the flags instead of the fields.
func flagFaults(err error) error {
	problems := capture.ProblemsOf(err)
	if len(problems) == 0 || capture.CodeOf(err) != capture.Invalid {
		return err
	}
	named := make(capture.Problems, len(problems))
	for i, problem := range problems {
		renamed := *problem
		if flag, ok := staffFlags[problem.Field]; ok {
			renamed.Field = flag
		}
		named[i] = &renamed
	}
	return named
}
