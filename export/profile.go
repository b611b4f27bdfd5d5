package export

import (
	"regexp"
	"slices"
	"strings"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// Profile is an extract as data: what it carries, its columns in order, how they are written and where it goes. It is
// read from a table that a person can read as the specification (see profiles), so that another version of an extract
// is another table and no other program.
type Profile struct {
	Kind     Kind
	Title    string
	Version  string // of the specification
	Unit     Unit
	Diseases []string // keys of the catalogue: only events about them
	Given    bool     // doses given go out
	NotGiven bool     // doses not given go out
	Enabled  bool     // unless the setting KIND.enabled says otherwise

	Columns   []Column
	Key       []string // columns of the key; a row that withdraws needs them and its action
	Delimiter string   // | or ¬
	Quoting   Quoting
	Header    HeaderLine
	LineEnd   string

	FileName   string   // pattern with {ods} and {stamp}
	AlsoNamed  []string // patterns of other senders' files that are read as this extract
	WorkflowID string
	Recipient  string // setting with the receiver's mailbox
	Schedule   Schedule
	SendEmpty  bool
	Follows    Kind // a record goes only once this extract has carried it; "" for none

	Facts []Fact // the settings of the table, with where each comes from

	doseNumbers map[catalogue.DoseKind]string
	laterDoses  string // setting with what the other doses send; "" for none
	rules       []rowRule
	attributes  []Attribute // of an extract of attributes
	names       []*regexp.Regexp
}

// Unit is what a row is about.
type Unit string

// The units.
const (
	PerEvent     Unit = "event"     // one row for each vaccination given or not given
	PerAttribute Unit = "attribute" // one row for each further question answered about a vaccination
	PerHour      Unit = "hour"      // counts by hour, of nobody in particular
	PerReaction  Unit = "reaction"  // one row for each adverse reaction to a vaccination
)

// Quoting is which fields of data stand in double quotes.
type Quoting string

// The quotings.
const (
	QuoteAll    Quoting = "all"
	QuoteNeeded Quoting = "needed" // where the text holds a delimiter, a quote or a line end
)

// HeaderLine is how the first line is written.
type HeaderLine string

// The headers.
const (
	PlainHeader  HeaderLine = "plain"
	QuotedHeader HeaderLine = "quoted"
	NoHeader     HeaderLine = "none"
)

// Fact is one setting of a profile.
type Fact struct {
	Name, Value, Confidence, Source, Note string
}

// setting is a setting of the extract: what the configuration says, or else what the profile says.
func (p *Profile) setting(configuration capture.Configuration, name, otherwise string) string {
	if value, said := configuration[string(p.Kind)+"."+name]; said {
		return value
	}
	return otherwise
}

func (p *Profile) yes(configuration capture.Configuration, name string, otherwise bool) bool {
	if value, said := configuration[string(p.Kind)+"."+name]; said {
		return value == "true"
	}
	return otherwise
}

// On tells whether the extract is made under a configuration.
func (p *Profile) On(configuration capture.Configuration) bool {
	return p.yes(configuration, "enabled", p.Enabled)
}

// Address is the receiver's mailbox and the MESH workflow id under a configuration; the mailbox may be empty.
func (p *Profile) Address(configuration capture.Configuration) (mailbox, workflowID string) {
	return configuration.Get(p.Recipient), p.setting(configuration, "workflow_id", p.WorkflowID)
}

// Carries tells whether the receiver is to have a record of the event as this version of it says.
func (p *Profile) Carries(event *capture.Event) bool {
	switch {
	case event.Action == capture.ActionDelete, !slices.Contains(p.Diseases, event.Disease):
		return false
	case event.Given != nil && event.NotGiven != nil:
		return true // a fault that its own row shows
	case event.Given != nil:
		return p.Given
	}
	return p.NotGiven
}

// fileName fills the pattern for a file name.
func (p *Profile) fileName(configuration capture.Configuration, stamp string) string {
	return strings.NewReplacer("{ods}", configuration.Get("supplier.ods"), "{stamp}", stamp).Replace(p.setting(configuration, "file_name", p.FileName))
}

// column finds a column of the table, whether a configuration sends it or not.
func (p *Profile) column(name string) (int, bool) {
	i := slices.IndexFunc(p.Columns, func(c Column) bool { return c.Name == name })
	return i, i >= 0
}
