package screening_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// Which dose is due, by birthday and doses: first at 12 months, second at 3 years 4 months, catch-up at any age, 28 days apart.
func TestNextMMRDose(t *testing.T) {
	for _, test := range []struct {
		name, born, day string
		doses           []string // days of doses; each of M-M-RVAXPRO
		answers         string
		kind            catalogue.DoseKind
		rule            string
		due             bool
		sentence        string
	}{
		{name: "under 12 months", born: "2021-06-01", day: "2022-05-12", kind: mmr1, rule: "MR01", sentence: "First MMR dose is due from 1 June 2022"},
		{name: "first birthday", born: "2021-05-12", day: "2022-05-12", kind: mmr1, rule: "MR01", due: true, sentence: "First MMR dose is due"},
		{name: "the day before", born: "2021-05-13", day: "2022-05-12", kind: mmr1, rule: "MR01", sentence: "First MMR dose is due from 13 May 2022"},
		{name: "born on 29 February", born: "2020-02-29", day: "2021-02-28", kind: mmr1, rule: "MR01", sentence: "First MMR dose is due from 1 March 2021"},
		{name: "8 months, outbreak", born: "2021-09-01", day: "2022-05-12", answers: "M14=yes M14_reason=outbreak", kind: mmr1, rule: "MR03", due: true, sentence: "First MMR dose is due"},
		{name: "5 months, outbreak", born: "2021-12-01", day: "2022-05-12", answers: "M14=yes M14_reason=outbreak", kind: mmr1, rule: "MR01", sentence: "First MMR dose is due from 1 December 2022"},
		{name: "adult without doses", born: "1990-01-01", day: "2022-05-12", kind: mmr1, rule: "MR02", due: true, sentence: "First MMR dose is due"},

		{name: "second at 3 years 4 months", born: "2019-01-12", day: "2022-05-12", doses: []string{"2020-02-01"}, kind: mmr2, rule: "MR04", due: true, sentence: "Second MMR dose is due: the last dose was 831 days ago"},
		{name: "the day before", born: "2019-01-13", day: "2022-05-12", doses: []string{"2020-02-01"}, kind: mmr2, rule: "MR04", sentence: "Second MMR dose is due from 13 May 2022"},
		{name: "late first dose at 39 months", born: "2019-01-20", day: "2022-05-12", doses: []string{"2022-05-01"}, kind: mmr2, rule: "MR04", sentence: "Second MMR dose is due from 29 May 2022"},
		{name: "20 months, travel", born: "2020-09-01", day: "2022-05-12", doses: []string{"2021-10-01"}, answers: "M14=yes M14_reason=travel", kind: mmr2, rule: "MR06", due: true, sentence: "Second MMR dose is due: the last dose was 223 days ago"},
		{name: "catch-up after 27 days", born: "1990-01-01", day: "2022-05-12", doses: []string{"2022-04-15"}, kind: mmr2, rule: "MR05", sentence: "Second MMR dose is due from 13 May 2022"},
		{name: "catch-up after 28 days", born: "1990-01-01", day: "2022-05-12", doses: []string{"2022-04-14"}, kind: mmr2, rule: "MR05", due: true, sentence: "Second MMR dose is due: the last dose was 28 days ago"},

		{name: "dose the day before the first birthday does not count", born: "2018-05-12", day: "2022-05-12", doses: []string{"2019-05-11"}, kind: mmr1, rule: "MR02", due: true, sentence: "First MMR dose is due: the last dose was 1097 days ago"},
		{name: "dose on the first birthday counts", born: "2018-05-12", day: "2022-05-12", doses: []string{"2019-05-12"}, kind: mmr2, rule: "MR04", due: true, sentence: "Second MMR dose is due: the last dose was 1096 days ago"},
		{name: "doses at 12 and 16 months: the dose at 3 years 4 months is still due", born: "2019-06-01", day: "2022-05-12", doses: []string{"2020-06-05", "2020-10-05"}, kind: mmr2, rule: "MR04", sentence: "Second MMR dose is due from 1 October 2022"},
		{name: "and then it is due", born: "2019-01-01", day: "2022-05-12", doses: []string{"2020-01-05", "2020-05-05"}, kind: mmr2, rule: "MR04", due: true, sentence: "Second MMR dose is due: the last dose was 737 days ago"},
		{name: "second dose the day before 18 months", born: "2019-01-01", day: "2022-05-12", doses: []string{"2020-01-05", "2020-06-30"}, kind: mmr2, rule: "MR04", due: true, sentence: "Second MMR dose is due: the last dose was 681 days ago"},
		{name: "second dose at 18 months ends the course", born: "2019-01-01", day: "2022-05-12", doses: []string{"2020-01-05", "2020-07-01"}, sentence: "No dose is due by the rules in force on 12 May 2022"},
		{name: "three doses, the last after 18 months", born: "2019-01-01", day: "2022-05-12", doses: []string{"2020-01-05", "2020-05-05", "2022-05-05"}, sentence: "No dose is due by the rules in force on 12 May 2022"},
		{name: "27 days apart does not count", born: "1990-01-01", day: "2022-05-12", doses: []string{"2001-01-01", "2001-01-28"}, kind: mmr2, rule: "MR05", due: true, sentence: "Second MMR dose is due: the last dose was 7774 days ago"},
		{name: "28 days apart counts", born: "1990-01-01", day: "2022-05-12", doses: []string{"2001-01-01", "2001-01-29"}, sentence: "No dose is due by the rules in force on 12 May 2022"},
		{name: "one dose told three times", born: "2015-01-01", day: "2022-05-12", doses: []string{"2016-02-01", "2016-02-04", "2016-02-05"}, kind: mmr2, rule: "MR05", due: true, sentence: "Second MMR dose is due: the last dose was 2288 days ago"},
	} {
		t.Run(test.name, func(t *testing.T) {
			who := mmr(0, "", "")
			who.Day, who.Person.BirthDate = catalogue.MustDate(test.day), catalogue.MustDate(test.born)
			who.Answers = saidMMR(test.answers)
			for _, day := range test.doses {
				who.History = append(who.History, hadMMR(day, rvax))
			}
			suggestion := next(t, who)
			assert.Equal(t, test.sentence, suggestion.Sentence)
			assert.Equal(t, test.kind, suggestion.Kind)
			assert.Equal(t, test.rule, suggestion.RuleID)
			assert.Equal(t, test.due, suggestion.Due)
			if test.due {
				assert.Equal(t, []string{rvax, priorix}, suggestion.Products)
			}
		})
	}
}

// After anaphylaxis to gelatine the vaccine without it is offered first.
func TestGelatineRanksTheVaccines(t *testing.T) {
	who := mmr(12*30, "", "")
	who.Answers = saidMMR("M05=yes M05_substance=gelatine")
	assert.Equal(t, []string{priorix, rvax}, next(t, who).Products)
}

// A vaccine of another brand, with varicella or of an unknown brand counts; one nobody recognises does not.
func TestWhichVaccinesCount(t *testing.T) {
	for product, count := range map[string]bool{rvax: true, priorix: true, "proquad": true, "mmr_unnamed": true, "not a vaccine": false, "": false} {
		who := mmr(12*30, "", "")
		who.History = []capture.Dose{hadMMR("2000-01-01", product)}
		want := mmr1
		if count {
			want = mmr2
		}
		assert.Equal(t, want, next(t, who).Kind, product)
	}
}

// The numbers are the catalogue's: with other ones the same doses count otherwise.
func TestTheCatalogueSaysWhatCounts(t *testing.T) {
	who := mmr(12*5, "", "")
	who.History = []capture.Dose{hadMMR(bornMonths(12*5).AddMonths(12).String(), rvax), hadMMR(bornMonths(12*5).AddMonths(16).String(), rvax)}
	assert.Equal(t, mmr2, next(t, who).Kind)
	c := changed(t, "mmr/valid_doses.csv", "28,18m", "28,15m")
	suggestion, err := engineOf(c).NextDose(who)
	require.NoError(t, err)
	assert.Empty(t, suggestion.Kind)
}

// More doses never make the course less complete, and doses before the first birthday change nothing.
func TestDosesOnlyEverAddUp(t *testing.T) {
	e := engine(t)
	complete := func(t require.TestingT, who capture.Case) bool {
		_, ok := reasonOf(mustDecide(t, e.Assess, who), "K-M2")
		return ok
	}
	rapid.Check(t, func(t *rapid.T) {
		who := mmr(rapid.IntRange(0, 240).Draw(t, "months"), rvax, mmr2)
		days := rapid.SliceOfN(rapid.IntRange(0, 7300), 0, 4).Draw(t, "days of life at the doses")
		for _, day := range days {
			who.History = append(who.History, hadMMR(who.Person.BirthDate.AddDays(day).String(), rvax))
		}
		before := complete(t, who)
		early := who
		early.History = append(early.History[:len(early.History):len(early.History)], hadMMR(who.Person.BirthDate.AddDays(rapid.IntRange(0, 364).Draw(t, "early day")).String(), priorix))
		if complete(t, early) != before {
			t.Fatalf("a dose before the first birthday counts")
		}
		valid := 0
		var last catalogue.Date
		for _, day := range sortedDays(who) {
			if day.After(who.Day) || day.MonthsSince(who.Person.BirthDate) < 12 || valid > 0 && day.DaysSince(last) < 28 {
				continue
			}
			valid, last = valid+1, day
		}
		if want := valid >= 2 && last.MonthsSince(who.Person.BirthDate) >= 18; want != before {
			t.Fatalf("complete %v with %d doses that count, the last on %s", before, valid, last)
		}
	})
}
