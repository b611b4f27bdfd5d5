package profile

import (
	"fmt"
	"math/rand/v2"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// Genders of the NHS Data Dictionary.
const (
	male   = "1"
	female = "2"
)

// The training cohort.
const (
	CohortSize = 200

	youngest, oldest = 5, 95 // completed years on the day the profile is made
	withoutNumber    = 40    // every so many people have no NHS number
	cohortSeed       = 19991201
)

// Cohort is 200 people who do not exist, always the same: only their birthdays depend on the day, so that the spread of
// ages is the same on every day. Two of them share a name and a birthday. The ids are left to the caller.
func Cohort(today catalogue.Date) []capture.Person {
	chance := rand.New(rand.NewPCG(cohortSeed, 0)) //nolint:gosec // made-up people need no secrecy, they need to be the same
	numbers := madeUpNumbers()
	people := make([]capture.Person, CohortSize)
	for i := range people {
		people[i] = madeUpPerson(chance, i, today)
		if i%withoutNumber != withoutNumber-1 {
			people[i].NHSNumber = numbers()
		}
		people[i] = people[i].Tidy()
	}
	one, twin := people[88], &people[89]
	twin.Forename, twin.Surname, twin.BirthDate, twin.Gender = one.Forename, one.Surname, one.BirthDate, one.Gender
	return people
}

func madeUpPerson(chance *rand.Rand, i int, today catalogue.Date) capture.Person {
	gender := []string{male, female}[i%2]
	// Ages run evenly from the youngest to the oldest; the last of them is surely as old as it should be.
	age := youngest + i*(oldest-youngest)/(CohortSize-1)
	born := catalogue.Date{Year: today.Year - age, Month: today.Month, Day: min(today.Day, 28)}.AddDays(-chance.IntN(360))
	forenames := madeUpForenames[gender]
	person := capture.Person{
		Forename: forenames[chance.IntN(len(forenames))],
		// A step that shares no factor with the number of surnames uses each of them equally often.
		Surname:   madeUpSurnames[i*7%len(madeUpSurnames)],
		BirthDate: born, Gender: gender,
		Postcode: fmt.Sprintf("LS%d %dZZ", 1+chance.IntN(29), 1+chance.IntN(9)),
		Address:  fmt.Sprintf("%d %s", 1+chance.IntN(120), madeUpStreets[chance.IntN(len(madeUpStreets))]),
		Practice: madeUpPractices[chance.IntN(len(madeUpPractices))],
	}
	switch i {
	case 57:
		person.Forename = fiveForenames
	case 101:
		person.Postcode = capture.PostcodeNoFixedAbode
		person.Address = ""
	}
	return person
}

// madeUpNumbers gives NHS numbers of the range that nobody living has, one after the other.
func madeUpNumbers() func() capture.NHSNumber {
	serial := 0
	return func() capture.NHSNumber {
		for {
			serial++
			// A large step makes neighbours look different, as real lists do.
			if number, ok := testNumber(serial * 4973 % 1_000_000); ok {
				return number
			}
		}
	}
}

// testNumber puts the check digit behind 999 and six digits; ok is false where no digit fits (modulus 11 gives 10).
func testNumber(six int) (number capture.NHSNumber, ok bool) {
	for digit := range 10 {
		number = capture.NHSNumber(fmt.Sprintf("999%06d%d", six, digit))
		if number.Valid() {
			return number, true
		}
	}
	return "", false
}
