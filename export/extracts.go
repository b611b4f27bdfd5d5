package export

import (
	"slices"
	"time"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// Extracts tells the desk which files an event goes out in, and what would be refused there.
type Extracts struct {
	Catalogue *catalogue.Catalogue
	Profiles  *Profiles                    // nil: the shipped ones
	Settings  func() capture.Configuration // those in force now, for Due; nil: the defaults
	Now       func() time.Time             // nil: the time the event was recorded
}

var _ capture.Extracts = Extracts{}

func (x Extracts) profiles() *Profiles {
	if x.Profiles == nil {
		return Shipped()
	}
	return x.Profiles
}

// Due names the extracts that must carry the version; a dose not given goes out as well. A version that an extract is
// not to carry may still have to withdraw an earlier one there, so a correction is due wherever the version before it was.
func (x Extracts) Due(event capture.Event) []string {
	var configuration capture.Configuration
	if x.Settings != nil {
		configuration = x.Settings()
	}
	whole := event
	if event.Action == capture.ActionDelete {
		whole.Action = capture.ActionUpdate
	}
	var kinds []string
	for _, profile := range x.profiles().On(configuration) {
		if profile.Unit != PerReaction && profile.Carries(&whole) && (event.Version > 1 || hasRows(profile, &whole)) {
			kinds = append(kinds, string(profile.Kind))
		}
	}
	return kinds
}

// DueReaction names the extracts that must carry a version of an adverse reaction to an event.
func (x Extracts) DueReaction(_ capture.Reaction, event capture.Event) []string {
	var configuration capture.Configuration
	if x.Settings != nil {
		configuration = x.Settings()
	}
	var kinds []string
	for _, profile := range x.profiles().On(configuration) {
		if profile.Unit == PerReaction && slices.Contains(profile.Diseases, event.Disease) {
			kinds = append(kinds, string(profile.Kind))
		}
	}
	return kinds
}

// hasRows spares the ledger events about which a companion extract has nothing to say.
func hasRows(profile *Profile, event *capture.Event) bool {
	return profile.Unit != PerAttribute || len(profile.Answers(event)) > 0
}

// Check is the check of each extract's own builder, so that the desk hears of a refusal while the patient is there.
func (x Extracts) Check(event capture.Event, configuration capture.Configuration) capture.Problems {
	now := event.RecordedAt
	if x.Now != nil {
		now = x.Now()
	}
	var faults capture.Problems
	for _, profile := range x.profiles().On(configuration) {
		if profile.Unit != PerEvent || !slices.Contains(profile.Diseases, event.Disease) || event.Action == capture.ActionDelete {
			continue
		}
		for _, fault := range NewSheet(profile, configuration, x.Catalogue).Check(&event, event.Action, now) {
			if !slices.ContainsFunc(faults, func(known *capture.Error) bool { return *known == *fault }) {
				faults = append(faults, fault)
			}
		}
	}
	return faults
}
