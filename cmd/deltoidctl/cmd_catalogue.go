package main

import (
	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// catalogueCmd is about the reference data that is built in. It needs no profile.
type catalogueCmd struct {
	Show   catalogueShowCmd   `cmd:"" default:"withargs" help:"List what was in force on a day, what changed that day, and the keys of files and flags."`
	Export catalogueExportCmd `cmd:"" help:"Write the whole rule book as a spreadsheet for a clinical safety officer to sign."`
}

// catalogueShowCmd lists what was in force on a day and what may stand in an encounter file and in flags.
type catalogueShowCmd struct {
	At      capture.Date `placeholder:"DATE" help:"Day of vaccination, for example 2022-05-12. Default: today."`
	Disease string       `placeholder:"KEY" help:"Only one disease, for example MMR. Default: every one."`
}

type keyView struct {
	Key   string `json:"key"`
	Label string `json:"label"`
}

type questionView struct {
	ID        string    `json:"id"`
	Text      string    `json:"text"`
	FollowUps []keyView `json:"followUps,omitempty"`
}

type catalogueView struct {
	Day          catalogue.Date `json:"day"`
	InForceSince catalogue.Date `json:"inForceSince"`
	Hash         string         `json:"hash"` // fingerprint of the whole catalogue
	Addenda      []addendumView `json:"addenda"`
	Changes      []changeView   `json:"changes"` // since the day before
	Diseases     []diseaseView  `json:"diseases"`

	BodySites       []keyView `json:"bodySites"`
	Routes          []keyView `json:"routes"`
	Consents        []keyView `json:"consents"`
	LocationTypes   []keyView `json:"locationTypes"`
	CareSettings    []keyView `json:"careSettings"`
	LegalMechanisms []keyView `json:"legalMechanisms"`
	Bodies          []keyView `json:"bodies"`
	JobRoles        []string  `json:"jobRoles"`
}

func (v catalogueView) text(p *page) {
	p.line("In force on %s (since %s)", v.Day.Plain(), v.InForceSince.Plain())
	p.line("Fingerprint of the catalogue: %s", v.Hash)
	v.textOfNews(p)
	for _, disease := range v.Diseases {
		disease.text(p)
	}
	for _, list := range []keyList{
		{"give.bodySite", v.BodySites}, {"give.route", v.Routes}, {"consent.type", v.Consents},
		{"--location-type of clinic", v.LocationTypes}, {"--care-setting of clinic", v.CareSettings},
		{"--legal-mechanism of clinic", v.LegalMechanisms}, {"--body of staff and init", v.Bodies},
	} {
		list.text(p)
	}
	p.line("--job-role of staff and init")
	for _, role := range v.JobRoles {
		p.line("  %s", role)
	}
}

// keyList is the keys that may stand in one place.
type keyList struct {
	place string
	keys  []keyView
}

func (l keyList) text(p *page) {
	p.line("%s", l.place)
	for _, key := range l.keys {
		p.line("  %s\t%s", key.Key, key.Label)
	}
}

// Run reads the reference data that is built in.
func (c *catalogueShowCmd) Run(s *session) error {
	day := c.At
	if day.IsZero() {
		day = catalogue.DateOf(s.globals.clock()())
	}
	known, err := catalogue.Load()
	if err != nil {
		return err
	}
	diseases := known.Diseases()
	if c.Disease != "" {
		disease, ok := known.Disease(c.Disease)
		if !ok {
			keys := keysOf(diseases, func(d catalogue.Disease) string { return d.Key })
			return refusal{{Path: "--disease", Code: capture.Invalid, Message: "There is no such disease", OneOf: keys}}
		}
		diseases = []catalogue.Disease{disease}
	}
	return s.out.show(viewEdition(day, known, diseases))
}

func viewEdition(day catalogue.Date, known *catalogue.Catalogue, diseases []catalogue.Disease) catalogueView {
	edition := known.At(day)
	code := func(c catalogue.Code) keyView { return keyView{c.Key, c.Label} }
	return catalogueView{
		Day: day, InForceSince: edition.Since(), Hash: known.Hash(),
		Addenda: keysOf(edition.Addenda(), viewAddendum), Changes: keysOf(known.ChangedOn(day), viewChange),
		Diseases:  keysOf(diseases, func(d catalogue.Disease) diseaseView { return viewDisease(d, known, edition) }),
		BodySites: keysOf(edition.Sites(), code),
		Routes:    keysOf(edition.Routes(), code),
		Consents:  keysOf(edition.Consents(), func(c catalogue.Consent) keyView { return keyView{c.Key, c.Label} }),

		LocationTypes:   keysOf(edition.LocationTypes(), func(l catalogue.LocationType) keyView { return keyView{l.Key, l.Label} }),
		CareSettings:    keysOf(edition.CareSettings(), code),
		LegalMechanisms: keysOf(edition.LegalMechanisms(), func(m catalogue.LegalMechanism) keyView { return keyView{m.Key, m.Label} }),
		Bodies:          keysOf(edition.Bodies(), func(b catalogue.RegistrationBody) keyView { return keyView{b.Key, b.Name} }),
		JobRoles:        keysOf(edition.JobRoles(), func(c catalogue.Code) string { return c.Label }),
	}
}
