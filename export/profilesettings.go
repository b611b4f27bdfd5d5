package export

import (
	"regexp"
	"slices"
	"strings"

	"deltoid/assets/catalogue"
)

// profileSetting reads one setting of a table into a profile.
type profileSetting struct {
	name  string
	needs bool
	read  func(r *profileReader, p *Profile, row tableRow)
}

const (
	valueCell = "value"
	plainODS  = `[A-Za-z0-9]+`
)

var plainKind = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// profileSettings are all settings that a table may have.
var profileSettings = []profileSetting{
	{"kind", true, func(_ *profileReader, p *Profile, row tableRow) {
		if p.Kind = Kind(row.get(valueCell)); !plainKind.MatchString(string(p.Kind)) {
			row.fault(valueCell, "this cannot be the name of an extract", "use small letters, digits and hyphens")
		}
	}},
	{"title", true, func(_ *profileReader, p *Profile, row tableRow) { p.Title = row.need(valueCell) }},
	{"version", true, func(_ *profileReader, p *Profile, row tableRow) { p.Version = row.need(valueCell) }},
	{"row", true, func(r *profileReader, p *Profile, row tableRow) {
		p.Unit = Unit(row.oneOf(valueCell, string(PerEvent), string(PerAttribute), string(PerHour), string(PerReaction)))
		if p.Unit == PerAttribute {
			p.attributes = r.lists.attributes
		}
	}},
	{"diseases", true, func(_ *profileReader, p *Profile, row tableRow) { p.Diseases = strings.Fields(row.need(valueCell)) }},
	{"outcomes", true, func(_ *profileReader, p *Profile, row tableRow) {
		for _, outcome := range strings.Fields(row.need(valueCell)) {
			p.Given = p.Given || outcome == "given"
			p.NotGiven = p.NotGiven || outcome == "not-given"
			if outcome != "given" && outcome != "not-given" {
				row.fault(valueCell, "“"+outcome+"” is no outcome", "use given, not-given or both")
			}
		}
	}},
	{"enabled", true, func(_ *profileReader, p *Profile, row tableRow) {
		p.Enabled = row.oneOf(valueCell, "yes", "no") == "yes"
	}},
	{"delimiter", true, func(_ *profileReader, p *Profile, row tableRow) {
		p.Delimiter = row.oneOf(valueCell, "|", "¬", ",", ";")
	}},
	{"quoting", true, func(_ *profileReader, p *Profile, row tableRow) {
		p.Quoting = Quoting(row.oneOf(valueCell, string(QuoteAll), string(QuoteNeeded)))
	}},
	{"header", true, func(_ *profileReader, p *Profile, row tableRow) {
		p.Header = HeaderLine(row.oneOf(valueCell, string(PlainHeader), string(QuotedHeader), string(NoHeader)))
	}},
	{"line end", true, func(_ *profileReader, p *Profile, row tableRow) {
		p.LineEnd = map[string]string{"LF": "\n", "CRLF": "\r\n"}[row.oneOf(valueCell, "LF", "CRLF")]
	}},
	{"encoding", true, func(_ *profileReader, _ *Profile, row tableRow) { row.oneOf(valueCell, "UTF-8") }},
	{"file name", true, func(_ *profileReader, p *Profile, row tableRow) {
		p.FileName = row.need(valueCell)
		p.addName(row, p.FileName)
	}},
	{"also named", false, func(_ *profileReader, p *Profile, row tableRow) {
		p.AlsoNamed = strings.Fields(row.need(valueCell))
		for _, pattern := range p.AlsoNamed {
			p.addName(row, pattern)
		}
	}},
	{"workflow id", true, func(_ *profileReader, p *Profile, row tableRow) { p.WorkflowID = row.need(valueCell) }},
	{"recipient", true, func(_ *profileReader, p *Profile, row tableRow) { p.Recipient = row.need(valueCell) }},
	{"schedule", true, func(_ *profileReader, p *Profile, row tableRow) { p.Schedule.readTime(row) }},
	{"deadline", true, func(_ *profileReader, p *Profile, row tableRow) { p.Schedule.readDeadline(row) }},
	{"send empty", true, func(_ *profileReader, p *Profile, row tableRow) {
		p.SendEmpty = row.oneOf(valueCell, "yes", "no") == "yes"
	}},
	{"follows", false, func(r *profileReader, p *Profile, row tableRow) {
		if p.Follows = Kind(row.need(valueCell)); r.done[string(p.Follows)] == nil {
			row.fault(valueCell, "there is no extract “"+string(p.Follows)+"” before this one", "name one that is read earlier")
		}
	}},
	{"dose numbers", false, func(_ *profileReader, p *Profile, row tableRow) {
		p.doseNumbers = map[catalogue.DoseKind]string{}
		for _, pair := range strings.Fields(row.need(valueCell)) {
			kind, number, found := strings.Cut(pair, "=")
			if !found || doseNumberForm(number, nil) != "" {
				row.fault(valueCell, "“"+pair+"” is no dose with its number", "write it like primary1=1")
			}
			p.doseNumbers[catalogue.DoseKind(kind)] = number
		}
	}},
	{"later doses", false, func(_ *profileReader, p *Profile, row tableRow) { p.laterDoses = row.need(valueCell) }},
	{"rules", false, func(_ *profileReader, p *Profile, row tableRow) {
		for _, id := range strings.Fields(row.get(valueCell)) {
			rule, known := findRule(id)
			if !known {
				row.fault(valueCell, "there is no rule “"+id+"”", "use only: "+strings.Join(ruleIDs(), " "))
				continue
			}
			p.rules = append(p.rules, rule)
		}
	}},
	{"key", false, func(_ *profileReader, p *Profile, row tableRow) { p.Key = strings.Fields(row.get(valueCell)) }},
	{"columns of", false, func(r *profileReader, p *Profile, row tableRow) {
		other := r.done[row.need(valueCell)]
		if other == nil {
			row.fault(valueCell, "there is no extract “"+row.get(valueCell)+"” before this one", "name one that is read earlier")
			return
		}
		p.Columns = slices.Clone(other.Columns)
	}},
}

// settings reads the first block of a table.
func (r *profileReader) settings(whole place, rows []tableRow) *Profile {
	p := &Profile{}
	seen := map[string]bool{}
	for _, row := range rows {
		name := row.get("setting")
		i := slices.IndexFunc(profileSettings, func(s profileSetting) bool { return s.name == name })
		switch {
		case i < 0:
			row.fault("setting", "there is no setting “"+name+"”", "use only: "+strings.Join(settingNames(), ", "))
			continue
		case seen[name]:
			row.fault("setting", "“"+name+"” is there twice", "remove one of the two")
			continue
		}
		seen[name] = true
		r.lists.origin(row)
		profileSettings[i].read(r, p, row)
		p.Facts = append(p.Facts, Fact{name, row.get(valueCell), row.get("confidence"), row.get("source"), row.get("note")})
	}
	for _, setting := range profileSettings {
		if setting.needs && !seen[setting.name] {
			whole.fault("setting", "the setting “"+setting.name+"” is missing", "add a line for it")
		}
	}
	return p
}

func settingNames() []string {
	names := make([]string, len(profileSettings))
	for i, setting := range profileSettings {
		names[i] = setting.name
	}
	return names
}

// addName makes the pattern by which a file of this extract is known: case does not count, and .dat is as good as .csv.
func (p *Profile) addName(row tableRow, pattern string) {
	if !strings.Contains(pattern, "{stamp}") || strings.ContainsAny(pattern, `/\`) {
		row.fault(valueCell, "no two files would have different names", "put {stamp} into the file name, and no / or \\")
		return
	}
	text := regexp.QuoteMeta(strings.TrimSuffix(pattern, ".csv"))
	text = strings.NewReplacer(`\{ods\}`, "("+plainODS+")", `\{stamp\}`, "([^_]*?)").Replace(text)
	compiled, err := regexp.Compile(`(?i)^` + text + `\.(?:csv|dat)$`)
	if err != nil {
		row.fault(valueCell, "this cannot be a file name", "use letters, digits, _ and -")
		return
	}
	p.names = append(p.names, compiled)
}
