package screening_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// The interval after infection, on each side of each edge.
func TestIntervalAfterInfection(t *testing.T) {
	risks := map[string]capture.Circumstances{
		"at risk":          {AtRisk: true},
		"contact":          {HouseholdContact: true},
		"immunosuppressed": {Immunosuppressed: true},
	}
	check := func(name, day string, age, days, interval int, facts capture.Circumstances) {
		t.Helper()
		product := bnt
		if age < 12 {
			product = c10
		}
		who := at(age, product, p1)
		who.Day = catalogue.MustDate(day)
		who.Person.BirthDate = who.Day.AddDays(-1)
		who.Person.BirthDate.Year -= age
		who.Circumstances = facts
		infection := who.Day.AddDays(-days)
		who.Answers = said("C03=yes C03_when=date C03_test=" + infection.String())
		decision := assess(t, who)
		want := ""
		if days < interval {
			want = "until " + infection.AddDays(interval).String()
		}
		got := ""
		for _, reason := range decision.Reasons {
			if reason.Question == "C03" && reason.Outcome == capture.Defer {
				got += "until " + reason.DeferUntil.String()
			}
		}
		assert.Equal(t, want, got, "%s, age %d, %d days on %s", name, age, days, day)
		_, past := reasonOf(decision, "C03-past")
		assert.Equal(t, days >= interval, past, "%s, age %d, %d days on %s", name, age, days, day)
	}
	for _, days := range []int{0, 1, 27, 28, 83, 84, 85} {
		for _, age := range []int{18, 40, 90} {
			check("adult", "2022-05-12", age, days, 28, capture.Circumstances{})
			check("adult", "2021-06-01", age, days, 28, capture.Circumstances{})
		}
		for _, age := range []int{12, 17} {
			check("young", "2021-11-16", age, days, 28, capture.Circumstances{})
			check("young", "2021-11-17", age, days, 84, capture.Circumstances{})
			check("young", "2022-05-12", age, days, 84, capture.Circumstances{})
		}
		for _, age := range []int{5, 11} {
			check("child", "2022-02-16", age, days, 84, capture.Circumstances{})
		}
		for name, facts := range risks {
			for _, age := range []int{5, 11, 12, 17} {
				check(name, "2022-05-12", age, days, 28, facts)
			}
		}
	}
}

// Without a day the answer is counted so that it is on the safe side, and for each group by its own interval.
func TestInfectionOnADayNotKnown(t *testing.T) {
	groups := map[string]capture.Circumstances{
		"nobody": {}, "at risk": {AtRisk: true}, "contact": {HouseholdContact: true}, "immunosuppressed": {Immunosuppressed: true},
	}
	longFrom := catalogue.MustDate("2021-11-17") // 84 days for 12 to 17 not at risk
	for _, day := range []string{"2021-11-16", "2021-11-17", "2022-05-12"} {
		for _, age := range []int{8, 11, 12, 17, 18, 40} {
			for group, facts := range groups {
				who := at(age, bnt, p1)
				if age < 12 {
					who.Product = c10
				}
				who.Day = catalogue.MustDate(day)
				who.Person.BirthDate = who.Day.AddDays(-1)
				who.Person.BirthDate.Year -= age
				who.Circumstances = facts
				long := group == "nobody" && (age < 12 || age < 18 && !who.Day.Before(longFrom))
				for when, days := range map[string]int{
					"under4": map[bool]int{true: 84, false: 28}[long], "4to12": map[bool]int{true: 56, false: 0}[long], "over12": 0,
				} {
					who.Answers = said("C03=yes C03_when=" + when)
					decision := assess(t, who)
					want := ""
					if days > 0 {
						want = who.Day.AddDays(days).String()
					}
					got := ""
					for _, reason := range decision.Reasons {
						if reason.Question == "C03" {
							got += reason.DeferUntil.String()
						}
					}
					assert.Equal(t, want, got, "%s, %s, age %d, %s", day, group, age, when)
					_, past := reasonOf(decision, "C03-past")
					assert.Equal(t, days == 0, past, "%s, %s, age %d, %s", day, group, age, when)
				}
			}
		}
	}
}
