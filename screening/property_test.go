package screening_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

var firstDay = catalogue.MustDate("2020-12-08")

// anyCase draws whatever may come to a desk, sense or nonsense, against any disease.
func anyCase(c *catalogue.Catalogue) *rapid.Generator[capture.Case] {
	var cases []*rapid.Generator[capture.Case]
	for _, disease := range c.Diseases() {
		cases = append(cases, anyCaseOf(c, disease.Key))
	}
	return rapid.OneOf(cases...)
}

// lastDay is how many days after firstDay the last day drawn is.
const lastDay = 560

// anyCaseOf draws a case against one disease, on a day on which there are questions about it.
func anyCaseOf(c *catalogue.Catalogue, disease string) *rapid.Generator[capture.Case] {
	start := 0
	for len(c.At(firstDay.AddDays(start)).QuestionSet(disease).Questions) == 0 && start < lastDay {
		start++
	}
	return rapid.Custom(func(t *rapid.T) capture.Case {
		day := firstDay.AddDays(rapid.IntRange(start, lastDay).Draw(t, "day"))
		edition := c.At(day)
		products, everywhere := []string{""}, []string{""}
		for _, product := range edition.AllProducts() {
			everywhere = append(everywhere, product.Key)
			if product.Disease == disease {
				products = append(products, product.Key)
			}
		}
		kinds := append([]catalogue.DoseKind{""}, c.KindKeys(disease)...)
		flag := rapid.Bool()
		who := capture.Case{
			Day: day, Disease: disease,
			Person: capture.Person{
				BirthDate: day.AddDays(-rapid.OneOf(rapid.IntRange(0, 36000), rapid.IntRange(0, 7000), rapid.IntRange(0, 1500)).Draw(t, "days of life")),
				Gender:    rapid.SampledFrom([]string{"0", "1", "2", "9"}).Draw(t, "gender"),
			},
			Circumstances: capture.Circumstances{
				AtRisk: flag.Draw(t, "at risk"), HouseholdContact: flag.Draw(t, "contact"), CareHomeResident: flag.Draw(t, "care home"),
				ImmunosuppressedAtPrimary: flag.Draw(t, "at primary"), Immunosuppressed: flag.Draw(t, "now"),
				HealthOrCareWorker: flag.Draw(t, "worker"), Carer: flag.Draw(t, "carer"),
			},
			Product:   rapid.SampledFrom(products).Draw(t, "product"),
			Kind:      rapid.SampledFrom(kinds).Draw(t, "kind"),
			History:   rapid.SliceOfN(rapid.OneOf(anyDose(day, disease, products, kinds), anyDose(day, "", everywhere, kinds)), 0, 5).Draw(t, "history"),
			Mechanism: rapid.SampledFrom([]string{"pgd", "psd", "prescriber", "national-protocol"}).Draw(t, "mechanism"),
			Answers:   map[string]capture.Answer{},
		}
		for _, question := range edition.QuestionSet(disease).Questions {
			who.Answers[question.ID] = anyAnswer(day, question).Draw(t, question.ID)
		}
		return who
	})
}

func anyAnswer(day catalogue.Date, question catalogue.Question) *rapid.Generator[capture.Answer] {
	return rapid.Custom(func(t *rapid.T) capture.Answer {
		answer := capture.Answer{
			Value: rapid.SampledFrom([]string{"", "yes", "no", "no", "unknown"}).Draw(t, "value"), FollowUps: map[string]string{},
		}
		for _, followUp := range question.FollowUps {
			answer.FollowUps[followUp.ID] = anyFollowUp(day, followUp).Draw(t, followUp.ID)
		}
		return answer
	})
}

func anyDose(day catalogue.Date, disease string, products []string, kinds []catalogue.DoseKind) *rapid.Generator[capture.Dose] {
	return rapid.Custom(func(t *rapid.T) capture.Dose {
		return capture.Dose{
			Date:    day.AddDays(rapid.OneOf(rapid.IntRange(-500, 5), rapid.IntRange(-3000, 0)).Draw(t, "days ago")),
			Disease: rapid.SampledFrom([]string{"", disease, capture.COVID19, capture.Flu}).Draw(t, "dose against"),
			Product: rapid.SampledFrom(append(products[:len(products):len(products)], "not a vaccine")).Draw(t, "vaccine"),
			Kind:    rapid.SampledFrom(append([]catalogue.DoseKind{"", "", ""}, kinds...)).Draw(t, "which"),
			Source:  rapid.SampledFrom([]string{capture.SourceHere, capture.SourceReported}).Draw(t, "source"),
		}
	})
}

// anyFollowUp draws mostly what the form allows, and sometimes what it does not.
func anyFollowUp(day catalogue.Date, followUp catalogue.FollowUp) *rapid.Generator[string] {
	values := []string{"", "nonsense", "unknown"}
	switch followUp.Kind {
	case "yesno":
		values = append(values, "yes", "no", "yes", "no")
	case "choice":
		for range 3 {
			for _, option := range followUp.Options {
				values = append(values, option.Key)
			}
		}
	case "date":
		for _, days := range []int{0, 1, 6, 7, 27, 28, 41, 83, 84, 200, -1} {
			values = append(values, day.AddDays(-days).String())
		}
	}
	return rapid.SampledFrom(values)
}

func TestDecisionsAddUp(t *testing.T) {
	e := engine(t)
	cases := anyCase(known(t))
	rapid.Check(t, func(t *rapid.T) {
		who := cases.Draw(t, "case")
		decision, err := e.Assess(who)
		require.NoError(t, err)
		worst, minutes := capture.Proceed, 0
		for _, reason := range decision.Reasons {
			if reason.Outcome.Severity() > worst.Severity() {
				worst = reason.Outcome
			}
			minutes = max(minutes, reason.Observe)
			if !reason.DeferUntil.IsZero() && (!reason.DeferUntil.After(who.Day) || reason.DeferUntil.After(decision.DeferUntil) && decision.Outcome == capture.Defer) {
				t.Fatalf("%s defers to %s on %s, the decision to %s", reason.RuleID, reason.DeferUntil, who.Day, decision.DeferUntil)
			}
			if stops := reason.Outcome.Severity() >= capture.SeekAdvice.Severity(); stops != (reason.Override != "") {
				t.Fatalf("%s stops %v and may be overridden by %q", reason.RuleID, stops, reason.Override)
			}
			if strings.ContainsAny(reason.Sentence, "{}") {
				t.Fatalf("%s says %q", reason.RuleID, reason.Sentence)
			}
		}
		if decision.Outcome != worst || decision.Observe != minutes {
			t.Fatalf("outcome %s of worst %s, %d minutes of %d", decision.Outcome, worst, decision.Observe, minutes)
		}
		if !decision.DeferUntil.IsZero() && (decision.Outcome != capture.Defer || !decision.DeferUntil.After(who.Day)) {
			t.Fatalf("%s until %s on %s", decision.Outcome, decision.DeferUntil, who.Day)
		}
		ordered := slices.IsSortedFunc(decision.Reasons, func(a, b capture.Reason) int {
			if d := b.Outcome.Severity() - a.Outcome.Severity(); d != 0 {
				return d
			}
			return strings.Compare(a.RuleID, b.RuleID)
		})
		if !ordered {
			t.Fatalf("out of order: %v", ruleIDs(decision))
		}
	})
}

// The same case gives the same decision, whatever order answers and doses arrive in, and comes back unchanged.
func TestOrderDoesNotMatter(t *testing.T) {
	e := engine(t)
	cases := anyCase(known(t))
	rapid.Check(t, func(t *rapid.T) {
		who := cases.Draw(t, "case")
		before := asJSON(t, who)
		shuffled := who
		shuffled.History = rapid.Permutation(who.History).Draw(t, "order of doses")
		shuffled.Answers = map[string]capture.Answer{}
		ids := make([]string, 0, len(who.Answers))
		for id := range who.Answers {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		for _, id := range rapid.Permutation(ids).Draw(t, "order of answers") {
			shuffled.Answers[id] = who.Answers[id]
		}
		for _, other := range []capture.Case{who, shuffled} {
			require.Equal(t, mustDecide(t, e.Assess, who), mustDecide(t, e.Assess, other))
			require.Equal(t, mustDecide(t, e.NextDose, who), mustDecide(t, e.NextDose, other))
		}
		require.Equal(t, before, asJSON(t, who), "the case was changed")
	})
}

// Every answer of yes or unknown is read by a row of the catalogue; the engine's own call for advice stays a safety net.
func TestEveryAnswerIsRead(t *testing.T) {
	e := engine(t)
	cases := anyCase(known(t))
	rapid.Check(t, func(t *rapid.T) {
		decision := mustDecide(t, e.Assess, cases.Draw(t, "case"))
		for _, reason := range decision.Reasons {
			if strings.HasSuffix(reason.RuleID, "-unread") {
				t.Fatalf("%s was read by no rule", reason.Question)
			}
		}
	})
}

// Taking an answer away from a decision that is final leaves one that is not.
func TestNothingIsTakenForGranted(t *testing.T) {
	e := engine(t)
	rapid.Check(t, func(t *rapid.T) {
		test := rapid.SampledFrom(slices.Concat(everyRule, everyFluRule)).Draw(t, "case")
		who := test.who()
		set, err := e.Questions(who)
		require.NoError(t, err)
		id := rapid.SampledFrom(set.Questions).Draw(t, "question").ID
		delete(who.Answers, id)
		decision := mustDecide(t, e.Assess, who)
		if !slices.Contains(decision.Missing, id) || decision.Final() {
			t.Fatalf("%s is not missed: %v", id, decision.Missing)
		}
	})
}

// Yes in place of no never makes the outcome milder, where yes tells of a danger and of nothing else.
func TestADangerNeverMakesItMilder(t *testing.T) {
	e := engine(t)
	dangers := map[string][]string{
		capture.COVID19: strings.Fields("C01 C02 C04 C05 C06 C07 C08 C09 C10 C11 C12 C13 C14 C18 C19 C20 C21"),
		capture.MMR:     strings.Fields("M01 M02 M03 M04 M05 M06 M07 M08 M09 M11 M12 M13"),
		capture.Flu:     strings.Fields("F01 F03 F04 F05 F07 F08 F09 F10 F12 F13 F14 F15 F16"),
	}
	cases := anyCase(known(t))
	rapid.Check(t, func(t *rapid.T) {
		who := cases.Draw(t, "case")
		id := rapid.SampledFrom(dangers[who.Disease]).Draw(t, "danger")
		answer := who.Answers[id]
		outcome := func(value string) capture.Outcome {
			who.Answers[id] = capture.Answer{Value: value, FollowUps: answer.FollowUps}
			return mustDecide(t, e.Assess, who).Outcome
		}
		no := outcome("no")
		for _, value := range []string{"yes", "unknown"} {
			if got := outcome(value); got.Severity() < no.Severity() {
				t.Fatalf("%s=%s gives %s, no gives %s", id, value, got, no)
			}
		}
	})
}

// What the dose rules suggest as due is never stopped by the checks of the same rules.
func TestSuggestionsPassTheChecks(t *testing.T) {
	checks := strings.Fields("K01-young K01-months K01-old K02 K03-primary K09 K10 K13 K-F1 K-F3 K-F3-third K-M1-under-6 K-M1-wait K-M2 K-M3")
	e, c := engine(t), known(t)
	for _, disease := range c.Diseases() {
		t.Run(disease.Key, func(t *testing.T) {
			cases := anyCaseOf(c, disease.Key)
			due := 0
			rapid.Check(t, func(t *rapid.T) {
				who := cases.Draw(t, "case")
				suggestion := mustDecide(t, e.NextDose, who)
				if !suggestion.Due {
					return
				}
				due++
				for _, product := range suggestion.Products {
					who.Product, who.Kind = product, suggestion.Kind
					decision := mustDecide(t, e.Assess, who)
					for _, rule := range checks {
						if reason, ok := reasonOf(decision, rule); ok {
							t.Fatalf("%s of %s is suggested by %s and stopped by %s: %v", suggestion.Kind, product, suggestion.RuleID, rule, reason.Facts)
						}
					}
				}
			})
			if !testing.Short() { // a short run may draw none
				require.Positive(t, due, "no case had a dose due, so nothing was tested")
			}
		})
	}
}

func mustDecide[T any](t require.TestingT, decide func(capture.Case) (T, error), who capture.Case) T {
	result, err := decide(who)
	require.NoError(t, err)
	return result
}

func asJSON(t require.TestingT, value any) string {
	text, err := json.Marshal(value)
	require.NoError(t, err)
	return string(text)
}
