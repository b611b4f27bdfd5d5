package screening_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

const (
	rvax    = "mmrvaxpro" // contains gelatine
	priorix = "priorix"   // contains none

	mmr1 = catalogue.MMRFirst
	mmr2 = catalogue.MMRSecond
)

// saidMMR is a whole set of answers about MMR: no to everything, save what the words tell.
func saidMMR(words string) map[string]capture.Answer {
	return saidTo("M01 M02 M03 M04 M05 M06 M07 M08 M09 M10 M11 M12 M13 M14", words)
}

// mmr is a healthy person of so many completed months and a day at the desk on the baseline, with nothing to report.
func mmr(months int, product string, kind catalogue.DoseKind) capture.Case {
	return capture.Case{
		Day: baseline, Person: capture.Person{BirthDate: bornMonths(months), Gender: "1"}, Disease: capture.MMR,
		Product: product, Kind: kind, Mechanism: "pgd", Answers: saidMMR(""),
	}
}

// bornMonths is the birth date of somebody who is so many months and a day old on the baseline.
func bornMonths(months int) catalogue.Date { return baseline.AddDays(-1).AddMonths(-months) }

// hadMMR is an earlier MMR dose recorded on this device.
func hadMMR(day, product string) capture.Dose {
	return capture.Dose{Date: catalogue.MustDate(day), Disease: capture.MMR, Product: product, Source: capture.SourceHere}
}

func (s spoken) mmrWho() capture.Case {
	kind := s.kind
	if kind == "" {
		kind = mmr1
	}
	who := mmr(12*s.age, s.product, kind)
	who.Answers = saidMMR(s.answers)
	if s.tweak != nil {
		s.tweak(&who)
	}
	return who
}

// monthsOfMMR makes somebody of so many months and a day.
func monthsOfMMR(months int) func(*capture.Case) {
	return func(who *capture.Case) { who.Person.BirthDate = bornMonths(months) }
}

func under(mechanism string) func(*capture.Case) {
	return func(who *capture.Case) { who.Mechanism = mechanism }
}

// oneDose is a first dose that counts.
var oneDose = history(hadMMR("2018-01-01", rvax))

var everyMMRRule = mmrRules([]spoken{
	{rule: "M01-fever", age: 30, product: rvax, answers: "M01=yes M01_severity=fever", outcome: wait, override: prescriber},
	{rule: "M01-minor", age: 30, product: rvax, answers: "M01=yes M01_severity=minor", outcome: proceed},
	{rule: "M01-unknown", age: 30, product: rvax, answers: "M01=unknown", outcome: caution},
	{rule: "M01-unknown", age: 30, product: rvax, answers: "M01=yes M01_severity=unknown", outcome: caution},
	{rule: "M02-yes", age: 30, product: rvax, answers: "M02=yes M02_which=pregnant", outcome: contra, override: prescriber},
	{rule: "M02-yes", age: 30, product: priorix, answers: "M02=yes M02_which=planning", outcome: contra, override: prescriber},
	{rule: "M02-unknown", age: 30, product: rvax, answers: "M02=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "M03-severe", age: 30, product: rvax, answers: "M03=yes M03_what=severe", outcome: contra, override: prescriber},
	{rule: "M03-severe", age: 30, product: rvax, answers: "M03=yes M03_what=unknown", outcome: contra, override: prescriber},
	{rule: "M03-mother", age: 1, product: rvax, answers: "M03=yes M03_what=mother", outcome: contra, override: prescriber},
	{rule: "M03-hiv", age: 30, product: rvax, answers: "M03=yes M03_what=hiv", outcome: seek, override: clinician, observe: 30},
	{rule: "M03-unknown", age: 30, product: rvax, answers: "M03=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "M04-yes", age: 30, product: rvax, answers: "M04=yes", outcome: contra, override: prescriber, observe: 30},
	{rule: "M04-unknown", age: 30, product: rvax, answers: "M04=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "M05-neomycin", age: 30, product: rvax, answers: "M05=yes M05_substance=neomycin", outcome: contra, override: prescriber, observe: 30},
	{rule: "M05-neomycin", age: 30, product: priorix, answers: "M05=yes M05_substance=neomycin", outcome: contra, override: prescriber, observe: 30},
	{rule: "M05-neomycin", age: 30, product: priorix, answers: "M05=yes M05_substance=both", outcome: contra, override: prescriber, observe: 30},
	{rule: "M05-gelatine", age: 30, product: rvax, answers: "M05=yes M05_substance=gelatine", outcome: contra, override: prescriber, observe: 30},
	{rule: "M05-no-gelatine", age: 30, product: priorix, answers: "M05=yes M05_substance=gelatine", outcome: proceed, observe: 15},
	{rule: "M05-substance-unknown", age: 30, product: priorix, answers: "M05=yes M05_substance=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "M05-unknown", age: 30, product: rvax, answers: "M05=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "M06-recent", age: 30, product: rvax, answers: "M06=yes M06_date=2022-02-10", outcome: wait, override: clinician, until: "2022-05-13"},
	{rule: "M06-recent", age: 30, product: rvax, answers: "M06=yes M06_date=2022-05-12", outcome: wait, override: clinician, until: "2022-08-12"},
	{rule: "M06-undated", age: 30, product: rvax, answers: "M06=yes", outcome: wait, override: clinician, until: "2022-08-12"},
	{rule: "M06-undated", age: 30, product: rvax, answers: "M06=yes M06_date=unknown", outcome: wait, override: clinician, until: "2022-08-12"},
	{rule: "M06-past", age: 30, product: rvax, answers: "M06=yes M06_date=2022-02-09", outcome: proceed},
	{rule: "M06-unknown", age: 30, product: rvax, answers: "M06=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "M07-yellow-fever", age: 30, product: rvax, answers: "M07=yes M07_which=yellow_fever M07_date=2022-05-12", outcome: wait, override: prescriber, until: "2022-06-09"},
	{rule: "M07-yellow-fever", age: 30, product: rvax, answers: "M07=yes M07_which=yellow_fever M07_date=2022-04-15", outcome: wait, override: prescriber, until: "2022-05-13"},
	{rule: "M07-yellow-fever-undated", age: 30, product: rvax, answers: "M07=yes M07_which=yellow_fever", outcome: wait, override: prescriber, until: "2022-06-09"},
	{rule: "M07-varicella", age: 30, product: rvax, answers: "M07=yes M07_which=varicella M07_date=2022-05-11", outcome: wait, override: prescriber, until: "2022-06-08"},
	{rule: "M07-varicella-undated", age: 30, product: rvax, answers: "M07=yes M07_which=varicella M07_date=unknown", outcome: wait, override: prescriber, until: "2022-06-09"},
	{rule: "M07-far-enough", age: 30, product: rvax, answers: "M07=yes M07_which=varicella M07_date=2022-05-12", outcome: proceed},
	{rule: "M07-far-enough", age: 30, product: rvax, answers: "M07=yes M07_which=varicella M07_date=2022-04-14", outcome: proceed},
	{rule: "M07-far-enough", age: 30, product: rvax, answers: "M07=yes M07_which=yellow_fever M07_date=2022-04-14", outcome: proceed},
	{rule: "M07-other", age: 30, product: rvax, answers: "M07=yes M07_which=other", outcome: proceed},
	{rule: "M07-which-unknown", age: 30, product: rvax, answers: "M07=yes M07_which=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "M07-unknown", age: 30, product: rvax, answers: "M07=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "M08-waiting", age: 30, product: rvax, answers: "M08=yes M08_state=waiting", outcome: wait, override: clinician},
	{rule: "M08-planned", age: 30, product: rvax, answers: "M08=yes M08_state=planned", outcome: caution},
	{rule: "M08-state-unknown", age: 30, product: rvax, answers: "M08=yes M08_state=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "M08-unknown", age: 30, product: rvax, answers: "M08=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "M09-stable", age: 30, product: rvax, answers: "M09=yes M09_what=stable", outcome: caution},
	{rule: "M09-stable", age: 30, product: rvax, answers: "M09=yes M09_what=platelets", outcome: caution},
	{rule: "M09-unstable", age: 30, product: rvax, answers: "M09=yes M09_what=unstable", outcome: seek, override: clinician, observe: 30},
	{rule: "M09-unstable", age: 30, product: rvax, answers: "M09=yes M09_what=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "M09-itp", age: 30, product: rvax, kind: mmr2, tweak: oneDose, answers: "M09=yes M09_what=itp", outcome: seek, override: clinician, observe: 30},
	{rule: "M09-unknown", age: 30, product: rvax, answers: "M09=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "M10-any", age: 30, product: rvax, answers: "M10=yes", outcome: proceed},
	{rule: "M10-any", age: 30, product: rvax, answers: "M10=unknown", outcome: proceed},
	{rule: "M11-stable", age: 3, product: rvax, answers: "M11=yes M11_state=stable", outcome: proceed},
	{rule: "M11-evolving", age: 3, product: rvax, answers: "M11=yes M11_state=evolving", outcome: wait, override: prescriber},
	{rule: "M11-state-unknown", age: 3, product: rvax, answers: "M11=yes M11_state=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "M11-unknown", age: 3, product: rvax, answers: "M11=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "M12-recent", age: 30, product: rvax, answers: "M12=yes M12_which=recent M12_date=2022-04-15", outcome: wait, override: prescriber, until: "2022-05-13"},
	{rule: "M12-undated", age: 30, product: rvax, answers: "M12=yes M12_which=recent", outcome: wait, override: prescriber, until: "2022-06-09"},
	{rule: "M12-past", age: 30, product: rvax, answers: "M12=yes M12_which=recent M12_date=2022-04-14", outcome: proceed},
	{rule: "M12-two", age: 30, product: rvax, answers: "M12=yes M12_which=two M12_counts=yes M12_18_months=yes", outcome: wait, override: clinician},
	{rule: "M12-two", age: 30, product: rvax, answers: "M12=yes M12_which=both M12_date=2022-04-15 M12_counts=yes M12_18_months=yes", outcome: wait, override: clinician, also: "M12-recent"},
	{rule: "M12-not-two", age: 3, product: rvax, answers: "M12=yes M12_which=two M12_counts=no M12_18_months=yes", outcome: proceed},
	{rule: "M12-not-two", age: 3, product: rvax, answers: "M12=yes M12_which=two M12_counts=unknown M12_18_months=no", outcome: proceed},
	{rule: "M12-two-unclear", age: 30, product: rvax, answers: "M12=yes M12_which=two M12_counts=unknown M12_18_months=yes", outcome: seek, override: clinician, observe: 30},
	{rule: "M12-two-unclear", age: 30, product: rvax, answers: "M12=yes M12_which=two M12_counts=yes M12_18_months=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "M12-which-unknown", age: 30, product: rvax, answers: "M12=yes M12_which=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "M12-unknown", age: 30, product: rvax, answers: "M12=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "M13-yes", age: 30, product: rvax, answers: "M13=yes", outcome: contra, override: prescriber},
	{rule: "M13-unknown", age: 30, product: rvax, answers: "M13=unknown", outcome: seek, override: clinician, observe: 30},
	{rule: "M14-second", product: rvax, kind: mmr2, tweak: both(monthsOfMMR(20), history(hadMMR("2021-12-01", rvax))), answers: "M14=yes M14_reason=outbreak", outcome: proceed},
	{rule: "M14-second-no-reason", product: rvax, kind: mmr2, tweak: both(monthsOfMMR(20), history(hadMMR("2021-12-01", rvax))), answers: "M14=unknown", outcome: caution, also: "K-M3"},

	{rule: "K-M1-under-6", product: rvax, tweak: monthsOfMMR(5), outcome: contra, override: nobody, also: "K01-young"},
	{rule: "K-M1-young", product: rvax, tweak: monthsOfMMR(5), answers: "M14=unknown", outcome: proceed, also: "K-M1-under-6 K01-young"},
	{rule: "K-M1-young", product: rvax, tweak: monthsOfMMR(5), answers: "M14=yes M14_reason=contact", outcome: proceed, also: "K-M1-under-6 K01-young"},
	{rule: "K-M1-early", product: rvax, tweak: monthsOfMMR(6), answers: "M14=yes M14_reason=contact", outcome: seek, override: clinician, observe: 30, also: "K01-off-label"},
	{rule: "K-M1-directed", product: rvax, tweak: both(monthsOfMMR(11), under("psd")), answers: "M14=yes M14_reason=travel", outcome: caution, also: "K01-off-label"},
	{rule: "K-M1-directed", product: rvax, tweak: both(monthsOfMMR(11), under("prescriber")), answers: "M14=yes M14_reason=outbreak", outcome: caution, also: "K01-off-label"},
	{rule: "K-M1-wait", product: rvax, tweak: monthsOfMMR(11), answers: "M14=no", outcome: wait, override: prescriber, until: "2022-06-11", also: "K01-young"},
	{rule: "K-M1-wait", product: rvax, tweak: monthsOfMMR(6), answers: "M14=unknown", outcome: wait, override: prescriber, until: "2022-11-11", also: "K01-young"},
	{rule: "K-M2", age: 30, product: rvax, kind: mmr2, tweak: history(hadMMR("1995-01-01", rvax), hadMMR("1998-01-01", rvax)), outcome: wait, override: clinician, also: "K09"},
	{rule: "K-M3", product: rvax, kind: mmr2, tweak: both(monthsOfMMR(39), history(hadMMR("2020-06-01", rvax))), outcome: wait, override: clinician, until: "2022-06-11"},
	{rule: "K-M4", product: rvax, kind: mmr2, tweak: both(monthsOfMMR(17), history(hadMMR("2022-01-01", rvax))), answers: "M14=yes M14_reason=travel", outcome: caution, also: "M14-second"},
	{rule: "K-M5", product: rvax, kind: mmr2, tweak: both(monthsOfMMR(40), history(hadMMR("2020-02-01", rvax), hadMMR("2020-06-01", rvax))), outcome: proceed},
	{rule: "K-M6", age: 2, product: rvax, tweak: history(hadMMR("2021-01-01", rvax)), outcome: proceed},
	{rule: "K-M7", age: 30, product: rvax, kind: mmr2, tweak: history(hadMMR("2018-01-01", rvax), hadMMR("2018-01-28", rvax)), outcome: caution},
	{rule: "K12", age: 30, product: rvax, tweak: history(reported(hadMMR("2018-01-01", ""))), outcome: caution},
	{rule: "O-M1", age: 30, product: priorix, outcome: proceed},

	{rule: "K01-young", product: rvax, tweak: monthsOfMMR(11), outcome: contra, override: prescriber, also: "K-M1-wait"},
	{rule: "K01-off-label", product: priorix, tweak: monthsOfMMR(6), answers: "M14=yes M14_reason=travel", outcome: caution, also: "K-M1-early"},
	{rule: "K02", age: 30, product: rvax, kind: mmr2, tweak: history(hadMMR("2022-04-15", rvax)), outcome: wait, override: prescriber, until: "2022-05-13"},
	{rule: "K04-same", age: 30, product: rvax, tweak: history(hadMMR("2022-05-12", rvax)), outcome: contra, override: nobody, also: "K02 K09"},
	{rule: "K04-other", age: 30, product: rvax, tweak: history(hadMMR("2022-05-12", priorix)), outcome: contra, override: prescriber, also: "K02 K09"},
	{rule: "K09", age: 30, product: rvax, kind: mmr2, outcome: seek, override: clinician},
	{rule: "K11", age: 30, product: rvax, tweak: history(hadMMR("2022-05-13", rvax)), outcome: seek, override: clinician},
})

func mmrRules(rules []spoken) []spoken {
	for i := range rules {
		rules[i].disease = capture.MMR
	}
	return rules
}

func TestEveryMMRRule(t *testing.T) { speakAll(t, everyMMRRule) }

// A healthy adult with nothing to report goes on, and nothing else is said than that there is no waiting time.
func TestNothingSpeaksAgainstMMR(t *testing.T) {
	decision := assess(t, mmr(12*30, priorix, mmr1))
	assert.Equal(t, capture.Proceed, decision.Outcome)
	assert.Equal(t, []string{"O-M1"}, ruleIDs(decision))
	assert.True(t, decision.Final())
	assert.Zero(t, decision.Observe)
}

// The reason for an early dose is asked for exactly while it matters.
func TestWhenAnEarlyDoseIsAskedAbout(t *testing.T) {
	for _, test := range []struct {
		months int
		kind   catalogue.DoseKind
		asked  bool
	}{
		{5, mmr1, true}, {11, mmr1, true}, {12, mmr1, false}, {12, mmr2, true}, {39, mmr2, true}, {40, mmr2, false},
	} {
		set, err := engine(t).Questions(mmr(test.months, rvax, test.kind))
		require.NoError(t, err)
		asked := false
		for _, question := range set.Questions {
			asked = asked || question.ID == "M14"
		}
		assert.Equal(t, test.asked, asked, "%d months, %s", test.months, test.kind)
	}
}

// Pregnancy is asked about whatever gender is recorded.
func TestPregnancyBeforeMMRIsAskedOfEverybody(t *testing.T) {
	for _, gender := range []string{"0", "1", "2", "9"} {
		who := mmr(12*30, rvax, mmr1)
		who.Person.Gender = gender
		delete(who.Answers, "M02")
		assert.Equal(t, []string{"M02"}, assess(t, who).Missing, gender)
	}
}
