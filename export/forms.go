package export

import (
	"maps"
	"net/netip"
	"slices"
	"strings"
	"time"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// form says what is wrong with a filled value, as the end of the sentence "Check the …: it must …"; "" when nothing is.
// It never repeats the value, which may be about a patient.
type form func(value string, at *moment) string

// formsByName are the forms that a column may name, beside "one of WORD WORD …".
var formsByName = map[string]form{
	"text":          nil,
	"nhs-number":    nhsNumberForm,
	"date":          dateForm,
	"past-date":     pastDateForm,
	"past-stamp":    pastStampForm,
	"gender":        genderForm,
	"action":        actionForm,
	"truth":         truthForm,
	"number-status": numberStatusForm,
	"postcode":      postcodeForm,
	"snomed":        snomedForm,
	"dose-number":   doseNumberForm,
	"amount":        amountForm,
	"uri":           uriForm,
	"address":       addressForm,
	"attribute-id":  attributeIDForm,
	"age-band":      ageBandForm,
	"count":         countForm,
}

func formNames() []string { return slices.Sorted(maps.Keys(formsByName)) }

func formNamed(name string) (form, bool) {
	if words, is := strings.CutPrefix(name, "one of "); is {
		allowed := strings.Fields(words)
		return func(value string, _ *moment) string {
			return oneOf(value, "be one of "+strings.Join(allowed, ", "), allowed...)
		}, len(allowed) > 0
	}
	form, known := formsByName[name]
	return form, known
}

// moment is when values are checked; nothing may lie after it.
type moment struct {
	now   time.Time
	today capture.Date // on the clinic's clock
}

func momentOf(now time.Time) *moment { return &moment{now: now, today: catalogue.DateOf(now)} }

func nhsNumberForm(value string, _ *moment) string {
	if !capture.NHSNumber(value).Valid() {
		return "be 10 digits, the last of which fits the others"
	}
	return ""
}

func dateForm(value string, _ *moment) string {
	if _, ok := parseCompact(value); !ok {
		return "be a day of the calendar"
	}
	return ""
}

func pastDateForm(value string, at *moment) string {
	day, ok := parseCompact(value)
	switch {
	case !ok:
		return "be a day of the calendar"
	case day.After(at.today):
		return "be today or in the past"
	}
	return ""
}

func pastStampForm(value string, at *moment) string {
	t, ok := parseStamp(value)
	switch {
	case !ok:
		return "be a real date and time with 00 or 01 for the hours ahead of UTC"
	case t.After(at.now):
		return "not be in the future; look at this computer's clock, too"
	}
	return ""
}

func genderForm(value string, _ *moment) string {
	return oneOf(value, "be 0 not known, 1 male, 2 female or 9 not specified", "0", "1", "2", "9")
}

func actionForm(value string, _ *moment) string {
	return oneOf(value, "be new, update or delete in small letters", string(capture.ActionNew), string(capture.ActionUpdate), string(capture.ActionDelete))
}

// truthForm refuses even "true": the receiver would take it for false.
func truthForm(value string, _ *moment) string {
	return oneOf(value, "be TRUE or FALSE in capitals", "TRUE", "FALSE")
}

func numberStatusForm(value string, _ *moment) string {
	if len(value) != 2 || value[0] != '0' || value[1] < '1' || value[1] > '8' {
		return "be 01 to 08"
	}
	return ""
}

func postcodeForm(value string, _ *moment) string {
	outward, inward, found := strings.Cut(value, " ")
	if !found || outward == "" || inward == "" || strings.Contains(inward, " ") || len(outward)+len(inward) > 8 {
		return "have two parts with one space between them, for example LS1 4AP; for no fixed address use " + capture.PostcodeNoFixedAbode + ", for not known " + capture.PostcodeNotKnown
	}
	return ""
}

func snomedForm(value string, _ *moment) string {
	if !catalogue.ValidSNOMED(value) {
		return "be a SNOMED CT or dm+d code, 6 to 18 digits with a right check digit"
	}
	return ""
}

func doseNumberForm(value string, _ *moment) string {
	if len(value) != 1 || value[0] < '1' || value[0] > '9' {
		return "be 1 to 9"
	}
	return ""
}

// amountForm is a decimal with at most four places.
func amountForm(value string, _ *moment) string {
	whole, places, point := strings.Cut(value, ".")
	if whole == "" || point && places == "" || len(places) > 4 || strings.Trim(whole+places, "0123456789") != "" {
		return "be a number of millilitres with at most four decimal places, for example 0.3"
	}
	return ""
}

func uriForm(value string, _ *moment) string {
	if strings.IndexByte(value, ':') < 1 || strings.IndexByte(value, ' ') >= 0 || strings.IndexByte(value, '"') >= 0 {
		return "be a web address or another URI; an administrator can correct it in the settings"
	}
	return ""
}

func addressForm(value string, _ *moment) string {
	if _, err := netip.ParseAddr(value); err != nil {
		return "be an IPv4 or IPv6 address; an administrator can correct it in the settings (device.ip_address)"
	}
	return ""
}

func attributeIDForm(value string, _ *moment) string {
	if len(value) != 3 || number(value) < 0 {
		return "be three digits"
	}
	return ""
}

func ageBandForm(value string, _ *moment) string {
	return oneOf(value, "be one of "+strings.Join(ageBandNames, ", "), ageBandNames...)
}

func countForm(value string, _ *moment) string {
	if number(value) < 0 {
		return "be a whole number from 0 up"
	}
	return ""
}

func oneOf(value, otherwise string, allowed ...string) string {
	for _, word := range allowed {
		if value == word {
			return ""
		}
	}
	return otherwise
}
