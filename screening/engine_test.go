package screening_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/screening"
)

func TestCasesThatCannotBeRead(t *testing.T) {
	for name, test := range map[string]struct {
		spoil func(*capture.Case)
		want  error
	}{
		"no day":                      {func(c *capture.Case) { c.Day = catalogue.Date{} }, screening.ErrNoDay},
		"a day before the programme":  {func(c *capture.Case) { c.Day = catalogue.MustDate("2020-12-07") }, screening.ErrDisease},
		"another disease":             {func(c *capture.Case) { c.Disease = "measles" }, screening.ErrDisease},
		"no disease":                  {func(c *capture.Case) { c.Disease = "" }, screening.ErrDisease},
		"a vaccine nobody knows":      {func(c *capture.Case) { c.Product = "snake oil" }, screening.ErrProduct},
		"a kind of dose nobody knows": {func(c *capture.Case) { c.Kind = "sixth" }, screening.ErrKind},
		"a kind that is only advice":  {func(c *capture.Case) { c.Kind = catalogue.AdviceOnly }, screening.ErrKind},
	} {
		t.Run(name, func(t *testing.T) {
			who := at(40, bnt, p1)
			test.spoil(&who)
			_, err := engine(t).Assess(who)
			assert.ErrorIs(t, err, test.want)
			_, err = engine(t).Questions(who)
			assert.ErrorIs(t, err, test.want)
		})
	}
}

// A stop is never silent: a decision lacks nothing only when everything that had to be answered was.
func TestMissing(t *testing.T) {
	for _, test := range []struct {
		name   string
		age    int
		what   string
		spoil  func(*capture.Case)
		answer string
		want   []string
	}{
		{name: "nothing", age: 40, what: bnt},
		{name: "a question", age: 40, what: bnt, spoil: func(c *capture.Case) { delete(c.Answers, "C07") }, want: []string{"C07"}},
		{name: "an answer that is none", age: 40, what: bnt, answer: "C07=perhaps", want: []string{"C07"}},
		{name: "an empty answer", age: 40, what: bnt, answer: "C07=", want: []string{"C07"}},
		{name: "a capital letter", age: 40, what: bnt, answer: "C07=No", want: []string{"C07"}},
		{name: "a follow-up", age: 40, what: bnt, answer: "C01=yes", want: []string{"C01_severity"}},
		{name: "a choice that is none", age: 40, what: bnt, answer: "C01=yes C01_severity=awful", want: []string{"C01_severity"}},
		{name: "a date", age: 40, what: bnt, answer: "C03=yes C03_when=date", want: []string{"C03_test"}},
		{name: "a date that is none", age: 40, what: bnt, answer: "C03=yes C03_when=date C03_test=2022-02-30", want: []string{"C03_test"}},
		{name: "a date after the day", age: 40, what: bnt, answer: "C03=yes C03_when=date C03_test=2022-05-13", want: []string{"C03_test"}},
		{name: "no date when the day is not known", age: 40, what: bnt, answer: "C03=yes C03_when=over12"},
		{name: "an optional follow-up", age: 40, what: bnt, answer: "C02=yes"},
		{name: "a follow-up for Vaxzevria only", age: 45, what: az, answer: "C15=yes", want: []string{"C15_mrna_unsuitable"}},
		{name: "and not for mRNA", age: 45, what: bnt, answer: "C15=yes"},
		{name: "no pregnancy at 80", age: 80, what: bnt, spoil: func(c *capture.Case) { delete(c.Answers, "C15"); delete(c.Answers, "C16") }},
		{name: "pregnancy at 55", age: 55, what: bnt, spoil: func(c *capture.Case) { delete(c.Answers, "C15") }, want: []string{"C15"}},
		{name: "no Vaxzevria questions for mRNA", age: 30, what: bnt, spoil: func(c *capture.Case) {
			delete(c.Answers, "C10")
			delete(c.Answers, "C12")
			delete(c.Answers, "C23")
		}},
		{name: "Vaxzevria questions", age: 39, what: az, spoil: func(c *capture.Case) {
			delete(c.Answers, "C10")
			delete(c.Answers, "C12")
			delete(c.Answers, "C23")
		}, want: []string{"C10", "C12", "C23"}},
		{name: "vaccine, kind and date of birth", age: 40, spoil: func(c *capture.Case) {
			c.Kind, c.Person.BirthDate = "", catalogue.Date{}
			delete(c.Answers, "C01")
		}, want: []string{"birthDate", "kind", "product", "C01"}},
		{name: "a date of birth after the day", age: 40, what: bnt, spoil: func(c *capture.Case) {
			c.Person.BirthDate = c.Day.AddDays(1)
		}, want: []string{"birthDate"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			who := at(test.age, test.what, p1)
			if test.answer != "" {
				who.Answers = said(test.answer)
			}
			if test.spoil != nil {
				test.spoil(&who)
			}
			decision := assess(t, who)
			assert.Equal(t, test.want, decision.Missing)
			assert.Equal(t, len(test.want) == 0, decision.Final())
		})
	}
}

func TestQuestionsAsked(t *testing.T) {
	ids := func(who capture.Case) (ids []string) {
		set, err := engine(t).Questions(who)
		require.NoError(t, err)
		assert.Equal(t, "C", set.ID)
		assert.NotEmpty(t, set.Version)
		for _, question := range set.Questions {
			ids = append(ids, question.ID)
		}
		return ids
	}
	assert.Equal(t, []string{"C01", "C02", "C03", "C04", "C05", "C06", "C07", "C08", "C09", "C11", "C13", "C14", "C17", "C18", "C19", "C20", "C21", "C22", "C24"}, ids(at(80, bnt, boost)))
	assert.Len(t, ids(at(39, az, p1)), 23, "all but myocarditis")
	assert.NotContains(t, ids(at(40, az, p1)), "C23")
	assert.Contains(t, ids(at(12, bnt, p1)), "C15")
	assert.NotContains(t, ids(at(11, c10, p1)), "C15")

	man := at(30, bnt, p1)
	man.Person.Gender = "1"
	assert.Contains(t, ids(man), "C15", "pregnancy is asked whatever gender is recorded")
}

// A follow-up that cannot count whatever is answered is not asked; one that depends on another answer is kept.
func TestFollowUpsAsked(t *testing.T) {
	followUps := func(who capture.Case, id string) (ids []string) {
		set, err := engine(t).Questions(who)
		require.NoError(t, err)
		for _, question := range set.Questions {
			for _, followUp := range question.FollowUps {
				if question.ID == id {
					ids = append(ids, followUp.ID)
				}
			}
		}
		return ids
	}
	assert.Equal(t, []string{"C15_wait", "C15_weeks"}, followUps(at(45, bnt, p1), "C15"))
	assert.Equal(t, []string{"C15_mrna_unsuitable", "C15_wait", "C15_weeks"}, followUps(at(45, az, p1), "C15"))
	assert.Equal(t, []string{"C03_when", "C03_test", "C03_symptom"}, followUps(at(45, bnt, p1), "C03"))
}

// Follow-ups of an answer that was taken back do not count.
func TestFollowUpsOfAnotherAnswerDoNotCount(t *testing.T) {
	who := at(40, bnt, p1)
	who.Answers = said("C06=no C06_substance=peg C03=no C03_when=date C03_test=2022-05-10")
	decision := assess(t, who)
	assert.Equal(t, capture.Proceed, decision.Outcome, ruleIDs(decision))
	assert.True(t, decision.Final())
}

// Answers about another vaccine stay without effect when the vaccine is changed, and block nothing.
func TestAnswersAboutAnotherVaccineDoNotStop(t *testing.T) {
	who := at(30, bnt, p1)
	who.Answers = said("C10=yes C12=yes C23=no")
	decision := assess(t, who)
	assert.Equal(t, capture.Proceed, decision.Outcome, ruleIDs(decision))
	assert.True(t, decision.Final())
}

// What was said is used even where the question is not usually asked.
func TestPregnancyToldAt57IsHeard(t *testing.T) {
	who := at(57, nvx, p1)
	who.Answers = said("C15=yes")
	_, ok := reasonOf(assess(t, who), "C15-other")
	assert.True(t, ok)
}

func TestDecisionCarriesItsCircumstances(t *testing.T) {
	decision := assess(t, at(40, bnt, p1))
	assert.Equal(t, capture.Proceed, decision.Outcome)
	assert.Equal(t, baseline, decision.AsOf)
	assert.Equal(t, bnt, decision.Product)
	assert.Equal(t, p1, decision.Kind)
	assert.Equal(t, "C", decision.SetID)
	assert.Equal(t, "2022-05-12", decision.SetVersion)
	assert.Equal(t, []string{"C24-yes", "O01"}, ruleIDs(decision))
}

// The rules of the day of vaccination decide, not those of the day of typing.
func TestRulesOfTheDayOfVaccination(t *testing.T) {
	who := at(45, bnt, boost)
	who.History = two(bnt, "2021-05-01", "2021-07-20")
	for day, want := range map[string]capture.Outcome{
		"2021-12-07": capture.Defer,   // 140 days, six months asked for
		"2021-12-08": capture.Proceed, // 141 days, three months asked for
	} {
		who.Day = catalogue.MustDate(day)
		decision := assess(t, who)
		assert.Equal(t, want, decision.Outcome, "%s %v", day, ruleIDs(decision))
	}
}

// With mixed first doses the longer of the two licences' intervals holds.
func TestShortestIntervalOfTwoVaccines(t *testing.T) {
	who := at(45, bnt, p2)
	who.History = []capture.Dose{had("2022-04-17", az, p1)} // 25 days: over 21, under 28
	reason, ok := reasonOf(assess(t, who), "K02")
	require.True(t, ok)
	assert.Equal(t, catalogue.MustDate("2022-05-15"), reason.DeferUntil)
}

// A dose told by the patient and found on the device is one dose.
func TestADoseToldTwiceCountsOnce(t *testing.T) {
	who := at(45, bnt, p2)
	who.History = []capture.Dose{reported(had("2022-01-10", bnt, "")), had("2022-01-10", bnt, p1)}
	assert.Equal(t, p2, next(t, who).Kind)
	assert.Equal(t, capture.Proceed, assess(t, who).Outcome)
}

// What is known only from the patient never stops a dose: it can defer it (clinical facts 7.5).
func TestADoseOnlyToldDefersAndDoesNotBlock(t *testing.T) {
	who := at(45, bnt, p2)
	who.History = []capture.Dose{reported(had("2022-05-12", bnt, ""))}
	decision := assess(t, who)
	assert.Equal(t, capture.Defer, decision.Outcome)
	assert.NotContains(t, ruleIDs(decision), "K04-same")
	who.History = []capture.Dose{had("2022-05-12", bnt, "")}
	assert.Contains(t, ruleIDs(assess(t, who)), "K04-same")
	who.History[0].Source = capture.SourceNational
	assert.Contains(t, ruleIDs(assess(t, who)), "K04-same")
}

// Doses against other diseases do not count.
func TestOtherDiseasesDoNotCount(t *testing.T) {
	who := at(45, bnt, p1)
	who.History = []capture.Dose{{Date: catalogue.MustDate("2022-05-01"), Disease: "influenza", Product: "flu"}}
	assert.Equal(t, capture.Proceed, assess(t, who).Outcome)
	assert.Equal(t, p1, next(t, who).Kind)
}

// A vaccine that is only known from histories counts for the course but is offered to nobody.
func TestOverseasDosesCount(t *testing.T) {
	who := at(45, bnt, boost)
	who.History = []capture.Dose{reported(had("2021-03-01", "coronavac", "")), reported(had("2021-04-01", "coronavac", ""))}
	assert.Equal(t, boost, next(t, who).Kind)
	who.Product = "coronavac"
	assert.Equal(t, capture.Contraindicated, assess(t, who).Outcome)
	who.History, who.Kind = who.History[:1], p2
	_, ok := reasonOf(assess(t, who), "K10")
	assert.True(t, ok)
}
