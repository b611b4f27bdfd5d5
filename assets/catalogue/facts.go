package catalogue

// Fact is a name that conditions may use. Questions and follow-ups are facts as well.
type Fact struct {
	Name    string
	Type    string // FactString, FactInt, FactBool, FactList or FactDate
	Meaning string
	// EarliestOf names date follow-ups; the fact is the earliest of their dates, and Name_days counts the days since then.
	EarliestOf []string
	// Also makes a bool fact true when it holds of the answers, whatever else is known.
	Also Condition
}

// The types of facts. A date is no name in conditions: rules count from it (DeferFrom) and sentences show it.
const (
	FactString = "string" // "" when not known
	FactInt    = "int"    // -1 when not known
	FactBool   = "bool"
	FactList   = "list" // of words, asked with: "gelatine" in contains
	FactDate   = "date"
)

// Days is the ending of the int fact that counts whole days from a date answer to the day of vaccination; -1 when not known.
const Days = "_days"

// Facts lists the declared facts: what the engine knows of the case, without questions and follow-ups.
func (c *Catalogue) Facts() []Fact { return c.facts }

// BlankFacts holds every name that conditions may use with the value that stands for not known. Each call makes a new map.
func (c *Catalogue) BlankFacts() map[string]any {
	blank := make(map[string]any, len(c.names))
	for name, kind := range c.names {
		switch kind {
		case FactString:
			blank[name] = ""
		case FactInt:
			blank[name] = int64(-1)
		case FactBool:
			blank[name] = false
		case FactList:
			blank[name] = []string{}
		}
	}
	return blank
}
