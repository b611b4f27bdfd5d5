package history

import (
	"encoding/json"
	"errors"
	"strings"

	"deltoid/capture"
)

// numberSystem names NHS numbers in FHIR.
const numberSystem = "https://fhir.nhs.uk/Id/nhs-number"

// read makes an answer of a searchset. One entry that cannot be read never costs the others.
func (c *Client) read(body []byte, number capture.NHSNumber, disease string) (capture.Looked, *failure) {
	var set bundle
	if err := lenient(body, &set); err != nil || set.ResourceType != "Bundle" {
		return capture.Looked{}, unavailable("the answer is not a list of vaccinations")
	}
	var looked capture.Looked
	listed := 0
	for _, raw := range set.Entry {
		var one entry
		var kind resource
		if lenient(raw, &one) != nil || lenient(one.Resource, &kind) != nil {
			looked.LeftOut++
			continue
		}
		switch kind.ResourceType {
		case "Patient":
			var who patient
			_ = lenient(one.Resource, &who)
			if another(who.Identifier, number) {
				return capture.Looked{}, unavailable("the answer was about another NHS number: the number may have been replaced, trace it again")
			}
			looked.BirthDate = dayOf(who.BirthDate)
		case "Immunization":
			if listed++; listed > maxEntries {
				looked.LeftOut++
				continue
			}
			var given immunization
			_ = lenient(one.Resource, &given)
			c.take(&looked, given, number, disease)
		}
	}
	looked.LeftOut += max(set.Total-listed, 0)
	return looked, nil
}

// take adds a vaccination to the answer, unless it was entered in error or is not about this person.
func (c *Client) take(looked *capture.Looked, given immunization, number capture.NHSNumber, disease string) {
	switch given.Status {
	case "entered-in-error":
		return
	case "", "completed", "not-done":
	default:
		looked.LeftOut++
		return
	}
	if another([]identifier{given.Patient.Identifier}, number) {
		looked.LeftOut++
		return
	}
	looked.Found = append(looked.Found, c.vaccination(given, disease))
}

// another tells whether an NHS number other than this one is named.
func another(identifiers []identifier, number capture.NHSNumber) bool {
	for _, id := range identifiers {
		named := strings.Join(strings.Fields(string(id.Value)), "")
		if id.System == numberSystem && named != "" && named != number.Digits() {
			return true
		}
	}
	return false
}

// lenient decodes what can be decoded: an element of another type than it should have says nothing. It fails on what is no JSON.
func lenient(raw []byte, into any) error {
	err := json.Unmarshal(raw, into)
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return nil
	}
	return err
}
