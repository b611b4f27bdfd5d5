package export

// Column is one column of an extract.
type Column struct {
	Name   string // in the header
	Label  string // what it is in plain words, as it stands in a sentence
	Rule   Rule   // when it must be filled
	Form   string // name of what a filled value must look like
	Max    int    // characters; longer values are refused
	Value  string // name of what it holds
	OnlyIf string // the setting that switches it on; "" for every file

	Confidence    string // in name and place: confirmed, neighbour, inferred, general or assumed
	MaxConfidence string // in its greatest length
	Source        string // keys of the sources, separated by spaces
	Note          string

	form  form                 // nil: any text
	value func(*record) string // "" leaves the field empty
}

// Rule says when a column must be filled.
type Rule string

// The rules of the specification's requirement column.
const (
	Mandatory    Rule = "mandatory"
	IfKnown      Rule = "if known"
	Optional     Rule = "optional"
	WhenGiven    Rule = "when given"     // mandatory when NOT_GIVEN is FALSE
	WhenNotGiven Rule = "when not given" // mandatory when NOT_GIVEN is TRUE
	Conditional  Rule = "conditional"    // see rules.go
	Unused       Rule = "unused"         // left out, or sent blank by the setting unused_columns
)

var ruleWords = []string{string(Mandatory), string(IfKnown), string(Optional), string(WhenGiven), string(WhenNotGiven), string(Conditional), string(Unused)}

// demands tells whether the rule leaves no choice for a row.
func (r Rule) demands(notGiven bool) bool {
	switch r {
	case Mandatory:
		return true
	case WhenGiven:
		return !notGiven
	case WhenNotGiven:
		return notGiven
	}
	return false
}
