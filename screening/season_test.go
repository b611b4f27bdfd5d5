package screening_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// Who is offered which flu vaccine in the season 2021-22, best first, on each side of each edge.
func TestFluCohorts(t *testing.T) {
	risk := capture.Circumstances{AtRisk: true}
	contact := capture.Circumstances{HouseholdContact: true}
	const (
		children = "fluenz_tetra flucelvax_tetra qivc_generic"
		adults   = "flucelvax_tetra qivc_generic supemtek qive_sanofi influvac_tetra influenza_tetra_myl"
		older    = "fluad_tetra aqiv_generic flucelvax_tetra qivc_generic supemtek"
	)
	for _, test := range []struct {
		name, born, day string // day empty: 15 November 2021
		facts           capture.Circumstances
		answers         string
		rule, products  string
	}{
		{name: "under 6 months", born: "2021-05-16", facts: risk},
		{name: "6 months, at risk", born: "2021-05-15", facts: risk, rule: "FL01", products: "qive_sanofi"},
		{name: "6 months, well", born: "2021-05-15"},
		{name: "6 months, living with somebody immunosuppressed", born: "2021-05-15", facts: contact, rule: "FL01b", products: "qive_sanofi"},
		{name: "23 months, at risk", born: "2019-11-16", facts: risk, rule: "FL01", products: "qive_sanofi"},
		{name: "2 years, at risk", born: "2019-11-15", facts: risk, rule: "FL02", products: children},
		{name: "2 on 31 August", born: "2019-08-31", rule: "FL03", products: children},
		{name: "2 on 1 September", born: "2019-09-01"},
		{name: "3 on 31 August", born: "2017-09-01", rule: "FL03", products: children},
		{name: "reception", born: "2017-08-31", rule: "FL04", products: children},
		{name: "year 11", born: "2005-09-01", rule: "FL04", products: children},
		{name: "over year 11", born: "2005-08-31"},
		{name: "17, at risk", born: "2003-11-16", facts: risk, rule: "FL02", products: children},
		{name: "17, carer", born: "2003-11-16", facts: capture.Circumstances{Carer: true}, rule: "FL05", products: children},
		{name: "17, pregnant", born: "2003-11-16", answers: "F11=yes", rule: "FL05", products: "flucelvax_tetra qivc_generic fluenz_tetra"},
		{name: "18, at risk", born: "2003-11-15", facts: risk, rule: "FL06", products: adults},
		{name: "30, well", born: "1991-01-01"},
		{name: "30, pregnant", born: "1991-01-01", answers: "F11=yes", rule: "FL06", products: adults},
		{name: "30, carer", born: "1991-01-01", facts: capture.Circumstances{Carer: true}, rule: "FL06", products: adults},
		{name: "30, living with somebody immunosuppressed", born: "1991-01-01", facts: contact, rule: "FL06", products: adults},
		{name: "30, health or care worker", born: "1991-01-01", facts: capture.Circumstances{HealthOrCareWorker: true}, rule: "FL06", products: adults},
		{name: "30, in a care home", born: "1991-01-01", facts: capture.Circumstances{CareHomeResident: true}, rule: "FL06", products: adults},
		{name: "30, immune system weakened by what is answered", born: "1991-01-01", answers: "F06=yes", rule: "FL06", products: adults},
		{name: "50 on 31 March", born: "1972-03-31", rule: "FL07b", products: adults},
		{name: "50 on 1 April", born: "1972-04-01"},
		{name: "50", born: "1971-11-15", rule: "FL07", products: adults},
		{name: "64, 65 on 1 April", born: "1957-04-01", rule: "FL07", products: adults},
		{name: "64, 65 on 1 April, at risk", born: "1957-04-01", facts: risk, rule: "FL06", products: adults},
		{name: "64, 65 on 31 March", born: "1957-03-31", rule: "FL08b", products: older},
		{name: "64, 65 on 31 March, at risk", born: "1957-03-31", facts: risk, rule: "FL08b", products: older},
		{name: "65", born: "1956-11-15", rule: "FL08", products: older},
		{name: "90, in a care home", born: "1931-11-15", facts: capture.Circumstances{CareHomeResident: true}, rule: "FL08", products: older},

		{name: "gelatine not accepted", born: "2013-01-01", answers: "F14=yes", rule: "FL04", products: "flucelvax_tetra qivc_generic fluenz_tetra"},
		{name: "immune system weakened", born: "2013-01-01", answers: "F06=yes", rule: "FL02", products: "flucelvax_tetra qivc_generic fluenz_tetra"},
		{name: "wheeze", born: "2013-01-01", answers: "F05=yes F05_steroids=no F05_icu=no F05_wheeze=yes", rule: "FL04", products: "flucelvax_tetra qivc_generic fluenz_tetra"},
		{name: "asthma that is stable", born: "2013-01-01", answers: "F05=yes F05_steroids=no F05_icu=no F05_wheeze=no", rule: "FL04", products: children},
		{name: "anaphylaxis to gelatine", born: "2013-01-01", answers: "F12=yes F12_substance=gelatine", rule: "FL04", products: "flucelvax_tetra qivc_generic fluenz_tetra"},
		{name: "egg anaphylaxis with intensive care", born: "1971-11-15", answers: "F04=yes F04_anaphylaxis=yes F04_icu=yes", rule: "FL07",
			products: "flucelvax_tetra qivc_generic supemtek qive_sanofi influvac_tetra influenza_tetra_myl"},
		{name: "egg anaphylaxis with intensive care at 70", born: "1951-11-15", answers: "F04=yes F04_anaphylaxis=yes F04_icu=yes", rule: "FL08",
			products: "flucelvax_tetra qivc_generic supemtek fluad_tetra aqiv_generic"},

		{name: "first day", day: "2021-09-01", born: "1951-11-15", rule: "FL08", products: older},
		{name: "last day", day: "2022-03-31", born: "1951-11-15", rule: "FL08", products: older},
		{name: "after the season", day: "2022-04-01", born: "1951-11-15"},
	} {
		t.Run(test.name, func(t *testing.T) {
			who := flu(0, "", "")
			who.Person.BirthDate, who.Circumstances, who.Answers = catalogue.MustDate(test.born), test.facts, saidFlu(test.answers)
			if test.day != "" {
				who.Day = catalogue.MustDate(test.day)
			}
			suggestion := next(t, who)
			assert.Equal(t, test.rule, suggestion.RuleID)
			assert.Equal(t, test.rule != "", suggestion.Due)
			assert.Equal(t, test.products, strings.Join(suggestion.Products, " "))
			if test.rule != "" {
				assert.Equal(t, flu1, suggestion.Kind)
				assert.Equal(t, "Flu vaccination of the season is due", suggestion.Sentence)
			}
		})
	}
}

// Once a season, and twice for children at risk under 9 who never had a flu vaccine before.
func TestFluCourse(t *testing.T) {
	recorded := func(days ...string) (doses []capture.Dose) {
		for _, day := range days {
			doses = append(doses, hadFlu(day, laiv, ""))
		}
		return doses
	}
	told := []capture.Dose{reported(hadFlu("2021-09-20", "", ""))} // nobody knows of which vaccine
	for _, test := range []struct {
		name    string
		months  int
		well    bool
		history []capture.Dose
		answers string
		kind    catalogue.DoseKind
		due     bool
		from    string
	}{
		{name: "first ever", months: 40, kind: flu1, due: true},
		{name: "second after 28 days", months: 40, history: recorded("2021-10-18"), kind: flu2, due: true, from: "2021-11-15"},
		{name: "second after 27 days", months: 40, history: recorded("2021-10-19"), kind: flu2, from: "2021-11-16"},
		{name: "second of an infant", months: 10, history: recorded("2021-10-18"), kind: flu2, due: true, from: "2021-11-15"},
		{name: "not at risk", months: 40, well: true, history: recorded("2021-10-01")},
		{name: "8 years and 11 months at the first dose, 9 since", months: 108, history: recorded("2021-10-10"), kind: flu2, due: true, from: "2021-11-07"},
		{name: "9 at the first dose", months: 110, history: recorded("2021-10-10")},
		{name: "a dose in an earlier season", months: 40, history: recorded("2020-10-01", "2021-10-01")},
		{name: "an earlier season only", months: 40, history: recorded("2020-10-01"), kind: flu1, due: true, from: "2020-10-29"},
		{name: "the day before the season", months: 40, history: recorded("2021-08-31"), kind: flu1, due: true, from: "2021-09-28"},
		{name: "two doses", months: 40, history: recorded("2021-09-10", "2021-10-10")},
		{name: "told by the patient", months: 40, history: told, kind: flu2, due: true, from: "2021-10-18"},
		{name: "told in the answer", months: 40, answers: "F02=yes F02_date=2021-09-20 F02_before=no", kind: flu2, due: true, from: "2021-10-18"},
		{name: "told twice", months: 40, history: told, answers: "F02=yes F02_date=2021-09-20 F02_before=no", kind: flu2, due: true, from: "2021-10-18"},
		{name: "told with two days", months: 40, history: told, answers: "F02=yes F02_date=2021-09-27 F02_before=no", kind: flu2, due: true, from: "2021-10-18"},
		{name: "told without a day", months: 40, answers: "F02=yes F02_date=unknown F02_before=no", kind: flu2, due: true},
		{name: "told of the season before", months: 40, answers: "F02=yes F02_date=2021-08-20 F02_before=yes", kind: flu1, due: true, from: "2021-09-17"},
		{name: "had one in an earlier season", months: 40, answers: "F02=yes F02_date=2021-09-20 F02_before=yes"},
		{name: "a COVID-19 vaccine", months: 40, history: []capture.Dose{had("2021-10-18", c10, p1)}, kind: flu1, due: true},
	} {
		t.Run(test.name, func(t *testing.T) {
			who := flu(test.months, "", "")
			who.Circumstances.AtRisk, who.History, who.Answers = !test.well, test.history, saidFlu(test.answers)
			suggestion := next(t, who)
			assert.Equal(t, test.kind, suggestion.Kind, suggestion.Sentence)
			assert.Equal(t, test.due, suggestion.Due)
			assert.Equal(t, test.from, suggestion.Earliest.String())
		})
	}
}

// What is only told counts for the season, and says so.
func TestFluFactsOfTheSeason(t *testing.T) {
	who := flu(55*12, qivc, flu1)
	who.History = []capture.Dose{hadFlu("2020-10-01", qivc, ""), reported(hadFlu("2021-10-01", qivc, ""))}
	reason, ok := reasonOf(assess(t, who), "K-F3-told")
	require.True(t, ok)
	assertFact(t, reason.Facts, "season_doses", "1")
	who.History[1].Source = capture.SourceHere
	reason, ok = reasonOf(assess(t, who), "K-F3")
	require.True(t, ok)
	assertFact(t, reason.Facts, "season_recorded", "1")
}

// Nothing about flu was asked before the season began.
func TestNoFluBeforeTheSeason(t *testing.T) {
	who := flu(55*12, "", "")
	who.Day = catalogue.MustDate("2021-08-31")
	_, err := engine(t).NextDose(who)
	assert.Error(t, err)
}

// The ages of the vaccines in months, on each side of each edge, with the word that fits.
func TestAgesOfFluVaccines(t *testing.T) {
	for _, test := range []struct {
		product  string
		min, max int // months; max 0: none
		rule     string
		says     string
	}{
		{qive, 6, 0, "K01-months", "under 6 months of age"},
		{laiv, 24, 215, "K01-young", "under 2 years of age"},
		{qivc, 24, 0, "K01-young", "under 2 years of age"},
		{qivr, 216, 0, "K01-young", "under 18 years of age"},
		{aqiv, 780, 0, "K01-young", "under 65 years of age"},
	} {
		for _, months := range []int{0, 5, 6, 12, 23, 24, 215, 216, 767, 779, 780, 900} {
			who := flu(months, test.product, flu1)
			who.Day = catalogue.MustDate("2022-05-12") // no dose rule is in force that could reach beyond the ages of the licence
			who.Person.BirthDate = who.Person.BirthDate.AddDays(who.Day.DaysSince(autumn))
			months := who.Person.AgeMonths(who.Day)
			decision := assess(t, who)
			reason, young := reasonOf(decision, test.rule)
			assert.Equal(t, months < test.min, young, "%s at %d months", test.product, months)
			if young {
				assert.Contains(t, reason.Sentence, test.says)
			}
			_, old := reasonOf(decision, "K01-old")
			assert.Equal(t, test.max > 0 && months > test.max, old, "%s at %d months", test.product, months)
		}
	}
}

// At 64 the adjuvanted vaccine is given to those who are 65 on 31 March 2022, and to nobody else.
func TestAdjuvantedFluVaccineAt64(t *testing.T) {
	for born, allowed := range map[string]bool{"1957-03-31": true, "1957-04-01": false} {
		who := flu(0, aqiv, flu1)
		who.Person.BirthDate = catalogue.MustDate(born)
		decision := assess(t, who)
		_, stopped := reasonOf(decision, "K01-young")
		_, warned := reasonOf(decision, "K01-off-label")
		assert.Equal(t, !allowed, stopped, born)
		assert.Equal(t, allowed, warned, born)
	}
}

// At 65 and over a vaccine grown in eggs is stopped, and the sentence says what to offer instead.
func TestEggGrownFluVaccineAt65(t *testing.T) {
	for age, stopped := range map[int]bool{64: false, 65: true, 90: true} {
		reason, ok := reasonOf(assess(t, flu(age*12, qive, flu1)), "K-F1")
		assert.Equal(t, stopped, ok, age)
		if ok {
			assert.Equal(t, capture.Contraindicated, reason.Outcome)
			assert.Contains(t, reason.Sentence, "offer aQIV, else QIVc or QIVr")
		}
	}
}

func TestT12_EggAllergyAndFluVaccines(t *testing.T) {
	for product, age := range map[string]int{laiv: 8, qivc: 55, qive: 55, qivr: 55} {
		who := flu(age*12, product, flu1)
		who.Answers = saidFlu("F04=yes F04_anaphylaxis=yes F04_icu=no")
		decision := assess(t, who)
		assert.Equal(t, capture.Proceed, decision.Outcome, "%s %v", product, ruleIDs(decision))
		assert.True(t, decision.Final())
	}
}

func TestT13_PregnancyAndTheNasalFluVaccine(t *testing.T) {
	who := flu(15*12, laiv, flu1)
	who.Answers = saidFlu("F11=yes")
	assert.Equal(t, capture.Contraindicated, assess(t, who).Outcome)
	who.Product = qivc
	assert.Equal(t, capture.Proceed, assess(t, who).Outcome)
	assert.Equal(t, qivc, next(t, who).Products[0])
}

// Nuvaxovid on record keeps flu vaccines waiting for 7 days, whatever was answered; other COVID-19 vaccines do not.
func TestNuvaxovidOnRecord(t *testing.T) {
	for _, test := range []struct {
		product string
		days    int
		waits   bool
	}{{nvx, 0, true}, {nvx, 6, true}, {nvx, 7, false}, {nvx, -1, false}, {bnt, 1, false}, {az, 0, false}} {
		who := flu(55*12, qivc, flu1)
		who.History = []capture.Dose{had(autumn.AddDays(-test.days-10).String(), nvx, p1), had(autumn.AddDays(-test.days).String(), test.product, p2)}
		decision := assess(t, who)
		want := ""
		if test.waits {
			want = autumn.AddDays(7 - test.days).String()
		}
		assert.Equal(t, want, decision.DeferUntil.String(), "%+v %v", test, ruleIDs(decision))
	}
}

// Answers about the nasal vaccine stay without effect when an injected one is chosen instead.
func TestAnswersAboutTheNasalVaccineDoNotStopAnInjection(t *testing.T) {
	who := flu(8*12, qivc, flu1)
	who.Answers = saidFlu("F05=yes F05_steroids=yes F05_icu=yes F05_wheeze=yes F07=yes F07_avoid=no F08=yes F09=yes F09_when=planned F10=yes F14=yes")
	decision := assess(t, who)
	assert.Equal(t, capture.Proceed, decision.Outcome, ruleIDs(decision))
	assert.True(t, decision.Final())
}
