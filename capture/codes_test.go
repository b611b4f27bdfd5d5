package capture_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

func TestT28_WithdrawnCodesAreRefused(t *testing.T) {
	d := newDesk(t)
	day := catalogue.MustDate("2021-03-01")
	for _, code := range []string{"1240491000000103", "1240661000000107", "1240651000000109", "1240681000000103", "1240671000000100"} {
		_, err := capture.DoseFromCodes(d.Catalogue, day, capture.Coded{Code: code}, capture.Coded{Code: "39114911000001105"})
		assert.Equal(t, []string{"procedure"}, fieldsOf(err))
		assert.Equal(t, capture.Refused, capture.CodeOf(err))
		assert.ErrorContains(t, err, code)
		assert.ErrorContains(t, err, "withdrawn")
	}
}

func TestT29_TheCodeCountsNotTheTerm(t *testing.T) {
	d := newDesk(t)
	day := catalogue.MustDate("2021-03-01")
	dose, err := capture.DoseFromCodes(d.Catalogue, day, capture.Coded{Code: "1324691000000104"},
		capture.Coded{Code: "39114911000001105", Term: "COVID-19 Vaccine AstraZeneca (ChAdOx1 S [recombinant])"})
	require.NoError(t, err)
	assert.Equal(t, capture.Dose{Date: day, Disease: capture.COVID19, Product: "vaxzevria", Kind: catalogue.Primary2}, dose)
	product, _ := d.Edition().Product(dose.Product)
	assert.Contains(t, product.Name, "Vaxzevria")

	for _, pack := range d.Edition().Packs() {
		dose, err = capture.DoseFromCodes(d.Catalogue, today, capture.Coded{}, capture.Coded{Code: pack.Code})
		require.NoError(t, err)
		assert.Equal(t, pack.Product, dose.Product, "a pack leads to its product")
	}
	dose, err = capture.DoseFromCodes(d.Catalogue, day, capture.Coded{Code: "1324681000000101"}, capture.Coded{Code: "78421000"})
	require.NoError(t, err)
	assert.Equal(t, capture.Dose{Date: day, Disease: capture.COVID19, Kind: catalogue.Primary1}, dose, "a vaccine nobody here knows")
}

func TestT32_NHSNumberCheckDigit(t *testing.T) {
	number, err := capture.ParseNHSNumber("943 476 5919")
	require.NoError(t, err)
	assert.Equal(t, capture.NHSNumber("9434765919"), number)
	_, err = capture.ParseNHSNumber("9434765918")
	assert.ErrorContains(t, err, "last digit does not match")
}
