package capture

import (
	"cmp"
	"slices"

	"deltoid/assets/catalogue"
)

// Count is how many events share a value, such as a batch.
type Count struct {
	Key      string `json:"key"`
	Label    string `json:"label"`
	Given    int    `json:"given"`
	NotGiven int    `json:"notGiven"`
}

// HourCount is what happened in an hour of the clinic's clock, 0 to 23.
type HourCount struct {
	Hour     int `json:"hour"`
	Given    int `json:"given"`
	NotGiven int `json:"notGiven"`
}

// Totals are a day's records in numbers. Deleted records count only as Deleted; records of another day of vaccination, typed
// in today, count in Late and in no hour.
type Totals struct {
	Day         Date        `json:"day"`
	Given       int         `json:"given"`
	NotGiven    int         `json:"notGiven"`
	Deleted     int         `json:"deleted"`
	Late        int         `json:"late"`
	Hours       []HourCount `json:"hours"`       // from the first hour with a record to the last, none left out
	Vaccines    []Count     `json:"vaccines"`    // most frequent first, as in the lists below
	Batches     []Count     `json:"batches"`     // key: batch id
	Doses       []Count     `json:"doses"`       // key: kind of dose
	Vaccinators []Count     `json:"vaccinators"` // key: staff id
	Reasons     []Count     `json:"reasons"`     // for not giving a dose
}

// TotalsOf counts the latest versions of the records of a day. kind is what people read for a kind of dose.
func TotalsOf(day Date, events []Event, kind func(catalogue.DoseKind) string) Totals {
	totals := Totals{Day: day}
	var hours [24]HourCount
	vaccines, batches, doses, vaccinators, reasons := tally{}, tally{}, tally{}, tally{}, tally{}
	for _, event := range events {
		if event.Action == ActionDelete {
			totals.Deleted++
			continue
		}
		given := event.Given != nil
		add(&totals.Given, &totals.NotGiven, given)
		if event.Day() == day {
			hour := &hours[event.At.In(catalogue.London).Hour()]
			add(&hour.Given, &hour.NotGiven, given)
		} else {
			totals.Late++
		}
		vaccines.add(event.Product.Key, event.Product.Name, given)
		doses.add(string(event.Kind), kind(event.Kind), given)
		if given {
			batches.add(event.Given.BatchID, event.Given.BatchNumber+" · "+event.Product.Name, true)
			vaccinators.add(event.Performer.ID, event.Performer.Name(), true)
		} else {
			reasons.add(event.NotGiven.Choice, event.NotGiven.Label, false)
		}
	}
	totals.Hours = working(hours)
	totals.Vaccines, totals.Batches, totals.Doses = vaccines.counts(), batches.counts(), doses.counts()
	totals.Vaccinators, totals.Reasons = vaccinators.counts(), reasons.counts()
	return totals
}

func add(given, notGiven *int, wasGiven bool) {
	if wasGiven {
		*given++
	} else {
		*notGiven++
	}
}

// working cuts off the hours before the first record and after the last.
func working(hours [24]HourCount) []HourCount {
	first, last := -1, -1
	for i := range hours {
		hours[i].Hour = i
		if hours[i].Given+hours[i].NotGiven == 0 {
			continue
		}
		if last = i; first < 0 {
			first = i
		}
	}
	if first < 0 {
		return []HourCount{}
	}
	return slices.Clone(hours[first : last+1])
}

// tally counts by key.
type tally map[string]*Count

func (t tally) add(key, label string, given bool) {
	count, known := t[key]
	if !known {
		count = &Count{Key: key, Label: label}
		t[key] = count
	}
	add(&count.Given, &count.NotGiven, given)
}

// counts are in an order that does not depend on the map.
func (t tally) counts() []Count {
	all := make([]Count, 0, len(t))
	for _, count := range t {
		all = append(all, *count)
	}
	slices.SortFunc(all, func(a, b Count) int {
		return cmp.Or(b.Given+b.NotGiven-a.Given-a.NotGiven, cmp.Compare(a.Label, b.Label), cmp.Compare(a.Key, b.Key))
	})
	return all
}
