package catalogue

import (
	"slices"
	"sync"
)

// Catalogue is the reference data of all days. It does not change after loading and may be used by many goroutines.
type Catalogue struct {
	all       content
	sources   []Source
	withdrawn []Withdrawn
	facts     []Fact
	diseases  []Disease
	kinds     []Kind

	ingredients []Ingredient

	names  map[string]string // every name of conditions to its type
	tables []Table           // every row as text

	changes  []Date            // days on which something starts or has ended, in order
	editions []func() *Edition // what is in force from each of them, made when first asked for
}

// content is every dated row. A Catalogue holds those of all days, an Edition those of one.
type content struct {
	products       []Product
	packs          []Pack
	procedures     []procedure
	situations     []Code
	reasons        []Code
	sites          []Code
	routes         []Code
	units          []Code
	careSettings   []Code
	indications    []Code
	notGiven       []NotGivenChoice
	doseRules      []DoseRule
	screeningRules []ScreeningRule
	sets           []datedSet
	questions      []datedQuestion
	followUps      []datedFollowUp
	consents       []Consent
	bodies         []RegistrationBody
	mechanisms     []LegalMechanism
	locationTypes  []LocationType
	eligibilities  []Eligibility
	roles          []Role
	riskGroups     []riskGroup
	reactions      []reactionCode
	supplements    []Supplement
	seasons        []Season
	validDoses     []ValidDoses
	addenda        []Addendum

	nhsNumberStatuses []Code
	ethnicCategories  []Code
	genders           []Code
	jobRoles          []Code
	relationships     []Code
	gillick           []Code
	workerRoles       []Code
	lateReasons       []Code
}

type datedSet struct {
	Span
	QuestionSet
}

type datedQuestion struct {
	Set string
	Question
}

type datedFollowUp struct {
	Question string
	FollowUp
}

// Sources lists the documents that rows were taken from.
func (c *Catalogue) Sources() []Source { return slices.Clone(c.sources) }

// Withdrawn tells whether a code was withdrawn: it must be neither sent nor accepted.
func (c *Catalogue) Withdrawn(code string) (Withdrawn, bool) {
	return find(c.withdrawn, func(w Withdrawn) bool { return w.Code == code })
}

// At is what was in force on a day, which should be the day of vaccination.
func (c *Catalogue) At(day Date) *Edition {
	i, found := slices.BinarySearchFunc(c.changes, day, compare)
	if !found {
		i--
	}
	if i < 0 {
		return &Edition{}
	}
	return c.editions[i]()
}

func compare(a, b Date) int {
	switch {
	case a.Before(b):
		return -1
	case a.After(b):
		return 1
	}
	return 0
}

// index finds the days on which something changes.
func (c *Catalogue) index() {
	days := c.all.changes()
	slices.SortFunc(days, compare)
	c.changes = slices.Compact(days)
	for _, day := range c.changes {
		c.editions = append(c.editions, sync.OnceValue(func() *Edition {
			return &Edition{since: day, content: c.all.on(day)}
		}))
	}
}
