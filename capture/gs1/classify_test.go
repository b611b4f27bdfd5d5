package gs1_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"deltoid/capture/gs1"
)

func TestClassify(t *testing.T) {
	const pack = "]d201" + gtin + "1722063010FP1430\x1d21SER1"
	for name, test := range map[string]struct {
		scan    string
		kind    gs1.Kind
		number  string
		booking string
		fault   gs1.Code
	}{
		"pack":                    {scan: pack, kind: gs1.KindPack},
		"NHS number":              {scan: "9434765919\r", kind: gs1.KindPerson, number: "9434765919"},
		"NHS number, spaced":      {scan: "943 476 5919", kind: gs1.KindPerson, number: "9434765919"},
		"NHS number, QR":          {scan: "]Q19000000009", kind: gs1.KindPerson, number: "9000000009"},
		"NHS number, wrong digit": {scan: "9434765918", kind: gs1.KindPerson, fault: gs1.Damaged},
		"wristband":               {scan: "]d28018505089894347659192" + "8019123\x1d91RX8XX", kind: gs1.KindPerson, number: "9434765919"},
		"wristband, brackets":     {scan: "(8018)505089894347659192", kind: gs1.KindPerson, number: "9434765919"},
		"wristband, wrong digit":  {scan: "]d28018505089894347659193", kind: gs1.KindPerson, fault: gs1.Damaged},
		"booking":                 {scan: "ab-1234", kind: gs1.KindPerson, booking: "AB-1234"},
		"other booking":           {scan: "Q1234567K", kind: gs1.KindPerson, booking: "Q1234567K"},
		"nearly a booking":        {scan: "AB-12345", kind: gs1.KindUnknown, fault: gs1.NotRead},
		"shop barcode":            {scan: "5012345678900", kind: gs1.KindPack, fault: gs1.Damaged},
		"pack without separator":  {scan: "01" + gtin + "1722063010FP143021SER1", kind: gs1.KindPack, fault: gs1.Ambiguous},
		"pack, swallowed product": {scan: "10FP143001" + gtin, kind: gs1.KindPack, fault: gs1.Ambiguous},
		"pack with Caps Lock":     {scan: "]D201" + gtin, kind: gs1.KindPack, fault: gs1.Damaged},
		"damaged pack":            {scan: "01" + gtin + "17", kind: gs1.KindPack, fault: gs1.Damaged},
		"another GS1 code":        {scan: "(414)5012345678900", kind: gs1.KindUnknown, fault: gs1.NotRead},
		"pack and wristband":      {scan: "(8018)505089894347659192(01)" + gtin, kind: gs1.KindUnknown, fault: gs1.NotRead},
		"web page":                {scan: "https://example.org/x", kind: gs1.KindUnknown, fault: gs1.NotRead},
		"name typed":              {scan: "SMITH", kind: gs1.KindUnknown, fault: gs1.NotRead},
		"nothing":                 {scan: " \r\n", kind: gs1.KindUnknown, fault: gs1.NotRead},
	} {
		t.Run(name, func(t *testing.T) {
			scan := gs1.Classify(test.scan, options)
			assert.Equal(t, test.kind, scan.Kind)
			assert.Equal(t, test.number, scan.NHSNumber)
			assert.Equal(t, test.booking, scan.Booking)
			if test.fault == "" {
				assert.Nil(t, scan.Fault)
			} else {
				require.NotNil(t, scan.Fault)
				assert.Equal(t, test.fault, scan.Fault.Code)
				assert.Equal(t, scan.Fault.Message, scan.Sentence())
			}
		})
	}
}

func TestEachCodeIsRefusedInTheOthersPlace(t *testing.T) {
	pack := gs1.Classify(gs1.Pack{GTIN: gtin, Batch: "FP1430", Expiry: options.Today, Serial: "1"}.Scan(), options)
	person := gs1.Classify("9434765919", options)
	booking := gs1.Classify("AB-1234", options)
	unknown := gs1.Classify("hello", options)
	assert.Nil(t, pack.For(gs1.KindPack))
	assert.Nil(t, person.For(gs1.KindPerson))
	assert.Nil(t, booking.For(gs1.KindPerson))
	assert.Equal(t, "This is the code of a vaccine pack. Scan the patient's code here, or type the NHS number", pack.For(gs1.KindPerson).Message)
	assert.Equal(t, "This is the code of a person. Scan the square code on the vaccine pack here", person.For(gs1.KindPack).Message)
	assert.Equal(t, gs1.WrongPlace, booking.For(gs1.KindPack).Code)
	assert.Equal(t, gs1.NotRead, unknown.For(gs1.KindPack).Code)
	assert.Equal(t, gs1.NotRead, unknown.For(gs1.KindPerson).Code)

	damaged := gs1.Classify("01"+gtin+"1722063010FP143021SER1", options)
	assert.Equal(t, gs1.Ambiguous, damaged.For(gs1.KindPack).Code)
	assert.Equal(t, gs1.WrongPlace, damaged.For(gs1.KindPerson).Code, "a damaged pack is still no person")
}

func TestSentencesSayWhatWasScanned(t *testing.T) {
	for scan, want := range map[string]string{
		"9434765919":                            "This is an NHS number",
		"AB-1234":                               "This is a booking reference",
		"01" + gtin:                             "This is the code of a vaccine pack. Type the batch number and the expiry date from the box",
		"01" + gtin + "1722063010FP1430\x1d21S": "This is the code of a vaccine pack",
		"hello":                                 "This is neither the code of a vaccine pack nor of a person",
	} {
		assert.Equal(t, want, gs1.Classify(scan, options).Sentence())
	}
}
