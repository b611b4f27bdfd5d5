package main

import (
	"deltoid/cmd/internal/profile"
)

// initCmd makes a profile.
type initCmd struct {
	Training bool `help:"Make a training profile: a made-up site, team, batches, clinic and 200 made-up people. Passphrase: training."`
	staffFlags
}

// initView is a profile that was made.
type initView struct {
	Folder      string   `json:"folder"`
	Training    bool     `json:"training"`
	UserNames   []string `json:"userNames"`
	Passphrase  string   `json:"passphrase,omitempty"` // of a training profile, where it guards nothing
	RecoveryKey string   `json:"recoveryKey"`
	People      int      `json:"people"`
	Warning     string   `json:"warning,omitempty"`
}

func (v initView) text(p *page) {
	if v.Training {
		p.line("Made a training profile in %s with %d made-up people.", v.Folder, v.People)
		p.line("Sign in as %s; the passphrase of each is: %s", listed(v.UserNames, "or"), v.Passphrase)
	} else {
		p.line("Made a profile in %s. Sign in as %s.", v.Folder, v.UserNames[0])
		if v.Warning != "" {
			p.line("%s", v.Warning)
		}
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
	phrase, err := s.firstPassphrase(s.globals.User)
	if err != nil {
		return err
	}
	edition, err := s.edition()
	if err != nil {
		return err
	}
	made, recovery, err := profile.Create(s.ctx, dir, s.options(), c.staff(s.globals.User), phrase)
	if err != nil {
		return flagFaults(err, initFlags, staffChoices(edition))
	}
	defer made.Close()
	return s.out.show(initView{Folder: dir, UserNames: []string{s.globals.User}, RecoveryKey: recovery, Warning: doubtOf(made.Staff, edition)})
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

// initFlags are where the fields of the first administrator come from.
var initFlags = withFlags(staffFieldFlags, map[string]string{"userName": "--user", "passphrase": "--passphrase-file"})
