package main

import (
	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// catalogueCmd lists what may stand in an encounter file and in flags. It needs no profile.
type catalogueCmd struct {
	At capture.Date `placeholder:"DATE" help:"Day of vaccination, for example 2022-05-12. Default: today."`
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
	Day           catalogue.Date `json:"day"`
	InForceSince  catalogue.Date `json:"inForceSince"`
	Products      []keyView      `json:"products"`
	Kinds         []keyView      `json:"kinds"`
	Eligibilities []keyView      `json:"eligibilities"`
	BodySites     []keyView      `json:"bodySites"`
	Routes        []keyView      `json:"routes"`
	Consents      []keyView      `json:"consents"`
	NotGiven      []keyView      `json:"notGiven"`
	QuestionSet   string         `json:"questionSet"`
	Questions     []questionView `json:"questions"`

	LocationTypes   []keyView `json:"locationTypes"`
	CareSettings    []keyView `json:"careSettings"`
	LegalMechanisms []keyView `json:"legalMechanisms"`
	Bodies          []keyView `json:"bodies"`
	JobRoles        []string  `json:"jobRoles"`
}

func (v catalogueView) text(p *page) {
	p.line("In force on %s (since %s)", v.Day.Plain(), v.InForceSince.Plain())
	for _, list := range []keyList{
		{"plan.product, --product of clinic, <product> of batch", v.Products}, {"plan.kind", v.Kinds}, {"plan.eligibility", v.Eligibilities},
		{"give.bodySite", v.BodySites}, {"give.route", v.Routes}, {"consent.type", v.Consents}, {"notGiven.choice", v.NotGiven},
		{"--location-type of clinic", v.LocationTypes}, {"--care-setting of clinic", v.CareSettings},
		{"--legal-mechanism of clinic", v.LegalMechanisms}, {"--body of staff and init", v.Bodies},
	} {
		list.text(p)
	}
	p.line("--job-role of staff and init")
	for _, role := range v.JobRoles {
		p.line("  %s", role)
	}
	p.line("screening.answers (%s)", v.QuestionSet)
	for _, question := range v.Questions {
		p.line("  %s\t%s", question.ID, question.Text)
		for _, followUp := range question.FollowUps {
			p.line("    %s\t%s", followUp.Key, followUp.Label)
		}
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
func (c *catalogueCmd) Run(s *session) error {
	day := c.At
	if day.IsZero() {
		day = catalogue.DateOf(s.globals.clock()())
	}
	known, err := catalogue.Load()
	if err != nil {
		return err
	}
	return s.out.show(viewEdition(day, known))
}

func viewEdition(day catalogue.Date, known *catalogue.Catalogue) catalogueView {
	edition := known.At(day)
	code := func(c catalogue.Code) keyView { return keyView{c.Key, c.Label} }
	set := edition.QuestionSet(capture.COVID19)
	view := catalogueView{
		Day: day, InForceSince: edition.Since(),
		Products:      keysOf(edition.Products(), func(p catalogue.Product) keyView { return keyView{p.Key, p.Name} }),
		Kinds:         []keyView{},
		Eligibilities: keysOf(edition.Eligibilities(), func(e catalogue.Eligibility) keyView { return keyView{e.Key, e.Label} }),
		BodySites:     keysOf(edition.Sites(), code),
		Routes:        keysOf(edition.Routes(), code),
		Consents:      keysOf(edition.Consents(), func(c catalogue.Consent) keyView { return keyView{c.Key, c.Label} }),
		NotGiven:      keysOf(edition.NotGivenChoices(catalogue.Primary1), func(c catalogue.NotGivenChoice) keyView { return keyView{c.Key, c.Label} }),
		QuestionSet:   set.ID + " " + set.Version,
		Questions:     []questionView{},

		LocationTypes:   keysOf(edition.LocationTypes(), func(l catalogue.LocationType) keyView { return keyView{l.Key, l.Label} }),
		CareSettings:    keysOf(edition.CareSettings(), code),
		LegalMechanisms: keysOf(edition.LegalMechanisms(), func(m catalogue.LegalMechanism) keyView { return keyView{m.Key, m.Label} }),
		Bodies:          keysOf(edition.Bodies(), func(b catalogue.RegistrationBody) keyView { return keyView{b.Key, b.Name} }),
		JobRoles:        keysOf(edition.JobRoles(), func(c catalogue.Code) string { return c.Label }),
	}
	for _, kind := range known.Kinds(capture.COVID19) {
		view.Kinds = append(view.Kinds, keyView{string(kind.Key), kind.Label})
	}
	for _, question := range set.Questions {
		followUps := keysOf(question.FollowUps, func(f catalogue.FollowUp) keyView { return keyView{f.ID, f.Text} })
		view.Questions = append(view.Questions, questionView{question.ID, question.Text, followUps})
	}
	return view
}
