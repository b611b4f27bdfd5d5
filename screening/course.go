package screening

import "deltoid/assets/catalogue"

// courses work out the kind of dose that comes next, by how the course of the disease goes on. Empty: none does. Each may
// note facts of the course on the sheet. Whether a rule gives that dose to this person on this day is asked afterwards.
var courses = map[string]func(*sheet) catalogue.DoseKind{
	catalogue.CoursePrimaryAndBoosters: (*sheet).nextOfPrimaryAndBoosters,
	catalogue.CourseSeason:             (*sheet).nextOfSeason,
	catalogue.CourseValidDoses:         (*sheet).nextOfValidDoses,
}

func (s *sheet) next() catalogue.DoseKind {
	if next, known := courses[s.disease.Course]; known {
		return next(s)
	}
	return ""
}
