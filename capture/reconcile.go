package capture

import (
	"context"
	"fmt"
	"slices"

	"deltoid/assets/catalogue"
)

// Difference is something that does not add up at the end of the day, by name.
type Difference struct {
	Key      string   `json:"key"` // stays the same while the difference does, so that it can be explained
	Sentence string   `json:"sentence"`
	Events   []string `json:"events,omitempty"` // ids of the records it is about
	Visits   []string `json:"visits,omitempty"` // ids of the drafts it is about
	Why      string   `json:"why,omitempty"`    // the explanation given
}

// Reconciliation is the end of a day: what was drawn, given, wasted and saved, and every difference between them.
type Reconciliation struct {
	Totals      Totals       `json:"totals"`
	Stocks      []Stock      `json:"stocks"`
	Differences []Difference `json:"differences"`
}

// Unexplained are the differences that nobody has explained yet; a clinic with one stays open.
func (r Reconciliation) Unexplained() []Difference {
	return slices.DeleteFunc(slices.Clone(r.Differences), func(d Difference) bool { return d.Why != "" })
}

// Reconcile compares the counts of the clinic that is open with its records.
func (d *Desk) Reconcile(ctx context.Context) (Reconciliation, error) {
	clinic, open := d.Clinic()
	if !open {
		return Reconciliation{}, errNoClinic
	}
	events, err := d.Store.EventsOn(ctx, d.Today())
	if err != nil {
		return Reconciliation{}, err
	}
	events = slices.DeleteFunc(events, func(e Event) bool { return e.Site.Code != clinic.Site.Code })
	stocks, err := d.Store.Stocks(ctx, clinic.ID)
	if err != nil {
		return Reconciliation{}, err
	}
	drafts, err := d.Store.Drafts(ctx)
	if err != nil {
		return Reconciliation{}, err
	}
	batches, err := d.Store.Batches(ctx)
	if err != nil {
		return Reconciliation{}, err
	}
	day := Reconciliation{Totals: TotalsOf(d.Today(), events, d.kindLabel), Stocks: stocks}
	day.Differences = append(unfinished(clinic, drafts), uncounted(events, stocks, batches)...)
	for i := range day.Differences {
		day.Differences[i].Why = clinic.Explained[day.Differences[i].Key]
	}
	return day, nil
}

func (d *Desk) kindLabel(key catalogue.DoseKind) string {
	kind, _ := d.Catalogue.Kind(key)
	return firstOf(kind.Label, string(key))
}

// unfinished are visits of the clinic that became no record. No explanation replaces finishing them.
func unfinished(clinic Clinic, drafts []Encounter) []Difference {
	var visits []string
	for _, draft := range drafts {
		if draft.ClinicID == clinic.ID {
			visits = append(visits, draft.ID)
		}
	}
	if len(visits) == 0 {
		return nil
	}
	return []Difference{{Key: "visits", Sentence: several(len(visits), "visit of this clinic is", "visits of this clinic are") + " not finished", Visits: visits}}
}

// uncounted compares, batch by batch, doses drawn with doses given and thrown away.
func uncounted(events []Event, stocks []Stock, batches []Batch) []Difference {
	given := map[string][]string{}
	for _, event := range events {
		if event.Given != nil && event.Action != ActionDelete {
			given[event.Given.BatchID] = append(given[event.Given.BatchID], event.ID)
		}
	}
	var found []Difference
	for _, batch := range batches {
		records := given[batch.ID]
		i := slices.IndexFunc(stocks, func(s Stock) bool { return s.BatchID == batch.ID })
		if i < 0 {
			if len(records) > 0 {
				found = append(found, Difference{
					Key:      "uncounted/" + batch.ID,
					Sentence: "Batch " + batch.Number + ": " + several(len(records), "dose is", "doses are") + " on record and none was counted as drawn up",
					Events:   records,
				})
			}
			continue
		}
		if over := stocks[i].Drawn - stocks[i].Wasted - len(records); over != 0 {
			found = append(found, Difference{
				Key: fmt.Sprintf("drawn/%s/%d", batch.ID, over), Events: records,
				Sentence: fmt.Sprintf("Batch %s: %d drawn up, %d thrown away, %d on record as given; %s",
					batch.Number, stocks[i].Drawn, stocks[i].Wasted, len(records), overOrShort(over)),
			})
		}
	}
	return found
}

func overOrShort(over int) string {
	if over > 0 {
		return several(over, "dose has", "doses have") + " no record"
	}
	return several(-over, "record has", "records have") + " no dose"
}

func several(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// Explain keeps why a difference is there; it stays with the clinic. A visit that is not finished cannot be explained away.
func (d *Desk) Explain(ctx context.Context, key, why string) error {
	day, err := d.Reconcile(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(day.Differences, func(x Difference) bool { return x.Key == key })
	switch {
	case i < 0:
		return &Error{Code: NotFound, Field: "key", Message: "This difference is gone. Look at the list again"}
	case len(day.Differences[i].Visits) > 0:
		return &Error{Code: Refused, Field: "key", Message: "Complete or discard the visits that are in progress"}
	case oneLine(why) == "":
		return &Error{Code: Invalid, Field: "why", Message: "Enter how the difference came about"}
	}
	clinic, _ := d.Clinic()
	explained := map[string]string{key: oneLine(why)}
	for k, v := range clinic.Explained {
		if k != key {
			explained[k] = v
		}
	}
	clinic.Explained = explained
	return d.keepClinic(ctx, clinic, "clinic.explain")
}
