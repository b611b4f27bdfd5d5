package main

import "path/filepath"

// backupCmd copies the records while work goes on.
type backupCmd struct {
	Path string `arg:"" help:"File for the copy. One that is there already is left as it is."`
}

type backupView struct {
	Path string `json:"path"`
}

func (v backupView) text(p *page) {
	p.line("Copied the records to %s. The copy is sealed like the records and opens with the same passphrases.", v.Path)
}

// Run writes the copy and looks whether it can be opened.
func (c *backupCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	path, err := filepath.Abs(c.Path)
	if err != nil {
		return err
	}
	if err := p.Store.Backup(s.ctx, path); err != nil {
		return err
	}
	return s.out.show(backupView{path})
}
