package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/export"
)

// profileCmd is about the tables that say what each extract is.
type profileCmd struct {
	List  profileListCmd  `cmd:"" default:"1" help:"List the extracts there are."`
	Show  profileShowCmd  `cmd:"" help:"Show the table of an extract: its settings and its columns in order."`
	Check profileCheckCmd `cmd:"" help:"Look for faults in a folder with changed tables."`
}

// from is where the tables come from: those of the program, and in their place those of a folder.
type profilesFrom struct {
	From string `placeholder:"DIR" help:"Folder with changed tables, which stand in place of those of the same kind."`
}

func (f profilesFrom) load() (*export.Profiles, error) {
	if f.From == "" {
		return export.Shipped(), nil
	}
	if _, err := os.Stat(f.From); err != nil {
		return nil, err
	}
	profiles, err := export.LoadProfiles(os.DirFS(f.From))
	return profiles, tableFaults(err)
}

// tableFaults makes of the faults of tables what every refusal of this program looks like.
func tableFaults(err error) error {
	var problems catalogue.Problems
	if !errors.As(err, &problems) {
		return err
	}
	faults := refusal{}
	for _, problem := range problems {
		place := problem.File
		if problem.Line > 0 {
			place += fmt.Sprintf(" line %d %s", problem.Line, problem.Column)
		}
		faults = append(faults, fault{Code: capture.Invalid, Path: strings.TrimSpace(place), Message: problem.Says + "; " + problem.Cure})
	}
	return faults
}

type profileListCmd struct{ profilesFrom }

// profilesView lists the extracts.
type profilesView struct {
	Profiles []profileLine `json:"profiles"`
}

type profileLine struct {
	Kind       export.Kind `json:"kind"`
	Title      string      `json:"title"`
	Version    string      `json:"version"`
	Columns    int         `json:"columns"`
	Diseases   []string    `json:"diseases"`
	WorkflowID string      `json:"workflowId"`
	FileName   string      `json:"fileName"`
	On         bool        `json:"on"` // unless a setting says otherwise
}

func (v profilesView) text(p *page) {
	for _, line := range v.Profiles {
		on := "on"
		if !line.On {
			on = "off"
		}
		p.line("%s\t%s %s\t%s\t%s\t%s", line.Kind, line.Title, line.Version, counted(line.Columns, "column", "columns"), line.WorkflowID, on)
	}
}

func lineOf(profile *export.Profile) profileLine {
	return profileLine{
		Kind: profile.Kind, Title: profile.Title, Version: profile.Version, Columns: len(profile.Columns), Diseases: profile.Diseases,
		WorkflowID: profile.WorkflowID, FileName: profile.FileName, On: profile.Enabled,
	}
}

// Run lists them in the order in which they go out.
func (c *profileListCmd) Run(s *session) error {
	profiles, err := c.load()
	if err != nil {
		return err
	}
	view := profilesView{}
	for _, profile := range profiles.All() {
		view.Profiles = append(view.Profiles, lineOf(profile))
	}
	return s.out.show(view)
}

type profileShowCmd struct {
	Kind string `arg:"" help:"Which extract, as profile list names them."`
	profilesFrom
}

// profileView is one table, as a person reads a specification.
type profileView struct {
	profileLine
	Facts []export.Fact   `json:"settings"`
	Table []export.Column `json:"table"`
}

func (v profileView) text(p *page) {
	p.line("%s: %s, version %s", v.Kind, v.Title, v.Version)
	for _, fact := range v.Facts {
		p.line("  %s\t%s\t%s\t%s", fact.Name, fact.Value, fact.Confidence, fact.Note)
	}
	for i, column := range v.Table {
		p.line("%3d  %s\t%s\t%s\t%d\t%s\t%s", i+1, column.Name, column.Rule, column.Form, column.Max, column.Value, column.Confidence)
	}
}

// Run shows one table.
func (c *profileShowCmd) Run(s *session) error {
	profiles, err := c.load()
	if err != nil {
		return err
	}
	profile, err := profiles.Find(export.Kind(c.Kind))
	if err != nil {
		return usage("there is no extract of that name; profile list shows them")
	}
	return s.out.show(profileView{lineOf(profile), profile.Facts, profile.Columns})
}

type profileCheckCmd struct {
	Folder string `arg:"" help:"Folder with changed tables: KIND.csv files like those that profile show shows."`
}

// profileCheckView says what a folder would change.
type profileCheckView struct {
	Changed []profileLine `json:"changed"`
}

func (v profileCheckView) text(p *page) {
	p.line("No faults. The folder changes or adds:")
	for _, line := range v.Changed {
		p.line("  %s\t%s %s\t%s", line.Kind, line.Title, line.Version, counted(line.Columns, "column", "columns"))
	}
}

// Run loads the tables as a profile would.
func (c *profileCheckCmd) Run(s *session) error {
	names, err := fs.Glob(os.DirFS(c.Folder), "*.csv")
	if err != nil {
		return err
	}
	if len(names) == 0 {
		return usage("there is no table in that folder: a table is a file KIND.csv, for example covid.csv")
	}
	profiles, err := profilesFrom{From: c.Folder}.load()
	if err != nil {
		return err
	}
	view := profileCheckView{}
	for _, name := range names {
		if profile, err := profiles.Find(export.Kind(name[:len(name)-len(filepath.Ext(name))])); err == nil {
			view.Changed = append(view.Changed, lineOf(profile))
		}
	}
	return s.out.show(view)
}
