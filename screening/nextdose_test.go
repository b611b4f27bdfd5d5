package screening_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

const (
	p1     = catalogue.Primary1
	p2     = catalogue.Primary2
	third  = catalogue.ThirdPrimary
	boost  = catalogue.Booster1
	spring = catalogue.SpringBooster
)

func two(product, first, second string) []capture.Dose {
	return []capture.Dose{had(first, product, p1), had(second, product, p2)}
}

func with(doses []capture.Dose, more ...capture.Dose) []capture.Dose { return append(doses, more...) }

// The rule that applies is the one in force on the day of vaccination.
func TestNextDose(t *testing.T) {
	atRisk := capture.Circumstances{AtRisk: true}
	immune := capture.Circumstances{ImmunosuppressedAtPrimary: true}
	for _, test := range []struct {
		name, day, born string
		facts           capture.Circumstances
		history         []capture.Dose
		kind            catalogue.DoseKind
		rule            string
		due             bool
		earliest        string
		recommended     string
		products        []string
	}{
		{name: "adult, first day", day: "2020-12-08", born: "1930-01-01", kind: p1, rule: "R01", due: true, products: []string{bnt}},
		{name: "adult in January 2021", day: "2021-01-08", born: "1930-01-01", kind: p1, rule: "R01", due: true, products: []string{bnt, mod, az}},
		{name: "under 30 in April 2021", day: "2021-04-07", born: "1995-01-01", kind: p1, rule: "R01", due: true, products: []string{bnt, mod, az}},
		{name: "35 in April 2021", day: "2021-04-07", born: "1986-01-01", kind: p1, rule: "R01", due: true, products: []string{bnt, mod, az}},
		{name: "second dose at 11 weeks in March 2021", day: "2021-03-20", born: "1940-01-01", history: []capture.Dose{had("2021-01-02", az, p1)},
			kind: p2, rule: "R04", due: true, earliest: "2021-01-30", recommended: "2021-03-20", products: []string{az, bnt, mod}},
		{name: "second dose at 8 weeks from 14 May 2021", day: "2021-05-14", born: "1940-01-01", history: []capture.Dose{had("2021-03-19", bnt, p1)},
			kind: p2, rule: "R05", due: true, earliest: "2021-04-09", recommended: "2021-05-14", products: []string{bnt, mod, az}},
		{name: "13, before 13 September 2021", day: "2021-09-12", born: "2008-01-01"},
		{name: "13, from 13 September 2021", day: "2021-09-13", born: "2008-01-01", kind: p1, rule: "R08", due: true, products: []string{bnt}},
		{name: "13 at risk in July 2021", day: "2021-07-19", born: "2008-01-01", facts: atRisk, kind: p1, rule: "R06", due: true, products: []string{bnt}},
		{name: "13, second dose not yet offered", day: "2021-11-28", born: "2008-01-01", history: []capture.Dose{had("2021-09-13", bnt, p1)}},
		{name: "16, first dose", day: "2021-08-04", born: "2005-01-01", kind: p1, rule: "R07", due: true, products: []string{bnt}},
		{name: "16, second dose", day: "2021-11-15", born: "2005-01-01", history: []capture.Dose{had("2021-08-23", bnt, p1)},
			kind: p2, rule: "R09", due: true, earliest: "2021-09-13", recommended: "2021-11-15", products: []string{bnt}},
		{name: "16 at risk, second dose after 8 weeks", day: "2021-11-15", born: "2005-01-01", facts: atRisk, history: []capture.Dose{had("2021-09-20", bnt, p1)},
			kind: p2, rule: "R09b", due: true, earliest: "2021-10-11", recommended: "2021-11-15", products: []string{bnt}},
		{name: "8, not at risk, before April 2022", day: "2022-04-03", born: "2014-01-01"},
		{name: "8, not at risk, from April 2022", day: "2022-04-04", born: "2014-01-01", kind: p1, rule: "R20", due: true, products: []string{c10}},
		{name: "8 at risk in January 2022", day: "2022-01-24", born: "2014-01-01", facts: atRisk, kind: p1, rule: "R19", due: true, products: []string{c10}},
		{name: "4", day: "2022-05-12", born: "2018-01-01"},
		{name: "booster of a 60-year-old at 6 months", day: "2021-09-14", born: "1961-01-01", history: two(bnt, "2021-01-10", "2021-03-16"),
			kind: boost, rule: "R12", due: true, earliest: "2021-09-14", recommended: "2021-09-14", products: []string{bnt, mod}},
		{name: "booster of a 45-year-old in September 2021", day: "2021-09-14", born: "1976-01-01", history: two(bnt, "2021-01-10", "2021-03-16")},
		{name: "booster of a 45-year-old in November 2021", day: "2021-11-15", born: "1976-01-01", history: two(bnt, "2021-03-10", "2021-05-17"),
			kind: boost, rule: "R14", due: true, earliest: "2021-11-15", recommended: "2021-11-15", products: []string{bnt, mod}},
		{name: "booster of a health worker of 20", day: "2021-09-14", born: "2001-01-01", facts: capture.Circumstances{HealthOrCareWorker: true}, history: two(bnt, "2021-01-10", "2021-03-16"),
			kind: boost, rule: "R12", due: true, earliest: "2021-09-14", recommended: "2021-09-14", products: []string{bnt, mod}},
		{name: "booster at 3 months from 8 December 2021", day: "2021-12-08", born: "1976-01-01", history: two(bnt, "2021-07-01", "2021-09-08"),
			kind: boost, rule: "R16", due: true, earliest: "2021-12-08", recommended: "2021-12-08", products: []string{bnt, mod}},
		{name: "booster of a 25-year-old the day before", day: "2021-12-12", born: "1996-01-01", history: two(bnt, "2021-07-01", "2021-08-26")},
		{name: "booster of a 25-year-old", day: "2021-12-13", born: "1996-01-01", history: two(bnt, "2021-07-01", "2021-08-26"),
			kind: boost, rule: "R17", due: true, earliest: "2021-11-25", recommended: "2021-11-25", products: []string{bnt, mod}},
		{name: "booster of a 17-year-old", day: "2021-12-22", born: "2004-06-01", history: two(bnt, "2021-08-05", "2021-09-10"),
			kind: boost, rule: "R18", due: true, earliest: "2021-12-10", recommended: "2021-12-10", products: []string{bnt}},
		{name: "booster of a 13-year-old living with somebody immunosuppressed", day: "2021-12-22", born: "2008-06-01", facts: capture.Circumstances{HouseholdContact: true}, history: two(bnt, "2021-08-05", "2021-09-10"),
			kind: boost, rule: "R18", due: true, earliest: "2021-12-10", recommended: "2021-12-10", products: []string{bnt}},
		{name: "booster of a healthy 13-year-old", day: "2022-05-12", born: "2008-06-01", history: two(bnt, "2021-09-13", "2021-12-10")},
		{name: "third primary dose", day: "2021-09-01", born: "1976-01-01", facts: immune, history: two(az, "2021-04-01", "2021-06-10"),
			kind: third, rule: "R11", due: true, earliest: "2021-08-05", recommended: "2021-08-05", products: []string{bnt, mod}},
		{name: "third primary dose after 55 days", day: "2022-05-12", born: "1976-01-01", facts: immune, history: two(bnt, "2021-12-01", "2022-03-18"),
			kind: third, rule: "R11", earliest: "2022-05-13", recommended: "2022-05-13", products: []string{bnt, "comirnaty30_rtu", mod}},
		{name: "booster after the third primary dose in October 2021", day: "2021-10-20", born: "1976-01-01", facts: immune, history: with(two(bnt, "2021-01-01", "2021-03-01"), had("2021-09-10", bnt, third)),
			kind: boost, rule: "R24a", earliest: "2022-03-11", recommended: "2022-03-11", products: []string{bnt, mod}},
		{name: "booster after the third primary dose in December 2021", day: "2021-12-10", born: "1976-01-01", facts: immune, history: with(two(bnt, "2021-01-01", "2021-03-01"), had("2021-09-10", bnt, third)),
			kind: boost, rule: "R24b", due: true, earliest: "2021-12-10", recommended: "2021-12-10", products: []string{bnt, mod}},
		{name: "booster of an immunosuppressed 14-year-old", day: "2021-12-22", born: "2007-06-01", facts: immune, history: with(two(bnt, "2021-07-20", "2021-08-20"), had("2021-09-20", bnt, third)),
			kind: boost, rule: "R24b", due: true, earliest: "2021-12-20", recommended: "2021-12-20", products: []string{bnt}},
		{name: "spring booster before 21 March 2022", day: "2022-03-20", born: "1930-01-01", history: with(two(bnt, "2021-01-10", "2021-03-16"), had("2021-09-20", bnt, boost))},
		{name: "spring booster", day: "2022-03-21", born: "1930-01-01", history: with(two(bnt, "2021-01-10", "2021-03-16"), had("2021-09-20", bnt, boost)),
			kind: spring, rule: "R21", due: true, earliest: "2021-12-20", recommended: "2022-03-21", products: []string{bnt, "comirnaty30_rtu", mod}},
		{name: "spring booster in a care home", day: "2022-05-12", born: "1960-01-01", facts: capture.Circumstances{CareHomeResident: true}, history: with(two(bnt, "2021-01-10", "2021-03-16"), had("2021-09-20", bnt, boost)),
			kind: spring, rule: "R22", due: true, earliest: "2021-12-20", recommended: "2022-03-21", products: []string{bnt, "comirnaty30_rtu", mod}},
		{name: "spring booster of somebody immunosuppressed at 15", day: "2022-05-12", born: "2007-01-01", facts: capture.Circumstances{Immunosuppressed: true}, history: with(two(bnt, "2021-07-20", "2021-09-16"), had("2021-12-22", bnt, boost)),
			kind: spring, rule: "R23", due: true, earliest: "2022-03-23", recommended: "2022-06-22", products: []string{bnt, "comirnaty30_rtu"}},
		{name: "80 and never boosted has the booster", day: "2022-05-12", born: "1942-01-01", history: two(az, "2021-01-10", "2021-03-16"),
			kind: boost, rule: "R16", due: true, earliest: "2021-06-15", recommended: "2021-06-15", products: []string{bnt, "comirnaty30_rtu", mod}},
		{name: "after the spring booster nothing", day: "2022-05-12", born: "1942-01-01", history: with(two(bnt, "2021-01-10", "2021-03-16"), had("2021-09-20", bnt, boost), had("2022-04-01", bnt, spring))},
		{name: "boosted at 40 nothing", day: "2022-05-12", born: "1982-01-01", history: with(two(bnt, "2021-01-10", "2021-03-16"), had("2021-12-20", bnt, boost))},
		{name: "one Janssen dose is a course", day: "2022-05-12", born: "1982-01-01", history: []capture.Dose{had("2021-07-01", "janssen", "")},
			kind: boost, rule: "R16", due: true, earliest: "2021-09-30", recommended: "2021-09-30", products: []string{bnt, "comirnaty30_rtu", mod}},
	} {
		t.Run(test.name, func(t *testing.T) {
			suggestion := next(t, capture.Case{
				Day: catalogue.MustDate(test.day), Person: capture.Person{BirthDate: catalogue.MustDate(test.born)},
				Circumstances: test.facts, History: test.history, Disease: capture.COVID19,
			})
			assert.Equal(t, test.kind, suggestion.Kind, suggestion.Sentence)
			assert.Equal(t, test.rule, suggestion.RuleID)
			assert.Equal(t, test.due, suggestion.Due, suggestion.Sentence)
			assert.Equal(t, test.earliest, suggestion.Earliest.String())
			assert.Equal(t, test.recommended, suggestion.Recommended.String())
			assert.Equal(t, test.products, suggestion.Products)
			assert.NotEmpty(t, suggestion.Sentence)
			assert.NotEmpty(t, suggestion.Facts)
		})
	}
}

// Doses without a kind, as patients tell them, take the next place in the course.
func TestDosesWithoutAKind(t *testing.T) {
	told := func(days ...string) []capture.Dose {
		var doses []capture.Dose
		for _, day := range days {
			doses = append(doses, reported(had(day, bnt, "")))
		}
		return doses
	}
	for _, test := range []struct {
		immune bool
		doses  []capture.Dose
		want   catalogue.DoseKind
	}{
		{false, told(), p1},
		{false, told("2021-01-01"), p2},
		{false, told("2021-01-01", "2021-03-01"), boost},
		{false, told("2021-01-01", "2021-03-01", "2021-10-01"), spring},
		{true, told("2021-01-01", "2021-03-01"), third},
		{true, told("2021-01-01", "2021-03-01", "2021-10-01"), boost},
		{true, told("2021-01-01", "2021-03-01", "2021-10-01", "2022-01-10"), spring},
		{false, told("2021-01-01", "2021-03-01", "2021-10-01", "2022-01-10"), ""},
	} {
		who := at(80, bnt, p1)
		who.Circumstances.ImmunosuppressedAtPrimary = test.immune
		who.History = test.doses
		assert.Equal(t, test.want, next(t, who).Kind, "%d doses, immunosuppressed %v", len(test.doses), test.immune)
	}
}

// A booster recorded in place of a third primary dose counts on; nobody is sent back.
func TestBoosterInPlaceOfTheThirdPrimaryDose(t *testing.T) {
	who := at(80, bnt, spring)
	who.Circumstances.ImmunosuppressedAtPrimary = true
	who.History = with(two(bnt, "2021-01-10", "2021-03-16"), had("2021-09-20", bnt, boost))
	assert.Equal(t, spring, next(t, who).Kind)
}

// What the answers say of the immune system decides which dose is due, without a tick on the form.
func TestAnswersSuggestTheThirdPrimaryDose(t *testing.T) {
	who := at(45, bnt, third)
	who.History = two(bnt, "2021-12-01", "2022-02-01")
	assert.Equal(t, boost, next(t, who).Kind)
	who.Answers = said("C17=yes C17_when=primary C17_cart=no C17_cycle=no")
	assert.Equal(t, third, next(t, who).Kind)
	assert.Equal(t, capture.Proceed, assess(t, who).Outcome)
}

func TestNextDoseNeedsTheDateOfBirth(t *testing.T) {
	who := at(45, bnt, p1)
	who.Person.BirthDate = catalogue.Date{}
	suggestion := next(t, who)
	assert.False(t, suggestion.Due)
	assert.Equal(t, "The date of birth is needed to say which dose is due", suggestion.Sentence)
}

// The vaccine on the table does not change which dose is due.
func TestNextDoseIgnoresTheChoice(t *testing.T) {
	who := at(80, az, p1)
	who.History = two(bnt, "2021-01-10", "2021-03-16")
	chosen := next(t, who)
	who.Product, who.Kind = "", ""
	assert.Equal(t, next(t, who), chosen)
}
