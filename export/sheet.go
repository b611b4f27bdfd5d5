package export

import (
	"slices"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// Sheet is an extract under one configuration: its columns, how they are written and what is refused.
// It is read-only once made and may be used by several goroutines.
type Sheet struct {
	Profile *Profile
	Columns []Column // those that are written

	dialect    dialect
	settings   settings
	rules      []rowRule
	codes      *codelists
	at         map[string]int  // place of each column
	key        map[string]bool // what a row that withdraws must have
	attributes map[string]bool // numbers of the questions whose answers may be sent
}

// settings are the configuration keys that change values, read once, with what the profile says of them.
type settings struct {
	localTime         bool   // datetime.mode: London time with its offset, not UTC
	laterDose         string // covid.dose_sequence.later
	doseNumbers       map[catalogue.DoseKind]string
	blankStatus       string // nhs_number.blank_status
	originWhenPrimary string // report_origin.when_primary
	ipAddress         string // device.ip_address
	intendedProcedure bool   // not_given.send_intended_procedure
	intendedProduct   bool   // not_given.send_intended_product
	boosterCode       string // covid.procedure.booster
	sender            string // supplier.ods
	codes             *codelists
}

// Values of covid.dose_sequence.later that are not sent as they are.
const (
	laterBlank   = "blank"
	laterOrdinal = "ordinal"
)

// NewSheet makes an extract under a configuration. Without a catalogue codes are not compared with those in force.
func NewSheet(profile *Profile, configuration capture.Configuration, known *catalogue.Catalogue) *Sheet {
	codes := &codelists{catalogue: known, diseases: profile.Diseases}
	s := &Sheet{
		Profile: profile,
		Columns: sentColumns(profile, configuration),
		dialect: dialectOf(profile, configuration),
		settings: settings{
			localTime:         configuration.Get("datetime.mode") == "local_offset",
			laterDose:         configuration.Get(profile.laterDoses),
			doseNumbers:       profile.doseNumbers,
			blankStatus:       configuration.Get("nhs_number.blank_status"),
			originWhenPrimary: configuration.Get("report_origin.when_primary"),
			ipAddress:         configuration.Get("device.ip_address"),
			intendedProcedure: configuration.Is("not_given.send_intended_procedure"),
			intendedProduct:   configuration.Is("not_given.send_intended_product"),
			boosterCode:       configuration.Get("covid.procedure.booster"),
			sender:            configuration.Get("supplier.ods"),
			codes:             codes,
		},
		rules: profile.rules,
		codes: codes,
		key:   map[string]bool{actionColumn: true},
	}
	s.at = make(map[string]int, len(s.Columns))
	for i, column := range s.Columns {
		s.at[column.Name] = i
	}
	for _, name := range profile.Key {
		s.key[name] = true
	}
	for _, attribute := range profile.attributes {
		if s.attributes == nil {
			s.attributes = map[string]bool{}
		}
		s.attributes[attribute.ID] = attribute.Enabled
	}
	return s
}

// sentColumns are the columns of the table that a configuration writes.
func sentColumns(profile *Profile, configuration capture.Configuration) []Column {
	blankUnused := profile.setting(configuration, "unused_columns", "drop") == "blank"
	columns := make([]Column, 0, len(profile.Columns))
	for _, column := range profile.Columns {
		unused := column.Rule == Unused || column.OnlyIf == ifLocation && !profile.yes(configuration, locationColumns, false)
		switch {
		case column.OnlyIf == ifSiteName && !profile.yes(configuration, ifSiteName, false), unused && !blankUnused:
			continue
		case unused:
			column.Rule, column.value = Unused, func(*record) string { return "" }
		case column.Value == "dose.sequence" && configuration.Get(profile.laterDoses) == laterBlank:
			column.Rule = IfKnown // the setting leaves it blank
		}
		columns = append(columns, column)
	}
	return slices.Clip(columns)
}

// Row is the values of an event, in the order of the columns, as they stand in a file: one line each and trimmed. The flag is
// what the row does at the receiver. It appends to dst, which may be nil.
func (s *Sheet) Row(dst []string, event *capture.Event, flag capture.Action) []string {
	return s.row(dst, &record{Event: event, flag: flag, settings: &s.settings})
}

func (s *Sheet) row(dst []string, r *record) []string {
	for i := range s.Columns {
		dst = append(dst, oneLine(s.Columns[i].value(r)))
	}
	return dst
}

// intended is the procedure that a dose not given would have been.
func (s *settings) intended(event *capture.Event) capture.Coded {
	codes := s.codes.on(event.Day())
	code := codes.intended(event)
	if event.Kind.Booster() && code.Code != "" {
		return capture.Coded{Code: s.boosterCode, Term: codes.procedures[s.boosterCode]}
	}
	return capture.Coded{Code: code.Code, Term: code.Term}
}
