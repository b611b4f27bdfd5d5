package main

import (
	"time"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/cmd/internal/profile"
)

// statusCmd shows what is known of a person.
type statusCmd struct {
	NHSNumber string `arg:"" name:"nhs-number" help:"NHS number, with or without spaces."`
}

type statusView struct {
	Person personView  `json:"person"`
	Doses  []doseView  `json:"doses"` // given here
	Events []eventView `json:"events"`
}

type personView struct {
	ID        string       `json:"id"`
	NHSNumber string       `json:"nhsNumber"`
	Name      string       `json:"name"`
	BirthDate capture.Date `json:"birthDate"`
	Age       int          `json:"age"`
}

func viewPerson(person capture.Person, today capture.Date) personView {
	return personView{person.ID, person.NHSNumber.Digits(), person.Name(), person.BirthDate, person.Age(today)}
}

type doseView struct {
	capture.Dose
	Name string `json:"name"`
}

type eventView struct {
	ID        string           `json:"id"`
	Version   int              `json:"version"`
	Action    capture.Action   `json:"action"`
	At        time.Time        `json:"at"`
	What      string           `json:"what"`
	Places    []placeView      `json:"places"`
	Reactions []reactionPlaces `json:"reactions,omitempty"` // those withdrawn, too
	Claims    []claimView      `json:"claims,omitempty"`    // beside the fee, by the rules of the day
}

// reactionPlaces is where an adverse reaction to a dose is.
type reactionPlaces struct {
	ID      string         `json:"id"`
	Version int            `json:"version"`
	Action  capture.Action `json:"action"`
	Places  []placeView    `json:"places"`
}

func (v reactionPlaces) text(p *page) {
	p.line("    reaction %s, version %d", v.ID, v.Version)
	for _, place := range v.Places {
		p.line("      %s extract, version %d: %s", place.Kind, place.Version.Version, place.Words)
	}
}

// claimView is a payment that may be claimed for a dose.
type claimView struct {
	Key    string `json:"key"`
	Label  string `json:"label"`
	Pounds int    `json:"pounds"`
}

func (v statusView) text(p *page) {
	p.line("%s, NHS number %s, born %s (%d)", v.Person.Name, capture.NHSNumber(v.Person.NHSNumber).Display(), v.Person.BirthDate.Plain(), v.Person.Age)
	p.line("%s given here", counted(len(v.Doses), "dose", "doses"))
	for _, dose := range v.Doses {
		p.line("  %s\t%s\t%s", dose.Date.Short(), dose.Kind, dose.Name)
	}
	p.line("%s", counted(len(v.Events), "record", "records"))
	for _, event := range v.Events {
		p.line("  %s, %s", event.What, clockTime(event.At))
		p.line("    event %s, version %d", event.ID, event.Version)
		for _, place := range event.Places {
			p.line("    %s extract, version %d: %s", place.Kind, place.Version.Version, place.Words)
		}
		for _, reaction := range event.Reactions {
			reaction.text(p)
		}
		for _, claim := range event.Claims {
			p.line("    may be claimed beside the fee: £%d, %s", claim.Pounds, claim.Label)
		}
	}
}

// Run finds the person and follows each of their events.
func (c *statusCmd) Run(s *session) error {
	number, err := capture.ParseNHSNumber(c.NHSNumber)
	if err != nil {
		return usage(capture.ProblemsOf(err)[0].Message)
	}
	if number == "" {
		return usage("give an NHS number")
	}
	p, err := s.open()
	if err != nil {
		return err
	}
	defer p.Close()
	person, err := p.Store.PersonByNHSNumber(s.ctx, number)
	if capture.IsNotFound(err) {
		return &capture.Error{Code: capture.NotFound, Message: "Nobody with this NHS number is on this device"}
	}
	if err != nil {
		return err
	}
	view, err := statusOf(s, p, person)
	if err != nil {
		return err
	}
	return s.out.show(view)
}

func statusOf(s *session, p *profile.Profile, person capture.Person) (statusView, error) {
	view := statusView{
		Person: viewPerson(person, p.Desk.Today()),
		Doses:  []doseView{}, Events: []eventView{},
	}
	doses, err := p.Desk.History(s.ctx, person.ID, nil)
	if err != nil {
		return statusView{}, err
	}
	for _, dose := range doses {
		if dose.EventID == "" {
			continue // known from elsewhere: see deltoidctl history
		}
		product, _ := p.Catalogue.At(dose.Date).Product(dose.Product)
		view.Doses = append(view.Doses, doseView{dose, orUsual(product.Name, dose.Product)})
	}
	events, err := p.Store.EventsOf(s.ctx, person.ID)
	if err != nil {
		return statusView{}, err
	}
	for _, event := range events {
		places, err := p.Store.Places(s.ctx, event.ID)
		if err != nil {
			return statusView{}, err
		}
		reactions, err := reactionsTo(s, p, event)
		if err != nil {
			return statusView{}, err
		}
		claims, err := p.Desk.Claims(event)
		if err != nil {
			return statusView{}, err
		}
		view.Events = append(view.Events, eventView{
			event.ID, event.Version, event.Action, event.At, whatOf(event), viewPlaces(places), reactions,
			keysOf(claims, func(c catalogue.Supplement) claimView { return claimView{c.Key, c.Label, c.Pounds} }),
		})
	}
	return view, nil
}

// reactionsTo is where each reaction to the dose of an event is.
func reactionsTo(s *session, p *profile.Profile, event capture.Event) ([]reactionPlaces, error) {
	reactions, err := p.Store.ReactionsOf(s.ctx, event.ID)
	if err != nil {
		return nil, err
	}
	var all []reactionPlaces
	for _, reaction := range reactions {
		places, err := p.Store.Places(s.ctx, reaction.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, reactionPlaces{reaction.ID, reaction.Version, reaction.Action, viewPlaces(places)})
	}
	return all, nil
}
