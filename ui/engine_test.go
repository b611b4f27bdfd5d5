package ui_test

import (
	"deltoid/assets/catalogue"
	"deltoid/capture"
)

func engine(rows *catalogue.Catalogue) capture.Assessor { return stub{rows} }

type stub struct{ rows *catalogue.Catalogue }

func (s stub) Questions(c capture.Case) (catalogue.QuestionSet, error) {
	return s.rows.At(c.Day).QuestionSet(c.Disease), nil
}

func (s stub) Assess(c capture.Case) (capture.Decision, error) {
	return capture.Decision{Outcome: capture.Caution, AsOf: c.Day, Product: c.Product, Kind: c.Kind, Reasons: []capture.Reason{{RuleID: "C18-yes", Outcome: capture.Caution, Sentence: "Use a fine needle and press firmly for 2 minutes", Facts: []capture.Fact{{Name: "Bleeding disorder or blood thinner", Value: "yes"}}, InForceFrom: catalogue.MustDate("2020-12-08")}}}, nil
}

func (s stub) NextDose(c capture.Case) (capture.Suggestion, error) {
	return capture.Suggestion{Due: true, Kind: catalogue.Primary1, RuleID: "R01", Sentence: "Everybody of 18 and over is offered a first dose", Facts: []capture.Fact{{Name: "age", Value: "75"}, {Name: "doses", Value: "0"}}, InForceFrom: catalogue.MustDate("2020-12-08")}, nil
}
