package catalogue_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"deltoid/assets/catalogue"
)

func TestValidSNOMED(t *testing.T) {
	for code, valid := range map[string]bool{
		"1324681000000101":    true,
		"39115611000001103":   true,
		"78421000":            true,
		"74262004":            true,
		"22704311000001109":   true,
		"22704311000001108":   false, // printed in one public sandbox, fails the check digit
		"3318611000001100":    false, // printed in one public guide, fails the check digit
		"1324681000000102":    false,
		"":                    false,
		"0":                   false,
		"12345":               false,
		"078421000":           false,
		"7842100O":            false,
		"1.32468E+15":         false,
		"1324681000000101000": false,
		"１２３４５６":              false,
	} {
		assert.Equal(t, valid, catalogue.ValidSNOMED(code), code)
	}
}

// Verhoeff's scheme finds every single wrong digit and every exchange of neighbours.
func TestValidSNOMEDFindsSlips(t *testing.T) {
	var codes []string
	for _, product := range load(t).At(baseline).AllProducts() {
		codes = append(codes, product.AMP, product.VMP)
	}
	codes = slices.DeleteFunc(codes, func(code string) bool { return code == "" }) // not known yet
	rapid.Check(t, func(t *rapid.T) {
		code := []byte(rapid.SampledFrom(codes).Draw(t, "code"))
		place := rapid.IntRange(0, len(code)-2).Draw(t, "place")
		if rapid.Bool().Draw(t, "exchange") {
			if code[place] == code[place+1] {
				return
			}
			code[place], code[place+1] = code[place+1], code[place]
		} else {
			code[place] = '0' + (code[place]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
		}
		if catalogue.ValidSNOMED(string(code)) {
			t.Fatalf("%s passes with a slip at %d", code, place)
		}
	})
}

// Every code of the built-in files passes, whichever list it stands in.
func TestEveryEmbeddedCodeIsValid(t *testing.T) {
	seen := 0
	check := func(code string) {
		seen++
		assert.True(t, catalogue.ValidSNOMED(code), code)
	}
	c := load(t)
	for _, day := range []string{"2020-12-08", "2022-05-12", "2022-05-18"} {
		edition := c.At(catalogue.MustDate(day))
		for _, product := range edition.AllProducts() {
			for _, code := range []string{product.AMP, product.VMP} {
				if code != "" { // not known yet
					check(code)
				}
			}
		}
		for _, pack := range edition.Packs() {
			check(pack.Code)
		}
		for _, list := range [][]catalogue.Code{
			edition.Procedures(), edition.Situations(), edition.Reasons(), edition.Sites(), edition.Routes(), edition.Units(),
			edition.CareSettings(), edition.Indications(),
		} {
			for _, code := range list {
				check(code.Code)
			}
		}
		for _, consent := range edition.Consents() {
			check(consent.Code)
		}
		for _, kind := range load(t).KindKeys(catalogue.COVID19) {
			for _, choice := range edition.NotGivenChoices(kind) {
				check(choice.Situation)
				check(choice.Reason)
			}
		}
	}
	assert.Greater(t, seen, 400)
}
