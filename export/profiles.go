package export

import (
	"embed"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// The table of each extract lies beside this file, readable in a spreadsheet: first its settings, then its columns in
// order. The lists folder holds what they refer to.
//
//go:embed profiles
var shippedProfiles embed.FS

// Profiles are the extracts there are, in the order in which they go out.
type Profiles struct {
	all   []*Profile
	fault error // why there are none

	suppliers []string    // ODS codes of suppliers that the receiver knows
	sources   []Source    // what the tables name as their sources
	questions []Attribute // every further question, also those that are not sent
}

// Source is a text that a table names as where a fact comes from.
type Source struct {
	Key, What string
}

// shippedOrder is the order of the shipped extracts: one that follows another comes after it.
var shippedOrder = []string{"covid", "flu", "mmr", "attributes", "reactions", "hourly", "covid-v5", "flu-v5", "mmr-v5"}

var shipped = sync.OnceValues(func() (*Profiles, error) {
	inside, err := fs.Sub(shippedProfiles, "profiles")
	if err != nil {
		return nil, err
	}
	return loadProfiles(inside, nil)
})

// Shipped are the profiles of this program. A test reads them, so that none with a fault is released.
func Shipped() *Profiles {
	profiles, err := shipped()
	if err != nil {
		return &Profiles{fault: err}
	}
	return profiles
}

// LoadProfiles reads the shipped profiles, and takes in place of each the one of the same kind in changed; others there
// are added. It returns catalogue.Problems with every fault: file, line, column, what is wrong and the cure.
func LoadProfiles(changed fs.FS) (*Profiles, error) {
	inside, err := fs.Sub(shippedProfiles, "profiles")
	if err != nil {
		return nil, err
	}
	return loadProfiles(inside, changed)
}

func loadProfiles(inside, changed fs.FS) (*Profiles, error) {
	var faults catalogue.Problems
	lists := readLists(inside, &faults)
	read := &profileReader{lists: lists, done: map[string]*Profile{}, faults: &faults}
	for _, name := range shippedOrder {
		read.file(inside, name+".csv")
	}
	if changed != nil {
		names, err := fs.Glob(changed, "*.csv")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			read.file(changed, name)
		}
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return &Profiles{all: read.all, suppliers: lists.suppliers, sources: lists.order, questions: lists.attributes}, nil
}

// All are the extracts, each after those it follows.
func (p *Profiles) All() []*Profile { return slices.Clone(p.all) }

// Find finds an extract by its name.
func (p *Profiles) Find(kind Kind) (*Profile, error) {
	for _, profile := range p.all {
		if profile.Kind == kind {
			return profile, nil
		}
	}
	if p.fault != nil {
		return nil, p.fault
	}
	var kinds []string
	for _, profile := range p.all {
		kinds = append(kinds, string(profile.Kind))
	}
	return nil, &capture.Error{Code: capture.Invalid, Field: "kind", Message: "There is no such extract. Choose one of: " + strings.Join(kinds, ", ")}
}

// On are the extracts that a configuration has made.
func (p *Profiles) On(configuration capture.Configuration) []*Profile {
	return slices.DeleteFunc(p.All(), func(profile *Profile) bool { return !profile.On(configuration) })
}

// Uncounted are the extracts that an account of records leaves out: companions, in which an event is once more, and those
// that a configuration does not make.
func (p *Profiles) Uncounted(configuration capture.Configuration) []Kind {
	var kinds []Kind
	for _, profile := range p.all {
		if profile.Unit != PerEvent || !profile.On(configuration) {
			kinds = append(kinds, profile.Kind)
		}
	}
	return kinds
}

// put adds a profile or takes it in place of the one of the same kind.
func put(all []*Profile, profile *Profile) []*Profile {
	for i := range all {
		if all[i].Kind == profile.Kind {
			all[i] = profile
			return all
		}
	}
	return append(all, profile)
}

// Sources are the texts that the tables name as where their facts come from.
func (p *Profiles) Sources() []Source { return slices.Clone(p.sources) }

// Attributes are all further questions there are, also those whose answers are never sent.
func (p *Profiles) Attributes() []Attribute { return slices.Clone(p.questions) }

// RowRule is a rule about several columns of one row.
type RowRule struct {
	ID      string // in the description of the extract
	Column  string // that a person has to look at
	Message string // what happened and what to do
}

// RowRules are the rules of an extract about several columns of one row, in the order they are looked at.
func (p *Profile) RowRules() []RowRule {
	rules := make([]RowRule, len(p.rules))
	for i, rule := range p.rules {
		rules[i] = RowRule{rule.ID, rule.Field, rule.message}
	}
	return rules
}
