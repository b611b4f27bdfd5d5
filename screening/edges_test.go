package screening_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// byAge writes which rule suggests a dose at which ages, for example "5-11 R20, 12-15 R08"; ages without one are left out.
func byAge(t *testing.T, day string, facts capture.Circumstances, history []capture.Dose) string {
	t.Helper()
	var parts []string
	start, current := 0, ""
	for age := 0; age <= 120; age++ {
		who := capture.Case{Day: catalogue.MustDate(day), Disease: capture.COVID19, Circumstances: facts, History: history}
		who.Person.BirthDate = who.Day.AddDays(-1)
		who.Person.BirthDate.Year -= age
		rule := next(t, who).RuleID
		if age == 120 {
			rule = ""
		}
		if rule == current {
			continue
		}
		if current != "" {
			parts = append(parts, fmt.Sprintf("%d-%d %s", start, age-1, current))
		}
		start, current = age, rule
	}
	return strings.ReplaceAll(strings.Join(parts, ", "), "-119", "+")
}

func TestCohortsByAge(t *testing.T) {
	var nobody capture.Circumstances
	risk := capture.Circumstances{AtRisk: true}
	contact := capture.Circumstances{HouseholdContact: true}
	carer := capture.Circumstances{Carer: true}
	worker := capture.Circumstances{HealthOrCareWorker: true}
	home := capture.Circumstances{CareHomeResident: true}
	now := capture.Circumstances{Immunosuppressed: true}
	then := capture.Circumstances{ImmunosuppressedAtPrimary: true}
	one := []capture.Dose{had("2020-12-09", bnt, p1)}
	course := two(bnt, "2020-12-09", "2020-12-31")
	threeDoses := with(course, had("2021-09-01", bnt, third))
	boosted := with(course, had("2021-09-14", bnt, boost))
	for _, test := range []struct {
		name    string
		facts   capture.Circumstances
		history []capture.Dose
		want    map[string]string // day to ages and rules
	}{
		{"first dose", nobody, nil, map[string]string{
			"2020-12-08": "18+ R01", "2021-08-03": "18+ R01", "2021-08-04": "16-17 R07, 18+ R01", "2021-09-12": "16-17 R07, 18+ R01",
			"2021-09-13": "12-15 R08, 16-17 R07, 18+ R01", "2022-04-03": "12-15 R08, 16-17 R07, 18+ R01",
			"2022-04-04": "5-11 R20, 12-15 R08, 16-17 R07, 18+ R01",
		}},
		{"first dose, at risk", risk, nil, map[string]string{
			"2020-12-08": "16-17 R07b, 18+ R01", "2021-07-18": "16-17 R07b, 18+ R01", "2021-07-19": "12-15 R06, 16-17 R07b, 18+ R01",
			"2022-01-23": "12-15 R06, 16-17 R07, 18+ R01", "2022-01-24": "5-11 R19, 12-15 R06, 16-17 R07, 18+ R01", "2022-05-12": "5-11 R19, 12-15 R06, 16-17 R07, 18+ R01",
		}},
		{"first dose, living with somebody immunosuppressed", contact, nil, map[string]string{
			"2021-07-19": "12-15 R06, 16-17 R07b, 18+ R01", "2022-01-24": "5-11 R19, 12-15 R06, 16-17 R07, 18+ R01",
		}},
		{"second dose", nobody, one, map[string]string{
			"2020-12-29": "", "2020-12-30": "18+ R04", "2021-05-13": "18+ R04", "2021-05-14": "18+ R05", "2021-11-14": "18+ R05",
			"2021-11-15": "16-17 R09, 18+ R05", "2021-11-28": "16-17 R09, 18+ R05", "2021-11-29": "12-15 R10, 16-17 R09, 18+ R05",
			"2022-04-04": "5-11 R20, 12-15 R10, 16-17 R09, 18+ R05",
		}},
		{"second dose, at risk", risk, one, map[string]string{
			"2021-07-19": "12-15 R06, 16-17 R09b, 18+ R05", "2022-05-12": "5-11 R19, 12-15 R06, 16-17 R09b, 18+ R05",
		}},
		{"second dose, living with somebody immunosuppressed", contact, one, map[string]string{
			"2022-05-12": "5-11 R19, 12-15 R06, 16-17 R09b, 18+ R05",
		}},
		{"booster", nobody, course, map[string]string{
			"2021-09-13": "", "2021-09-14": "50+ R12", "2021-11-14": "50+ R12", "2021-11-15": "40-49 R14, 50+ R12", "2021-12-07": "40-49 R14, 50+ R12",
			"2021-12-08": "40+ R16", "2021-12-12": "40+ R16", "2021-12-13": "18-39 R17, 40+ R16", "2021-12-21": "18-39 R17, 40+ R16",
			"2021-12-22": "16-17 R18, 18-39 R17, 40+ R16", "2022-05-12": "16-17 R18, 18-39 R17, 40+ R16",
		}},
		{"booster, at risk", risk, course, map[string]string{"2021-09-14": "16+ R12", "2021-12-08": "16+ R16", "2021-12-22": "12-15 R18, 16+ R16"}},
		{"booster, contact", contact, course, map[string]string{"2021-09-14": "16+ R12", "2021-12-08": "16+ R16", "2021-12-22": "12-15 R18, 16+ R16"}},
		{"booster, carer", carer, course, map[string]string{"2021-09-14": "16+ R12", "2021-12-08": "16+ R16", "2021-12-22": "16+ R16"}},
		{"booster, worker", worker, course, map[string]string{"2021-09-14": "16+ R12", "2021-12-08": "16+ R16", "2021-12-22": "16+ R16"}},
		{"booster, care home", home, course, map[string]string{"2021-09-14": "16+ R12", "2021-12-08": "16+ R16", "2021-12-22": "16+ R16"}},
		{"booster, immunosuppressed", now, course, map[string]string{"2021-12-22": "12-15 R18, 16+ R16"}},
		{"third primary dose", then, course, map[string]string{
			"2021-08-31": "", "2021-09-01": "12+ R11", "2022-01-23": "12+ R11", "2022-01-24": "5-11 R11b, 12+ R11",
		}},
		{"booster after the third primary dose", then, threeDoses, map[string]string{
			"2021-09-13": "", "2021-09-14": "16+ R24a", "2021-11-28": "16+ R24a", "2021-11-29": "18+ R24b", "2021-12-21": "18+ R24b", "2021-12-22": "12+ R24b",
		}},
		{"spring booster", nobody, boosted, map[string]string{"2022-03-20": "", "2022-03-21": "75+ R21"}},
		{"spring booster, care home", home, boosted, map[string]string{"2022-03-21": "18-74 R22, 75+ R21"}},
		{"spring booster, immunosuppressed", now, boosted, map[string]string{"2022-03-21": "12-74 R23, 75+ R21"}},
	} {
		for day, want := range test.want {
			t.Run(test.name+" "+day, func(t *testing.T) {
				assert.Equal(t, want, byAge(t, day, test.facts, test.history))
			})
		}
	}
}

// Anaphylaxis after a vaccine stops every vaccine of its kind, and asks for advice before any other.
func TestAnaphylaxisByVaccine(t *testing.T) {
	for product, same := range map[string]string{bnt: "mrna", mod: "mrna", az: "az", nvx: "nvx", "janssen": "other", "valneva": "other"} {
		for _, after := range []string{"mrna", "az", "nvx", "other", "unknown"} {
			who := at(45, product, p1)
			who.Answers = said("C05=yes C05_features=anaphylaxis C05_vaccine=" + after)
			decision := assess(t, who)
			_, stopped := reasonOf(decision, "C05-same")
			_, advice := reasonOf(decision, "C05-other")
			assert.Equal(t, after == same, stopped, "%s after %s", product, after)
			assert.Equal(t, after != same, advice, "%s after %s", product, after)
		}
	}
}

// Gaps after other vaccines end on the seventh day.
func TestGapAfterOtherVaccines(t *testing.T) {
	for _, test := range []struct {
		product, which string
		days           int
		waits          bool
	}{
		{bnt, "shingles", 0, true}, {bnt, "shingles", 6, true}, {bnt, "shingles", 7, false},
		{nvx, "flu", 0, true}, {nvx, "flu", 6, true}, {nvx, "flu", 7, false}, {bnt, "flu", 0, false}, {nvx, "other", 0, false},
	} {
		who := at(45, test.product, p1)
		who.Answers = said(fmt.Sprintf("C04=yes C04_which=%s C04_date=%s", test.which, baseline.AddDays(-test.days)))
		decision := assess(t, who)
		assert.Equal(t, test.waits, decision.Outcome == capture.Defer, "%+v", test)
		until := ""
		for _, reason := range decision.Reasons {
			if reason.Question == "C04" && reason.Outcome == capture.Defer {
				until += "until " + reason.DeferUntil.String()
			}
		}
		want := ""
		if test.waits {
			want = "until " + baseline.AddDays(7-test.days).String()
		}
		assert.Equal(t, want, until, "%+v", test)
	}
}

// PIMS-TS waits for 84 days and for recovery, whichever is later.
func TestPIMS(t *testing.T) {
	for _, test := range []struct {
		days      int
		recovered string
		want      capture.Outcome
		until     int
	}{
		{0, "yes", capture.Defer, 84}, {83, "yes", capture.Defer, 1}, {84, "yes", capture.Proceed, 0},
		{83, "no", capture.Defer, 1}, {84, "no", capture.Defer, 0}, {84, "unknown", capture.SeekAdvice, 0}, {83, "unknown", capture.Defer, 1},
	} {
		who := at(13, bnt, p1)
		who.Answers = said(fmt.Sprintf("C14=yes C14_recovered=%s C14_onset=%s", test.recovered, baseline.AddDays(-test.days)))
		decision := assess(t, who)
		assert.Equal(t, test.want, decision.Outcome, "%+v", test)
		until := ""
		if test.until > 0 {
			until = baseline.AddDays(test.until).String()
		}
		assert.Equal(t, until, decision.DeferUntil.String(), "%+v", test)
	}
}

// Intervals since the last dose, on each side of each edge.
func TestIntervalsSinceTheLastDose(t *testing.T) {
	for _, test := range []struct {
		age      int
		product  string
		kind     catalogue.DoseKind
		history  func(last catalogue.Date) []capture.Dose
		min, rec int
		below    string // the rule that speaks between the two
	}{
		{45, bnt, p2, func(last catalogue.Date) []capture.Dose { return []capture.Dose{had(last.String(), bnt, p1)} }, 21, 56, "K03-primary"},
		{45, mod, p2, func(last catalogue.Date) []capture.Dose { return []capture.Dose{had(last.String(), mod, p1)} }, 28, 56, "K03-primary"},
		{13, bnt, p2, func(last catalogue.Date) []capture.Dose { return []capture.Dose{had(last.String(), bnt, p1)} }, 21, 84, "K03-primary"},
		{8, c10, p2, func(last catalogue.Date) []capture.Dose { return []capture.Dose{had(last.String(), c10, p1)} }, 21, 84, "K03-primary"},
		{45, bnt, boost, func(last catalogue.Date) []capture.Dose { return two(bnt, "2021-03-01", last.String()) }, 91, 91, ""},
		{80, bnt, spring, func(last catalogue.Date) []capture.Dose {
			return with(two(bnt, "2021-02-01", "2021-04-20"), had(last.String(), bnt, boost))
		}, 91, 182, "K03-later"},
	} {
		for _, days := range []int{test.min - 1, test.min, test.rec - 1, test.rec} {
			who := at(test.age, test.product, test.kind)
			who.History = test.history(baseline.AddDays(-days))
			decision := assess(t, who)
			_, hard := reasonOf(decision, "K02")
			assert.Equal(t, days < test.min, hard, "%+v %d", test.kind, days)
			if test.below != "" {
				_, soft := reasonOf(decision, test.below)
				assert.Equal(t, days >= test.min && days < test.rec, soft, "%+v %d", test.kind, days)
			}
		}
	}
}

// The ages of the vaccines, on each side of each edge.
func TestAgesOfTheVaccines(t *testing.T) {
	for _, test := range []struct {
		product  string
		min, max int
	}{
		{bnt, 12, 0}, {"comirnaty30_rtu", 12, 0}, {c10, 5, 11}, {mod, 18, 0}, {az, 18, 0}, {nvx, 18, 0}, {"janssen", 18, 0}, {"valneva", 18, 50},
	} {
		for age := range 100 {
			decision := assess(t, at(age, test.product, p1))
			_, young := reasonOf(decision, "K01-young")
			_, old := reasonOf(decision, "K01-old")
			assert.Equal(t, age < test.min, young, "%s at %d", test.product, age)
			assert.Equal(t, test.max > 0 && age > test.max, old, "%s at %d", test.product, age)
		}
	}
}

// A child who turned 12 between the doses may have the children's vaccine again; nobody else over 11 may.
func TestTurningTwelve(t *testing.T) {
	for _, test := range []struct {
		age     int
		kind    catalogue.DoseKind
		first   string
		allowed bool
	}{
		{12, p2, c10, true}, {13, p2, c10, false}, {12, p2, bnt, false}, {12, p1, "", false}, {12, third, c10, false},
	} {
		who := at(test.age, c10, test.kind)
		if test.first != "" {
			who.History = []capture.Dose{had("2022-02-10", test.first, p1)}
		}
		decision := assess(t, who)
		_, stopped := reasonOf(decision, "K01-old")
		_, warned := reasonOf(decision, "K01-turned-12")
		assert.Equal(t, test.allowed, warned, "%+v", test)
		assert.Equal(t, !test.allowed, stopped, "%+v", test)
		if test.allowed {
			assert.Equal(t, capture.Caution, decision.Outcome, ruleIDs(decision))
		}
	}
	adult := at(12, bnt, p2)
	adult.History = []capture.Dose{had("2022-02-10", c10, p1)}
	assert.Equal(t, capture.Proceed, assess(t, adult).Outcome, "the 30 microgram vaccine is the usual one")
}

// The preference for another vaccine than Vaxzevria ends with the 40th birthday, whatever was answered before.
func TestPreferenceEndsAtForty(t *testing.T) {
	for age, waits := range map[int]bool{18: true, 39: true, 40: false, 60: false} {
		who := at(age, az, p1)
		who.Answers = said("C23=no")
		assert.Equal(t, waits, assess(t, who).Outcome == capture.Defer, age)
	}
}

// From 14 December 2021 one observation rule speaks for each vaccine and age, never two and never none.
func TestOneObservationRuleForEverybody(t *testing.T) {
	for age := 5; age < 100; age++ {
		for product, want := range map[string]string{bnt: "O01", c10: "O01", az: "O03", nvx: "O04", "janssen": "O05", "valneva": "O05"} {
			if age < 12 && want == "O01" {
				want = "O02"
			}
			var spoke []string
			for _, id := range ruleIDs(assess(t, at(age, product, p1))) {
				if strings.HasPrefix(id, "O") {
					spoke = append(spoke, id)
				}
			}
			assert.Equal(t, []string{want}, spoke, "%s at %d", product, age)
		}
	}
}
