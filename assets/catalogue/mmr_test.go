package catalogue_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/assets/catalogue"
)

func TestMMRProducts(t *testing.T) {
	edition := load(t).At(baseline)
	for _, test := range []struct {
		key, amp string
		gelatine bool
	}{
		{"mmrvaxpro", "13968211000001108", true},
		{"priorix", "34925111000001104", false},
	} {
		product, ok := edition.ProductByAMP(test.amp)
		require.True(t, ok, test.key)
		assert.Equal(t, test.key, product.Key)
		assert.Equal(t, test.gelatine, product.Has("gelatine"), test.key)
		assert.True(t, product.Has("neomycin"), test.key)
		assert.True(t, product.Offered, test.key)
		assert.Equal(t, 12, product.AgeMinMonths, test.key)
		for _, kind := range []catalogue.DoseKind{catalogue.MMRFirst, catalogue.MMRSecond} {
			assert.Equal(t, "0.5", product.Amount(kind), test.key)
		}
	}
	for _, key := range []string{"proquad", "mmr_unnamed"} {
		product, ok := edition.Product(key)
		require.True(t, ok, key)
		assert.False(t, product.Offered, "%s is known from histories only", key)
	}
}

func TestMMRCodes(t *testing.T) {
	edition := load(t).At(baseline)
	for kind, code := range map[catalogue.DoseKind]string{catalogue.MMRFirst: "38598009", catalogue.MMRSecond: "170433008"} {
		procedure, ok := edition.Procedure(kind, "MMR")
		require.True(t, ok)
		assert.Equal(t, code, procedure.Code)
		assert.Len(t, edition.NotGivenChoices(kind), 7, kind)
	}
	for _, test := range []struct {
		key               string
		kind              catalogue.DoseKind
		situation, reason string
	}{
		{"contraindicated", catalogue.MMRFirst, "275974002", "266758009"},
		{"declined", catalogue.MMRSecond, "9711000175104", "310376006"},
		{"consent-not-given", catalogue.MMRFirst, "310839003", "310376006"},
		{"consent-not-given", catalogue.MMRSecond, "310840001", "310376006"},
		{"unwell", catalogue.MMRFirst, "61751000000106", "213257006"},
		{"deferred", catalogue.MMRSecond, "61761000000109", ""},
	} {
		choice, ok := edition.NotGiven(test.key, test.kind)
		require.True(t, ok, test.key)
		assert.Equal(t, []string{test.situation, test.reason}, []string{choice.Situation, choice.Reason}, test.key)
	}
	indication, ok := edition.Indication(catalogue.MMR)
	require.True(t, ok)
	assert.Equal(t, "171279008", indication.Code)
}

func TestMMRQuestions(t *testing.T) {
	set := load(t).At(baseline).QuestionSet(catalogue.MMR)
	assert.Equal(t, "M", set.ID)
	require.Len(t, set.Questions, 14)
	assert.Equal(t, "M01", set.Questions[0].ID)
	assert.Equal(t, "M14", set.Questions[13].ID)
	counting, ok := load(t).At(baseline).ValidDoses(catalogue.MMR)
	require.True(t, ok)
	assert.Equal(t, []int{2, 12, 28, 18}, []int{counting.Doses, counting.CountsFrom, counting.Apart, counting.EndsFrom})
	_, ok = load(t).At(baseline).ValidDoses(catalogue.COVID19)
	assert.False(t, ok)
}

// The day on which months are completed is the first with that many of them, and its eve has fewer.
func TestAddMonthsIsWhenMonthsAreCompleted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		born := catalogue.MustDate("1950-01-01").AddDays(rapid.IntRange(0, 30000).Draw(t, "born"))
		months := rapid.IntRange(0, 600).Draw(t, "months")
		day := born.AddMonths(months)
		if day.MonthsSince(born) != months && !(born.Day > 28 && day.Day == 1 && day.MonthsSince(born) >= months) {
			t.Fatalf("born %s: %s is %d months, not %d", born, day, day.MonthsSince(born), months)
		}
		if eve := day.AddDays(-1); eve.MonthsSince(born) >= months {
			t.Fatalf("born %s: %s is %d months already", born, eve, eve.MonthsSince(born))
		}
	})
	assert.Equal(t, "2021-03-01", catalogue.MustDate("2020-02-29").AddMonths(12).String())
	assert.Equal(t, "2023-04-12", catalogue.MustDate("2019-12-12").AddMonths(40).String())
	assert.Equal(t, "2019-12-12", catalogue.MustDate("2020-12-12").AddMonths(-12).String())
}
