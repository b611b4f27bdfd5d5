package profile_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
	"deltoid/cmd/internal/profile"
)

var cohortDays = []catalogue.Date{
	catalogue.MustDate("2022-05-12"), catalogue.MustDate("2024-02-29"), catalogue.MustDate("2026-12-31"), catalogue.MustDate("2030-01-01"),
}

func TestCohortIsSound(t *testing.T) {
	for _, day := range cohortDays {
		people := profile.Cohort(day)
		require.Len(t, people, 200)
		numbers := map[capture.NHSNumber]bool{}
		withoutNumber := 0
		for _, person := range people {
			require.NoError(t, person.Check(day).Err(), "%s on %s", person.Name(), day)
			if person.NHSNumber == "" {
				withoutNumber++
				continue
			}
			require.True(t, person.NHSNumber.Valid(), person.NHSNumber)
			require.True(t, person.NHSNumber.Test(), "only numbers that nobody living has")
			require.False(t, numbers[person.NHSNumber], "no number twice")
			numbers[person.NHSNumber] = true
		}
		assert.Equal(t, 5, withoutNumber)
	}
}

func TestCohortIsAlwaysTheSame(t *testing.T) {
	day := cohortDays[0]
	require.Equal(t, profile.Cohort(day), profile.Cohort(day))
	for i, person := range profile.Cohort(cohortDays[2]) {
		other := profile.Cohort(day)[i]
		person.BirthDate, other.BirthDate = catalogue.Date{}, catalogue.Date{}
		require.Equal(t, other, person, "only birthdays depend on the day")
	}
}

func TestCohortAgesAreSpread(t *testing.T) {
	for _, day := range cohortDays {
		ages := map[int]int{}
		for _, person := range profile.Cohort(day) {
			ages[person.Age(day)]++
		}
		for age := 5; age <= 95; age++ {
			assert.Positive(t, ages[age], "nobody is %d on %s", age, day)
			delete(ages, age)
		}
		assert.Empty(t, ages, "nobody is younger or older")
	}
}

func TestCohortIsVaried(t *testing.T) {
	who := map[string]int{}
	var accents, apostrophes, five, addresses int
	for _, person := range profile.Cohort(cohortDays[0]) {
		who[person.Name()+person.BirthDate.String()]++
		if strings.ContainsAny(person.Forename+person.Surname, "éèçøöüŁł") {
			accents++
		}
		if strings.Contains(person.Surname, "'") {
			apostrophes++
		}
		if len(strings.Fields(person.Forename)) == 5 {
			five++
		}
		if person.Postcode == capture.PostcodeNoFixedAbode {
			addresses++
		}
	}
	pairs := 0
	for _, n := range who {
		if n == 2 {
			pairs++
		}
	}
	assert.Equal(t, 1, pairs, "one pair shares name and birthday")
	assert.Greater(t, accents, 20)
	assert.Greater(t, apostrophes, 5)
	assert.Equal(t, 1, five)
	assert.Equal(t, 1, addresses)
}
