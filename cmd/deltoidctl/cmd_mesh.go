package main

import (
	"deltoid/export"
	"deltoid/export/mesh"
)

// meshCmd is about the way to MESH.
type meshCmd struct {
	Check meshCheckCmd `cmd:"" help:"Look at settings, certificates, handshake, clock and mailbox, or at the folders of the MESH client."`
}

type meshCheckCmd struct{}

// findingView is a finding with the key of the setting to correct.
type findingView struct {
	mesh.Finding
	Setting string `json:"setting,omitempty"`
}

type meshCheckView struct {
	Healthy  bool          `json:"healthy"`
	Findings []findingView `json:"findings"`
}

func (v meshCheckView) text(p *page) {
	for _, f := range v.Findings {
		p.line("%s\t%s\t%s", f.State, f.Check, f.Text)
		if f.State == mesh.Good {
			continue
		}
		if f.Cure != "" {
			p.line("\t\t  %s", f.Cure)
		}
		if f.Setting != "" {
			p.line("\t\t  setting %s", f.Setting)
		}
	}
}

// Run checks. What is bad or could not be looked at makes the code 1.
func (c *meshCheckCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	findings, err := p.CheckMESH(s.ctx)
	if err != nil {
		return err
	}
	view := meshCheckView{Healthy: mesh.Healthy(findings)}
	for _, f := range findings {
		view.Findings = append(view.Findings, findingView{f, export.SettingOf(f)})
	}
	if err := s.out.show(view); err != nil || view.Healthy {
		return err
	}
	return endedWith(exitRefused)
}
