package main

import (
	"fmt"
	"time"

	"deltoid/cmd/internal/profile"
	"deltoid/store"
)

// verifyCmd checks the records.
type verifyCmd struct{}

type verifyView struct {
	OK           bool      `json:"ok"`
	Records      int       `json:"records"`
	Events       int       `json:"events"`
	Deliveries   int       `json:"deliveries"`
	AuditEntries int       `json:"auditEntries"`
	LastEntry    time.Time `json:"lastEntry"`
	Faults       []string  `json:"faults"`
	Notes        []string  `json:"notes"`
}

func viewReport(r store.Report) verifyView {
	return verifyView{
		OK: r.OK(), Records: r.Records, Events: r.Events, Deliveries: r.Deliveries, AuditEntries: r.AuditEntries, LastEntry: r.LastEntry,
		Faults: append([]string{}, r.Faults...), Notes: append([]string{}, r.Notes...),
	}
}

func (v verifyView) words() string {
	looked := fmt.Sprintf("%s and %s were looked at; the last entry is of %s", counted(v.Records, "record", "records"), counted(v.AuditEntries, "audit entry", "audit entries"), clockTime(v.LastEntry))
	if v.OK {
		return "everything is as it was saved: " + looked
	}
	return counted(len(v.Faults), "fault", "faults") + " found: " + looked
}

func (v verifyView) text(p *page) {
	p.line("%s.", v.words())
	for _, fault := range v.Faults {
		p.line("  %s", fault)
	}
	for _, note := range v.Notes {
		p.line("  Note: %s", note)
	}
	if !v.OK {
		p.line("Keep a copy of the records file as it is and ask for help; do not go on recording in it.")
	}
}

// Run checks everything, which may take a while.
func (c *verifyCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	view, err := verify(s, p)
	if err != nil {
		return err
	}
	if err := s.out.show(view); err != nil {
		return err
	}
	if !view.OK {
		return endedWith(exitRefused)
	}
	return nil
}

func verify(s *session, p *profile.Profile) (verifyView, error) {
	bar := s.newProgress("records", 0)
	defer bar.end()
	report, err := p.Store.Verify(s.ctx, bar.at)
	return viewReport(report), err
}
