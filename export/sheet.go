package export

import (
	"slices"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// Sheet is an extract under one configuration: its columns, how they are written and what is refused.
// It is read-only once made and may be used by several goroutines.
type Sheet struct {
	Columns []Column

	dialect  dialect
	settings settings
	rules    []rowRule
	codes    *codelists
	at       map[string]int // place of each column
}

// settings are the configuration keys that change values, read once.
type settings struct {
	localTime         bool   // datetime.mode: London time with its offset, not UTC
	laterDose         string // covid.dose_sequence.later
	blankStatus       string // nhs_number.blank_status
	originWhenPrimary string // report_origin.when_primary
	ipAddress         string // device.ip_address
	intendedProcedure bool   // not_given.send_intended_procedure
	intendedProduct   bool   // not_given.send_intended_product
	boosterCode       string // covid.procedure.booster
	codes             *codelists
}

// Values of covid.dose_sequence.later that are not sent as they are.
const (
	laterBlank   = "blank"
	laterOrdinal = "ordinal"
)

// NewSheet makes the COVID-19 daily clinical extract under a configuration. Without a catalogue codes are not compared
// with those in force.
func NewSheet(configuration capture.Configuration, known *catalogue.Catalogue) *Sheet {
	codes := &codelists{catalogue: known}
	s := &Sheet{
		Columns: slices.Clone(covidColumns),
		dialect: dialect{delimiter: configuration.Get("covid.delimiter"), quoteHeader: configuration.Is("covid.header_quoted")},
		settings: settings{
			localTime:         configuration.Get("datetime.mode") == "local_offset",
			laterDose:         configuration.Get("covid.dose_sequence.later"),
			blankStatus:       configuration.Get("nhs_number.blank_status"),
			originWhenPrimary: configuration.Get("report_origin.when_primary"),
			ipAddress:         configuration.Get("device.ip_address"),
			intendedProcedure: configuration.Is("not_given.send_intended_procedure"),
			intendedProduct:   configuration.Is("not_given.send_intended_product"),
			boosterCode:       configuration.Get("covid.procedure.booster"),
			codes:             codes,
		},
		rules: covidRules,
		codes: codes,
	}
	if !configuration.Is("covid.site_name_column") {
		s.Columns = slices.DeleteFunc(s.Columns, func(c Column) bool { return c.Name == "SITE_NAME" })
	}
	if s.settings.laterDose == laterBlank {
		s.relax("DOSE_SEQUENCE")
	}
	s.at = make(map[string]int, len(s.Columns))
	for i, column := range s.Columns {
		s.at[column.Name] = i
	}
	return s
}

// relax lets a mandatory column be blank.
func (s *Sheet) relax(name string) {
	i := slices.IndexFunc(s.Columns, func(c Column) bool { return c.Name == name })
	s.Columns[i].Rule = IfKnown
}

// Row is the values of an event, in the order of the columns, as they stand in a file: one line each and trimmed. The flag is
// what the row does at the receiver. It appends to dst, which may be nil.
func (s *Sheet) Row(dst []string, event *capture.Event, flag capture.Action) []string {
	r := record{Event: event, flag: flag, settings: &s.settings}
	for i := range s.Columns {
		dst = append(dst, oneLine(s.Columns[i].value(&r)))
	}
	return dst
}

// intended is the procedure that a dose not given would have been.
func (s *settings) intended(event *capture.Event) capture.Coded {
	codes := s.codes.on(event.Day())
	code := codes.intended[event.Kind]
	if event.Kind.Booster() && code != "" {
		code = s.boosterCode
	}
	return capture.Coded{Code: code, Term: codes.procedures[code]}
}
