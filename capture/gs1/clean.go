package gs1

import "strings"

// text is a scan without what belongs to the reader: the symbology identifier, and its way of writing separators.
type text struct {
	body     string
	symbol   string // symbology identifier without its bracket, for example d2; empty when the reader sends none
	capsLock bool
}

// gs1Symbols are the symbology identifiers that promise a GS1 element string (GS1 General Specifications 5.1.2).
var gs1Symbols = map[string]bool{"d2": true, "C1": true, "Q3": true, "e0": true, "J1": true}

func clean(scan string, options Options) text {
	body := strings.Trim(scan, " \t\r\n")
	found := text{}
	if len(body) >= 3 && body[0] == ']' {
		found.symbol, body = body[1:3], body[3:]
		found.capsLock = found.symbol == "D2" || found.symbol == "c1" || found.symbol == "q3" || found.symbol == "E0"
	}
	marks := []string{"^]", string(separator), "\u241d", string(separator)} // Ctrl+] in letters, and its picture
	if options.Separator != "" {
		marks = append(marks, options.Separator, string(separator))
	}
	found.body = strings.NewReplacer(marks...).Replace(body)
	return found
}

// elements reads the text as a GS1 element string.
func (t text) elements() (elements, *Fault) {
	switch {
	case t.capsLock:
		return elements{}, damaged("Caps Lock is on, so letters of the batch would be wrong. Turn it off and scan again")
	case t.symbol != "" && !gs1Symbols[t.symbol]:
		return elements{}, damaged("This code is not of the sort that vaccine packs have. Scan the square code on the pack, or type the batch and the expiry date from the box")
	case strings.HasPrefix(strings.TrimLeft(t.body, string(separator)), "("):
		return splitBracketed(t.body)
	}
	return split(t.body)
}

// looksLikePack tells whether a text that could not be read was most likely on a pack.
func (t text) looksLikePack() bool {
	if t.capsLock || gs1Symbols[t.symbol] || strings.Contains(t.body, "("+aiGTIN+")") {
		return true
	}
	for i := 0; i+16 <= len(t.body); i++ {
		if t.body[i:i+2] == aiGTIN && goodGS1Digit(t.body[i+2:i+16]) {
			return true
		}
	}
	return false
}
