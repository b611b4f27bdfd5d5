package export

import (
	"slices"
	"strings"
	"time"

	"deltoid/capture"
)

// FileNamed is what the name of a file says of it.
type FileNamed struct {
	Kind   Kind
	Sender string // ODS code of the supplier
	Made   time.Time
}

// Named reads a file name as the receiver does: upper and lower case are the same, .dat is as good as .csv. The fault says
// what to change; names carry no patient data.
func (p *Profiles) Named(name string, ourCode string) (FileNamed, *capture.Error) {
	for _, profile := range p.all {
		for _, pattern := range profile.names {
			parts := pattern.FindStringSubmatch(name)
			if parts == nil {
				continue
			}
			return p.readName(profile, parts, ourCode)
		}
	}
	return FileNamed{}, nameFault(p.nameCure(name))
}

func (p *Profiles) readName(profile *Profile, parts []string, ourCode string) (FileNamed, *capture.Error) {
	named := FileNamed{Kind: profile.Kind}
	stamp := parts[len(parts)-1]
	if len(parts) > 2 { // the pattern names the sender before the time
		named.Sender = strings.ToUpper(parts[1])
	}
	made, real := parseStamp(strings.ToUpper(stamp))
	if !real {
		return named, nameFault("Name the file with the time it was made, 17 characters like 20220520T01000000: a real date, T, hour, minute, second, and 00 or 01 for the hours ahead of UTC")
	}
	named.Made = made
	if named.Sender != "" && !strings.EqualFold(named.Sender, ourCode) && !slices.Contains(p.suppliers, named.Sender) {
		return named, nameFault("Put the sending supplier's ODS code into the name: this one is neither ours (supplier.ods) nor that of another supplier known to the receiver")
	}
	return named, nil
}

func nameFault(message string) *capture.Error {
	return &capture.Error{Code: capture.Invalid, Field: "file name", Message: message}
}

// nameCure says what is nearest to the name that no extract has.
func (p *Profiles) nameCure(name string) string {
	lower := strings.ToLower(name)
	if !strings.HasSuffix(lower, ".csv") && !strings.HasSuffix(lower, ".dat") {
		return "End the file name with .csv or .dat: the receiver takes no other"
	}
	var patterns []string
	for _, profile := range p.all {
		prefix, _, _ := strings.Cut(profile.FileName, "{")
		if strings.HasPrefix(lower, strings.ToLower(prefix)) {
			return "Name the file like " + profile.FileName + ": the sender's ODS code and the time, nothing more"
		}
		patterns = append(patterns, profile.FileName)
	}
	return "Give the file a name of an extract, with its version: " + strings.Join(patterns, ", ")
}
