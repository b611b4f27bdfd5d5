package main

import (
	"regexp"

	"deltoid/capture"
	"deltoid/cmd/internal/profile"
	"deltoid/export"
)

// ledgerCmd answers both ways: in which rows a record went out, and which records a file holds.
type ledgerCmd struct {
	What string `arg:"" help:"Id of a record (event or reaction), or a file's name or delivery id."`
}

// recordRowsView is where every version of a record is.
type recordRowsView struct {
	EventID    string      `json:"eventId"` // of the vaccination
	ReactionID string      `json:"reactionId,omitempty"`
	Rows       []placeView `json:"rows"`
}

func (v recordRowsView) text(p *page) {
	if v.ReactionID == "" {
		p.line("Record %s", v.EventID)
	} else {
		p.line("Reaction %s to the dose of event %s", v.ReactionID, v.EventID)
	}
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
		p.line("  row %d\t%s %s version %d\t%s", row.Row, recordWord(v.File.Kind), row.Version.EventID, row.Version.Version, outcome)
	}
}

var recordID = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// Run looks for a file first, because delivery ids and those of records look the same.
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
	if !capture.IsNotFound(err) || !recordID.MatchString(c.What) {
		return err
	}
	view, err := recordRows(s, p, c.What)
	if err != nil {
		return err
	}
	return s.out.show(view)
}

// recordRows looks for an event, and then for a reaction.
func recordRows(s *session, p *profile.Profile, id string) (recordRowsView, error) {
	view := recordRowsView{EventID: id}
	_, err := p.Store.Event(s.ctx, id)
	if capture.IsNotFound(err) {
		reactions, none := p.Store.Reaction(s.ctx, id)
		if none == nil {
			view, err = recordRowsView{EventID: reactions[0].EventID, ReactionID: id}, nil
		} else if !capture.IsNotFound(none) {
			err = none
		}
	}
	if err != nil {
		return view, err
	}
	places, err := p.Store.Places(s.ctx, id)
	view.Rows = viewPlaces(places)
	return view, err
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
