package catalogue

import "regexp"

// Span is the days on which a row is in force; both ends belong to it, a zero To is open.
type Span struct {
	From, To Date
}

// Covers tells whether the row is in force on the day.
func (s Span) Covers(day Date) bool {
	return !day.Before(s.From) && (s.To.IsZero() || !day.After(s.To))
}

// Code is one entry of a code list: a SNOMED CT or data-dictionary code with its preferred term.
type Code struct {
	Span
	Key    string // our short name, used in files and tests, e.g. "left-upper-arm"
	Code   string
	Term   string // what is sent
	Label  string // what the desk shows
	Source string
	// Confidence is confirmed, neighbour, inferred, general or assumed; docs list what is assumed.
	Confidence string
}

// DoseKind names a position in a course; dose_kinds.csv says of which disease.
type DoseKind string

// Dose kinds that the courses know (clinical facts 3.3 to 3.6).
const (
	Primary1      DoseKind = "primary1"
	Primary2      DoseKind = "primary2"
	ThirdPrimary  DoseKind = "third_primary"
	Booster1      DoseKind = "booster1"
	SpringBooster DoseKind = "spring_booster"

	FluFirst  DoseKind = "flu_first" // of the season
	FluSecond DoseKind = "flu_second"

	MMRFirst  DoseKind = "mmr_first"
	MMRSecond DoseKind = "mmr_second"
)

// AdviceOnly marks dose rules that are kept for the record and never applied.
const AdviceOnly DoseKind = "advice_only"

// Booster tells whether the dose maintains protection after a primary course.
func (k DoseKind) Booster() bool { return k == Booster1 || k == SpringBooster }

// DoseRule says who may have which dose from when, and after how long.
type DoseRule struct {
	Span
	ID          string // R01 …
	Kind        DoseKind
	Cohort      string // plain words
	When        Condition
	Products    []string // product keys; empty = any offered product
	Avoid       []string // product keys that come last: an alternative is offered first; such a rule entitles nobody
	SameProduct bool     // the brand of the first dose comes first
	OffLabel    bool     // its condition decides on ages, not the licence of the vaccine: the direction in use allows it
	MinDays     int      // 0 = the product's own minimum interval
	Recommended int      // days; 0 = none
	DueAge      int      // completed months of age from which the dose is due; 0 = the rule is about intervals only
	Source      string
	Confidence  string
}

// Preference tells whether the rule only ranks products and entitles nobody to a dose.
func (r DoseRule) Preference() bool { return len(r.Avoid) > 0 }

// FollowUp is asked when its question was answered in the way that triggers it.
type FollowUp struct {
	Span
	ID       string // e.g. "C01_fever"
	Text     string
	Kind     string    // "yesno", "choice", "date", "text"
	Options  []Option  // for "choice"
	On       string    // answer of the question that asks it, "yes" or "unknown"
	When     Condition // counts only when this holds as well
	Required bool      // the decision is not final without it, while When holds
}

// Always tells whether the follow-up must be answered whatever else was answered, so that a screen may insist on it.
func (f FollowUp) Always() bool { return f.Required && f.When.String() == "" }

// Option is one choice of a follow-up.
type Option struct {
	Key, Label string
}

// Question is one screening question; every answer is yes, no or unknown, and none is pre-filled.
type Question struct {
	Span
	ID         string // C01 …
	Order      int
	Text       string
	Hint       string
	Applies    Condition
	FollowUps  []FollowUp
	Source     string
	Confidence string
}

// QuestionSet is a versioned list of questions; id and version are kept with the answers.
type QuestionSet struct {
	ID, Version string
	Disease     string
	Questions   []Question // in order
}

// ScreeningRule turns facts into an outcome with a sentence the clinician reads.
type ScreeningRule struct {
	Span
	ID         string // e.g. C01-yes-fever, K02
	Question   string // question id; empty for checks
	When       Condition
	Outcome    string // proceed, caution, seek, defer, contraindicated
	Sentence   string
	Facts      []string // names of the facts shown with the reason
	DeferDays  int      // for defer: earliest day = DeferFrom + DeferDays
	DeferFrom  string   // name of a date fact; empty = no date known
	Observe    int      // minutes of observation this rule asks for
	Override   string   // who may go on: "clinician", "prescriber", "nobody"
	Disease    string   // or AllDiseases
	Stage      string   // StageScreening or StageDesk
	Source     string
	Confidence string
}

// AllDiseases is the disease of a screening rule that holds for every disease.
const AllDiseases = "*"

// Where a screening rule is applied.
const (
	StageScreening = "screening" // by the screening engine
	StageDesk      = "desk"      // by the desk when the dose is recorded: batch, amount, death
)

// NotGivenChoice is a reason the desk offers for not giving a dose, with the two codes it sends.
type NotGivenChoice struct {
	Span
	Key        string // "declined", "unwell", "contraindicated", "not-indicated", "abandoned", "deferred"
	Label      string
	Kind       DoseKind
	AsksUntil  bool   // the earliest day to come back is given
	AsksWho    bool   // who decided is named
	Situation  string // SNOMED code, column 22; empty while none is known: the row of the extract waits for one
	Reason     string // SNOMED code, column 26; empty like Situation
	Source     string
	Confidence string
}

// RegistrationBody is a professional regulator with the URI its numbers are sent under.
type RegistrationBody struct {
	Span
	Key, Name, URI, Pattern string // Pattern warns, it never blocks
	Source, Confidence      string
}

// Plausible tells whether a registration number looks like those of the body; a false one deserves a warning, no more.
func (b RegistrationBody) Plausible(number string) bool {
	pattern, err := regexp.Compile(b.Pattern)
	return err == nil && pattern.MatchString(number)
}
