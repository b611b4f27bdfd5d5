package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/cmd/internal/profile"
	"deltoid/export"
)

// allKinds stands for every extract that the settings have made.
const allKinds = "all"

// extractCmd builds a file, or one of each kind, and copies it out.
type extractCmd struct {
	Kind   string       `arg:"" help:"Which extract, as profile list names them: covid, flu, mmr … or all."`
	Date   capture.Date `placeholder:"DATE" help:"Take what was committed up to the end of this day. Default: today."`
	Out    string       `placeholder:"DIR" help:"Folder for the copy. It is made when it is not there; a file in it is never overwritten."`
	DryRun bool         `help:"Build nothing; say what would be built and held back."`
	Again  string       `placeholder:"FILE" help:"Build nothing; copy a file that was built before, by its file name or delivery id, as queue shows them."`
}

type extractView struct {
	Kind      export.Kind    `json:"kind"`
	UpTo      catalogue.Date `json:"upTo,omitzero"`
	DryRun    bool           `json:"dryRun"`
	Rows      int            `json:"rows"`
	Withdrawn int            `json:"withdrawn"` // deleted before anybody outside heard of them
	Later     int            `json:"later"`     // whose turn has not come
	Held      int            `json:"held"`
	HeldBack  []heldView     `json:"heldBack"`
	File      *deliveryView  `json:"file,omitempty"`
	Copy      string         `json:"copy,omitempty"` // path
}

func (v extractView) text(p *page) {
	switch {
	case v.DryRun:
		p.line("Nothing was built. A file up to the end of %s would have %s.", v.UpTo.Plain(), counted(v.Rows, "row", "rows"))
	case v.File == nil && v.Later > 0:
		p.line("Nothing can go yet up to the end of %s: no file was built.", v.UpTo.Plain())
	case v.File == nil:
		p.line("Nothing is waiting up to the end of %s: no file was built.", v.UpTo.Plain())
	default:
		p.line("%s: %s, kept here for sending as delivery %s", v.File.FileName, counted(v.File.Rows, "row", "rows"), v.File.ID)
		p.line("Copy: %s", v.Copy)
	}
	if v.Withdrawn > 0 {
		p.line("%s deleted before being sent: nothing goes out for it.", counted(v.Withdrawn, "record was", "records were"))
	}
	if v.Later > 0 {
		p.line("%s for a later file: the vaccination has not gone out, or the hour is not over.", counted(v.Later, "record waits", "records wait"))
	}
	if v.Held > 0 {
		p.line("%s held back until put right:", counted(v.Held, "record is", "records are"))
		writeHeld(p, v.HeldBack)
	}
}

// extractsView is several extracts, one after the other.
type extractsView struct {
	Extracts []extractView `json:"extracts"`
}

func (v extractsView) text(p *page) {
	for _, extract := range v.Extracts {
		p.line("%s", extract.Kind)
		extract.text(p)
	}
}

// kinds are the extracts asked for, each after those it follows.
func (c *extractCmd) kinds(s *session, p *profile.Profile) ([]export.Kind, error) {
	if c.Kind != allKinds {
		found, err := p.Profiles().Find(export.Kind(c.Kind))
		if err != nil {
			return nil, usage("there is no extract of that name; profile list shows them, and all makes every one")
		}
		return []export.Kind{found.Kind}, nil
	}
	configuration, err := p.Store.Configuration(s.ctx)
	if err != nil {
		return nil, err
	}
	var kinds []export.Kind
	for _, on := range p.Profiles().On(configuration) {
		kinds = append(kinds, on.Kind)
	}
	return kinds, nil
}

// Run builds, keeps and copies. The file is kept before it is copied, so a copy that fails can be made with --again.
func (c *extractCmd) Run(s *session) error {
	if c.Out == "" && !c.DryRun {
		return usage("give a folder for the copy with --out")
	}
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	day, err := c.day(p.Desk.Today())
	if err != nil {
		return err
	}
	if c.Again != "" {
		return c.again(s, p)
	}
	kinds, err := c.kinds(s, p)
	if err != nil {
		return err
	}
	var made extractsView
	for _, kind := range kinds {
		view, err := c.one(s, p, kind, day)
		if err != nil {
			return err
		}
		made.Extracts = append(made.Extracts, view)
	}
	if c.Kind != allKinds {
		return s.out.show(made.Extracts[0])
	}
	return s.out.show(made)
}

// one previews an extract, or builds it and copies it out.
func (c *extractCmd) one(s *session, p *profile.Profile, kind export.Kind, day catalogue.Date) (extractView, error) {
	if c.DryRun {
		report, err := p.Builder.Preview(s.ctx, kind, day.AddDays(1).Start())
		return c.view(kind, day, report), err
	}
	delivery, report, err := build(s, p, kind, day)
	if err != nil {
		return extractView{}, err
	}
	view := c.view(kind, day, report)
	if delivery.ID != "" {
		err = c.copy(s, p, delivery, &view)
	}
	return view, err
}

func (c *extractCmd) day(today catalogue.Date) (catalogue.Date, error) {
	switch {
	case c.Date.IsZero():
		return today, nil
	case c.Date.After(today):
		return today, usage("the day is in the future: a file cannot hold what is not recorded yet")
	}
	return c.Date, nil
}

func (c *extractCmd) view(kind export.Kind, day catalogue.Date, report export.BuildReport) extractView {
	return extractView{
		Kind: kind, UpTo: day, DryRun: c.DryRun, Rows: report.Rows, Withdrawn: report.Withdrawn, Later: report.Later, Held: report.Held,
		HeldBack: viewHeld(report.HeldBack),
	}
}

func (c *extractCmd) again(s *session, p *profile.Profile) error {
	delivery, err := deliveryNamed(s.ctx, p, c.Again)
	if err != nil {
		return err
	}
	view := extractView{Kind: delivery.Kind, Rows: delivery.Rows, HeldBack: []heldView{}}
	if err := c.copy(s, p, delivery, &view); err != nil {
		return err
	}
	return s.out.show(view)
}

func (c *extractCmd) copy(s *session, p *profile.Profile, delivery export.Delivery, view *extractView) error {
	path, err := saveCopy(s.ctx, p, delivery, c.Out)
	if err != nil {
		return err
	}
	shown := viewDelivery(delivery)
	view.File, view.Copy = &shown, path
	return nil
}

// saveCopy writes a kept file into a folder, which is made when it is not there.
func saveCopy(ctx context.Context, p *profile.Profile, delivery export.Delivery, folder string) (path string, err error) {
	folder, err = filepath.Abs(folder)
	if err == nil {
		err = os.MkdirAll(folder, 0o700)
	}
	if err != nil {
		return "", fmt.Errorf("make the folder of the copy: %w; the file is kept for sending: copy it with --again %s", err, delivery.ID)
	}
	path, err = p.Copies.Save(ctx, delivery.ID, folder)
	if path != "" && err != nil {
		return "", fmt.Errorf("the copy is at %s, but the audit chain does not say so: %w", path, err)
	}
	var fault *capture.Error
	if !errors.As(err, &fault) {
		return path, err
	}
	message := fault.Message
	if fault.Code == capture.Conflict {
		message = "There is a file named " + delivery.FileName + " in that folder already; it was left as it is"
	}
	return "", &capture.Error{Code: fault.Code, Message: message + ". The file is kept for sending: copy it to another folder with --again " + delivery.ID, Err: err}
}

// build makes a file of everything committed up to the end of a day.
func build(s *session, p *profile.Profile, kind export.Kind, day catalogue.Date) (export.Delivery, export.BuildReport, error) {
	bar := s.newProgress("records", -1)
	defer bar.end()
	return p.Builder.Build(s.ctx, kind, day.AddDays(1).Start(), func(events int) { bar.at(events, -1) })
}
