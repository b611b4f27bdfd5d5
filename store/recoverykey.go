package store

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"deltoid/capture"
)

// A recovery key is 27 random characters of five bits (135 bits) and one check character, in seven groups of four.
const (
	recoverySymbols = 27
	recoveryGroup   = 4
)

// recoveryAlphabet leaves out I, L, O and U, which are misread or misheard (Crockford's base 32).
const recoveryAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// newRecoveryKey draws a key in the form that is written down: XXXX-XXXX-…
func newRecoveryKey(random io.Reader) (string, error) {
	symbols := make([]byte, recoverySymbols)
	if _, err := io.ReadFull(random, symbols); err != nil {
		return "", fmt.Errorf("draw a recovery key: %w", err)
	}
	for i := range symbols {
		symbols[i] &= 31
	}
	var out strings.Builder
	for i, symbol := range append(symbols, recoveryCheck(symbols)) {
		if i > 0 && i%recoveryGroup == 0 {
			out.WriteByte('-')
		}
		out.WriteByte(recoveryAlphabet[symbol])
	}
	return out.String(), nil
}

// parseRecoveryKey reads a key as somebody types it: any case, with or without spaces and hyphens, O for 0, I and L for 1.
// It gives the 28 characters without hyphens. Any one wrong character and any two swapped neighbours are noticed.
func parseRecoveryKey(text string) (string, error) {
	var symbols []byte
	for _, r := range text {
		switch r = unicode.ToUpper(r); {
		case unicode.IsSpace(r), unicode.Is(unicode.Pd, r), unicode.Is(unicode.Cf, r):
			continue
		case r == 'O':
			r = '0'
		case r == 'I', r == 'L':
			r = '1'
		}
		i := strings.IndexRune(recoveryAlphabet, r)
		if i < 0 {
			return "", badRecoveryKey("The recovery key has letters and digits only, and no U. Check what was typed")
		}
		symbols = append(symbols, byte(i))
		if len(symbols) > recoverySymbols+1 {
			return "", badRecoveryKey("The recovery key is too long. Enter the seven groups of four characters")
		}
	}
	if len(symbols) <= recoverySymbols {
		return "", badRecoveryKey("The recovery key is not complete. Enter all seven groups of four characters")
	}
	if recoveryCheck(symbols[:recoverySymbols]) != symbols[recoverySymbols] {
		return "", badRecoveryKey("Check the recovery key: one of its characters is wrong or two are swapped")
	}
	var out strings.Builder
	for _, symbol := range symbols {
		out.WriteByte(recoveryAlphabet[symbol])
	}
	return out.String(), nil
}

func badRecoveryKey(message string) error {
	return &capture.Error{Code: capture.Invalid, Field: "recoveryKey", Message: message}
}

// recoveryCheck is a weighted sum in the field of 32 elements: each place has its own weight, so that swaps show.
func recoveryCheck(symbols []byte) byte {
	var sum byte
	for _, symbol := range symbols {
		sum = doubled(sum ^ symbol)
	}
	return sum
}

// doubled multiplies by x modulo x⁵+x²+1, whose powers of x are all 31 elements but zero.
func doubled(a byte) byte {
	a <<= 1
	if a&32 != 0 {
		a ^= 32 | 4 | 1
	}
	return a
}
