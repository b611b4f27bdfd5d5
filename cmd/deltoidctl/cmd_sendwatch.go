package main

import (
	"context"
	"errors"
	"time"

	"deltoid/cmd/internal/profile"
	"deltoid/export"
)

// practiceLooks is how often the receiver of a training profile looks into its mailbox.
const practiceLooks = 3 * time.Second

// watch sends, follows, collects and builds by the timetable until it is interrupted, and shows each step in which
// something happened.
func (c *sendCmd) watch(s *session, p *profile.Profile) error {
	if err := p.TakeSending(); err != nil {
		return err
	}
	if _, err := p.StartPractice(s.ctx, practiceLooks); err != nil {
		return err
	}
	if c.NoBuild {
		p.Courier.Build = nil
	}
	ctx, stop := context.WithCancel(s.ctx)
	defer stop()
	var fault error
	var before export.Report
	err := p.Courier.Run(ctx, nil, func(report export.Report) {
		if fault = c.tell(s, p, report, before); fault != nil {
			stop()
		}
		before = report
	})
	if errors.Is(err, context.Canceled) && s.ctx.Err() != nil {
		return nil // that is how it ends
	}
	return errors.Join(fault, err)
}

// tell shows a step in which something happened: nobody needs to read every five minutes that nothing did.
func (c *sendCmd) tell(s *session, p *profile.Profile, report, before export.Report) error {
	quiet := len(report.Changed) == 0 && len(report.Arrived) == 0 && len(report.Made) == 0
	if quiet && report.Problem == before.Problem && report.Link.Online == before.Link.Online && report.Link.Known == before.Link.Known {
		return nil
	}
	view := newSendView()
	view.watching = true
	view.take(report)
	for _, made := range report.Made {
		if made.Delivery.ID != "" {
			view.Built = append(view.Built, viewDelivery(made.Delivery))
		}
		view.Held += made.Report.Held
		view.HeldBack = append(view.HeldBack, viewHeld(made.Report.HeldBack)...)
	}
	overview, err := p.Store.Overview(s.ctx)
	if err != nil {
		return err
	}
	view.Overview = viewOverview(overview)
	return s.out.show(view)
}
