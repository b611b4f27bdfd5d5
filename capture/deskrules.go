package capture

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"deltoid/assets/catalogue"
)

// deskPlace is where in an encounter a fact of the desk's own rules stands, and where a reason for it is given.
type deskPlace struct {
	fact        string
	field       string
	reasonField string // empty: no reason is asked for
	reason      func(*Give) string
}

var deskPlaces = []deskPlace{
	{fact: "deceased", field: "person.deceased"},
	{fact: "days_past_use_by", field: "give.batchId", reasonField: "give.pastUseReason", reason: func(g *Give) string { return g.PastUseReason }},
	{fact: "vial_minutes_over", field: "give.vialOpenedAt", reasonField: "give.vialReason", reason: func(g *Give) string { return g.VialReason }},
	{fact: "batch_used_up", field: "give.batchId"},
	{fact: "days_before_received", field: "give.batchId"},
	{fact: "code_missing", field: "plan.product"},
	{fact: "amount_changed", field: "give.amountMl", reasonField: "give.amountReason", reason: func(g *Give) string { return g.AmountReason }},
}

// placeOf is the place of the first fact that a rule looks at.
func placeOf(names []string) deskPlace {
	for _, place := range deskPlaces {
		for _, name := range names {
			if name == place.fact {
				return place
			}
		}
	}
	return deskPlace{field: "give"}
}

// deskReason is a rule of the desk that spoke, with its place.
type deskReason struct {
	Reason
	deskPlace
}

// checkDeskRules applies the desk's own rules to a dose: what stops it is refused, a caution asks for a reason where there
// is a place for one, and is only shown where there is none (K05, K06, K08; E1, E4, E5).
func (r room) checkDeskRules(faults *Problems, encounter Encounter) {
	if r.deskErr != nil {
		*faults = append(*faults, &Error{Code: Environment, Field: "give", Message: "The rules for recording a dose cannot be read. Install Deltoid again", Err: r.deskErr})
		return
	}
	for _, spoken := range r.desk {
		switch {
		case spoken.Outcome != Caution && spoken.Outcome != Proceed:
			faults.refuse(spoken.field, spoken.Sentence)
		case spoken.Outcome == Caution && spoken.deskPlace.reason != nil && oneLine(spoken.deskPlace.reason(encounter.Give)) == "":
			faults.Add(spoken.reasonField, spoken.Sentence)
		}
	}
}

// deskReasons are the desk's own rules that speak of a dose, in the order of the catalogue.
func (r room) deskReasons(blank map[string]any, encounter Encounter) ([]deskReason, error) {
	if encounter.Give == nil {
		return nil, nil
	}
	sheet := r.deskSheet(blank, encounter)
	var spoken []deskReason
	for _, rule := range r.edition.DeskRules(encounter.Plan.Disease) {
		holds, err := rule.When.Holds(sheet.values)
		if err != nil {
			return nil, fmt.Errorf("apply desk rule %s: %w", rule.ID, err)
		}
		if holds {
			spoken = append(spoken, deskReason{sheet.reason(rule), placeOf(rule.When.Names())})
		}
	}
	return spoken, nil
}

// deskSheet is what the desk knows of a dose, by the names of facts.csv.
type deskSheet struct {
	values map[string]any
	dates  map[string]Date
}

func (r room) deskSheet(blank map[string]any, encounter Encounter) deskSheet {
	s := deskSheet{values: blank, dates: map[string]Date{}}
	give := encounter.Give
	product, _ := r.edition.Product(encounter.Plan.Product)
	usual := product.Amount(encounter.Plan.Kind)
	s.values["kind"], s.values["product"], s.values["platform"] = string(encounter.Plan.Kind), product.Key, product.Platform
	s.values["mechanism"] = r.mechanism.Key
	s.values["deceased"] = encounter.Person.Deceased
	s.values["recorded_late"] = r.day.Before(catalogue.DateOf(r.now))
	s.values["usual_amount"] = usual
	s.values["code_missing"] = product.Key != "" && !product.Sendable()
	s.values["half_dose"] = give.HalfDose
	s.values["amount_changed"] = usual != "" && decimalAmount(give.AmountML) && give.AmountML != usual && !(give.HalfDose && give.AmountML == HalfAmount(usual))
	if batch, ok := r.batch(give.BatchID); ok && batch.Product == product.Key {
		s.readBatch(batch, product, r.day)
	}
	if hours := r.configuration.InUseHours(product); hours > 0 && !give.VialOpenedAt.IsZero() {
		s.values["in_use_hours"] = hours
		s.values["vial_opened"] = give.VialOpenedAt.In(catalogue.London).Format("15:04 on 2 January")
		if over := encounter.When(r.now).Sub(give.VialOpenedAt) - time.Duration(hours)*time.Hour; over > 0 {
			s.values["vial_minutes_over"] = int((over + time.Minute - 1) / time.Minute)
		}
	}
	return s
}

// HalfAmount is half of an amount in millilitres, as text; empty for what is no number.
func HalfAmount(amount string) string {
	value, err := strconv.ParseFloat(amount, 64)
	if err != nil {
		return ""
	}
	return strconv.FormatFloat(value/2, 'f', -1, 64)
}

func (s deskSheet) readBatch(batch Batch, product catalogue.Product, day Date) {
	s.values["batch_number"], s.values["batch_used_up"] = batch.Number, batch.UsedUp
	s.dates["use_by"] = batch.UseBy(product)
	if past := day.DaysSince(batch.UseBy(product)); past > 0 {
		s.values["days_past_use_by"] = past
	}
	if batch.Received.IsZero() {
		return
	}
	s.dates["batch_received"] = batch.Received
	if before := batch.Received.DaysSince(day); before > 0 {
		s.values["days_before_received"] = before
	}
}

func (s deskSheet) reason(rule catalogue.ScreeningRule) Reason {
	reason := Reason{
		RuleID: rule.ID, Outcome: Outcome(rule.Outcome), Sentence: braces.ReplaceAllStringFunc(rule.Sentence, func(name string) string {
			return s.show(name[1 : len(name)-1])
		}),
		Override: rule.Override, InForceFrom: rule.From, Source: rule.Source,
	}
	for _, name := range rule.Facts {
		reason.Facts = append(reason.Facts, Fact{Name: name, Value: s.show(name), Label: spaced(name)})
	}
	return reason
}

var braces = regexp.MustCompile(`\{[A-Za-z0-9_]+\}`)

func spaced(name string) string { return strings.ReplaceAll(name, "_", " ") }

// show writes a fact as people read it.
func (s deskSheet) show(name string) string {
	if date, known := s.dates[name]; known {
		return date.Plain()
	}
	switch value := s.values[name].(type) {
	case string:
		return value
	case int:
		return strconv.Itoa(value)
	case bool:
		if value {
			return Yes
		}
		return No
	}
	return "not known"
}
