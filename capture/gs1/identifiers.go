package gs1

// Application identifiers with a meaning here.
const (
	aiGTIN      = "01"
	aiContent   = "02" // GTIN of what is in a case
	aiBatch     = "10"
	aiExpiry    = "17"
	aiSerial    = "21"
	aiRecipient = "8018" // GSRN of a patient; DCB1077 puts the NHS number into it
)

// identifier is a group of application identifiers of one form. Fixed values have exactly Length characters, all digits,
// and need no separator; the others have at most Length and end at a separator.
type identifier struct {
	First, Last string // of the range, both included
	Length      int
	Fixed       bool
}

// identifiers are the application identifiers that may stand on a pack or a wristband (GS1 General Specifications 3.2).
// One that is not listed cannot be skipped, since nobody can say where it ends.
var identifiers = []identifier{
	{"00", "00", 18, true},      // logistic unit
	{"01", "03", 14, true},      // GTIN, content, made-to-order
	{"10", "10", 20, false},     // batch
	{"11", "13", 6, true},       // made, due, packed
	{"15", "17", 6, true},       // best before, sell by, expiry
	{"20", "20", 2, true},       // variant
	{"21", "21", 20, false},     // serial
	{"22", "22", 20, false},     // consumer variant
	{"235", "235", 28, false},   // third party serial
	{"240", "241", 30, false},   // additional id, customer part
	{"242", "242", 6, false},    // made-to-order variation
	{"243", "243", 20, false},   // packaging component
	{"250", "251", 30, false},   // secondary serial, source entity
	{"253", "253", 30, false},   // document
	{"254", "254", 20, false},   // location extension
	{"255", "255", 25, false},   // coupon
	{"30", "30", 8, false},      // count
	{"310", "369", 7, true},     // measures: the fourth digit of the identifier and six digits
	{"37", "37", 8, false},      // count in a case
	{"390", "395", 16, false},   // amounts and prices
	{"400", "400", 30, false},   // order
	{"401", "401", 30, false},   // consignment
	{"402", "402", 17, false},   // shipment
	{"403", "403", 30, false},   // routing
	{"410", "417", 13, true},    // locations
	{"420", "421", 20, false},   // postcodes
	{"422", "427", 15, false},   // countries
	{"4300", "4333", 70, false}, // delivery
	{"7001", "7001", 13, false}, // NATO stock number
	{"7002", "7002", 30, false}, // meat cut
	{"7003", "7003", 10, false}, // expiry with time
	{"7004", "7004", 4, false},  // potency
	{"7005", "7011", 20, false}, // harvest, tests
	{"7020", "7023", 30, false}, // refurbishing
	{"7030", "7039", 30, false}, // processors
	{"7040", "7040", 4, false},  // unique pack
	{"710", "717", 20, false},   // national medicine numbers
	{"7230", "7239", 30, false}, // certificates
	{"7240", "7242", 25, false}, // clinical protocol and versions
	{"7250", "7259", 90, false}, // AIDC media, birth, names
	{"8001", "8001", 14, false}, // rolls
	{"8002", "8002", 20, false}, // telephone
	{"8003", "8004", 30, false}, // assets
	{"8005", "8005", 6, false},  // price
	{"8006", "8006", 18, false}, // piece of a trade item
	{"8007", "8007", 34, false}, // bank account
	{"8008", "8008", 12, false}, // made, with time
	{"8009", "8009", 50, false}, // sensor
	{"8010", "8010", 30, false}, // component
	{"8011", "8011", 12, false}, // component serial
	{"8012", "8012", 20, false}, // software
	{"8013", "8013", 25, false}, // device model
	{"8017", "8018", 18, true},  // GSRN of provider and recipient
	{"8019", "8019", 10, false}, // service instance
	{"8020", "8020", 25, false}, // payment slip
	{"8026", "8026", 18, false}, // pieces in a case
	{"8030", "8030", 90, false}, // digital signature
	{"8110", "8112", 70, false}, // coupons
	{"8200", "8200", 70, false}, // web page
	{"90", "99", 90, false},     // agreed between partners
}

// identifierAt finds the application identifier at the start of a text, in full.
func identifierAt(text string) (ai string, form identifier, ok bool) {
	for _, form := range identifiers {
		n := len(form.First)
		if len(text) >= n && digits(text[:n]) && text[:n] >= form.First && text[:n] <= form.Last {
			return text[:n], form, true
		}
	}
	return "", identifier{}, false
}

// mayStartHidden lists the identifiers looked for inside a value when a code came without any separator: those that packs
// of medicines carry beside the four we want.
var mayStartHidden = []string{"11", "240", "710", "711", "712", "713", "714", "715", "716", "717"}
