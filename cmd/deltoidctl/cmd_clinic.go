package main

import (
	"context"
	"slices"
	"time"

	"deltoid/capture"
)

// clinicCmd is about the day's clinic.
type clinicCmd struct {
	Show   clinicShowCmd   `cmd:"" default:"1" help:"Show the clinic that is open, and how many visits are in progress."`
	Open   clinicOpenCmd   `cmd:"" help:"Open a clinic. Site, place, care setting, legal mechanism and vaccine are those of the last one unless given; batch and vaccinator are of the day."`
	Change clinicChangeCmd `cmd:"" help:"Change what is given of the clinic that is open, for example its batch; the rest stays."`
	Close  clinicCloseCmd  `cmd:"" help:"Close the clinic. Refused while visits are in progress or a difference is not explained; day shows both."`
}

type clinicShowCmd struct{}

type clinicOpenCmd struct{ clinicFlags }

type clinicChangeCmd struct{ clinicFlags }

type clinicCloseCmd struct {
	Note string `help:"Note for whoever opens next."`
}

// clinicView is a clinic in the keys and names that flags and encounter files use.
type clinicView struct {
	Open           bool         `json:"open"`
	SiteCode       string       `json:"siteCode"`
	SiteName       string       `json:"siteName"`
	LocationCode   string       `json:"locationCode"`
	LocationType   string       `json:"locationType,omitempty"`
	CareSetting    string       `json:"careSetting"`
	LegalMechanism string       `json:"legalMechanism"`
	Product        string       `json:"product"`
	Batch          string       `json:"batch,omitempty"` // number
	BatchUseBy     capture.Date `json:"batchUseBy,omitzero"`
	Vaccinator     string       `json:"vaccinator,omitempty"` // user name
	OpenedAt       time.Time    `json:"openedAt"`
	OpenedBy       string       `json:"openedBy"` // user name
	ClosedAt       time.Time    `json:"closedAt,omitzero"`
	InProgress     int          `json:"inProgress"` // visits

	lines [][2]string // the same in words
}

// noClinicView says that there is none, for clinic show.
type noClinicView struct {
	Open bool `json:"open"`
}

func (noClinicView) text(p *page) { p.line("No clinic is open. Open one with: deltoidctl clinic open") }

func (v clinicView) text(p *page) {
	if v.Open {
		p.line("Open since %s: %s (%s)", clockTime(v.OpenedAt), v.SiteName, v.SiteCode)
	} else {
		p.line("Closed at %s: %s (%s)", clockTime(v.ClosedAt), v.SiteName, v.SiteCode)
	}
	for _, line := range v.lines {
		p.line("  %s\t%s", line[0], line[1])
	}
	if v.InProgress > 0 {
		p.line("%s in progress.", counted(v.InProgress, "visit is", "visits are"))
	}
}

func viewClinic(ctx context.Context, desk *capture.Desk, clinic capture.Clinic) (clinicView, error) {
	staff, err := desk.Store.Staff(ctx)
	if err != nil {
		return clinicView{}, err
	}
	batches, err := desk.Store.Batches(ctx)
	if err != nil {
		return clinicView{}, err
	}
	drafts, err := desk.Store.Drafts(ctx)
	if err != nil {
		return clinicView{}, err
	}
	view := clinicView{
		Open: clinic.ClosedAt.IsZero(), SiteCode: clinic.Site.Code, SiteName: clinic.Site.Name,
		LocationCode: clinic.LocationCode, LocationType: clinic.LocationType,
		CareSetting: clinic.CareSetting, LegalMechanism: clinic.LegalMechanism, Product: clinic.Product,
		OpenedAt: clinic.OpenedAt, ClosedAt: clinic.ClosedAt,
		Vaccinator: userNameOf(staff, clinic.VaccinatorID), OpenedBy: userNameOf(staff, clinic.OpenedBy),
	}
	for _, draft := range drafts {
		if draft.ClinicID == clinic.ID {
			view.InProgress++
		}
	}
	product, _ := desk.Edition().Product(clinic.Product)
	if i := slices.IndexFunc(batches, func(b capture.Batch) bool { return b.ID == clinic.BatchID }); i >= 0 {
		view.Batch, view.BatchUseBy = batches[i].Number, batches[i].UseBy(product)
	}
	view.lines = clinicLines(view, desk)
	return view, nil
}

func userNameOf(staff []capture.Staff, id string) string {
	for _, member := range staff {
		if member.ID == id {
			return member.UserName
		}
	}
	return ""
}

// clinicLines are the labels behind the keys.
func clinicLines(v clinicView, desk *capture.Desk) [][2]string {
	edition := desk.Edition()
	location, _ := edition.LocationType(v.LocationType)
	setting, _ := edition.CareSetting(v.CareSetting)
	mechanism, _ := edition.LegalMechanism(v.LegalMechanism)
	product, _ := edition.Product(v.Product)
	place, batch := v.LocationCode, "none chosen"
	if place == capture.NoLocation {
		place += " (no ODS code of its own)"
	}
	if location.Label != "" {
		place = location.Label + ", " + place
	}
	if v.Batch != "" {
		batch = v.Batch + ", use by " + v.BatchUseBy.Short()
	}
	return [][2]string{
		{"Vaccine", orUsual(product.Name, v.Product)},
		{"Batch", batch},
		{"Vaccinator", orUsual(v.Vaccinator, "none chosen")},
		{"Legal mechanism", orUsual(mechanism.Label, v.LegalMechanism)},
		{"Care setting", orUsual(setting.Label, v.CareSetting)},
		{"Place", place},
		{"Opened by", v.OpenedBy},
	}
}

func showClinic(s *session, desk *capture.Desk, clinic capture.Clinic) error {
	view, err := viewClinic(s.ctx, desk, clinic)
	if err != nil {
		return err
	}
	return s.out.show(view)
}

// Run shows the clinic that is open. That none is, is an answer too.
func (c *clinicShowCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	clinic, open := p.Desk.Clinic()
	if !open {
		return s.out.show(noClinicView{})
	}
	return showClinic(s, p.Desk, clinic)
}

// Run opens a clinic. One at a time: what is recorded goes to the one that is open.
func (c *clinicOpenCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	if clinic, open := p.Desk.Clinic(); open {
		return &capture.Error{Code: capture.Conflict, Message: "The clinic at " + clinic.Site.Name + " is open since " + clockTime(clinic.OpenedAt) +
			". Change it with clinic change, or close it first with clinic close"}
	}
	last, err := lastClinic(s.ctx, p.Desk)
	if err != nil {
		return err
	}
	clinic, err := c.on(s.ctx, p.Desk, last)
	if err != nil {
		return err
	}
	opened, err := p.Desk.OpenClinic(s.ctx, clinic)
	if err != nil {
		return err
	}
	return showClinic(s, p.Desk, opened)
}

// lastClinic is what a new clinic takes over of the last one. Batch and vaccinator are not among it: yesterday's would
// stand in today's records unless somebody noticed.
func lastClinic(ctx context.Context, desk *capture.Desk) (capture.Clinic, error) {
	clinics, err := desk.Store.Clinics(ctx)
	if err != nil || len(clinics) == 0 {
		return capture.Clinic{}, err
	}
	last := clinics[0]
	return capture.Clinic{
		Site: last.Site, LocationCode: last.LocationCode, LocationType: last.LocationType,
		CareSetting: last.CareSetting, LegalMechanism: last.LegalMechanism, Product: last.Product,
	}, nil
}

// Run changes the clinic.
func (c *clinicChangeCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	clinic, open := p.Desk.Clinic()
	if !open {
		return errNoClinic
	}
	changed, err := c.on(s.ctx, p.Desk, clinic)
	if err != nil {
		return err
	}
	if err := p.Desk.ChangeClinic(s.ctx, changed); err != nil {
		return err
	}
	return showClinic(s, p.Desk, changed)
}

var errNoClinic = &capture.Error{Code: capture.Refused, Message: "No clinic is open. Open one with clinic open"}

// Run closes the clinic.
func (c *clinicCloseCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	clinic, open := p.Desk.Clinic()
	if !open {
		return errNoClinic
	}
	if err := p.Desk.CloseClinic(s.ctx, c.Note); err != nil {
		return err
	}
	clinic.ClosedAt = p.Desk.Now().UTC()
	return showClinic(s, p.Desk, clinic)
}
