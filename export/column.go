package export

// Column is one column of an extract.
type Column struct {
	Name  string               // in the header
	Label string               // what it is in plain words, as it stands in a sentence
	Rule  Rule                 // when it must be filled
	Max   int                  // characters; longer values are refused
	form  form                 // what a filled value must look like; nil: any text
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
)

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
