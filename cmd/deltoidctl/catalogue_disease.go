package main

import (
	"slices"

	"deltoid/assets/catalogue"
)

// diseaseView is what was in force for one disease.
type diseaseView struct {
	Key            string         `json:"key"`
	Label          string         `json:"label"`
	Products       []keyView      `json:"products"`
	Kinds          []keyView      `json:"kinds"`
	Eligibilities  []keyView      `json:"eligibilities"`
	NotGiven       []keyView      `json:"notGiven"`
	DoseRules      int            `json:"doseRules"`
	ScreeningRules int            `json:"screeningRules"` // of answers and checks
	DeskRules      int            `json:"deskRules"`      // applied when the dose is recorded
	QuestionSet    string         `json:"questionSet"`
	Questions      []questionView `json:"questions"`
}

func viewDisease(disease catalogue.Disease, known *catalogue.Catalogue, edition *catalogue.Edition) diseaseView {
	set := edition.QuestionSet(disease.Key)
	kinds := known.Kinds(disease.Key)
	view := diseaseView{
		Key: disease.Key, Label: disease.Label, Kinds: keysOf(kinds, func(k catalogue.Kind) keyView { return keyView{string(k.Key), k.Label} }),
		Products: []keyView{}, Eligibilities: []keyView{}, NotGiven: []keyView{},
		ScreeningRules: len(edition.ScreeningRules(disease.Key)), DeskRules: len(edition.DeskRules(disease.Key)),
		QuestionSet: set.ID + " " + set.Version, Questions: keysOf(set.Questions, viewQuestion),
	}
	for _, product := range edition.Products() {
		if product.Disease == disease.Key {
			view.Products = append(view.Products, keyView{product.Key, product.Name})
		}
	}
	for _, eligibility := range edition.Eligibilities() {
		if eligibility.Disease == disease.Key {
			view.Eligibilities = append(view.Eligibilities, keyView{eligibility.Key, eligibility.Label})
		}
	}
	for _, kind := range kinds {
		for _, choice := range edition.NotGivenChoices(kind.Key) {
			if shown := (keyView{choice.Key, choice.Label}); !slices.Contains(view.NotGiven, shown) {
				view.NotGiven = append(view.NotGiven, shown)
			}
		}
	}
	for _, rule := range edition.DoseRules() {
		if kind, ok := known.Kind(rule.Kind); ok && kind.Disease == disease.Key {
			view.DoseRules++
		}
	}
	return view
}

func viewQuestion(question catalogue.Question) questionView {
	followUps := keysOf(question.FollowUps, func(f catalogue.FollowUp) keyView { return keyView{f.ID, f.Text} })
	return questionView{question.ID, question.Text, followUps}
}

func (v diseaseView) text(p *page) {
	p.line("\n%s (%s): %s, %s, %s, %s", v.Label, v.Key, counted(v.DoseRules, "dose rule", "dose rules"),
		counted(v.ScreeningRules, "screening rule", "screening rules"), counted(v.DeskRules, "rule of the desk", "rules of the desk"),
		counted(len(v.Questions), "question", "questions"))
	for _, list := range []keyList{
		{"plan.product, --product of clinic, <product> of batch", v.Products}, {"plan.kind", v.Kinds},
		{"plan.eligibility", v.Eligibilities}, {"notGiven.choice", v.NotGiven},
	} {
		list.text(p)
	}
	p.line("screening.answers (%s)", v.QuestionSet)
	for _, question := range v.Questions {
		p.line("  %s\t%s", question.ID, question.Text)
		for _, followUp := range question.FollowUps {
			p.line("    %s\t%s", followUp.Key, followUp.Label)
		}
	}
}
