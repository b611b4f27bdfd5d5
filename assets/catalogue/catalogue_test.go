package catalogue_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/assets/catalogue"
)

var baseline = catalogue.MustDate("2022-05-12")

func load(t testing.TB) *catalogue.Catalogue {
	t.Helper()
	c, err := catalogue.Load()
	require.NoError(t, err)
	return c
}

func TestProductsOnBaseline(t *testing.T) {
	edition := load(t).At(baseline)
	var offered []string
	for _, product := range edition.Products() {
		if product.Disease == catalogue.COVID19 {
			offered = append(offered, product.Key)
		}
	}
	assert.Equal(t, []string{"comirnaty30_conc", "comirnaty30_rtu", "comirnaty10", "spikevax", "vaxzevria", "nuvaxovid", "janssen", "valneva"}, offered)

	for _, test := range []struct {
		key, amp           string
		min, max           int
		dose, booster      string
		interval, thaw     int
		platform, capOfVia string
	}{
		{"comirnaty30_conc", "39115611000001103", 12, 0, "0.3", "0.3", 21, 31, "mRNA", "purple"},
		{"comirnaty30_rtu", "40556911000001102", 12, 0, "0.3", "0.3", 21, 70, "mRNA", "grey"},
		{"comirnaty10", "40384611000001108", 5, 11, "0.2", "0.2", 21, 70, "mRNA", "orange"},
		{"spikevax", "39326911000001101", 18, 0, "0.5", "0.25", 28, 30, "mRNA", "red"},
		{"vaxzevria", "39114911000001105", 18, 0, "0.5", "0.5", 28, 0, "AZ", ""},
		{"nuvaxovid", "39473011000001103", 18, 0, "0.5", "0.5", 21, 0, "NVX", "blue"},
		{"valneva", "39373511000001104", 18, 50, "0.5", "0.5", 28, 0, "other", ""},
	} {
		t.Run(test.key, func(t *testing.T) {
			product, ok := edition.Product(test.key)
			require.True(t, ok)
			byCode, ok := edition.ProductByAMP(test.amp)
			require.True(t, ok)
			assert.Equal(t, product, byCode)
			assert.Equal(t, []int{test.min, test.max, test.interval, test.thaw}, []int{product.AgeMin, product.AgeMax, product.MinInterval, product.ThawDays})
			assert.Equal(t, test.platform, product.Platform)
			assert.Equal(t, test.capOfVia, product.Cap)
			for _, kind := range []catalogue.DoseKind{catalogue.Primary1, catalogue.Primary2, catalogue.ThirdPrimary} {
				assert.Equal(t, test.dose, product.Amount(kind), kind)
			}
			for _, kind := range []catalogue.DoseKind{catalogue.Booster1, catalogue.SpringBooster} {
				assert.Equal(t, test.booster, product.Amount(kind), kind)
			}
		})
	}
}

func TestProductsByDate(t *testing.T) {
	for _, test := range []struct {
		key, day string
		offered  bool
	}{
		{"comirnaty30_conc", "2020-12-08", true},
		{"vaxzevria", "2020-12-29", false},
		{"vaxzevria", "2020-12-30", true},
		{"comirnaty10", "2022-01-23", false},
		{"comirnaty10", "2022-01-24", true},
		{"comirnaty30_rtu", "2022-03-06", false},
		{"comirnaty30_rtu", "2022-03-07", true},
		{"covaxin_vial", "2022-05-12", false},
		{"sputnik_1_vial", "2030-01-01", false},
	} {
		t.Run(test.key+" "+test.day, func(t *testing.T) {
			product, ok := load(t).At(catalogue.MustDate(test.day)).Product(test.key)
			require.True(t, ok, "a product must be recognised in histories on any day")
			assert.Equal(t, test.offered, product.Offered)
		})
	}
}

// The term of Vaxzevria changed with version 1.26 of the NHS list; its code did not.
func TestVaxzevriaChangesItsTermNotItsCode(t *testing.T) {
	c := load(t)
	before, ok := c.At(catalogue.MustDate("2022-05-17")).ProductByAMP("39114911000001105")
	require.True(t, ok)
	after, ok := c.At(catalogue.MustDate("2022-05-18")).ProductByAMP("39114911000001105")
	require.True(t, ok)
	assert.Contains(t, before.Term, "viral particles")
	assert.Contains(t, after.Term, "not less than 2.5x100,000,000 infectious units/0.5ml")
	assert.Equal(t, before.Key, after.Key)
}

func TestProductByPack(t *testing.T) {
	edition := load(t).At(baseline)
	product, ok := edition.ProductByPack("39375411000001104")
	require.True(t, ok)
	assert.Equal(t, "spikevax", product.Key)
	_, ok = edition.ProductByPack("39326911000001101")
	assert.False(t, ok, "an AMP is no pack")
}

func TestNotGiven(t *testing.T) {
	edition := load(t).At(baseline)
	for _, test := range []struct {
		key               string
		kind              catalogue.DoseKind
		situation, reason string
	}{
		{"contraindicated", catalogue.Primary1, "1324781000000109", "1324761000000100"},
		{"declined", catalogue.Primary2, "1324751000000103", "1324721000000108"},
		{"consent-not-given", catalogue.ThirdPrimary, "1363781000000103", "310376006"},
		{"unwell", catalogue.Booster1, "1362661000000108", "213257006"},
		{"declined", catalogue.SpringBooster, "1362651000000105", "1324721000000108"},
		{"contraindicated", catalogue.Booster1, "1362641000000107", "1324761000000100"},
		{"not-indicated", catalogue.Booster1, "1362671000000101", "1324731000000105"},
		{"abandoned", catalogue.SpringBooster, "1362631000000103", "1324861000000109"},
		{"deferred", catalogue.Primary1, "1324781000000109", "1324731000000105"},
	} {
		t.Run(test.key+" "+string(test.kind), func(t *testing.T) {
			choice, ok := edition.NotGiven(test.key, test.kind)
			require.True(t, ok)
			assert.Equal(t, test.situation, choice.Situation)
			assert.Equal(t, test.reason, choice.Reason)
			situation, ok := edition.Situation(choice.Situation)
			require.True(t, ok)
			assert.NotEmpty(t, situation.Term)
			_, ok = edition.Reason(choice.Reason)
			assert.True(t, ok)
		})
	}
	for _, kind := range load(t).Kinds(catalogue.COVID19) {
		assert.Len(t, edition.NotGivenChoices(kind.Key), 7, kind.Key)
	}
}

// A day before the programme knows nothing, and says so without failing.
func TestBeforeTheProgramme(t *testing.T) {
	edition := load(t).At(catalogue.MustDate("2020-12-07"))
	assert.Empty(t, edition.AllProducts())
	assert.Empty(t, edition.QuestionSet("COVID-19").Questions)
	_, ok := edition.Site("left-upper-arm")
	assert.False(t, ok)
}

// Whatever the day, an edition holds each key once, and every row in it covers the day.
func TestEditionsAreConsistent(t *testing.T) {
	c := load(t)
	rapid.Check(t, func(t *rapid.T) {
		day := catalogue.MustDate("2020-12-08").AddDays(rapid.IntRange(0, 1500).Draw(t, "days since the programme began"))
		edition := c.At(day)
		seen := map[string]bool{}
		note := func(span catalogue.Span, key string) {
			if !span.Covers(day) || seen[key] {
				t.Fatalf("%s on %s: covers %v, seen before %v", key, day, span.Covers(day), seen[key])
			}
			seen[key] = true
		}
		for _, product := range edition.AllProducts() {
			note(product.Span, "product "+product.Key)
		}
		for _, rule := range edition.DoseRules() {
			note(rule.Span, "dose rule "+rule.ID+string(rule.Kind))
		}
		for _, disease := range c.Diseases() {
			for _, rule := range append(edition.ScreeningRules(disease.Key), edition.DeskRules(disease.Key)...) {
				note(rule.Span, "rule "+rule.ID+" of "+disease.Key)
			}
			for _, question := range edition.QuestionSet(disease.Key).Questions {
				note(question.Span, "question "+question.ID)
			}
		}
		if edition.Since().After(day) {
			t.Fatalf("the edition of %s begins on %s", day, edition.Since())
		}
	})
}

// Callers may change what they are given.
func TestListsAreCopies(t *testing.T) {
	edition := load(t).At(baseline)
	edition.Sites()[0].Key = "spoilt"
	edition.AllProducts()[0].Key = "spoilt"
	edition.QuestionSet("COVID-19").Questions[0].Text = "spoilt"
	assert.NotEqual(t, "spoilt", edition.Sites()[0].Key)
	assert.NotEqual(t, "spoilt", edition.AllProducts()[0].Key)
	assert.NotEqual(t, "spoilt", edition.QuestionSet("COVID-19").Questions[0].Text)
}

func BenchmarkLoad(b *testing.B) {
	rows := 0
	for b.Loop() {
		c, err := catalogue.LoadFS(dataDir())
		if err != nil {
			b.Fatal(err)
		}
		rows = len(c.At(baseline).ScreeningRules("COVID-19"))
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/load")
	b.ReportMetric(float64(rows), "rules")
}
