package catalogue

import (
	"fmt"
	"slices"
)

// Product is one vaccine presentation, identified by its dm+d AMP code.
type Product struct {
	Span
	Key          string // e.g. "comirnaty30_rtu"
	AMP          string // empty while no code is known: see Sendable
	VMP          string // empty while it is not known
	Term         string // preferred term sent in extracts
	Name         string // e.g. "Comirnaty 30 Ready to use"
	Brand        string // presentations of one brand are the same vaccine, e.g. "Comirnaty"
	Manufacturer string
	Disease      string   // "COVID-19"
	Platform     string   // "mRNA", "AZ", "NVX", "other", "LAIV" …
	Strength     string   // e.g. "30 micrograms"
	Cap          string   // colour of the vial cap, empty when none is known
	Contains     []string // keys of ingredients that people may be allergic or object to
	AgeMin       int      // completed years; the months of AgeMinMonths are exact
	AgeMax       int      // completed years; 0 = no upper limit
	AgeMinMonths int      // completed months
	AgeMaxMonths int      // completed months, 143 for an AgeMax of 11 years; 0 = no upper limit
	DoseML       string   // decimal text, millilitres
	BoosterML    string   // decimal text; empty = same as DoseML when a booster is allowed
	BoosterOK    bool
	PrimaryDoses int    // doses of a complete primary course: 1 or 2
	Route        string // key in routes
	MinInterval  int    // days between primary doses: licence minimum
	Recommended  int    // days, adults
	ThawDays     int    // thawed shelf life at 2-8 C; 0 = not thawed
	InUseHours   int    // after first puncture or dilution; 0 = single use
	Offered      bool   // false: only shown in histories
	Source       string
	Confidence   string
}

// Amount is the dose in millilitres (decimal text) for the kind of dose.
func (p Product) Amount(kind DoseKind) string {
	if kind.Booster() && p.BoosterML != "" {
		return p.BoosterML
	}
	return p.DoseML
}

// Sendable tells whether the code that extracts carry is known. A vaccine without one can be given and recorded; its row of the
// extract waits until a dated row brings the code.
func (p Product) Sendable() bool { return p.AMP != "" }

// Has tells whether the vaccine contains an ingredient, by its key.
func (p Product) Has(ingredient string) bool { return slices.Contains(p.Contains, ingredient) }

// SuitsAge tells whether somebody of an age in completed months is within the ages of the vaccine.
func (p Product) SuitsAge(months int) bool {
	return months >= 0 && months >= p.AgeMinMonths && (p.AgeMaxMonths == 0 || months <= p.AgeMaxMonths)
}

// AgeText says whom the vaccine is for: 12+, 5 to 11, 6 months+.
func (p Product) AgeText() string {
	youngest, oldest := ageText(p.AgeMinMonths), ""
	switch {
	case p.AgeMaxMonths == 0:
		return youngest + "+"
	case (p.AgeMaxMonths+1)%12 == 0:
		oldest = fmt.Sprint(p.AgeMax)
	default:
		oldest = ageText(p.AgeMaxMonths)
	}
	return youngest + " to " + oldest
}

// ageText is a number of years where the months make whole ones, and of months where they do not.
func ageText(months int) string {
	if months%12 == 0 {
		return fmt.Sprint(months / 12)
	}
	return fmt.Sprintf("%d months", months)
}

// Ingredient is something in a vaccine that rules, questions and people speak of.
type Ingredient struct {
	Key, Label string
	Source     string
	Confidence string
}

// Ingredients lists what the column contains of products can name.
func (c *Catalogue) Ingredients() []Ingredient { return slices.Clone(c.ingredients) }

// Ingredient finds an ingredient by its key.
func (c *Catalogue) Ingredient(key string) (Ingredient, bool) {
	return find(c.ingredients, func(i Ingredient) bool { return i.Key == key })
}
