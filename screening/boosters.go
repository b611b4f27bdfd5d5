package screening

import "deltoid/assets/catalogue"

// nextOfPrimaryAndBoosters follows the course of primary doses and boosters (clinical facts 3.4).
func (s *sheet) nextOfPrimaryAndBoosters() catalogue.DoseKind {
	immunosuppressed := s.is("immunosuppressed_at_primary")
	c := s.past.course(immunosuppressed)
	s.values["third_primary_given"] = c.third
	return c.next(immunosuppressed)
}

// course is how far somebody has come.
type course struct {
	primary  int // doses of the primary course
	complete bool
	third    bool
	boosters int
	spring   bool
}

// course reads the kinds of the doses. A dose that does not say its kind takes the next place: primary doses, then for
// somebody severely immunosuppressed at dose 1 or 2 the third primary dose, then boosters.
func (p past) course(immunosuppressed bool) course {
	var c course
	counted := p.counted()
	needed := 2
	if len(counted) > 0 && counted[0].vaccine.PrimaryDoses == 1 {
		needed = 1
	}
	for _, d := range counted {
		switch kind := d.Kind; {
		case kind == catalogue.Primary1 || kind == catalogue.Primary2 || kind == "" && c.primary < needed && !c.complete:
			c.primary++
		case kind == catalogue.ThirdPrimary || kind == "" && immunosuppressed && !c.third && c.boosters == 0:
			c.third = true
		default:
			c.boosters++
			c.spring = c.spring || kind == catalogue.SpringBooster || c.boosters > 1
		}
		c.complete = c.primary >= needed || c.third || c.boosters > 0
	}
	return c
}

// next is the kind of dose that comes next in the course; empty when there is none. Somebody who had a booster is not
// sent back to the third primary dose.
func (c course) next(immunosuppressed bool) catalogue.DoseKind {
	switch {
	case c.primary == 0 && !c.complete:
		return catalogue.Primary1
	case !c.complete:
		return catalogue.Primary2
	case immunosuppressed && !c.third && c.boosters == 0:
		return catalogue.ThirdPrimary
	case c.boosters == 0:
		return catalogue.Booster1
	case !c.spring:
		return catalogue.SpringBooster
	}
	return ""
}
