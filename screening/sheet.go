package screening

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// Faults of a case that cannot be read. Match them with errors.Is.
var (
	ErrNoDay   = errors.New("the day of vaccination is not given; enter it")
	ErrDisease = errors.New("there are no screening questions for the disease that day; choose one of the catalogue's diseases")
	ErrProduct = errors.New("the vaccine is not in the catalogue for the disease that day; choose another")
	ErrKind    = errors.New("the kind of dose is not known; choose one of the catalogue's kinds")
)

// sheet is what is known of a case, by the names that conditions use.
type sheet struct {
	catalogue *catalogue.Catalogue
	edition   *catalogue.Edition
	day       catalogue.Date
	disease   catalogue.Disease
	set       catalogue.QuestionSet
	born      catalogue.Date    // zero while it is not known
	product   catalogue.Product // zero while none is chosen
	past      past
	values    map[string]any            // names of conditions
	dates     map[string]catalogue.Date // date facts and date answers that are known
}

// sheet reads a case. Order matters: answers may use what is known of the person, flags use answers, the dose rules use flags.
func (e *Engine) sheet(who capture.Case) (*sheet, error) {
	if who.Day.IsZero() {
		return nil, ErrNoDay
	}
	s := &sheet{
		catalogue: e.catalogue, edition: e.catalogue.At(who.Day), day: who.Day,
		values: e.catalogue.BlankFacts(), dates: map[string]catalogue.Date{"vaccination_day": who.Day},
	}
	s.disease, _ = s.catalogue.Disease(who.Disease)
	if s.set = s.edition.QuestionSet(who.Disease); len(s.set.Questions) == 0 {
		return nil, ErrDisease
	}
	if err := s.readChoice(who); err != nil {
		return nil, err
	}
	s.readPerson(who)
	s.readHistory(who)
	if err := s.readAnswers(who.Answers); err != nil {
		return nil, err
	}
	if err := s.readFacts(); err != nil {
		return nil, err
	}
	return s, s.readCourse(who)
}

// readChoice takes the vaccine and the kind of dose that were chosen.
func (s *sheet) readChoice(who capture.Case) error {
	if kind, ok := s.catalogue.Kind(who.Kind); who.Kind != "" && (!ok || kind.Disease != who.Disease) {
		return ErrKind
	}
	s.values["kind"], s.values["mechanism"] = string(who.Kind), who.Mechanism
	if who.Product == "" {
		return nil
	}
	product, ok := s.edition.Product(who.Product)
	if !ok || product.Disease != who.Disease {
		return ErrProduct
	}
	s.product = product
	s.values["product"], s.values["brand"], s.values["platform"] = product.Key, product.Brand, product.Platform
	s.values["product_age_min"], s.values["product_age_max"] = product.AgeMin, product.AgeMax
	s.values["product_age_min_months"], s.values["product_age_max_months"] = product.AgeMinMonths, product.AgeMaxMonths
	s.values["booster_ok"] = product.BoosterOK
	if len(product.Contains) > 0 {
		s.values["contains"] = product.Contains
	}
	return nil
}

func (s *sheet) readPerson(who capture.Case) {
	if born := who.Person.BirthDate; !born.IsZero() && !born.After(who.Day) {
		s.born = born
		s.values["age"], s.values["age_months"] = who.Person.Age(who.Day), who.Person.AgeMonths(who.Day)
		number, _ := strconv.Atoi(born.Compact()) // a date is always eight digits
		s.values["born_yyyymmdd"] = number
	}
	s.values["gender"] = who.Person.Gender
	for name, flag := range map[string]bool{
		"at_risk":                     who.Circumstances.AtRisk,
		"household_contact":           who.Circumstances.HouseholdContact,
		"care_home":                   who.Circumstances.CareHomeResident,
		"carer":                       who.Circumstances.Carer,
		"health_or_care_worker":       who.Circumstances.HealthOrCareWorker,
		"immunosuppressed":            who.Circumstances.Immunosuppressed,
		"immunosuppressed_at_primary": who.Circumstances.ImmunosuppressedAtPrimary,
	} {
		s.values[name] = flag
	}
	// Severe immunosuppression is itself a clinical risk.
	s.values["at_risk"] = who.Circumstances.AtRisk || who.Circumstances.Immunosuppressed
}

// readFacts works out what follows from answers: flags that an answer makes true, and the earliest of several dates.
func (s *sheet) readFacts() error {
	for _, fact := range s.catalogue.Facts() {
		if fact.Type == catalogue.FactBool && fact.Also.String() != "" {
			holds, err := fact.Also.Holds(s.values)
			if err != nil {
				return fmt.Errorf("work out %s: %w", fact.Name, err)
			}
			s.values[fact.Name] = holds || s.is(fact.Name)
		}
		for _, name := range fact.EarliestOf {
			if date, known := s.dates[name]; known {
				s.noteEarliest(fact.Name, date)
			}
		}
	}
	return nil
}

func (s *sheet) noteEarliest(name string, date catalogue.Date) {
	if earliest, known := s.dates[name]; known && !date.Before(earliest) {
		return
	}
	s.dates[name] = date
	s.values[name+catalogue.Days] = s.day.DaysSince(date)
}

func (s *sheet) is(name string) bool {
	flag, _ := s.values[name].(bool)
	return flag
}

func (s *sheet) number(name string) int {
	switch number := s.values[name].(type) {
	case int:
		return number
	case int64:
		return int(number)
	}
	return -1
}

// notKnown stands for the value of a fact that is not.
const notKnown = "not known"

// show writes a fact as people read it; not known when it is not.
func (s *sheet) show(name string) string {
	if date, known := s.dates[name]; known {
		return date.Plain()
	}
	switch value := s.values[name].(type) {
	case bool:
		if value {
			return "yes"
		}
		return "no"
	case []string:
		return s.ingredients(value)
	case string:
		if value != "" {
			return value
		}
	default:
		if number := s.number(name); number >= 0 {
			return strconv.Itoa(number)
		}
	}
	return notKnown
}

// ingredients names what the list of keys stands for.
func (s *sheet) ingredients(keys []string) string {
	labels := slices.Clone(keys)
	for i, key := range keys {
		if ingredient, known := s.catalogue.Ingredient(key); known {
			labels[i] = ingredient.Label
		}
	}
	if len(labels) == 0 {
		return "nothing on the list"
	}
	return strings.Join(labels, ", ")
}
