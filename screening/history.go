package screening

import (
	"cmp"
	"slices"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// past is somebody's doses against the disease up to the day of vaccination.
type past struct {
	doses        []dose // by date
	later        int    // doses on record after the day
	reported     int
	unrecognised int
}

// dose is an earlier dose with what the catalogue knows of its vaccine.
type dose struct {
	capture.Dose
	vaccine    catalogue.Product
	recognised bool
}

// readPast sorts out the doses that matter. The same vaccine on the same day told twice is one dose.
func readPast(edition *catalogue.Edition, who capture.Case) past {
	var p past
	for _, given := range who.History {
		vaccine, recognised := edition.Product(given.Product)
		if given.Disease != "" && given.Disease != who.Disease || recognised && vaccine.Disease != who.Disease || given.Date.IsZero() {
			continue
		}
		if given.Date.After(who.Day) {
			p.later++
			continue
		}
		p.doses = append(p.doses, dose{given, vaccine, recognised})
	}
	slices.SortStableFunc(p.doses, inOrder)
	p.doses = slices.CompactFunc(p.doses, func(a, b dose) bool { return a.Date == b.Date && a.Product == b.Product })
	for _, d := range p.doses {
		if d.Source == capture.SourceReported {
			p.reported++
		}
		if !d.recognised {
			p.unrecognised++
		}
	}
	return p
}

// inOrder sorts by everything that a decision can depend on, so that the order in which doses arrive does not matter.
// Of two tellings of one dose the one on this device comes first, and then the one that says its kind.
func inOrder(a, b dose) int {
	return cmp.Or(
		a.Date.DaysSince(b.Date),
		cmp.Compare(a.Product, b.Product),
		cmp.Compare(b2i(a.Source == capture.SourceReported), b2i(b.Source == capture.SourceReported)),
		cmp.Compare(b2i(a.Kind == ""), b2i(b.Kind == "")),
		cmp.Compare(a.Kind, b.Kind),
		cmp.Compare(a.Source, b.Source),
	)
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// since tells whether there is a dose on a day or after it.
func (p past) since(day catalogue.Date) bool {
	return slices.ContainsFunc(p.doses, func(d dose) bool { return !d.Date.Before(day) })
}

// add puts a dose in its place, unless one of that day is known.
func (p *past) add(told dose) {
	if slices.ContainsFunc(p.doses, func(d dose) bool { return d.Date == told.Date }) {
		return
	}
	p.doses = append(slices.Clone(p.doses), told)
	slices.SortStableFunc(p.doses, inOrder)
}

// counted are the doses of recognised vaccines.
func (p past) counted() []dose {
	return slices.DeleteFunc(slices.Clone(p.doses), func(d dose) bool { return !d.recognised })
}

func (p past) last() (dose, bool) {
	if len(p.doses) == 0 {
		return dose{}, false
	}
	return p.doses[len(p.doses)-1], true
}

// readHistory notes what conditions may ask about earlier doses.
func (s *sheet) readHistory(who capture.Case) {
	s.past = readPast(s.edition, who)
	counted := s.past.counted()
	s.values["doses"], s.values["reported_doses"] = len(counted), s.past.reported
	s.values["unrecognised_doses"], s.values["later_doses"] = s.past.unrecognised, s.past.later
	if len(counted) > 0 {
		s.values["first_product"], s.values["first_brand"] = counted[0].Product, counted[0].vaccine.Brand
	}
	s.noteLast()
	s.noteNuvaxovid(who)
	for _, d := range s.past.doses {
		if d.recognised && d.vaccine.Platform == "AZ" {
			s.values["az_before"] = true
		}
		if d.Date == s.day && d.Source != capture.SourceReported { // what the patient tells can defer by its interval, and never blocks
			s.values["same_day_dose"] = true
			s.values["same_day_same_product"] = s.is("same_day_same_product") || d.Product == s.product.Key && s.product.Key != ""
		}
	}
}

func (s *sheet) noteLast() {
	if last, ok := s.past.last(); ok {
		s.dates["last_dose"] = last.Date
		s.values["days_since_last"] = s.day.DaysSince(last.Date)
	}
}

// noteNuvaxovid notes the last dose of Nuvaxovid, which other vaccines keep a distance from, whatever the case is about.
func (s *sheet) noteNuvaxovid(who capture.Case) {
	for _, given := range who.History {
		vaccine, _ := s.edition.Product(given.Product)
		if vaccine.Platform != "NVX" || given.Date.IsZero() || given.Date.After(s.day) {
			continue
		}
		if latest, known := s.dates["nvx_dose"]; !known || given.Date.After(latest) {
			s.dates["nvx_dose"], s.values["nvx_days"] = given.Date, s.day.DaysSince(given.Date)
		}
	}
}
