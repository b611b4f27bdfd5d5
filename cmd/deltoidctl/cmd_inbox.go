package main

import (
	"deltoid/capture"
	"deltoid/cmd/internal/profile"
	"deltoid/export"
)

// inboxCmd is about the messages that came through MESH.
type inboxCmd struct {
	List  inboxListCmd  `cmd:"" default:"1" help:"List the messages that came and what became of each."`
	Show  inboxShowCmd  `cmd:"" help:"Show one message, and with --content what it holds."`
	Close inboxCloseCmd `cmd:"" help:"Say that a message nobody could take in has been dealt with."`
}

type inboxListCmd struct {
	Open bool `help:"Only those that somebody has to look at."`
}

type messageArg struct {
	ID string `arg:"" help:"Its message id, as inbox shows it."`
}

type inboxShowCmd struct {
	messageArg
	Content bool `help:"Show what it holds, in clear."`
}

type inboxCloseCmd struct{ messageArg }

type inboxView struct {
	Messages []export.Inbound `json:"messages"` // newest first
}

func (v inboxView) text(p *page) {
	if len(v.Messages) == 0 {
		p.line("No messages.")
	}
	for _, m := range v.Messages {
		writeMessage(p, m)
	}
}

func writeMessage(p *page, m export.Inbound) {
	what := m.FileName
	switch {
	case m.Report != nil:
		what = "report of MESH"
	case what == "":
		what = m.WorkflowID
	}
	p.line("%s\t%s\t%s\t%s", clockTime(m.At), m.State, m.ID, what)
	p.line("  %s.", m.Outcome)
}

// Run lists messages.
func (c *inboxListCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	var states []export.InboundState
	if c.Open {
		states = []export.InboundState{export.InboundArrived, export.InboundUnknown, export.InboundFaulty}
	}
	all, err := p.Store.InboundIn(s.ctx, states...)
	if err != nil {
		return err
	}
	view := inboxView{Messages: []export.Inbound{}}
	for i := len(all) - 1; i >= 0; i-- {
		view.Messages = append(view.Messages, all[i])
	}
	return s.out.show(view)
}

type messageView struct {
	export.Inbound
	FileAbout string `json:"file,omitempty"` // name of the file of ours it is about
	Content   string `json:"content,omitempty"`
}

func (v messageView) text(p *page) {
	writeMessage(p, v.Inbound)
	for _, row := range [][2]string{
		{"about file", v.FileAbout}, {"delivery", v.DeliveryID}, {"from", v.From}, {"workflow", v.WorkflowID},
		{"subject", v.Subject}, {"local id", v.LocalID}, {"SHA-256", v.SHA256},
	} {
		if row[1] != "" {
			p.line("  %s\t%s", row[0], row[1])
		}
	}
	if r := v.Report; r != nil {
		p.line("  code\t%s %s", r.Code, r.Event)
		p.line("  message of ours\t%s", r.MessageID)
		p.line("  MESH says\t%s", r.Text)
	}
	if v.Content != "" {
		p.line("")
		p.line("%s", v.Content)
	}
}

// Run shows a message.
func (c *inboxShowCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	view, err := c.view(s, p)
	if err != nil {
		return err
	}
	return s.out.show(view)
}

func (c *inboxShowCmd) view(s *session, p *profile.Profile) (messageView, error) {
	message, err := p.Store.Inbound(s.ctx, c.ID)
	if err != nil {
		return messageView{}, err
	}
	view := messageView{Inbound: message}
	if message.DeliveryID != "" {
		delivery, err := p.Store.Delivery(s.ctx, message.DeliveryID)
		if err != nil {
			return view, err
		}
		view.FileAbout = delivery.FileName
	}
	if !c.Content {
		return view, nil
	}
	content, err := p.Store.InboundContent(s.ctx, c.ID)
	if err != nil {
		return view, err
	}
	view.Content = string(content)
	return view, p.Store.Audit(s.ctx, capture.AuditEntry{At: p.Desk.Now(), By: p.Staff.ID, Action: "inbound.show", Subject: "inbound/" + c.ID})
}

// Run closes a message.
func (c *inboxCloseCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	if err := p.Courier.Close(s.ctx, c.ID); err != nil {
		return flagFaults(err, map[string]string{"id": "<id>"}, nothing)
	}
	message, err := p.Store.Inbound(s.ctx, c.ID)
	if err != nil {
		return err
	}
	return s.out.show(messageView{Inbound: message})
}
