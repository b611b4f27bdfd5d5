package gs1

// goodGS1Digit tells whether the last digit of a GTIN or GSRN fits the others: modulus 10 with weights 3 and 1 from the
// right (GS1 General Specifications 7.9).
func goodGS1Digit(text string) bool {
	if !digits(text) {
		return false
	}
	sum := 0
	for i := len(text) - 1; i >= 0; i-- {
		weight := 1
		if (len(text)-i)%2 == 0 {
			weight = 3
		}
		sum += int(text[i]-'0') * weight
	}
	return sum%10 == 0
}

// goodNHSNumber tells whether a text is ten digits whose last is the modulus-11 check digit (NHS Data Dictionary). The
// domain has the same rule; this room stands below it.
func goodNHSNumber(text string) bool {
	if len(text) != 10 || !digits(text) {
		return false
	}
	sum := 0
	for i := 0; i < 9; i++ {
		sum += int(text[i]-'0') * (10 - i)
	}
	check := (11 - sum%11) % 11
	return check != 10 && int(text[9]-'0') == check
}
