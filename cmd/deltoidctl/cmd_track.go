package main

import (
	"deltoid/export"
)

// trackCmd shows the way of one file.
type trackCmd struct {
	fileArg
	Ask bool `help:"Ask MESH now. MESH forbids asking often."`
}

type trackView struct {
	deliveryView
	Lane       export.Lane        `json:"lane"`
	Complete   bool               `json:"complete"` // the receiver has said yes or no to every row
	References []export.Reference `json:"references"`
	Messages   []export.Inbound   `json:"messages"` // that came about it
	Offline    bool               `json:"offline,omitempty"`
	Hindered   string             `json:"hindered,omitempty"` // why MESH could not be asked
}

func (v trackView) text(p *page) {
	v.deliveryView.text(p)
	for _, r := range v.References {
		p.line("  %s\t%s", r.Name, r.Value)
	}
	for _, passage := range v.Past {
		note := passage.Note
		if note != "" {
			note = " (" + note + ")"
		}
		p.line("  %s\t%s%s", clockTime(passage.At), passage.State, note)
	}
	if v.Upload != nil {
		p.line("  parts that MESH has\t%d of %d", v.Upload.Taken, v.Upload.Parts())
	}
	switch {
	case v.Answer == nil:
		p.line("  The receiver has not answered.")
	default:
		p.line("  Rows accepted: %d, rejected: %d, not named: %d.", v.Answer.Accepted, v.Answer.Rejected, v.Answer.Unsaid)
	}
	for _, m := range v.Messages {
		writeMessage(p, m)
	}
	if v.Offline {
		p.line("MESH cannot be reached.")
	}
	if v.Hindered != "" {
		p.line("%s.", v.Hindered)
	}
}

// Run shows, and asks when told to.
func (c *trackCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	delivery, err := deliveryNamed(s.ctx, p, c.File)
	if err != nil {
		return err
	}
	var report export.Report
	if c.Ask {
		if err := p.TakeSending(); err != nil {
			return err
		}
		if delivery, report, err = p.Courier.Look(s.ctx, delivery.ID); err != nil {
			return flagFaults(err, map[string]string{"id": "<file>"}, nothing)
		}
	}
	messages, err := p.Store.InboundIn(s.ctx)
	if err != nil {
		return err
	}
	view := trackView{
		deliveryView: viewDelivery(delivery), Lane: delivery.Lane(), Complete: delivery.Complete(), References: delivery.References(),
		Messages: []export.Inbound{}, Offline: report.Offline, Hindered: report.Problem,
	}
	for _, m := range messages {
		if m.DeliveryID == delivery.ID {
			view.Messages = append(view.Messages, m)
		}
	}
	if err := s.out.show(view); err != nil {
		return err
	}
	switch {
	case report.Problem != "":
		return endedWith(exitRefused)
	case report.Offline:
		return endedWith(exitEnvironment)
	}
	return nil
}
