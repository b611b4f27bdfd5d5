package main

import (
	"deltoid/cmd/internal/profile"
)

// queueCmd lists the files and what is only here.
type queueCmd struct{}

type queueView struct {
	Overview overviewView   `json:"overview"`
	Files    []deliveryView `json:"files"`
	HeldBack []heldView     `json:"heldBack"`
}

func (v queueView) text(p *page) {
	v.Overview.text(p)
	for _, file := range v.Files {
		file.text(p)
	}
	if len(v.HeldBack) > 0 {
		p.line("Held back until put right:")
		writeHeld(p, v.HeldBack)
	}
}

// Run reads the ledger.
func (c *queueCmd) Run(s *session) error {
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
	view := queueView{Overview: viewOverview(overview), Files: []deliveryView{}, HeldBack: viewHeld(held)}
	for _, delivery := range deliveries {
		view.Files = append(view.Files, viewDelivery(delivery))
	}
	return view, nil
}
