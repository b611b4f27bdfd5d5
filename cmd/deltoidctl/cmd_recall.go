package main

import (
	"time"

	"deltoid/capture"
)

// recallCmd lists who had a dose from a batch.
type recallCmd struct {
	Batch string `arg:"" help:"Batch number."`
}

// recallView names people, because a recall is about reaching them; it is shown, never logged.
type recallView struct {
	Batch   string         `json:"batch"`
	Product string         `json:"product"`
	People  []recalledView `json:"people"`
}

type recalledView struct {
	EventID   string            `json:"eventId"`
	At        time.Time         `json:"at"`
	Name      string            `json:"name"`
	NHSNumber capture.NHSNumber `json:"nhsNumber,omitempty"`
	BirthDate capture.Date      `json:"birthDate"`
	Postcode  string            `json:"postcode"`
	Dose      string            `json:"dose"`
	Site      string            `json:"site"`
}

func (v recallView) text(p *page) {
	p.line("Batch %s of %s: %s", v.Batch, v.Product, counted(len(v.People), "dose is on record", "doses are on record"))
	for _, person := range v.People {
		p.line("  %s\t%s\t%s\t%s\t%s\t%s", clockTime(person.At), person.Name, person.NHSNumber, person.BirthDate.Short(), person.Postcode, person.Dose)
	}
}

// Run looks through every record on this device.
func (c *recallCmd) Run(s *session) error {
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	batch, err := batchNumbered(s, p.Desk, c.Batch)
	if err != nil {
		return err
	}
	events, err := p.Desk.WhoHad(s.ctx, batch.ID)
	if err != nil {
		return err
	}
	product, _ := p.Desk.Edition().Product(batch.Product)
	view := recallView{Batch: batch.Number, Product: orUsual(product.Name, batch.Product), People: []recalledView{}}
	for _, event := range events {
		kind, _ := p.Desk.Catalogue.Kind(event.Kind)
		view.People = append(view.People, recalledView{
			EventID: event.ID, At: event.At, Name: event.Person.Name(), NHSNumber: event.Person.NHSNumber,
			BirthDate: event.Person.BirthDate, Postcode: event.Person.Postcode, Dose: kind.Label, Site: event.Site.Code,
		})
	}
	return s.out.show(view)
}
