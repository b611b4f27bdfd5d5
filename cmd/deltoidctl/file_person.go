package main

import (
	"context"
	"slices"
	"strings"

	"deltoid/capture"
)

// likely is how many people a search by name is asked for; more with one name and birthday nobody has.
const likely = 500

// person finds the patient by NHS number, else by name and date of birth, else takes the details as those of somebody
// new. The number of one person with the birthday of another is a fault: it cannot be told who came.
func (r *reading) person(ctx context.Context) error {
	told := r.told()
	r.encounter.Person = told
	r.encounter.Person.ID = capture.PersonID(r.desk.NewID()) // for somebody new, until the desk gives one
	number, err := capture.ParseNHSNumber(r.file.Person.NHSNumber)
	if err != nil {
		return nil // the desk says what is wrong with the number
	}
	if number == "" {
		r.personByName(told)
		return nil
	}
	found, err := r.desk.Store.PersonByNHSNumber(ctx, number)
	switch {
	case capture.IsNotFound(err):
		return nil
	case err != nil:
		return err
	}
	r.mustAgree("forename", told.Forename, found.Forename)
	r.mustAgree("surname", told.Surname, found.Surname)
	if !told.BirthDate.IsZero() && told.BirthDate != found.BirthDate {
		r.disagrees("birthDate")
	}
	r.meet(found, told)
	return nil
}

// told is the person as the file describes them.
func (r *reading) told() capture.Person {
	file := r.file.Person
	return capture.Person{
		NHSNumber: capture.NHSNumber(file.NHSNumber), NHSNumberStatus: file.NHSNumberStatus, Forename: file.Forename, Surname: file.Surname,
		BirthDate: file.BirthDate, Gender: genders[file.Gender], Postcode: file.Postcode, Address: file.Address,
		EthnicCategory: file.EthnicCategory, Practice: file.Practice,
	}.Tidy()
}

func (r *reading) personByName(told capture.Person) {
	if told.Surname == "" || told.Forename == "" || told.BirthDate.IsZero() {
		return // the desk asks for what is missing
	}
	people := slices.DeleteFunc(r.desk.Find(told.Surname+" "+told.Forename, likely), func(p capture.Person) bool {
		return p.BirthDate != told.BirthDate || !sameName(p.Surname, told.Surname) || !sameName(p.Forename, told.Forename)
	})
	switch len(people) {
	case 0:
	case 1:
		r.meet(people[0], told)
	default:
		r.fault("person", capture.Conflict, "Several people on this device have this name and date of birth; give the NHS number")
	}
}

// meet takes the person as known here, with the details that the file adds or corrects.
func (r *reading) meet(found, told capture.Person) {
	met := found
	for _, detail := range []struct {
		kept *string
		told string
	}{
		{&met.Gender, told.Gender}, {&met.Postcode, told.Postcode}, {&met.Address, told.Address},
		{&met.EthnicCategory, told.EthnicCategory}, {&met.Practice, told.Practice}, {&met.NHSNumberStatus, r.file.Person.NHSNumberStatus},
	} {
		*detail.kept = orUsual(detail.told, *detail.kept)
	}
	r.known = true
	r.encounter.Person = met
}

func (r *reading) mustAgree(field, told, found string) {
	if told != "" && !sameName(told, found) {
		r.disagrees(field)
	}
}

func (r *reading) disagrees(field string) {
	r.fault("person."+field, capture.Conflict, "The person with this NHS number is on this device with another "+fieldWords[field]+"; find out who came")
}

var fieldWords = map[string]string{"forename": "first name", "surname": "last name", "birthDate": "date of birth"}

func sameName(a, b string) bool { return strings.EqualFold(a, b) }
