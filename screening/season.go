package screening

import (
	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// nextOfSeason follows the course of a vaccine that is given once a season, and twice to some children (clinical facts 3.5): which
// of the two comes next. To whom a dose is given at all, the dose rules say. Doses of any vaccine count, also of one that is not
// recognised, because one flu vaccine is as good as another for the season.
func (s *sheet) nextOfSeason() catalogue.DoseKind {
	season, begun := s.catalogue.Season(s.disease.Key, s.day)
	if !begun {
		return catalogue.FluFirst
	}
	s.values["season_days"] = s.day.DaysSince(season.From)
	told := s.addTold(season)
	recorded, doses := 0, 0
	for _, d := range s.past.doses {
		if d.Date.Before(season.From) {
			s.values["flu_before"] = true
			continue
		}
		if doses++; doses == 1 {
			s.noteAgeAt("season_first_age", d.Date)
		}
		if d.Source != capture.SourceReported {
			recorded++
		}
	}
	if doses == 0 && told { // on a day that nobody knows
		doses = 1
		s.noteAgeAt("season_first_age", s.day)
	}
	s.values["season_doses"], s.values["season_recorded"] = doses, recorded
	switch doses {
	case 0:
		return catalogue.FluFirst
	case 1:
		return catalogue.FluSecond
	}
	return ""
}

// addTold puts a dose that only an answer tells of into the past, so that intervals are counted from it; it does so once. It tells
// whether an answer speaks of a dose of this season.
func (s *sheet) addTold(season catalogue.Season) bool {
	on, dated := s.dates["flu_told_on"]
	switch {
	case !s.is("flu_told"):
		return false
	case !dated:
		return true
	case !on.Before(season.From) && s.past.since(season.From):
		return true // it is the one that is known
	}
	s.past.add(dose{Dose: capture.Dose{Date: on, Disease: s.disease.Key, Source: capture.SourceReported}})
	s.noteLast()
	return !on.Before(season.From)
}

// noteAgeAt notes the age in completed years on a day, when the date of birth is known.
func (s *sheet) noteAgeAt(name string, day catalogue.Date) {
	if s.number("age") >= 0 {
		s.values[name] = day.YearsSince(s.born)
	}
}
