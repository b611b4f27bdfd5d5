package gs1

import "strings"

// Kind is what a scanned code stands for.
type Kind string

// The kinds of codes.
const (
	KindPack    Kind = "pack"
	KindPerson  Kind = "person"
	KindUnknown Kind = "unknown"
)

// Scan is what a scanned code means. Fault is set when the code cannot be used although its kind is clear.
type Scan struct {
	Kind      Kind
	Pack      Pack   // of a pack
	NHSNumber string // of a person: ten digits, check digit verified; empty when the code is a booking reference
	Booking   string // of a person: booking reference, in capitals
	Fault     *Fault
}

// Classify tells the code of a pack from that of a person.
func Classify(scan string, options Options) Scan {
	if fault := options.fault(); fault != nil {
		return Scan{Kind: KindUnknown, Fault: fault}
	}
	code := clean(scan, options)
	if code.body == "" {
		return Scan{Kind: KindUnknown, Fault: &Fault{NotRead, "The scanner read nothing. Scan again"}}
	}
	if number, ok := tenDigits(code.body); ok {
		return person(number)
	}
	if booking, ok := options.booking(code.body); ok {
		return Scan{Kind: KindPerson, Booking: booking}
	}
	if n := len(code.body); (n == 8 || n == 12 || n == 13 || n == 14) && goodGS1Digit(code.body) {
		return Scan{Kind: KindPack, Fault: damaged("The striped code of a box does not hold the batch. Scan the square code on the pack, or type the batch and the expiry date from the box")}
	}
	return readElements(code, options)
}

func readElements(code text, options Options) Scan {
	found, fault := code.elements()
	recipient, wristband := found.values[aiRecipient]
	_, product := found.values[aiGTIN]
	switch {
	case fault != nil && (code.looksLikePack() || product):
		return Scan{Kind: KindPack, Fault: fault}
	case fault != nil:
		return Scan{Kind: KindUnknown, Fault: notKnown()}
	case wristband && product:
		return Scan{Kind: KindUnknown, Fault: notKnown()}
	case wristband:
		return ofWristband(recipient)
	case product || found.hides():
		pack, fault := found.pack(options.Today)
		return Scan{Kind: KindPack, Pack: pack, Fault: fault}
	}
	return Scan{Kind: KindUnknown, Fault: notKnown()}
}

func notKnown() *Fault {
	return &Fault{NotRead, "This is neither the code of a vaccine pack nor of a person"}
}

// ofWristband takes the NHS number out of the GSRN of a DCB1077 wristband: company prefix of 7 digits, NHS number, check digit.
func ofWristband(gsrn string) Scan {
	if !goodGS1Digit(gsrn) {
		return Scan{Kind: KindPerson, Fault: damaged("The wristband was read wrongly: its last digit does not match. Scan again, or type the NHS number")}
	}
	return person(gsrn[7:17])
}

func person(number string) Scan {
	if !goodNHSNumber(number) {
		return Scan{Kind: KindPerson, Fault: damaged("Check the NHS number: its last digit does not match the others. Scan again, or type it")}
	}
	return Scan{Kind: KindPerson, NHSNumber: number}
}

// tenDigits is a text of ten digits, however spaced.
func tenDigits(body string) (string, bool) {
	compact := strings.NewReplacer(" ", "", "-", "").Replace(body)
	return compact, len(compact) == 10 && digits(compact)
}

// For is nil when the scan may be used where a kind of code is asked for, otherwise what to do instead.
func (s Scan) For(wanted Kind) *Fault {
	switch {
	case s.Kind == wanted:
		return s.Fault
	case s.Kind == KindPack && wanted == KindPerson:
		return &Fault{WrongPlace, "This is the code of a vaccine pack. Scan the patient's code here, or type the NHS number"}
	case s.Kind == KindPerson && wanted == KindPack:
		return &Fault{WrongPlace, "This is the code of a person. Scan the square code on the vaccine pack here"}
	}
	return s.Fault
}

// Sentence says in plain words what was scanned, or why it cannot be used.
func (s Scan) Sentence() string {
	switch {
	case s.Fault != nil:
		return s.Fault.Message
	case s.Booking != "":
		return "This is a booking reference"
	case s.Kind == KindPerson:
		return "This is an NHS number"
	}
	if missing := s.Pack.Missing(); len(missing) > 0 {
		return "This is the code of a vaccine pack. Type the " + strings.Join(missing, " and the ") + " from the box"
	}
	return "This is the code of a vaccine pack"
}
