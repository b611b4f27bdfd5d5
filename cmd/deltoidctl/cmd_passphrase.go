package main

// passphraseCmd chooses a new passphrase.
type passphraseCmd struct {
	For               string `placeholder:"NAME" xor:"who" help:"User name of a colleague to choose it for. Only an administrator may. Default: whoever signs in."`
	NewPassphraseFile string `placeholder:"FILE" help:"File whose first line is the new passphrase; - reads a line of standard input. Else it is asked for on a terminal."`
	RecoveryKeyFile   string `placeholder:"FILE" xor:"who" help:"Open with the recovery key instead of a passphrase, and choose a new one for --user. The key is the first line of the file; - reads a line of standard input or asks on a terminal."`
}

// passphraseView says whose passphrase is another now; never what it is.
type passphraseView struct {
	UserName string `json:"userName"`
	Recovery bool   `json:"recovery"` // by the recovery key
}

func (v passphraseView) text(p *page) {
	p.line("%s has a new passphrase; the one before opens these records no longer.", v.UserName)
	if v.Recovery {
		p.line("The recovery key stays as it is.")
	}
}

// Run changes the passphrase of whoever signs in, of a colleague, or by the recovery key.
func (c *passphraseCmd) Run(s *session) error {
	if c.RecoveryKeyFile != "" {
		return c.recover(s)
	}
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	userName := orUsual(c.For, p.Staff.UserName)
	if userName != p.Staff.UserName {
		if err := p.NeedAdmin("choose a passphrase for somebody else"); err != nil {
			return err
		}
	}
	phrase, err := s.newPassphrase(c.NewPassphraseFile, userName)
	if err != nil {
		return err
	}
	if _, err := p.GivePassphrase(s.ctx, userName, phrase); err != nil {
		return flagFaults(err, passphraseFlags, nothing)
	}
	return s.out.show(passphraseView{UserName: userName})
}

func (c *passphraseCmd) recover(s *session) error {
	if s.globals.User == "" {
		return usage("say with --user whose passphrase to choose")
	}
	locked, err := s.look()
	if err != nil {
		return err
	}
	key, err := s.secretFrom(c.RecoveryKeyFile, "Recovery key")
	if err != nil {
		return err
	}
	phrase, err := s.newPassphrase(c.NewPassphraseFile, s.globals.User)
	if err != nil {
		return err
	}
	if _, err := locked.Recover(s.ctx, key, s.globals.User, phrase); err != nil {
		return flagFaults(err, recoveryFlags, nothing)
	}
	return s.out.show(passphraseView{UserName: s.globals.User, Recovery: true})
}

// Where the fields come from.
var (
	passphraseFlags = map[string]string{"userName": "--for", "passphrase": "--new-passphrase-file"}
	recoveryFlags   = map[string]string{"userName": "--user", "passphrase": "--new-passphrase-file", "recoveryKey": "--recovery-key-file"}
)

func nothing(string) []string { return nil }
