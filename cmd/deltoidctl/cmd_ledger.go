package main

import (
	"regexp"

	"deltoid/capture"
	"deltoid/cmd/internal/profile"
	"deltoid/export"
)

// ledgerCmd answers both ways: in which rows a record went out, and which records a file holds.
type ledgerCmd struct {
	What string `arg:"" help:"Id of a record (event), or a file's name or delivery id."`
}

// recordRowsView is where every version of a record is.
type recordRowsView struct {
	EventID string      `json:"eventId"`
	Rows    []placeView `json:"rows"`
}

func (v recordRowsView) text(p *page) {
	p.line("Record %s", v.EventID)
	for _, row := range v.Rows {
		p.line("  version %d\t%s extract\t%s", row.Version.Version, row.Kind, row.Words)
	}
	if len(v.Rows) == 0 {
		p.line("  It is due in no extract.")
	}
}

// fileRowsView is which version of which record caused each row of a file.
type fileRowsView struct {
	File deliveryView     `json:"file"`
	Rows []export.FileRow `json:"rows"`
}

func (v fileRowsView) text(p *page) {
	v.File.text(p)
	for _, row := range v.Rows {
		outcome := string(row.Outcome)
		if outcome == "" {
			outcome = "no answer yet"
		}
		p.line("  row %d\tevent %s version %d\t%s", row.Row, row.Version.EventID, row.Version.Version, outcome)
	}
}

var eventID = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// Run looks for a file first, because delivery ids and event ids look the same.
func (c *ledgerCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	delivery, err := deliveryNamed(s.ctx, p, c.What)
	if err == nil {
		return c.file(s, p, delivery)
	}
	if !capture.IsNotFound(err) || !eventID.MatchString(c.What) {
		return err
	}
	places, err := p.Store.Places(s.ctx, c.What)
	if err != nil {
		return err
	}
	if _, err := p.Store.Event(s.ctx, c.What); err != nil {
		return err
	}
	view := recordRowsView{EventID: c.What, Rows: viewPlaces(places)}
	return s.out.show(view)
}

func (c *ledgerCmd) file(s *session, p *profile.Profile, delivery export.Delivery) error {
	view := fileRowsView{File: viewDelivery(delivery), Rows: []export.FileRow{}}
	for row, err := range p.Store.FileRows(s.ctx, delivery.ID) {
		if err != nil {
			return err
		}
		view.Rows = append(view.Rows, row)
	}
	return s.out.show(view)
}
