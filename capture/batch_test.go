package capture_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// given is what becomes of a dose of a product from a batch at a time, with a change to it.
func given(t *testing.T, product string, batch capture.Batch, at time.Time, change func(*capture.Encounter)) (capture.Review, error) {
	t.Helper()
	d := newDesk(t)
	batch.ID, batch.Product = "tried", product
	require.NoError(t, d.store.SaveBatch(t.Context(), batch, capture.AuditEntry{}))
	visit := ready(t, d)
	row, ok := d.Catalogue.At(catalogue.DateOf(at)).Product(product)
	require.True(t, ok)
	visit.Plan.Product, visit.Give.BatchID, visit.Give.AmountML, visit.Give.At = product, "tried", row.DoseML, at
	d.Now = func() time.Time { return at }
	if change != nil {
		change(&visit)
	}
	return d.Review(t.Context(), visit)
}

func londonTime(day, hour string) time.Time {
	at, err := time.ParseInLocation("2006-01-02 15:04", day+" "+hour, catalogue.London)
	if err != nil {
		panic(err)
	}
	return at
}

func TestT15_ThawedConcentrateIsBlockedAfter31Days(t *testing.T) {
	batch := capture.Batch{Number: "FM5092", Expiry: catalogue.MustDate("2022-09-30"), ThawedOn: catalogue.MustDate("2022-04-01")}
	_, err := given(t, "comirnaty30_conc", batch, londonTime("2022-05-03", "10:00"), nil)
	assert.Equal(t, []string{"give.batchId"}, fieldsOf(err))
	assert.Equal(t, capture.Refused, capture.CodeOf(err))
	assert.ErrorContains(t, err, "could be used until 2 May 2022")
	review, err := given(t, "comirnaty30_conc", batch, londonTime("2022-05-02", "10:00"), nil)
	require.NoError(t, err)
	assert.Equal(t, catalogue.MustDate("2022-05-02"), review.Event.Given.Expiry)
}

func TestT16_ThawedReadyToUseIsBlockedAfter70Days(t *testing.T) {
	batch := capture.Batch{Number: "FP1430", Expiry: catalogue.MustDate("2022-09-30"), ThawedOn: catalogue.MustDate("2022-03-01")}
	_, err := given(t, "comirnaty30_rtu", batch, londonTime("2022-05-10", "10:00"), nil)
	require.NoError(t, err)
	_, err = given(t, "comirnaty30_rtu", batch, londonTime("2022-05-11", "10:00"), nil)
	assert.Equal(t, []string{"give.batchId"}, fieldsOf(err))
}

func TestT17_AVialOpenTooLongWarns(t *testing.T) {
	batch := capture.Batch{Number: "000151A", Expiry: catalogue.MustDate("2022-09-30")}
	opened := func(e *capture.Encounter) { e.Give.VialOpenedAt = londonTime("2022-05-12", "09:00") }
	review, err := given(t, "spikevax", batch, londonTime("2022-05-12", "15:00"), opened)
	require.NoError(t, err, "six hours")
	assert.Empty(t, review.Rules)
	review, err = given(t, "spikevax", batch, londonTime("2022-05-12", "15:01"), opened)
	assert.Equal(t, []string{"give.vialReason"}, fieldsOf(err))
	assert.ErrorContains(t, err, "opened at 09:00 on 12 May and could be used for 6 hours")
	require.Len(t, review.Rules, 1)
	assert.Equal(t, "K06-vial", review.Rules[0].RuleID)
	review, err = given(t, "spikevax", batch, londonTime("2022-05-12", "15:01"), func(e *capture.Encounter) {
		opened(e)
		e.Give.VialReason = "given at 14:55, typed later"
	})
	require.NoError(t, err, "a warning, not a stop")
	assert.Equal(t, "given at 14:55, typed later", review.Event.Given.VialReason)
	assert.Equal(t, review.Rules, review.Event.DeskRules)
}

func TestVials(t *testing.T) {
	d := newDesk(t)
	nine := londonTime("2022-05-12", "09:00")
	batch, err := d.OpenVial(t.Context(), "other", nine)
	require.NoError(t, err)
	require.Len(t, batch.Vials, 1)
	_, err = d.OpenVial(t.Context(), "other", nine)
	assert.Equal(t, capture.Conflict, capture.CodeOf(err), "the same vial")
	_, err = d.OpenVial(t.Context(), "other", time.Time{})
	require.NoError(t, err)
	_, err = d.OpenVial(t.Context(), "other", now.Add(time.Minute))
	assert.Equal(t, []string{"openedAt"}, fieldsOf(err), "not yet")
	_, err = d.OpenVial(t.Context(), "old", time.Time{})
	assert.Equal(t, capture.Refused, capture.CodeOf(err), "past its use")
	_, err = d.OpenVial(t.Context(), "none", time.Time{})
	assert.True(t, capture.IsNotFound(err))

	usable := func() (opened []time.Time) {
		vials, err := d.Vials(t.Context(), "other")
		require.NoError(t, err)
		for _, vial := range vials {
			opened = append(opened, vial.OpenedAt)
		}
		return opened
	}
	assert.Equal(t, []time.Time{nine.UTC(), now}, usable())
	d.Now = func() time.Time { return londonTime("2022-05-12", "15:01") }
	assert.Equal(t, []time.Time{now}, usable(), "the first is over")
	d.store.configuration["in_use_hours.spikevax"] = "19"
	assert.Len(t, usable(), 2, "19 hours by the later product information")
	_, err = d.FinishVial(t.Context(), "other", nine)
	require.NoError(t, err)
	assert.Equal(t, []time.Time{now}, usable())
	_, err = d.FinishVial(t.Context(), "other", now.Add(time.Hour))
	assert.True(t, capture.IsNotFound(err))
}

func TestUsedUpBatchIsNotOffered(t *testing.T) {
	d := newDesk(t)
	_, err := d.UseUpBatch(t.Context(), "soon", true)
	require.NoError(t, err)
	batches, err := d.Batches(t.Context(), "comirnaty30_rtu")
	require.NoError(t, err)
	require.Len(t, batches, 1)
	assert.Equal(t, "good", batches[0].ID)
}

// What was truly given from a batch past its use is recorded on a later day, with a reason (E1); a caution without a
// reason to give is shown and stops nothing.
func TestDeskRulesOfABatch(t *testing.T) {
	old := capture.Batch{Number: "FP0001", Expiry: catalogue.MustDate("2022-05-10")}
	good := capture.Batch{Number: "FP0002", Expiry: catalogue.MustDate("2022-06-30")}
	usedUp, late := good, good
	usedUp.UsedUp = true
	late.Received = catalogue.MustDate("2022-05-13")
	for name, test := range map[string]struct {
		batch  capture.Batch
		change func(*capture.Encounter)
		fields []string
		rules  []string
	}{
		"good":                 {good, nil, nil, nil},
		"K05 died":             {good, func(e *capture.Encounter) { e.Person.Deceased = true }, []string{"person.deceased"}, []string{"K05"}},
		"K06 past its use":     {old, nil, []string{"give.batchId"}, []string{"K06"}},
		"K06 a reason is none": {old, func(e *capture.Encounter) { e.Give.PastUseReason = "no other left" }, []string{"give.batchId"}, []string{"K06"}},
		"E1 given yesterday":   {old, func(e *capture.Encounter) { e.Give.At = now.AddDate(0, 0, -1) }, []string{"give.pastUseReason"}, []string{"K06-late"}},
		"E1 with the reason": {old, func(e *capture.Encounter) {
			e.Give.At, e.Give.PastUseReason = now.AddDate(0, 0, -1), "found at the evening count"
		}, nil, []string{"K06-late"}},
		"used up":         {usedUp, nil, nil, []string{"K06-used-up"}},
		"E5 came later":   {late, nil, nil, []string{"K06-received"}},
		"K08 half":        {good, func(e *capture.Encounter) { e.Give.AmountML = "0.15" }, []string{"give.amountReason"}, []string{"K08"}},
		"K08 with reason": {good, func(e *capture.Encounter) { e.Give.AmountML, e.Give.AmountReason = "0.15", "syringe leaked" }, nil, []string{"K08"}},
		"half a dose":     {good, func(e *capture.Encounter) { e.Give.AmountML, e.Give.HalfDose = "0.15", true }, nil, nil},
		"vial of tomorrow": {good, func(e *capture.Encounter) { e.Give.VialOpenedAt = now.Add(time.Hour) }, []string{"give.vialOpenedAt"},
			nil},
	} {
		t.Run(name, func(t *testing.T) {
			review, err := given(t, "comirnaty30_rtu", test.batch, now, test.change)
			assert.Equal(t, test.fields, fieldsOf(err))
			var rules []string
			for _, rule := range review.Rules {
				rules = append(rules, rule.RuleID)
				assert.NotEmpty(t, rule.Source)
				assert.NotEmpty(t, rule.Facts)
				assert.NotContains(t, rule.Sentence, "{")
			}
			assert.Equal(t, test.rules, rules)
		})
	}
}

// A vaccine whose code nobody has published yet is given, and the desk says that its row waits (K14).
func TestDeskSaysThatACodeIsMissing(t *testing.T) {
	rows, err := catalogue.Load()
	require.NoError(t, err)
	at := londonTime("2021-10-15", "10:00")
	for _, product := range rows.At(catalogue.DateOf(at)).Products() {
		if product.Disease != capture.Flu {
			continue
		}
		batch := capture.Batch{Number: "F1", Expiry: catalogue.DateOf(at).AddDays(30)}
		review, _ := given(t, product.Key, batch, at, func(e *capture.Encounter) { e.Plan.Disease, e.Plan.Kind = capture.Flu, catalogue.FluFirst })
		spoke := false
		for _, rule := range review.Rules {
			spoke = spoke || rule.RuleID == "K14"
		}
		assert.Equal(t, product.AMP == "", spoke, product.Key)
	}
}

func TestT30_BatchNumbersAreTidied(t *testing.T) {
	d := newDesk(t)
	for typed, want := range map[string]string{" 4120z001 ": "4120Z001", "EJ0553": "EJ0553", "r04x\t": "R04X", "bn1231231aw 2": "BN1231231AW 2"} {
		batch, err := d.AddBatch(t.Context(), capture.Batch{Product: "vaxzevria", Number: typed, Expiry: today.AddDays(30)})
		require.NoError(t, err)
		assert.Equal(t, want, batch.Number)
	}
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.String().Draw(t, "typed")
		tidy := capture.Batch{Number: number}.Tidy()
		if again := tidy.Tidy(); tidy.Number != again.Number || tidy.Number != strings.TrimSpace(tidy.Number) {
			t.Fatalf("%q becomes %q", number, tidy.Number)
		}
	})
}

func TestT31_TheSameBatchTwiceIsRefused(t *testing.T) {
	d := newDesk(t)
	_, err := d.AddBatch(t.Context(), capture.Batch{Product: "comirnaty30_rtu", Number: "fp1430", Expiry: catalogue.MustDate("2022-06-30")})
	assert.Equal(t, []string{"number"}, fieldsOf(err))
	assert.ErrorContains(t, err, "already a batch with this number and expiry date")
	_, err = d.AddBatch(t.Context(), capture.Batch{Product: "comirnaty30_rtu", Number: "FP1430", Expiry: catalogue.MustDate("2022-07-31")})
	require.NoError(t, err, "another expiry is another batch")
	_, err = d.AddBatch(t.Context(), capture.Batch{Product: "spikevax", Number: "X1", Expiry: today, Received: today.AddDays(1)})
	assert.Equal(t, []string{"received"}, fieldsOf(err))
}
