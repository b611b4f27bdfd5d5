package catalogue

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
}

// DoseKind names a position in a COVID-19 course.
type DoseKind string

// Dose kinds of the dated dose rules (clinical facts 3.3).
const (
	Primary1      DoseKind = "primary1"
	Primary2      DoseKind = "primary2"
	ThirdPrimary  DoseKind = "third_primary"
	Booster1      DoseKind = "booster1"
	SpringBooster DoseKind = "spring_booster"
)

// Product is one vaccine presentation, identified by its dm+d AMP code.
type Product struct {
	Span
	Key          string // e.g. "comirnaty30_rtu"
	AMP          string
	VMP          string
	Term         string // preferred term sent in extracts
	Name         string // e.g. "Comirnaty 30 Ready to use"
	Manufacturer string
	Disease      string // "COVID-19"
	Platform     string // "mRNA", "AZ", "NVX", "other"
	Strength     string // e.g. "30 micrograms"
	Cap          string // colour of the vial cap, empty when none is known
	AgeMin       int    // completed years
	AgeMax       int    // 0 = no upper limit
	DoseML       string // decimal text, millilitres
	BoosterML    string // decimal text; empty = same as DoseML when a booster is allowed
	BoosterOK    bool
	Route        string // key in routes
	MinInterval  int    // days between primary doses: licence minimum
	Recommended  int    // days, adults
	ThawDays     int    // thawed shelf life at 2-8 C; 0 = not thawed
	InUseHours   int    // after first puncture or dilution; 0 = single use
	Offered      bool   // false: only shown in histories
	Source       string
}

// Amount is the dose in millilitres (decimal text) for the kind of dose.
func (p Product) Amount(kind DoseKind) string {
	if (kind == Booster1 || kind == SpringBooster) && p.BoosterML != "" {
		return p.BoosterML
	}
	return p.DoseML
}

// DoseRule says who may have which dose from when, and after how long.
type DoseRule struct {
	Span
	ID          string // R01 …
	Kind        DoseKind
	Cohort      string // plain words
	When        Condition
	Products    []string // product keys; empty = any offered product
	MinDays     int      // 0 = the product's own minimum interval
	Recommended int      // days; 0 = none
	Source      string
}

// FollowUp is asked when its question was answered in the way that triggers it.
type FollowUp struct {
	ID      string // e.g. "C01_fever"
	Text    string
	Kind    string   // "yesno", "choice", "date", "text"
	Options []Option // for "choice"
	On      string   // answer of the question that asks it, "yes" or "unknown"
}

// Option is one choice of a follow-up.
type Option struct {
	Key, Label string
}

// Question is one screening question; every answer is yes, no or unknown, and none is pre-filled.
type Question struct {
	Span
	ID        string // C01 …
	Order     int
	Text      string
	Hint      string
	Applies   Condition
	FollowUps []FollowUp
	Source    string
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
	ID        string // e.g. C01-yes-fever, K02
	Question  string // question id; empty for checks
	When      Condition
	Outcome   string // proceed, caution, seek, defer, contraindicated
	Sentence  string
	Facts     []string // names of the facts shown with the reason
	DeferDays int      // for defer: earliest day = DeferFrom + DeferDays
	DeferFrom string   // name of a date fact; empty = no date known
	Observe   int      // minutes of observation this rule asks for
	Override  string   // who may go on: "clinician", "prescriber", "nobody"
	Source    string
}

// NotGivenChoice is a reason the desk offers for not giving a dose, with the two codes it sends.
type NotGivenChoice struct {
	Span
	Key       string // "declined", "unwell", "contraindicated", "not-indicated", "abandoned", "deferred"
	Label     string
	Kind      DoseKind
	Situation string // SNOMED code, column 22
	Reason    string // SNOMED code, column 26
	Source    string
}

// RegistrationBody is a professional regulator with the URI its numbers are sent under.
type RegistrationBody struct {
	Key, Name, URI, Pattern string // Pattern warns, it never blocks
}
