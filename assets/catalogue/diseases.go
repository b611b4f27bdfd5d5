package catalogue

import "slices"

// Keys of the diseases that the program knows courses of.
const (
	COVID19 = "COVID-19"
	Flu     = "FLU"
	MMR     = "MMR"
)

// How a course of vaccinations goes on; screening has an algorithm for each.
const (
	CoursePrimaryAndBoosters = "primary-and-boosters" // primary doses, then boosters (clinical facts 3.4)
	CourseSeason             = "season"               // once a season, some children twice (3.5)
	CourseValidDoses         = "valid-doses"          // so many doses that count (3.6)
)

// Disease is what people are vaccinated against.
type Disease struct {
	Key        string // as in events and files
	Label      string // what the desk shows, for example Flu
	Vaccine    string // in a sentence, for example flu vaccine
	Course     string // one of the courses above
	Source     string
	Confidence string
}

// Kind is a position in the course of a disease.
type Kind struct {
	Key     DoseKind
	Disease string
	Label   string // what the desk shows, for example Second dose
}

// Diseases lists what people can be vaccinated against, the usual one first.
func (c *Catalogue) Diseases() []Disease { return slices.Clone(c.diseases) }

// Disease finds a disease by its key.
func (c *Catalogue) Disease(key string) (Disease, bool) {
	return find(c.diseases, func(d Disease) bool { return d.Key == key })
}

// Kinds lists the kinds of dose against a disease in the order of the course.
func (c *Catalogue) Kinds(disease string) []Kind {
	return slices.DeleteFunc(slices.Clone(c.kinds), func(k Kind) bool { return k.Disease != disease })
}

// KindKeys lists the keys of Kinds.
func (c *Catalogue) KindKeys(disease string) []DoseKind {
	var keys []DoseKind
	for _, kind := range c.Kinds(disease) {
		keys = append(keys, kind.Key)
	}
	return keys
}

// Kind finds a kind of dose by its key.
func (c *Catalogue) Kind(key DoseKind) (Kind, bool) {
	return find(c.kinds, func(k Kind) bool { return k.Key == key })
}

// procedure is the code of giving a dose. The kind is empty for codes that the desk does not send; the platform is empty
// when one code holds for every vaccine without one of its own.
type procedure struct {
	Code
	kind     DoseKind
	platform string
	disease  string // that of the folder
}

// Procedure is the code of giving a dose of a kind with a vaccine of a platform: that of the platform, or the one for all.
func (e *Edition) Procedure(kind DoseKind, platform string) (Code, bool) {
	if kind == "" {
		return Code{}, false
	}
	of := func(wanted string) (procedure, bool) {
		return find(e.procedures, func(p procedure) bool { return p.kind == kind && p.platform == wanted })
	}
	found, ok := of(platform)
	if !ok {
		found, ok = of("")
	}
	return found.Code, ok
}

// KindOf is the kind of dose that a procedure code stands for, the first where it stands for several; ok is false for a code
// that is not known, or is not of one dose.
func (e *Edition) KindOf(code string) (kind DoseKind, ok bool) {
	found, ok := find(e.procedures, func(p procedure) bool { return p.Code.Code == code && p.kind != "" })
	return found.kind, ok
}

// Procedures lists every procedure code, also those that the desk does not send.
func (e *Edition) Procedures() []Code {
	codes := make([]Code, len(e.procedures))
	for i, procedure := range e.procedures {
		codes[i] = procedure.Code
	}
	return codes
}

// ProceduresOf lists the procedure codes of a disease, also those that the desk does not send.
func (e *Edition) ProceduresOf(disease string) []Code {
	var codes []Code
	for _, procedure := range e.procedures {
		if procedure.disease == disease {
			codes = append(codes, procedure.Code)
		}
	}
	return codes
}
