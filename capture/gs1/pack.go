package gs1

import (
	"fmt"
	"strings"
)

// Pack is what the code on a vaccine pack says. GTIN is always there; the others are empty when the code does not have
// them, and are then typed from the box.
type Pack struct {
	GTIN   string // 14 digits, check digit verified
	Batch  string // up to 20 characters, as printed
	Expiry Day
	Serial string // of this one pack
}

// Missing names what the desk needs and the code does not say, in words for people.
func (p Pack) Missing() []string {
	var missing []string
	if p.Batch == "" {
		missing = append(missing, "batch number")
	}
	if p.Expiry.IsZero() {
		missing = append(missing, "expiry date")
	}
	return missing
}

// Scan is what a scanner types for the pack: for set-up sheets, training and tests.
func (p Pack) Scan() string {
	scan := "]d2" + aiGTIN + p.GTIN
	if !p.Expiry.IsZero() {
		scan += aiExpiry + fmt.Sprintf("%02d%02d%02d", p.Expiry.Year%100, p.Expiry.Month, p.Expiry.Day)
	}
	if p.Batch != "" {
		scan += aiBatch + p.Batch + string(separator)
	}
	if p.Serial != "" {
		scan += aiSerial + p.Serial
	}
	return strings.TrimSuffix(scan, string(separator))
}

// ParsePack reads the code of a vaccine pack. The error is a *Fault.
func ParsePack(scan string, options Options) (Pack, error) {
	if fault := options.fault(); fault != nil {
		return Pack{}, fault
	}
	found, fault := clean(scan, options).elements()
	if fault != nil {
		return Pack{}, fault
	}
	pack, fault := found.pack(options.Today)
	if fault != nil {
		return Pack{}, fault
	}
	return pack, nil
}

func (e *elements) pack(today Day) (Pack, *Fault) {
	if e.hides() {
		return Pack{}, ambiguous()
	}
	gtin, ok := e.values[aiGTIN]
	switch {
	case !ok:
		return Pack{}, damaged("This code does not say which product it is on. " + typeIt)
	case !goodGS1Digit(gtin):
		return Pack{}, damaged("The product number of this code was read wrongly: its last digit does not match. " + typeIt)
	}
	pack := Pack{GTIN: gtin, Batch: e.values[aiBatch], Serial: e.values[aiSerial]}
	if expiry, ok := e.values[aiExpiry]; ok {
		if pack.Expiry, ok = readDay(expiry, today); !ok {
			return Pack{}, damaged("The expiry date of this code is no day of the calendar. " + typeIt)
		}
	}
	return pack, nil
}
