package capture

import (
	"context"
	"fmt"
)

// Status is somebody's earlier vaccinations from every source, with the choices of the encounter applied. Without refresh it
// answers at once from what is kept on this device. With refresh it asks the provider first, where it may be asked, which can
// take many seconds: never call it so from the thread of a window. That the provider does not answer is a state, no error.
func (d *Desk) Status(ctx context.Context, encounter Encounter, refresh bool) (Status, error) {
	if encounter.Plan.Disease == "" {
		encounter.Plan.Disease = COVID19
	}
	look, err := d.lookUp(ctx, encounter.Person, encounter.Plan.Disease, refresh)
	if err != nil {
		return Status{}, err
	}
	entries, err := d.everySource(ctx, encounter, look)
	if err != nil {
		return Status{}, err
	}
	merged := Merge(entries)
	status := Status{
		State: look.state, LookUp: look.state, CanAsk: look.mayAsk, CheckedAt: look.kept.Answer.At, Sentence: look.sentence(),
		Vaccinations: merged.Vaccinations, Conflicts: merged.Conflicts, Problem: look.kept.Problem,
	}
	if setAside(status.Vaccinations, status.Conflicts, encounter.Status.Chosen) {
		status.State, status.Sentence = StatusConflict, "The records of "+encounter.Person.FullName()+"'s vaccinations do not agree. Choose which counts today"
	}
	status.Warnings = append(look.warnings(), doubtWords(merged)...)
	if encounter.Person.Sensitive {
		status.hide()
	}
	return status, nil
}

// hide takes every place out of what is shown.
func (s *Status) hide() {
	for i, entry := range s.Vaccinations {
		s.Vaccinations[i] = entry.hidden()
	}
	for _, conflict := range s.Conflicts {
		for i, entry := range conflict.Between {
			conflict.Between[i] = entry.hidden()
		}
	}
}

// doubtWords are what to ask the patient about again.
func doubtWords(merged Merged) []string {
	var words []string
	for _, doubt := range merged.Doubts {
		words = append(words, "The patient told of doses within a few days of each other. Ask again: "+doubt.entries())
	}
	undated := 0
	for _, entry := range merged.Vaccinations {
		if entry.Date.IsZero() && entry.Counts() {
			undated++
		}
	}
	if undated > 0 {
		words = append(words, counted(undated, "vaccination has", "vaccinations have")+" no date and cannot be counted. Ask the patient when it was")
	}
	return words
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// everySource lists what the provider found, what was recorded here and what the patient told.
func (d *Desk) everySource(ctx context.Context, encounter Encounter, look lookUp) ([]Vaccination, error) {
	entries := look.kept.Answer.Found
	for _, disease := range d.Catalogue.Diseases() {
		if disease.Key == encounter.Plan.Disease {
			continue
		}
		other, err := d.lookUp(ctx, encounter.Person, disease.Key, false)
		if err != nil {
			return nil, err
		}
		entries = append(entries[:len(entries):len(entries)], other.kept.Answer.Found...)
	}
	own, err := d.recordedHere(ctx, encounter.Person.ID)
	if err != nil {
		return nil, err
	}
	entries = append(entries[:len(entries):len(entries)], own...)
	for _, dose := range encounter.Reported {
		entries = append(entries, d.told(dose))
	}
	return entries, nil
}

// recordedHere is every event of a person on this device.
func (d *Desk) recordedHere(ctx context.Context, personID string) ([]Vaccination, error) {
	events, err := d.Store.EventsOf(ctx, personID)
	if err != nil {
		return nil, err
	}
	entries := make([]Vaccination, 0, len(events))
	for _, event := range events {
		entry := event.vaccination()
		switch event.Action {
		case ActionDelete:
			entry.Pending = ActionDelete // the national history may show it for days after it was told
		case ActionUpdate:
			unsent, err := d.Store.Unsent(ctx, event.ID)
			if err != nil {
				return nil, err
			}
			if unsent {
				entry.Pending = ActionUpdate
			}
		}
		entries = append(entries, entry)
	}
	return entries, nil
}

// vaccination is the event as an entry of a status.
func (e Event) vaccination() Vaccination {
	entry := Vaccination{
		Dose:       Dose{Date: e.Day(), Disease: e.Disease, Product: e.Product.Key, Kind: e.Kind, Source: SourceHere, EventID: e.ID},
		Identifier: Identifier{e.IDURI, e.ID}, Name: e.Product.Name, Where: firstOf(e.Site.Name, e.Site.Code), NotGiven: e.Given == nil,
	}
	if e.Given != nil {
		entry.Batch = e.Given.BatchNumber
	}
	return entry
}

// told is a dose that the patient told of as an entry of a status.
func (d *Desk) told(dose Dose) Vaccination {
	dose.Source, dose.EventID = SourceReported, ""
	day := dose.Date
	if day.IsZero() {
		day = d.Today()
	}
	product, known := d.Catalogue.At(day).Product(dose.Product)
	if !known {
		product, known = d.Edition().Product(dose.Product)
	}
	if known && dose.Disease == "" {
		dose.Disease = product.Disease
	}
	return Vaccination{Dose: dose, Name: firstOf(product.Name, dose.Product)}
}
