package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"deltoid/cmd/internal/profile"
	"deltoid/export"
)

// demoCmd walks the whole way once.
type demoCmd struct{}

// demoTime is when the demo plays: the samples are of this day, and the rules in force then decide.
const demoTime = "2022-05-12T10:00:00+01:00"

type demoStep struct {
	Step string `json:"step"`
	Says string `json:"says"`
}

type demoView struct {
	Folder string      `json:"folder"`
	Steps  []demoStep  `json:"steps"`
	Record *recordView `json:"record"`
	Send   sendView    `json:"send"`
	Status statusView  `json:"status"`
	Verify verifyView  `json:"verify"`
	File   string      `json:"file"` // the copy of the extract
}

func (v *demoView) text(p *page) {
	for i, step := range v.Steps {
		p.line("%d. %s: %s", i+1, step.Step, step.Says)
		switch step.Step {
		case stepRecord:
			v.Record.text(p)
		case stepStatus:
			v.Status.text(p)
		}
	}
	p.line("")
	p.line("Everything is in %s; remove the folder when you have seen enough. Look on with:", v.Folder)
	p.line("  DELTOID_PASSPHRASE=%s deltoidctl --data %s --now %s queue", profile.TrainingPassphrase, v.Folder, demoTime)
}

func (v *demoView) step(name, format string, values ...any) {
	v.Steps = append(v.Steps, demoStep{name, fmt.Sprintf(format, values...)})
}

// The steps.
const (
	stepInit   = "Make a training profile"
	stepRecord = "Record sample encounters"
	stepBuild  = "Build the COVID-19 daily extract"
	stepSend   = "Send it"
	stepStatus = "Look at one person"
	stepVerify = "Check records and audit chain"
)

// Run plays the demo and leaves its folder for looking at.
func (c *demoCmd) Run(s *session) error {
	if time.Time(s.globals.Now).IsZero() {
		if err := s.globals.Now.UnmarshalText([]byte(demoTime)); err != nil {
			return err
		}
	}
	dir, err := demoFolder(s.globals.Data)
	if err != nil {
		return err
	}
	p, _, err := profile.CreateTraining(s.ctx, dir, s.options())
	if err != nil {
		return err
	}
	defer p.Close()
	view := &demoView{Folder: dir}
	view.step(stepInit, "%s, %s, %d made-up people, in %s", trainingTeam(), "St Example Hall", profile.CohortSize, dir)
	for _, walk := range []func(*session, *profile.Profile, *demoView) error{demoRecord, demoBuild, demoSend, demoStatus, demoVerify} {
		if err := walk(s, p, view); err != nil {
			return fmt.Errorf("the demo stopped after %q: %w", view.Steps[len(view.Steps)-1].Step, err)
		}
	}
	return s.out.show(view)
}

func demoFolder(given string) (string, error) {
	if given != "" {
		return filepath.Abs(given)
	}
	dir, err := os.MkdirTemp("", "deltoid-demo-")
	if err != nil {
		return "", fmt.Errorf("make a folder for the demo: %w", err)
	}
	return dir, nil
}

func trainingTeam() string { return listed(profile.TrainingUserNames(), "and") }

func demoRecord(s *session, p *profile.Profile, view *demoView) error {
	view.Record = &recordView{}
	for _, name := range sampleNames {
		sample, err := openSample(name)
		if err != nil {
			return err
		}
		file, faults, err := readEncounter(sample)
		_ = sample.Close() // embedded
		if err != nil {
			return err
		}
		done, err := recordOne(s.ctx, p, file, faults)
		if err != nil {
			return err
		}
		done.File = name
		view.Record.add(done)
	}
	view.step(stepRecord, "%d saved on this device, each in one durable step", view.Record.Recorded)
	return nil
}

func demoBuild(s *session, p *profile.Profile, view *demoView) error {
	delivery, report, err := build(s, p, export.Covid, p.Desk.Today())
	if err != nil {
		return err
	}
	if view.File, err = saveCopy(s.ctx, p, delivery, filepath.Join(view.Folder, "extracts")); err != nil {
		return err
	}
	view.step(stepBuild, "%s, %d held back; a copy is at %s", counted(report.Rows, "row", "rows"), report.Held, view.File)
	return nil
}

func demoSend(s *session, p *profile.Profile, view *demoView) error {
	var err error
	view.Send, err = (&sendCmd{NoBuild: true}).send(s, p)
	if err != nil {
		return err
	}
	for _, change := range view.Send.Changed {
		view.step(stepSend, "%s", change.Words)
	}
	return nil
}

func demoStatus(s *session, p *profile.Profile, view *demoView) error {
	event, err := eventOf(s.ctx, p, view.Record.Files[0].EventID)
	if err != nil {
		return err
	}
	view.Status, err = statusOf(s, p, event.Person)
	view.step(stepStatus, "everybody's record says where it is")
	return err
}

func demoVerify(s *session, p *profile.Profile, view *demoView) error {
	var err error
	view.Verify, err = verify(s, p)
	view.step(stepVerify, "%s", view.Verify.words())
	return err
}
