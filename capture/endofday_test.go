package capture_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// vaccinated saves one dose of the batch "good".
func vaccinated(t *testing.T, d desk) capture.Event {
	t.Helper()
	event, err := d.Complete(t.Context(), ready(t, d))
	require.NoError(t, err)
	return event
}

func differences(t *testing.T, d desk) []capture.Difference {
	t.Helper()
	day, err := d.Reconcile(t.Context())
	require.NoError(t, err)
	return day.Differences
}

func TestADoseThatNobodyCountedIsADifference(t *testing.T) {
	d := newDesk(t)
	event := vaccinated(t, d)
	found := differences(t, d)
	require.Len(t, found, 1)
	assert.Equal(t, "Batch FP1430: 1 dose is on record and none was counted as drawn up", found[0].Sentence)
	assert.Equal(t, []string{event.ID}, found[0].Events)
	assert.ErrorContains(t, d.CloseClinic(t.Context(), ""), "explain the difference, then close the clinic")
}

func TestCountsThatAddUpLetTheClinicClose(t *testing.T) {
	d := newDesk(t)
	vaccinated(t, d)
	for _, test := range []struct {
		stock    capture.Stock
		sentence string
	}{
		{capture.Stock{Drawn: 3, Wasted: 1, WastedWhy: "dropped"}, "Batch FP1430: 3 drawn up, 1 thrown away, 1 on record as given; 1 dose has no record"},
		{capture.Stock{}, "Batch FP1430: 0 drawn up, 0 thrown away, 1 on record as given; 1 record has no dose"},
		{capture.Stock{Drawn: 2, Wasted: 1, WastedWhy: "dropped", Left: 4}, ""},
	} {
		test.stock.BatchID = "good"
		_, err := d.CountStock(t.Context(), test.stock)
		require.NoError(t, err)
		found := differences(t, d)
		if test.sentence == "" {
			assert.Empty(t, found)
			continue
		}
		require.Len(t, found, 1)
		assert.Equal(t, test.sentence, found[0].Sentence)
	}
	require.NoError(t, d.CloseClinic(t.Context(), "  Two vials in the fridge "))
	assert.Equal(t, "Two vials in the fridge", d.store.clinics[0].HandOver)
	assert.Equal(t, "nurse", d.store.clinics[0].ClosedBy)
}

func TestAnExplainedDifferenceLetsTheClinicCloseUntilItChanges(t *testing.T) {
	d := newDesk(t)
	vaccinated(t, d)
	count := capture.Stock{BatchID: "good", Drawn: 3}
	_, err := d.CountStock(t.Context(), count)
	require.NoError(t, err)
	key := differences(t, d)[0].Key

	assert.Equal(t, "why", capture.ProblemsOf(d.Explain(t.Context(), key, " "))[0].Field)
	require.NoError(t, d.Explain(t.Context(), key, "two doses went to the ward"))
	assert.Equal(t, "two doses went to the ward", differences(t, d)[0].Why)

	count.Drawn = 4
	_, err = d.CountStock(t.Context(), count)
	require.NoError(t, err)
	assert.Empty(t, differences(t, d)[0].Why, "it is another difference now")
	require.Error(t, d.CloseClinic(t.Context(), ""))
	count.Drawn = 3
	_, err = d.CountStock(t.Context(), count)
	require.NoError(t, err)
	require.NoError(t, d.CloseClinic(t.Context(), ""))
}

func TestAVisitInProgressCannotBeExplainedAway(t *testing.T) {
	d := newDesk(t)
	_, err := d.Start(t.Context(), "P1")
	require.NoError(t, err)
	assert.Equal(t, capture.Refused, capture.CodeOf(d.Explain(t.Context(), "visits", "they went home")))
}

func TestCountsAreChecked(t *testing.T) {
	d := newDesk(t)
	for field, stock := range map[string]capture.Stock{
		"drawn":     {BatchID: "good", Drawn: -1},
		"wasted":    {BatchID: "good", Drawn: 1, Wasted: 2, WastedWhy: "dropped"},
		"wastedWhy": {BatchID: "good", Drawn: 1, Wasted: 1},
		"left":      {BatchID: "good", Left: -1},
		"batchId":   {BatchID: "nowhere"},
	} {
		_, err := d.CountStock(t.Context(), stock)
		problems := capture.ProblemsOf(err)
		require.NotEmpty(t, problems, field)
		assert.Equal(t, field, problems[0].Field)
	}
	assert.Empty(t, d.store.stocks)
}

func TestTotalsOfADay(t *testing.T) {
	day := catalogue.MustDate("2022-05-12")
	at := func(hour int) time.Time { return time.Date(2022, 5, 12, hour-1, 30, 0, 0, time.UTC) } // summer time
	dose := func(hour int, batch string) capture.Event {
		return capture.Event{
			Action: capture.ActionNew, At: at(hour), Kind: catalogue.Primary1, Product: capture.EventProduct{Key: "p", Name: "Comirnaty"},
			Given: &capture.Given{BatchID: batch, BatchNumber: batch}, Performer: capture.Performer{ID: "n", Forename: "Ann", Surname: "Nurse"},
		}
	}
	declined := dose(12, "")
	declined.Given, declined.NotGiven = nil, &capture.NotGivenAs{Choice: "declined", Label: "The patient declined"}
	deleted := dose(10, "B")
	deleted.Action = capture.ActionDelete
	late := dose(9, "B")
	late.At = late.At.AddDate(0, 0, -3)
	totals := capture.TotalsOf(day, []capture.Event{dose(9, "A"), dose(9, "B"), declined, deleted, late}, func(k catalogue.DoseKind) string { return "First dose" })
	assert.Equal(t, capture.Totals{
		Day: day, Given: 3, NotGiven: 1, Deleted: 1, Late: 1,
		Hours:       []capture.HourCount{{Hour: 9, Given: 2}, {Hour: 10}, {Hour: 11}, {Hour: 12, NotGiven: 1}},
		Vaccines:    []capture.Count{{Key: "p", Label: "Comirnaty", Given: 3, NotGiven: 1}},
		Batches:     []capture.Count{{Key: "B", Label: "B · Comirnaty", Given: 2}, {Key: "A", Label: "A · Comirnaty", Given: 1}},
		Doses:       []capture.Count{{Key: "primary1", Label: "First dose", Given: 3, NotGiven: 1}},
		Vaccinators: []capture.Count{{Key: "n", Label: "Ann Nurse", Given: 3}},
		Reasons:     []capture.Count{{Key: "declined", Label: "The patient declined", NotGiven: 1}},
	}, totals)
	assert.Empty(t, capture.TotalsOf(day, nil, nil).Hours)
}

// Every list of the totals adds up to the same numbers, whatever the records.
func TestTotalsAddUp(t *testing.T) {
	day := catalogue.MustDate("2022-03-27") // the clocks go forward
	rapid.Check(t, func(t *rapid.T) {
		events := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) capture.Event {
			event := capture.Event{
				Action: rapid.SampledFrom([]capture.Action{capture.ActionNew, capture.ActionUpdate, capture.ActionDelete}).Draw(t, "action"),
				At:     time.Date(2022, 3, 26, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 72*60).Draw(t, "minute")) * time.Minute),
				Kind:   rapid.SampledFrom([]catalogue.DoseKind{catalogue.Primary1, catalogue.FluFirst}).Draw(t, "kind"),
			}
			if rapid.Bool().Draw(t, "given") {
				event.Given = &capture.Given{BatchID: rapid.SampledFrom([]string{"A", "B"}).Draw(t, "batch")}
			} else {
				event.NotGiven = &capture.NotGivenAs{Choice: "unwell"}
			}
			return event
		}), 0, 30).Draw(t, "events")
		totals := capture.TotalsOf(day, events, func(k catalogue.DoseKind) string { return string(k) })
		if got := totals.Given + totals.NotGiven + totals.Deleted; got != len(events) {
			t.Fatalf("%d of %d", got, len(events))
		}
		sum := func(counts []capture.Count) (given, notGiven int) {
			for _, count := range counts {
				given, notGiven = given+count.Given, notGiven+count.NotGiven
			}
			return given, notGiven
		}
		for _, counts := range [][]capture.Count{totals.Vaccines, totals.Doses} {
			given, notGiven := sum(counts)
			if given != totals.Given || notGiven != totals.NotGiven {
				t.Fatalf("%v", counts)
			}
		}
		batches, _ := sum(totals.Batches)
		_, reasons := sum(totals.Reasons)
		hours := totals.Late
		for _, hour := range totals.Hours {
			hours += hour.Given + hour.NotGiven
		}
		if batches != totals.Given || reasons != totals.NotGiven || hours != totals.Given+totals.NotGiven {
			t.Fatalf("%+v", totals)
		}
	})
}

func TestAWrongBatchIsPutRightInManyRecords(t *testing.T) {
	d := newDesk(t)
	event := vaccinated(t, d)
	right := capture.Batch{ID: "right", Product: "comirnaty30_rtu", Number: "FP9999", Expiry: catalogue.MustDate("2022-08-31")}
	d.store.batches = append(d.store.batches, right)

	previews, err := d.PreviewCorrection(t.Context(), []string{event.ID}, capture.Correction{BatchID: "right"})
	require.NoError(t, err)
	require.NoError(t, previews[0].Fault)
	assert.Equal(t, "FP1430", previews[0].Before.Given.BatchNumber)
	assert.Equal(t, "FP9999", previews[0].After.Given.BatchNumber)
	kept, _ := d.Store.Event(t.Context(), event.ID)
	assert.Len(t, kept, 1, "a preview saves nothing")
	assert.Equal(t, "FP1430", kept[0].Given.BatchNumber)

	assert.Equal(t, "reason", capture.ProblemsOf(d.CorrectMany(t.Context(), []string{event.ID}, capture.Correction{BatchID: "right"}, "", nil))[0].Field)
	var done []capture.Corrected
	require.NoError(t, d.CorrectMany(t.Context(), []string{event.ID}, capture.Correction{BatchID: "right"}, "wrong vial keyed",
		func(c capture.Corrected) { done = append(done, c) }))
	require.Len(t, done, 1)
	assert.Equal(t, capture.ActionUpdate, done[0].After.Action)
	kept, _ = d.Store.Event(t.Context(), event.ID)
	assert.Len(t, kept, 2)
	assert.Equal(t, "FP9999", kept[1].Given.BatchNumber)
	assert.Equal(t, catalogue.MustDate("2022-08-31"), kept[1].Given.Expiry)
	assert.Equal(t, "wrong vial keyed", kept[1].Change.Reason)

	had, err := d.WhoHad(t.Context(), "right")
	require.NoError(t, err)
	assert.Len(t, had, 1)
	had, err = d.WhoHad(t.Context(), "good")
	require.NoError(t, err)
	assert.Empty(t, had, "the latest version counts")
}

func TestCorrectionsThatCannotBe(t *testing.T) {
	d := newDesk(t)
	event := vaccinated(t, d)
	_, err := d.PreviewCorrection(t.Context(), []string{event.ID}, capture.Correction{})
	assert.Equal(t, "correction", capture.ProblemsOf(err)[0].Field)
	_, err = d.PreviewCorrection(t.Context(), []string{event.ID}, capture.Correction{BatchID: "nowhere"})
	assert.Equal(t, "batchId", capture.ProblemsOf(err)[0].Field)
	_, err = d.PreviewCorrection(t.Context(), []string{event.ID}, capture.Correction{VaccinatorID: "nobody"})
	assert.Equal(t, "vaccinatorId", capture.ProblemsOf(err)[0].Field)

	previews, err := d.PreviewCorrection(t.Context(), []string{event.ID}, capture.Correction{BatchID: "other"})
	require.NoError(t, err)
	assert.ErrorContains(t, previews[0].Fault, "of another vaccine")

	_, err = d.Delete(t.Context(), event.ID, "typed in for the wrong person")
	require.NoError(t, err)
	previews, err = d.PreviewCorrection(t.Context(), []string{event.ID}, capture.Correction{VaccinatorID: "nurse"})
	require.NoError(t, err)
	assert.ErrorContains(t, previews[0].Fault, "was deleted")
}
