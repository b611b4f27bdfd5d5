package catalogue_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
)

var autumn = catalogue.MustDate("2021-11-15")

func TestFluProducts(t *testing.T) {
	edition := load(t).At(autumn)
	for _, test := range []struct {
		key, amp, platform, ages, dose, route string
		has, hasNot                           string
	}{
		{"fluenz_tetra", "27114211000001105", "LAIV", "2 to 17", "0.2", "nasal", "egg gelatine gentamicin neomycin", "kanamycin"},
		{"flucelvax_tetra", "36509011000001106", "QIVc", "2+", "0.5", "im", "polysorbate80", "egg ovalbumin gelatine"},
		{"supemtek", "39566211000001103", "QIVr", "18+", "0.5", "im", "", "egg ovalbumin gelatine"},
		{"fluad_tetra", "38973211000001108", "aQIV", "65+", "0.5", "im", "egg ovalbumin kanamycin", "gelatine"},
		{"qive_sanofi", "34680411000001107", "QIVe", "6 months+", "0.5", "im", "egg neomycin", "ovalbumin gelatine"},
		{"influvac_tetra", "35727111000001109", "QIVe", "3+", "0.5", "im", "egg ovalbumin", "gelatine"},
	} {
		t.Run(test.key, func(t *testing.T) {
			product, ok := edition.ProductByAMP(test.amp)
			require.True(t, ok)
			assert.Equal(t, test.key, product.Key)
			assert.True(t, product.Offered && product.Sendable())
			assert.Equal(t, catalogue.Flu, product.Disease)
			assert.Equal(t, []string{test.platform, test.ages, test.dose, test.route}, []string{product.Platform, product.AgeText(), product.Amount(catalogue.FluFirst), product.Route})
			for ingredient := range strings.FieldsSeq(test.has) {
				assert.True(t, product.Has(ingredient), ingredient)
			}
			for ingredient := range strings.FieldsSeq(test.hasNot) {
				assert.False(t, product.Has(ingredient), ingredient)
			}
		})
	}
	fluarix, ok := edition.Product("fluarix_tetra")
	require.True(t, ok, "known from histories")
	assert.False(t, fluarix.Offered)
	_, ok = edition.ProductByAMP("35727211000001103")
	assert.False(t, ok, "a pack of one syringe is no product")
}

func TestAges(t *testing.T) {
	for _, test := range []struct {
		min, max string
		text     string
		first    int // completed months
		last     int // 0: none
	}{
		{"12", "", "12+", 144, 0},
		{"5", "11", "5 to 11", 60, 143},
		{"6m", "", "6 months+", 6, 0},
		{"6m", "17", "6 months to 17", 6, 215},
		{"6m", "35m", "6 months to 2", 6, 35},
		{"6m", "17m", "6 months to 17 months", 6, 17},
		{"24m", "", "2+", 24, 0},
	} {
		files := copyOfData(t)
		bend(t, files, "flu/products.csv", "gentamicin,2,17,", "gentamicin,"+test.min+","+test.max+",")
		c, err := catalogue.LoadFS(files)
		require.NoError(t, err)
		product, _ := c.At(autumn).Product("fluenz_tetra")
		assert.Equal(t, test.text, product.AgeText())
		assert.False(t, product.SuitsAge(-1))
		assert.False(t, product.SuitsAge(test.first-1), test.text)
		assert.True(t, product.SuitsAge(test.first), test.text)
		if test.last == 0 {
			assert.True(t, product.SuitsAge(1500), test.text)
			continue
		}
		assert.True(t, product.SuitsAge(test.last), test.text)
		assert.False(t, product.SuitsAge(test.last+1), test.text)
	}
}

// A vaccine whose code nobody publishes is offered, says so, and is never found by the missing code; a dated row brings the code.
func TestVaccineWithoutACode(t *testing.T) {
	files := copyOfData(t)
	bend(t, files, "flu/products.csv", "supemtek,39566211000001103", "supemtek,unknown")
	c, err := catalogue.LoadFS(files)
	require.NoError(t, err)
	product, ok := c.At(autumn).Product("supemtek")
	require.True(t, ok)
	assert.True(t, product.Offered)
	assert.False(t, product.Sendable())
	_, ok = c.At(autumn).ProductByAMP("")
	assert.False(t, ok)

	for line := range strings.SplitSeq(string(files["flu/products.csv"].Data), "\n") {
		if strings.HasPrefix(line, "2021-09-01,,supemtek,unknown,") {
			ended := strings.Replace(line, "2021-09-01,,", "2021-09-01,2021-11-30,", 1)
			with := strings.Replace(strings.Replace(line, "2021-09-01,,", "2021-12-01,,", 1), "unknown", "39566211000001103", 1)
			bend(t, files, "flu/products.csv", line, ended+"\n"+with)
		}
	}
	c, err = catalogue.LoadFS(files)
	require.NoError(t, err)
	product, ok = c.At(catalogue.MustDate("2021-12-01")).Product("supemtek")
	require.True(t, ok)
	assert.True(t, product.Sendable())
}

func TestFluProcedures(t *testing.T) {
	edition := load(t).At(autumn)
	for _, test := range []struct {
		kind           catalogue.DoseKind
		platform, code string
	}{
		{catalogue.FluFirst, "LAIV", "884861000000100"},
		{catalogue.FluSecond, "LAIV", "884881000000109"},
		{catalogue.FluFirst, "QIVe", "985151000000100"},
		{catalogue.FluFirst, "aQIV", "985151000000100"},
		{catalogue.FluSecond, "QIVc", "985171000000109"},
	} {
		code, ok := edition.Procedure(test.kind, test.platform)
		require.True(t, ok)
		assert.Equal(t, test.code, code.Code, "%s %s", test.kind, test.platform)
	}
	_, ok := edition.Procedure("", "LAIV")
	assert.False(t, ok)
	assert.Len(t, edition.ProceduresOf(catalogue.Flu), 5)
	assert.Len(t, edition.ProceduresOf(catalogue.COVID19), 8, "with those that the desk does not send")
}

// Three of the choices have codes that say what happened; the others are kept here until a code is known.
func TestFluNotGiven(t *testing.T) {
	edition := load(t).At(autumn)
	for _, kind := range []catalogue.DoseKind{catalogue.FluFirst, catalogue.FluSecond} {
		assert.Len(t, edition.NotGivenChoices(kind), 7)
		for key, want := range map[string][2]string{
			"declined":          {"822931000000100", "310376006"},
			"consent-not-given": {"868491000000103", "310376006"},
			"contraindicated":   {"822951000000107", "266758009"},
			"unwell":            {"", "213257006"},
			"not-indicated":     {}, "abandoned": {}, "deferred": {},
		} {
			choice, ok := edition.NotGiven(key, kind)
			require.True(t, ok, key)
			assert.Equal(t, want, [2]string{choice.Situation, choice.Reason}, key)
			_, known := edition.Situation(choice.Situation)
			assert.Equal(t, want[0] != "", known, key)
		}
	}
}

func TestSeasons(t *testing.T) {
	c := load(t)
	for day, want := range map[string]string{"2021-08-31": "", "2021-09-01": "2021-22", "2022-03-31": "2021-22", "2022-05-12": "2021-22"} {
		season, ok := c.Season(catalogue.Flu, catalogue.MustDate(day))
		assert.Equal(t, want != "", ok, day)
		assert.Equal(t, want, season.Key, day)
	}
	_, ok := c.Season(catalogue.COVID19, autumn)
	assert.False(t, ok)

	files := copyOfData(t)
	bend(t, files, "flu/seasons.csv", "2021-09-01,2022-03-31,2021-22,", "2022-09-01,2023-03-31,2022-23,FLU,own,assumed\n2021-09-01,2022-03-31,2021-22,")
	c, err := catalogue.LoadFS(files)
	require.NoError(t, err)
	for day, want := range map[string]string{"2022-08-31": "2021-22", "2022-09-01": "2022-23"} {
		season, _ := c.Season(catalogue.Flu, catalogue.MustDate(day))
		assert.Equal(t, want, season.Key, day)
	}
}

func TestFluQuestionSet(t *testing.T) {
	set := load(t).At(autumn).QuestionSet(catalogue.Flu)
	assert.Equal(t, "F", set.ID)
	require.Len(t, set.Questions, 16)
	assert.Equal(t, "F01", set.Questions[0].ID)
	assert.Equal(t, "F16", set.Questions[15].ID)
	for _, question := range set.Questions {
		assert.True(t, strings.HasSuffix(question.Text, "?"), question.ID)
		for _, followUp := range question.FollowUps {
			assert.True(t, strings.HasPrefix(followUp.ID, question.ID+"_"), followUp.ID)
		}
	}
	var asked []string
	for _, question := range set.Questions {
		if strings.Contains(question.Applies.String(), `platform == "LAIV"`) {
			asked = append(asked, question.ID)
		}
	}
	assert.Equal(t, []string{"F05", "F07", "F08", "F09", "F10", "F14"}, asked, "asked for the nasal vaccine only")
}

func TestFluEligibilities(t *testing.T) {
	var keys []string
	for _, eligibility := range load(t).At(autumn).Eligibilities() {
		if eligibility.Disease == catalogue.Flu {
			keys = append(keys, eligibility.Key)
		}
	}
	assert.Len(t, keys, 8)
}

// Rules of all diseases speak for each, and a half dose is known to the desk.
func TestRulesOfAllDiseases(t *testing.T) {
	edition := load(t).At(autumn)
	ids := func(rules []catalogue.ScreeningRule) (ids []string) {
		for _, rule := range rules {
			ids = append(ids, rule.ID)
		}
		return ids
	}
	for _, disease := range []string{catalogue.COVID19, catalogue.Flu} {
		assert.Subset(t, ids(edition.ScreeningRules(disease)), []string{"K01-young", "K01-months", "K02", "K04-same", "K04-other", "K09", "K10", "K11"}, disease)
		assert.Subset(t, ids(edition.DeskRules(disease)), []string{"K05", "K06", "K08", "K14"}, disease)
	}
	assert.Contains(t, ids(edition.DeskRules(catalogue.Flu)), "K-F2")
	assert.NotContains(t, ids(edition.DeskRules(catalogue.COVID19)), "K-F2")
	assert.NotContains(t, ids(edition.ScreeningRules(catalogue.Flu)), "C01-fever")
}

// What the vaccines contain decides on allergies, so the rules of before, which went by platform, must agree with it.
func TestIngredientsOfCOVID19Vaccines(t *testing.T) {
	c := load(t)
	for _, product := range c.At(baseline).AllProducts() {
		if product.Disease != catalogue.COVID19 {
			continue
		}
		assert.Equal(t, product.Platform == "mRNA", product.Has("peg"), product.Key)
		assert.Equal(t, product.Platform == "AZ" || product.Platform == "NVX" || product.Key == "janssen", product.Has("polysorbate80"), product.Key)
	}
	peg, ok := c.Ingredient("peg")
	require.True(t, ok)
	assert.Equal(t, "PEG 2000 (macrogol)", peg.Label)
	assert.Len(t, c.Ingredients(), 12)
}
