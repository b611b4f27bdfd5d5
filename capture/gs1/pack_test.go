package gs1_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/assets/catalogue"
	"deltoid/capture/gs1"
)

var options = gs1.Options{Today: gs1.Day{Year: 2022, Month: time.May, Day: 12}, Separator: "~", Bookings: []string{"AA-9999", "Q9999999A"}}

const gtin = "05012345678900"

func day(text string) gs1.Day {
	if text == "" {
		return gs1.Day{}
	}
	return gs1.Day(catalogue.MustDate(text))
}

func TestParsePackReads(t *testing.T) {
	full := gs1.Pack{GTIN: gtin, Batch: "FP1430", Expiry: day("2022-06-30"), Serial: "SER1"}
	for name, test := range map[string]struct {
		scan string
		want gs1.Pack
	}{
		"usual order":            {"]d201" + gtin + "1722063010FP1430\x1d21SER1", full},
		"batch last":             {"]d201" + gtin + "1722063021SER1\x1d10FP1430", full},
		"batch first":            {"10FP1430\x1d01" + gtin + "17220630" + "21SER1", full},
		"expiry first":           {"1722063021SER1\x1d01" + gtin + "10FP1430", full},
		"no symbology":           {"01" + gtin + "1722063010FP1430\x1d21SER1", full},
		"Ctrl+] in letters":      {"]d201" + gtin + "1722063010FP1430^]21SER1", full},
		"configured separator":   {"]d201" + gtin + "1722063010FP1430~21SER1", full},
		"picture of a separator": {"01" + gtin + "1722063010FP1430␝21SER1", full},
		"separator at both ends": {"]d2\x1d01" + gtin + "1722063010FP1430\x1d21SER1\x1d\r\n", full},
		"separator after fixed":  {"01" + gtin + "\x1d17220630\x1d10FP1430\x1d21SER1", full},
		"the same twice":         {"01" + gtin + "1722063010FP1430\x1d10FP1430\x1d21SER1", full},
		"other parts skipped":    {"01" + gtin + "1121010115220601" + "3102001234" + "392512\x1d17220630" + "37144\x1d" + "71212345\x1d" + "10FP1430\x1d" + "9112AB\x1d21SER1", full},
		"brackets":               {"(01)" + gtin + "(17)220630(10)FP1430(21)SER1", full},
		"brackets with spaces":   {"(01) " + gtin + " (10) FP1430 (21) SER1 (17) 220630", full},
		"brackets, odd batch":    {"(10)A(B)21(1)(01)" + gtin + "(3102)001234(17)220600", gs1.Pack{GTIN: gtin, Batch: "A(B)21(1)", Expiry: day("2022-06-30")}},
		"day 00":                 {"01" + gtin + "17240200" + "10B\x1d21S", gs1.Pack{GTIN: gtin, Batch: "B", Expiry: day("2024-02-29"), Serial: "S"}},
		"day 00, common year":    {"01" + gtin + "17230200" + "10B\x1d21S", gs1.Pack{GTIN: gtin, Batch: "B", Expiry: day("2023-02-28"), Serial: "S"}},
		"20 characters of batch": {"01" + gtin + "17220630" + "10ABCDEFGHIJKLMNOPQRST\x1d21S", gs1.Pack{GTIN: gtin, Batch: "ABCDEFGHIJKLMNOPQRST", Expiry: day("2022-06-30"), Serial: "S"}},
		"every odd character":    {"01" + gtin + "17220630" + "10!\"%&'*+,-./:;<=>?_\x1d21S", gs1.Pack{GTIN: gtin, Batch: "!\"%&'*+,-./:;<=>?_", Expiry: day("2022-06-30"), Serial: "S"}},
		"no serial":              {"01" + gtin + "1722063010FP1430", gs1.Pack{GTIN: gtin, Batch: "FP1430", Expiry: day("2022-06-30")}},
		"product only":           {"01" + gtin, gs1.Pack{GTIN: gtin}},
		"looks hidden, is shown": {"01" + gtin + "1722063010FP2130\x1d21S10R", gs1.Pack{GTIN: gtin, Batch: "FP2130", Expiry: day("2022-06-30"), Serial: "S10R"}},
	} {
		t.Run(name, func(t *testing.T) {
			pack, err := gs1.ParsePack(test.scan, options)
			require.NoError(t, err)
			assert.Equal(t, test.want, pack)
		})
	}
}

func TestParsePackRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		scan string
		code gs1.Code
		says string
	}{
		"batch swallows serial":           {"01" + gtin + "1722063010FP143021SER1", gs1.Ambiguous, "Type the batch"},
		"batch swallows expiry":           {"]d201" + gtin + "10FP143017220630", gs1.Ambiguous, "separator"},
		"batch swallows an odd expiry":    {"]d201" + gtin + "10FP143017229930", gs1.Ambiguous, "separator"},
		"batch swallows all":              {"10FP1430" + "01" + gtin, gs1.Ambiguous, "separator"},
		"serial swallows batch":           {"01" + gtin + "1722063021SER10FP1430", gs1.Ambiguous, "separator"},
		"serial swallows batch, then one": {"01" + gtin + "21SER10FP1430\x1d17220630", gs1.Ambiguous, "separator"},
		"batch swallows a national code":  {"01" + gtin + "1722063010FP71412345", gs1.Ambiguous, "separator"},
		"batch too long":                  {"01" + gtin + "1722063010ABCDEFGHIJKLMNOPQRSTU", gs1.Ambiguous, "separator"},
		"no serial, batch may be two":     {"01" + gtin + "1722063010FP2130", gs1.Ambiguous, "Type the batch"},
		"two batches":                     {"01" + gtin + "1722063010FP1\x1d10FP2", gs1.Damaged, "two different"},
		"check digit":                     {"01050123456789011722063010FP1430\x1d21S", gs1.Damaged, "last digit"},
		"cut short":                       {"01" + gtin + "10FP1430\x1d17220", gs1.Damaged, "cut short"},
		"letters in the date":             {"01" + gtin + "1722O630" + "10FP\x1d21S", gs1.Damaged, "cut short"},
		"month 13":                        {"01" + gtin + "17221301" + "10FP\x1d21S", gs1.Damaged, "calendar"},
		"day 31 of June":                  {"01" + gtin + "17220631" + "10FP\x1d21S", gs1.Damaged, "calendar"},
		"unknown identifier":              {"01" + gtin + "8899AB\x1d10FP\x1d17220630", gs1.Damaged, "not known"},
		"empty batch":                     {"01" + gtin + "17220630" + "10\x1d21S", gs1.Damaged, "cut short"},
		"odd character":                   {"01" + gtin + "17220630" + "10FP#1\x1d21S", gs1.Damaged, "character"},
		"no product":                      {"1722063010FP1430\x1d21S", gs1.Damaged, "which product"},
		"Caps Lock":                       {"]D201" + gtin + "1722063010fp1430\x1d21S", gs1.Damaged, "Caps Lock"},
		"plain DataMatrix":                {"]d101" + gtin + "1722063010FP1430\x1d21S", gs1.Damaged, "square code"},
		"brackets cut short":              {"(01)" + gtin + "(17)2206(10)FP1430", gs1.Damaged, "cut short"},
		"brackets, unknown":               {"(01)" + gtin + "(17)220630)(88)", gs1.Damaged, "cut short"},
		"text before brackets":            {"(01(" + gtin, gs1.Damaged, "not known"},
		"nothing":                         {"", gs1.Damaged, "which product"},
	} {
		t.Run(name, func(t *testing.T) {
			pack, err := gs1.ParsePack(test.scan, options)
			var fault *gs1.Fault
			require.True(t, errors.As(err, &fault), "got %v", pack)
			assert.Equal(t, test.code, fault.Code, fault.Message)
			assert.Contains(t, fault.Message, test.says)
			assert.Empty(t, pack)
		})
	}
}

func TestCenturyOfExpiry(t *testing.T) {
	for name, test := range map[string]struct {
		today, code string
		want        int
	}{
		"this year":          {"2022-05-12", "220101", 2022},
		"50 years on":        {"2022-05-12", "720101", 2072},
		"51 years on":        {"2022-05-12", "730101", 1973},
		"49 years back":      {"2060-05-12", "110101", 2011},
		"50 years back":      {"2060-05-12", "100101", 2110},
		"over the century":   {"2099-12-31", "000101", 2100},
		"before the century": {"2000-01-01", "990101", 1999},
	} {
		t.Run(name, func(t *testing.T) {
			at := options
			at.Today = day(test.today)
			pack, err := gs1.ParsePack("01"+gtin+"17"+test.code, at)
			require.NoError(t, err)
			assert.Equal(t, test.want, pack.Expiry.Year)
		})
	}
}

func TestMissingIsSaid(t *testing.T) {
	assert.Equal(t, []string{"batch number", "expiry date"}, gs1.Pack{GTIN: gtin}.Missing())
	assert.Empty(t, gs1.Pack{GTIN: gtin, Batch: "A", Expiry: options.Today}.Missing())
}

func TestOptionsThatCannotWork(t *testing.T) {
	for name, change := range map[string]func(*gs1.Options){
		"no day":                 func(o *gs1.Options) { o.Today = gs1.Day{} },
		"separator of codes":     func(o *gs1.Options) { o.Separator = "/" },
		"separator is a letter":  func(o *gs1.Options) { o.Separator = "A" },
		"separator ends a scan":  func(o *gs1.Options) { o.Separator = "\n" },
		"separator starts codes": func(o *gs1.Options) { o.Separator = "]" },
		"two characters":         func(o *gs1.Options) { o.Separator = "||" },
		"not a character":        func(o *gs1.Options) { o.Separator = "\xff" },
		"booking like NHS":       func(o *gs1.Options) { o.Bookings = []string{"9999999999"} },
		"booking like NHS, too":  func(o *gs1.Options) { o.Bookings = []string{"??????????"} },
		"booking like a box":     func(o *gs1.Options) { o.Bookings = []string{"9999999999999"} },
		"booking of 3":           func(o *gs1.Options) { o.Bookings = []string{"AAA"} },
	} {
		t.Run(name, func(t *testing.T) {
			wrong := options
			change(&wrong)
			var fault *gs1.Fault
			require.True(t, errors.As(wrong.Check(), &fault))
			assert.Equal(t, gs1.SetUp, fault.Code)
			_, err := gs1.ParsePack("01"+gtin, wrong)
			assert.Equal(t, fault, err)
			assert.Equal(t, gs1.Scan{Kind: gs1.KindUnknown, Fault: fault}, gs1.Classify("01"+gtin, wrong))
		})
	}
	assert.NoError(t, options.Check())
}
