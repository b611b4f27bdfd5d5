package screening

import "deltoid/assets/catalogue"

// nextOfValidDoses follows a course of so many doses that count (clinical facts 3.6): a dose counts from an age on and at some
// distance from the one before, and the last ends the course when it was not too early. Which numbers hold, the catalogue says.
func (s *sheet) nextOfValidDoses() catalogue.DoseKind {
	counting, ok := s.edition.ValidDoses(s.disease.Key)
	if !ok {
		return ""
	}
	if !s.born.IsZero() {
		s.dates["counts_from"] = s.born.AddMonths(counting.CountsFrom)
	}
	t := s.tally(counting)
	s.values["valid_doses"], s.values["early_doses"], s.values["close_doses"] = len(t.valid), t.early, t.close
	enough := len(t.valid) >= counting.Doses
	ended := enough && !s.before(counting.EndsFrom, t.valid[len(t.valid)-1].Date)
	s.values["course_complete"], s.values["course_ended_early"] = ended, enough && !ended
	kinds := s.catalogue.KindKeys(s.disease.Key)
	if ended || len(kinds) == 0 {
		return ""
	}
	return kinds[min(len(t.valid), len(kinds)-1)]
}

// tally is somebody's doses of recognised vaccines, sorted by whether they count.
type tally struct {
	valid []dose
	early int // before the age from which a dose counts
	close int // too soon after one that counts
}

func (s *sheet) tally(counting catalogue.ValidDoses) tally {
	var t tally
	for _, d := range s.past.counted() {
		switch {
		case s.before(counting.CountsFrom, d.Date):
			t.early++
		case len(t.valid) > 0 && d.Date.DaysSince(t.valid[len(t.valid)-1].Date) < counting.Apart:
			t.close++
		default:
			t.valid = append(t.valid, d)
		}
	}
	return t
}

// before tells whether the person was younger than so many completed months on a day. Without a date of birth nobody can say, and
// the decision is not final.
func (s *sheet) before(months int, day catalogue.Date) bool {
	return !s.born.IsZero() && day.MonthsSince(s.born) < months
}
