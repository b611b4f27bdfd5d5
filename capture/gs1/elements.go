package gs1

import (
	"slices"
	"strings"
)

// separator is ASCII 29, which stands for the FNC1 of the code.
const separator = '\x1d'

// elements are the values of a code by application identifier.
type elements struct {
	values map[string]string
	open   []string // the values of variable length, where a missing separator could hide something
	marked bool     // a separator was in the code
}

func (e *elements) add(ai, value string, form identifier) *Fault {
	if earlier, twice := e.values[ai]; twice && earlier != value {
		return damaged("This code says two different things about one field. " + typeIt)
	}
	if !inCharacterSet(value) {
		return damaged("This code has a character that codes of packs never have. " + typeIt)
	}
	if form.Fixed && (len(value) != form.Length || !digits(value)) || len(value) > form.Length || value == "" {
		return damaged("A part of this code is cut short or too long. " + typeIt)
	}
	e.values[ai] = value
	if !form.Fixed {
		e.open = append(e.open, value)
	}
	return nil
}

// split reads an element string as the scanner sends it, with separators after values of variable length.
func split(text string) (elements, *Fault) {
	found := elements{values: map[string]string{}, marked: strings.ContainsRune(text, separator)}
	for rest := strings.Trim(text, string(separator)); rest != ""; rest = strings.TrimLeft(rest, string(separator)) {
		ai, form, ok := identifierAt(rest)
		if !ok {
			return found, damaged("A part of this code is of a sort that is not known here. " + typeIt)
		}
		rest = rest[len(ai):]
		value := rest
		if form.Fixed {
			value = rest[:min(form.Length, len(rest))]
		} else if end := strings.IndexByte(rest, separator); end >= 0 {
			value = rest[:end]
		}
		if !form.Fixed && len(value) > form.Length {
			return found, ambiguous()
		}
		if fault := found.add(ai, value, form); fault != nil {
			return found, fault
		}
		rest = rest[len(value):]
	}
	return found, nil
}

// splitBracketed reads the form printed for people: (01)…(10)…
func splitBracketed(text string) (elements, *Fault) {
	found := elements{values: map[string]string{}, marked: true}
	text = strings.ReplaceAll(text, string(separator), "")
	for text != "" {
		ai, form, n := bracketAt(text)
		if n == 0 {
			return found, damaged("A part of this code is of a sort that is not known here. " + typeIt)
		}
		text = text[n:]
		end := 0
		for end < len(text) {
			if _, _, n := bracketAt(text[end:]); n > 0 {
				break
			}
			end++
		}
		if fault := found.add(ai, strings.TrimSpace(text[:end]), form); fault != nil {
			return found, fault
		}
		text = text[end:]
	}
	found.open = nil // brackets show where values end
	return found, nil
}

// bracketAt finds an application identifier in round brackets at the start of a text; n is its length with the brackets,
// 0 when there is none.
func bracketAt(text string) (ai string, form identifier, n int) {
	if !strings.HasPrefix(text, "(") {
		return "", identifier{}, 0
	}
	ai, form, ok := identifierAt(text[1:])
	if form.First == "310" || form.First == "390" { // measures and amounts are printed with their fourth digit
		ai = text[1:min(5, len(text))]
		form.Length--
	}
	if !ok || !strings.HasPrefix(text[1+len(ai):], ")") {
		return "", identifier{}, 0
	}
	return ai, form, len(ai) + 2
}

// hides tells whether a value of variable length could be a shorter value, a lost separator and one of the elements that
// the code does not show. Then nobody can say which it is.
func (e *elements) hides() bool {
	wanted := []string{aiGTIN, aiBatch, aiExpiry, aiSerial}
	if !e.marked {
		wanted = append(wanted, mayStartHidden...)
	}
	wanted = slices.DeleteFunc(wanted, func(ai string) bool { _, shown := e.values[ai]; return shown })
	for _, value := range e.open {
		for i := 1; i < len(value); i++ {
			if slices.ContainsFunc(wanted, func(ai string) bool { return couldStart(value[i:], ai) }) {
				return true
			}
		}
	}
	return false
}

func couldStart(text, ai string) bool {
	_, form, _ := identifierAt(ai)
	value, found := strings.CutPrefix(text, ai)
	if !found || value == "" {
		return false
	}
	if form.Fixed {
		return len(value) >= form.Length && digits(value[:form.Length])
	}
	return true
}

// inCharacterSet tells whether a value has only the 82 characters of GS1 element strings (GS1 General Specifications 7.11).
func inCharacterSet(text string) bool {
	for _, r := range text {
		if !isElementRune(r) {
			return false
		}
	}
	return true
}

func isElementRune(r rune) bool {
	switch {
	case r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z', r >= '0' && r <= '9':
		return true
	}
	return strings.ContainsRune(`!"%&'()*+,-./:;<=>?_`, r)
}
