package gs1_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"deltoid/capture"
	"deltoid/capture/gs1"
)

const characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!\"%&'()*+,-./:;<=>?_"

// pack draws any pack of which every part is known.
func pack(t *rapid.T) gs1.Pack {
	body := rapid.StringOfN(rapid.RuneFrom([]rune("0123456789")), 13, 13, -1).Draw(t, "gtin")
	month := time.Month(rapid.IntRange(1, 12).Draw(t, "month"))
	year := rapid.IntRange(2000, 2072).Draw(t, "year")
	last := time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
	value := rapid.StringOfN(rapid.RuneFrom([]rune(characters)), 1, 20, -1)
	return gs1.Pack{
		GTIN: withCheckDigit(body), Batch: value.Draw(t, "batch"), Serial: value.Draw(t, "serial"),
		Expiry: gs1.Day{Year: year, Month: month, Day: rapid.IntRange(1, last).Draw(t, "day")},
	}
}

// withCheckDigit tries every digit until the whole is accepted, so that the rule is not written twice.
func withCheckDigit(body string) string {
	for digit := '0'; digit <= '9'; digit++ {
		if _, err := gs1.ParsePack("01"+body+string(digit), options); err == nil {
			return body + string(digit)
		}
	}
	panic("no check digit fits " + body)
}

// parts are the element strings of a pack, with others that are skipped.
func parts(p gs1.Pack) []string {
	expiry := fmt.Sprintf("17%02d%02d%02d", p.Expiry.Year%100, p.Expiry.Month, p.Expiry.Day)
	return []string{"01" + p.GTIN, "10" + p.Batch, expiry, "21" + p.Serial, "11210101", "71012345", "3103001500", "91own"}
}

func variable(part string) bool {
	return strings.HasPrefix(part, "10") || strings.HasPrefix(part, "21") || strings.HasPrefix(part, "71") || strings.HasPrefix(part, "91")
}

func TestEveryOrderReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := pack(t)
		order := rapid.Permutation(parts(want)).Draw(t, "order")
		mark := rapid.SampledFrom([]string{"\x1d", "^]", "~"}).Draw(t, "separator")
		scan := rapid.SampledFrom([]string{"", "]d2", "]C1", "\x1d"}).Draw(t, "prefix")
		for i, part := range order {
			scan += part
			if variable(part) && (i < len(order)-1 || rapid.Bool().Draw(t, "mark at the end")) {
				scan += mark
			}
		}
		got, err := gs1.ParsePack(scan, options)
		require.NoError(t, err, "%q", scan)
		require.Equal(t, want, got, "%q", scan)
		require.Equal(t, gs1.Scan{Kind: gs1.KindPack, Pack: want}, gs1.Classify(scan, options))
	})
}

func TestALostSeparatorIsNeverGuessed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := pack(t)
		order := rapid.Permutation(parts(want)[:4]).Draw(t, "order")
		open := []int{}
		for i, part := range order[:3] {
			if variable(part) {
				open = append(open, i)
			}
		}
		lost := rapid.SampledFrom(open).Draw(t, "lost after")
		all := rapid.Bool().Draw(t, "all lost")
		scan := ""
		for i, part := range order {
			scan += part
			if variable(part) && i < 3 && i != lost && !all {
				scan += "\x1d"
			}
		}
		got, err := gs1.ParsePack(scan, options)
		var fault *gs1.Fault
		require.True(t, errors.As(err, &fault), "%q was read as %+v", scan, got)
	})
}

func TestScanReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := pack(t)
		got, err := gs1.ParsePack(want.Scan(), options)
		require.NoError(t, err)
		require.Equal(t, want, got)
	})
}

// The check digit of the NHS number is written here and in the domain, which stands above; they must agree.
func TestNHSNumberRuleIsTheDomains(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("0123456789")), 10, 10, -1).Draw(t, "number")
		require.Equal(t, capture.NHSNumber(text).Valid(), gs1.Classify(text, options).Fault == nil)
	})
}

func FuzzClassify(f *testing.F) {
	for _, scan := range []string{
		"]d201" + gtin + "1722063010FP1430\x1d21SER1", "(01)" + gtin + "(17)220630(10)FP1430", "9434765919", "AB-1234",
		"]d28018505089894347659192", "^]10~21", "(3102)001234", "]", "]d", "(", "01" + gtin + "17220600",
	} {
		f.Add(scan)
	}
	f.Fuzz(func(t *testing.T, scan string) {
		got := gs1.Classify(scan, options)
		if got.Kind == gs1.KindUnknown && got.Fault == nil {
			t.Fatalf("%q: unknown without a sentence", scan)
		}
		if got.Fault != nil || got.Kind != gs1.KindPack {
			if got.Pack != (gs1.Pack{}) {
				t.Fatalf("%q: half a pack", scan)
			}
			return
		}
		// What was understood must read back the same, unless a part is missing and the rest may hide it.
		if again, err := gs1.ParsePack(got.Pack.Scan(), options); err != nil || again != got.Pack {
			var fault *gs1.Fault
			if errors.As(err, &fault) && fault.Code == gs1.Ambiguous {
				return
			}
			t.Fatalf("%q: %+v reads back as %+v, %v", scan, got.Pack, again, err)
		}
	})
}
