package main

import (
	"time"

	"deltoid/cmd/internal/profile"
	"deltoid/export"
)

// sendCmd builds what waits and sends it.
type sendCmd struct {
	Once    bool `xor:"how" help:"Make one pass instead of going on until nothing more can be done now."`
	Watch   bool `xor:"how" help:"Go on until interrupted: files are made and sent by the timetable of the settings, and the inbox is looked into."`
	NoBuild bool `help:"Build no new file; only see those on their way that are built already."`
}

type sendView struct {
	Built    []deliveryView   `json:"built"`
	Held     int              `json:"held"`
	HeldBack []heldView       `json:"heldBack"`
	Practice bool             `json:"practice"`          // sent to the practice server on this computer
	Arrived  []export.Inbound `json:"arrived,omitempty"` // messages that came
	Changed  []deliveryView   `json:"changed"`           // in the order of what happened
	Files    []deliveryView   `json:"files"`             // that are still on their way, or that somebody has to look at
	Offline  bool             `json:"offline"`
	Problem  string           `json:"problem,omitempty"` // what a person has to do
	Next     time.Time        `json:"next,omitzero"`     // when there is something to do again
	Rests    time.Time        `json:"rests,omitzero"`    // until then built files wait: quiet hours
	Overview overviewView     `json:"overview"`

	watching bool
}

func (v sendView) text(p *page) {
	for _, file := range v.Built {
		p.line("Built %s with %s.", file.FileName, counted(file.Rows, "row", "rows"))
	}
	if v.Held > 0 {
		p.line("%s held back until put right:", counted(v.Held, "record is", "records are"))
		writeHeld(p, v.HeldBack)
	}
	if v.Practice {
		p.line("Sending to the practice server on this computer; nothing leaves it.")
	}
	for _, change := range v.Changed {
		change.text(p)
	}
	for _, message := range v.Arrived {
		writeMessage(p, message)
	}
	if !v.Rests.IsZero() {
		p.line("Files wait until %s.", clockTime(v.Rests))
	}
	if len(v.Changed) == 0 && len(v.Files) == 0 && !v.watching {
		p.line("Nothing to send.")
	}
	for _, file := range v.Files {
		if !v.told(file) {
			file.text(p)
		}
	}
	if v.Offline {
		p.line("MESH cannot be reached. Nothing is lost: the files wait here.")
	}
	if v.Problem != "" {
		p.line("%s.", v.Problem)
	}
	v.Overview.text(p)
}

func newSendView() sendView {
	return sendView{Built: []deliveryView{}, HeldBack: []heldView{}, Changed: []deliveryView{}, Files: []deliveryView{}}
}

// told tells whether the last change already says where the file is.
func (v sendView) told(file deliveryView) bool {
	for _, change := range v.Changed {
		if change.ID == file.ID && change.Words == file.Words {
			return true
		}
	}
	return false
}

// exit is the end of a call that did what it could.
func (v sendView) exit() int {
	waiting := v.Offline
	for _, file := range v.Files {
		switch {
		case file.State == export.Refused:
			return exitRefused
		case file.State != export.Accepted && file.ProblemCode != "" && !withClient(file.Delivery):
			waiting = true
		}
	}
	switch {
	case v.Problem != "":
		return exitRefused
	case waiting:
		return exitEnvironment
	}
	return exitDone
}

// Run sends. What it could not do now is said, kept, and done by a later call or by the window.
func (c *sendCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	if c.Watch {
		return c.watch(s, p)
	}
	p.Courier.Build = nil // what is waiting is built here, whatever the hour
	p.Courier.Go()
	view, err := c.send(s, p)
	if err != nil {
		return err
	}
	if err := s.out.show(view); err != nil {
		return err
	}
	return ended(view.exit())
}

func (c *sendCmd) send(s *session, p *profile.Profile) (sendView, error) {
	view := newSendView()
	if err := p.TakeSending(); err != nil {
		return view, err
	}
	practice, err := p.StartPractice(s.ctx, 0)
	if err != nil {
		return view, err
	}
	view.Practice = practice != nil
	if !c.NoBuild {
		if err := c.build(s, p, &view); err != nil {
			return view, err
		}
	}
	if err := c.pass(s, p, practice, &view); err != nil {
		return view, err
	}
	return view, c.rest(s, p, &view)
}

// pass steps until a step changes nothing; with --once it is one step.
func (c *sendCmd) pass(s *session, p *profile.Profile, practice *profile.Practice, view *sendView) error {
	for {
		report, err := p.Courier.Step(s.ctx)
		if err != nil {
			return err
		}
		view.take(report)
		if c.Once || len(report.Changed) == 0 {
			return nil
		}
		if practice == nil {
			continue
		}
		if _, err := practice.Collect(); err != nil {
			return err
		}
	}
}

// build makes the files of everything that waits; the hourly ones are made by the hour.
func (c *sendCmd) build(s *session, p *profile.Profile, view *sendView) error {
	configuration, err := p.Store.Configuration(s.ctx)
	if err != nil {
		return err
	}
	for _, extract := range p.Profiles().On(configuration) {
		if extract.Schedule.Hourly {
			continue
		}
		delivery, report, err := build(s, p, extract.Kind, p.Desk.Today())
		if err != nil {
			return err
		}
		view.Held += report.Held
		view.HeldBack = append(view.HeldBack, viewHeld(report.HeldBack)...)
		if delivery.ID != "" {
			view.Built = append(view.Built, viewDelivery(delivery))
		}
	}
	return nil
}

func (v *sendView) take(report export.Report) {
	for _, delivery := range report.Changed {
		v.Changed = append(v.Changed, viewDelivery(delivery))
	}
	v.Arrived = append(v.Arrived, report.Arrived...)
	v.Rests = report.Rests
	v.Offline, v.Problem, v.Next = report.Offline, report.Problem, report.Next
}

// rest reads how things stand when a pass is over.
func (c *sendCmd) rest(s *session, p *profile.Profile, view *sendView) error {
	deliveries, err := p.Store.Deliveries(s.ctx)
	if err != nil {
		return err
	}
	view.Files = []deliveryView{}
	for _, delivery := range deliveries {
		if delivery.State != export.Collected && !resent(delivery) {
			view.Files = append(view.Files, viewDelivery(delivery))
		}
	}
	overview, err := p.Store.Overview(s.ctx)
	view.Overview = viewOverview(overview)
	return err
}

// ended is no error when the code is that of work well done.
func ended(code int) error {
	if code == exitDone {
		return nil
	}
	return endedWith(code)
}
