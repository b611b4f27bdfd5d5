package screening_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// The acceptance cases of the project, by their names.

func TestT01_VaxzevriaAt34IsASoftStopAndAnotherVaccineIsSuggested(t *testing.T) {
	who := at(34, "vaxzevria", catalogue.Primary1)
	decision := assess(t, who)
	assert.Equal(t, capture.Defer, decision.Outcome)
	reason, ok := reasonOf(decision, "C23-prefer")
	require.True(t, ok)
	assert.Equal(t, capture.OverrideClinician, reason.Override)
	assert.True(t, decision.Final())

	suggestion := next(t, who)
	assert.Equal(t, catalogue.Primary1, suggestion.Kind)
	assert.Equal(t, []string{"comirnaty30_conc", "comirnaty30_rtu", "spikevax", "vaxzevria"}, suggestion.Products)

	who.Answers = said("C23=yes")
	decision = assess(t, who)
	assert.Equal(t, capture.Caution, decision.Outcome)

	delete(who.Answers, "C23")
	assert.Equal(t, []string{"C23"}, assess(t, who).Missing)
}

func TestT02_SpringBoosterAfter173Days(t *testing.T) {
	who := at(80, "comirnaty30_conc", catalogue.SpringBooster)
	who.History = []capture.Dose{
		had("2021-02-01", "comirnaty30_conc", catalogue.Primary1), had("2021-04-20", "comirnaty30_conc", catalogue.Primary2),
		had("2021-11-20", "comirnaty30_conc", catalogue.Booster1),
	}
	decision := assess(t, who)
	assert.Equal(t, capture.Caution, decision.Outcome)
	reason, ok := reasonOf(decision, "K03-later")
	require.True(t, ok)
	assert.Contains(t, reason.Sentence, "173 days since the last dose")
	assert.Contains(t, reason.Sentence, "182 are recommended, which is 21 May 2022")
	assertFact(t, reason.Facts, "days_since_last", "173")

	suggestion := next(t, who)
	assert.True(t, suggestion.Due)
	assert.Equal(t, catalogue.SpringBooster, suggestion.Kind)
	assert.Equal(t, "R21", suggestion.RuleID)
	assert.Equal(t, catalogue.MustDate("2022-03-21"), suggestion.InForceFrom)
	assert.NotEmpty(t, suggestion.Source)
	assert.Equal(t, catalogue.MustDate("2022-02-19"), suggestion.Earliest)
	assert.Equal(t, catalogue.MustDate("2022-05-21"), suggestion.Recommended)
}

func TestT03_SpringBoosterAfter72DaysWaits(t *testing.T) {
	who := at(80, "comirnaty30_conc", catalogue.SpringBooster)
	who.History = []capture.Dose{
		had("2021-02-01", "comirnaty30_conc", catalogue.Primary1), had("2021-04-20", "comirnaty30_conc", catalogue.Primary2),
		had("2022-03-01", "comirnaty30_conc", catalogue.Booster1),
	}
	decision := assess(t, who)
	assert.Equal(t, capture.Defer, decision.Outcome)
	assert.Equal(t, catalogue.MustDate("2022-05-31"), decision.DeferUntil)
	reason, ok := reasonOf(decision, "K02")
	require.True(t, ok)
	assert.Equal(t, capture.OverridePrescriber, reason.Override)
	assert.Contains(t, reason.Sentence, "Only 72 days")
	assert.Contains(t, reason.Sentence, "wait until 31 May 2022")

	suggestion := next(t, who)
	assert.False(t, suggestion.Due)
	assert.Equal(t, catalogue.SpringBooster, suggestion.Kind)
	assert.Equal(t, catalogue.MustDate("2022-05-31"), suggestion.Earliest)
	assert.Equal(t, "Spring booster is due from 31 May 2022", suggestion.Sentence)
}

func TestT04_SpringBoosterGoesByTheBirthday(t *testing.T) {
	for birthday, eligible := range map[string]bool{"1947-06-30": true, "1947-07-01": false} {
		who := at(80, "comirnaty30_conc", catalogue.SpringBooster)
		who.Person.BirthDate = catalogue.MustDate(birthday)
		who.History = []capture.Dose{
			had("2021-02-01", "comirnaty30_conc", catalogue.Primary1), had("2021-04-20", "comirnaty30_conc", catalogue.Primary2),
			had("2021-11-01", "comirnaty30_conc", catalogue.Booster1),
		}
		suggestion := next(t, who)
		assert.Equal(t, eligible, suggestion.Due, birthday)
		if eligible {
			assert.Equal(t, "R21", suggestion.RuleID)
		} else {
			assert.Empty(t, suggestion.Kind)
			assert.Equal(t, "No dose is due by the rules in force on 12 May 2022", suggestion.Sentence)
			_, ok := reasonOf(assess(t, who), "K09")
			assert.True(t, ok, "choosing the spring booster against the rules needs a reason")
		}
	}
}

func TestT05_SecondDoseOfAHealthy13YearOldAfter72Days(t *testing.T) {
	who := at(13, "comirnaty30_conc", catalogue.Primary2)
	who.History = []capture.Dose{had("2022-03-01", "comirnaty30_conc", catalogue.Primary1)}
	decision := assess(t, who)
	assert.Equal(t, capture.Defer, decision.Outcome)
	assert.Equal(t, catalogue.MustDate("2022-05-24"), decision.DeferUntil)
	reason, ok := reasonOf(decision, "K03-primary")
	require.True(t, ok)
	assert.Equal(t, capture.OverrideClinician, reason.Override, "a soft stop")
	_, hard := reasonOf(decision, "K02")
	assert.False(t, hard, "72 days are over the minimum of 21")

	suggestion := next(t, who)
	assert.Equal(t, "R10", suggestion.RuleID)
	assert.False(t, suggestion.Due)
	assert.Equal(t, catalogue.MustDate("2022-03-22"), suggestion.Earliest)
	assert.Equal(t, catalogue.MustDate("2022-05-24"), suggestion.Recommended)
	assert.Equal(t, "Second dose is due from 24 May 2022", suggestion.Sentence)
}

func TestT06_InfectionOfAnEightYearOldNotAtRisk(t *testing.T) {
	who := at(8, "comirnaty10", catalogue.Primary1)
	who.Answers = said("C03=yes C03_when=date C03_test=2022-04-01")
	decision := assess(t, who)
	assert.Equal(t, capture.Defer, decision.Outcome)
	assert.Equal(t, catalogue.MustDate("2022-06-24"), decision.DeferUntil)
	reason, ok := reasonOf(decision, "C03-child")
	require.True(t, ok)
	assert.Equal(t, capture.OverrideClinician, reason.Override)
	assert.Equal(t, catalogue.MustDate("2022-02-16"), reason.InForceFrom)
	assertFact(t, reason.Facts, "infection", "1 April 2022")
	assertFact(t, reason.Facts, "infection_days", "41")
}

func TestT07_InfectionOfAnEightYearOldAtRisk(t *testing.T) {
	who := at(8, "comirnaty10", catalogue.Primary1)
	who.Circumstances.AtRisk = true
	who.Answers = said("C03=yes C03_when=date C03_test=2022-04-01")
	decision := assess(t, who)
	assert.Equal(t, capture.Proceed, decision.Outcome, ruleIDs(decision))
	assert.True(t, decision.Final())
	assert.True(t, decision.DeferUntil.IsZero())
	assert.Equal(t, "R19", next(t, who).RuleID)
}

func TestT08_Comirnaty30AtNineIsBlocked(t *testing.T) {
	who := at(9, "comirnaty30_conc", catalogue.Primary1)
	decision := assess(t, who)
	assert.Equal(t, capture.Contraindicated, decision.Outcome)
	assert.Equal(t, "K01-young", decision.Reasons[0].RuleID)
	assert.Equal(t, capture.OverridePrescriber, decision.Reasons[0].Override)
	assert.Equal(t, "This vaccine is not given under 12 years of age except on the direction of a prescriber", decision.Reasons[0].Sentence)
	assert.Equal(t, []string{"comirnaty10"}, next(t, who).Products)
}

func immunosuppressed(doses ...capture.Dose) capture.Case {
	who := at(45, "spikevax", catalogue.ThirdPrimary)
	who.Circumstances.ImmunosuppressedAtPrimary = true
	who.History = doses
	return who
}

func TestT09_ThirdPrimaryDose(t *testing.T) {
	who := immunosuppressed(had("2021-12-15", "spikevax", catalogue.Primary1), had("2022-03-13", "spikevax", catalogue.Primary2))
	suggestion := next(t, who)
	assert.True(t, suggestion.Due)
	assert.Equal(t, catalogue.ThirdPrimary, suggestion.Kind)
	assert.Equal(t, "R11", suggestion.RuleID)
	decision := assess(t, who)
	assert.Equal(t, capture.Proceed, decision.Outcome, ruleIDs(decision))

	edition := known(t).At(baseline)
	procedure, ok := edition.Procedure(suggestion.Kind, "mRNA")
	require.True(t, ok)
	assert.Equal(t, "1363861000000103", procedure.Code)
	spikevax, ok := edition.Product("spikevax")
	require.True(t, ok)
	assert.Equal(t, "0.5", spikevax.Amount(suggestion.Kind))
}

func TestT10_BoosterAfterTheThirdPrimaryDose(t *testing.T) {
	who := immunosuppressed(had("2021-07-01", "spikevax", catalogue.Primary1), had("2021-09-01", "spikevax", catalogue.Primary2),
		had("2022-02-10", "spikevax", catalogue.ThirdPrimary))
	who.Kind = catalogue.Booster1
	suggestion := next(t, who)
	assert.True(t, suggestion.Due)
	assert.Equal(t, catalogue.Booster1, suggestion.Kind)
	assert.Equal(t, "R24b", suggestion.RuleID)
	assert.Equal(t, baseline, suggestion.Earliest)
	decision := assess(t, who)
	assert.Equal(t, capture.Proceed, decision.Outcome, ruleIDs(decision))

	edition := known(t).At(baseline)
	procedure, ok := edition.Procedure(suggestion.Kind, "mRNA")
	require.True(t, ok)
	assert.Equal(t, "1362591000000103", procedure.Code)
	spikevax, ok := edition.Product("spikevax")
	require.True(t, ok)
	assert.Equal(t, "0.25", spikevax.Amount(suggestion.Kind))
}

func TestT11_AnaphylaxisToPEG(t *testing.T) {
	for product, want := range map[string]capture.Outcome{
		"comirnaty30_conc": capture.Contraindicated, "comirnaty30_rtu": capture.Contraindicated, "spikevax": capture.Contraindicated,
		"vaxzevria": capture.SeekAdvice,
	} {
		who := at(50, product, catalogue.Primary1)
		who.Answers = said("C06=yes C06_substance=peg")
		assert.Equal(t, want, assess(t, who).Outcome, product)
	}
}

func TestT12_EggAllergyIsNoReasonToWait(t *testing.T) {
	who := at(50, "comirnaty30_conc", catalogue.Primary1)
	who.Answers = said("C08=yes C08_anaphylaxis=no C08_trigger=egg")
	decision := assess(t, who)
	assert.Equal(t, capture.Proceed, decision.Outcome)
	assert.Zero(t, decision.Observe)

	for _, product := range []string{rvax, priorix} {
		who = mmr(12*30, product, mmr1)
		who.Answers = saidMMR("M10=yes")
		decision = assess(t, who)
		assert.Equal(t, capture.Proceed, decision.Outcome, product)
		assert.True(t, decision.Final(), product)
		reason, ok := reasonOf(decision, "M10-any")
		require.True(t, ok, product)
		assert.Equal(t, "Egg allergy is no reason against MMR", reason.Sentence)
	}
}

func TestT13_PregnancyByVaccine(t *testing.T) {
	who := at(30, "comirnaty30_conc", catalogue.Primary1)
	who.Answers = said("C15=yes C15_weeks=20")
	decision := assess(t, who)
	assert.Equal(t, capture.Proceed, decision.Outcome)
	assert.True(t, decision.Final())

	for _, product := range []string{rvax, priorix} {
		who = mmr(12*30, product, mmr1)
		who.Answers = saidMMR("M02=yes M02_which=pregnant")
		decision = assess(t, who)
		assert.Equal(t, capture.Contraindicated, decision.Outcome, product)
		assert.True(t, decision.Final(), product)
		assert.Contains(t, decision.Reasons[0].Sentence, "vaccinate after the delivery")
	}
}

func TestThirdPrimaryDoseOfANineYearOld(t *testing.T) {
	who := at(9, "comirnaty10", catalogue.ThirdPrimary)
	who.Circumstances.ImmunosuppressedAtPrimary = true
	who.History = []capture.Dose{
		had("2022-01-25", "comirnaty10", catalogue.Primary1), had("2022-03-16", "comirnaty10", catalogue.Primary2),
	}
	suggestion := next(t, who)
	assert.True(t, suggestion.Due, "57 days")
	assert.Equal(t, catalogue.ThirdPrimary, suggestion.Kind)
	assert.Equal(t, []string{"comirnaty10"}, suggestion.Products)
	assert.Equal(t, "R11b", suggestion.RuleID)
}

func TestObservation(t *testing.T) {
	for _, test := range []struct {
		name, day, product, answers string
		age, minutes                int
	}{
		{"healthy adult, mRNA", "2022-05-12", "comirnaty30_conc", "", 40, 0},
		{"child of 8, mRNA", "2022-05-12", "comirnaty10", "", 8, 0},
		{"mRNA before the suspension", "2021-12-13", "comirnaty30_conc", "", 40, 15},
		{"mRNA from the suspension on", "2021-12-14", "comirnaty30_conc", "", 40, 0},
		{"anaphylaxis to something else", "2022-05-12", "comirnaty30_conc", "C08=yes C08_anaphylaxis=yes", 40, 15},
		{"hives after an earlier dose", "2022-05-12", "comirnaty30_conc", "C05=yes C05_vaccine=mrna C05_features=hives", 40, 30},
		{"advice sought", "2022-05-12", "comirnaty30_conc", "C07=yes", 40, 30},
		{"faints", "2022-05-12", "comirnaty30_conc", "C21=yes", 40, 15},
		{"Vaxzevria", "2022-05-12", "vaxzevria", "", 50, 0},
		{"Nuvaxovid", "2022-05-12", "nuvaxovid", "", 50, 15},
	} {
		t.Run(test.name, func(t *testing.T) {
			who := at(test.age, test.product, catalogue.Primary1)
			who.Day = catalogue.MustDate(test.day)
			who.Answers = said(test.answers)
			assert.Equal(t, test.minutes, assess(t, who).Observe)
		})
	}
}

// assertFact looks for a fact by its name, whatever people read for it.
func assertFact(t *testing.T, facts []capture.Fact, name, value string) {
	t.Helper()
	for _, fact := range facts {
		if fact.Name == name {
			assert.Equal(t, value, fact.Value, name)
			return
		}
	}
	assert.Fail(t, "the fact is missing", name)
}
