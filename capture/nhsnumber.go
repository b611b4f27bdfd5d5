package capture

import (
	"strings"
	"unicode"
)

// NHSNumber is ten digits whose last is the modulus-11 check digit (NHS Data Dictionary). Empty means not known.
type NHSNumber string

// ParseNHSNumber reads a number typed or pasted with spaces or hyphens. An empty text is an empty number.
// It returns an Invalid error that says what to check.
func ParseNHSNumber(text string) (NHSNumber, error) {
	var digits strings.Builder
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits.WriteRune(r)
		case unicode.IsSpace(r), unicode.Is(unicode.Pd, r), unicode.Is(unicode.Cf, r):
		case unicode.IsLetter(r) && looksLikeNationalInsurance(text):
			return "", &Error{Code: Invalid, Field: "nhsNumber", Message: "This looks like a National Insurance number. Enter the 10-digit NHS number"}
		default:
			return "", &Error{Code: Invalid, Field: "nhsNumber", Message: "Enter the NHS number as 10 digits, for example 999 123 4578"}
		}
	}
	number := NHSNumber(digits.String())
	if number == "" {
		return "", nil
	}
	if len(number) != 10 {
		return "", &Error{Code: Invalid, Field: "nhsNumber", Message: "Enter all 10 digits of the NHS number"}
	}
	if !number.Valid() {
		return "", &Error{Code: Invalid, Field: "nhsNumber", Message: "Check the NHS number: its last digit does not match the others"}
	}
	return number, nil
}

func looksLikeNationalInsurance(text string) bool {
	compact := strings.ToUpper(strings.Join(strings.Fields(text), ""))
	return len(compact) == 9 && unicode.IsLetter(rune(compact[0])) && unicode.IsLetter(rune(compact[1])) && unicode.IsLetter(rune(compact[8]))
}

// Valid tells whether the number has ten digits and the right check digit.
func (n NHSNumber) Valid() bool {
	if len(n) != 10 {
		return false
	}
	sum := 0
	for i := 0; i < 9; i++ {
		if n[i] < '0' || n[i] > '9' {
			return false
		}
		sum += int(n[i]-'0') * (10 - i)
	}
	check := 11 - sum%11
	if check == 11 {
		check = 0
	}
	return check != 10 && int(n[9]) == '0'+check
}

// Digits is the number as extracts carry it.
func (n NHSNumber) Digits() string { return string(n) }

// Display is the number in the 3-3-4 form people read; a number that is not ten long comes back as it is.
func (n NHSNumber) Display() string {
	if len(n) != 10 {
		return string(n)
	}
	return string(n[:3] + " " + n[3:6] + " " + n[6:])
}

// Test tells whether the number is from the 999 range, which no living person has.
func (n NHSNumber) Test() bool { return strings.HasPrefix(string(n), "999") }
