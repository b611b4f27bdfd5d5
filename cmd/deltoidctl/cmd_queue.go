package main

import (
	"time"

	"deltoid/cmd/internal/profile"
	"deltoid/export"
)

// queueCmd is about the files on their way.
type queueCmd struct {
	List    queueListCmd    `cmd:"" default:"1" help:"List the files and where they are, and what is only on this device."`
	Retry   queueRetryCmd   `cmd:"" help:"Let the next send try a file at once: one that waits, also after a refused login, or one that MESH refused to take."`
	Hold    queueHoldCmd    `cmd:"" help:"Stop a file that has not left."`
	LetGo   queueLetGoCmd   `cmd:"" help:"Let a stopped file go on; one that may have left is asked for first."`
	Resend  queueResendCmd  `cmd:"" help:"Send the rows of a refused file again, in a new file that the next extract or send builds."`
	Resolve queueResolveCmd `cmd:"" help:"Enter the answer of the MESH service desk: --message-id of a file that MESH took, or --not-taken."`
}

type queueListCmd struct{}

type queueView struct {
	Overview overviewView       `json:"overview"`
	Files    []deliveryView     `json:"files"`
	HeldBack []heldView         `json:"heldBack"`
	Lanes    []export.LaneCount `json:"lanes"`
	Unsent   time.Time          `json:"unsent,omitzero"` // since when the oldest record waits that MESH has not accepted
	Overdue  []export.Overdue   `json:"overdue"`
}

func (v queueView) text(p *page) {
	v.Overview.text(p)
	for _, late := range v.Overdue {
		p.line("Overdue since %s: %s.", clockTime(late.Since), late.Title)
	}
	for _, file := range v.Files {
		file.text(p)
		p.line("  delivery %s", file.ID)
	}
	if len(v.HeldBack) > 0 {
		p.line("Held back until put right:")
		writeHeld(p, v.HeldBack)
	}
}

// Run reads the ledger.
func (c *queueListCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	view, err := queueOf(s, p)
	if err != nil {
		return err
	}
	return s.out.show(view)
}

func queueOf(s *session, p *profile.Profile) (queueView, error) {
	overview, err := p.Store.Overview(s.ctx)
	if err != nil {
		return queueView{}, err
	}
	deliveries, err := p.Store.Deliveries(s.ctx)
	if err != nil {
		return queueView{}, err
	}
	held, err := p.Store.HeldBack(s.ctx)
	if err != nil {
		return queueView{}, err
	}
	contact, err := p.Store.Contact(s.ctx)
	if err != nil {
		return queueView{}, err
	}
	configuration, err := p.Store.Configuration(s.ctx)
	if err != nil {
		return queueView{}, err
	}
	late := export.TimetableOf(configuration).Overdue(p.Desk.Now(), contact.Runs, p.Profiles().Scheduled(configuration), deliveries)
	view := queueView{
		Overview: viewOverview(overview), Files: []deliveryView{}, HeldBack: viewHeld(held), Lanes: export.Lanes(deliveries),
		Unsent: export.OldestUnsent(overview, deliveries), Overdue: append([]export.Overdue{}, late...),
	}
	for _, delivery := range deliveries {
		view.Files = append(view.Files, viewDelivery(delivery))
	}
	return view, nil
}
