package history

import "encoding/json"

// What is read of the answer (FHIR R4). Every element may be missing, empty or of another type: then it says nothing.

type bundle struct {
	ResourceType string            `json:"resourceType"`
	Total        int               `json:"total"` // of the immunizations alone
	Entry        []json.RawMessage `json:"entry"`
}

type entry struct {
	Resource json.RawMessage `json:"resource"`
}

type resource struct {
	ResourceType string `json:"resourceType"`
}

type patient struct {
	Identifier []identifier `json:"identifier"`
	BirthDate  string       `json:"birthDate"`
}

type immunization struct {
	Extension   []extension  `json:"extension"`
	Identifier  []identifier `json:"identifier"`
	Status      string       `json:"status"`
	VaccineCode concept      `json:"vaccineCode"`
	Patient     reference    `json:"patient"`
	Occurrence  string       `json:"occurrenceDateTime"`
	LotNumber   text         `json:"lotNumber"`
	Performer   []struct {
		Actor reference `json:"actor"`
	} `json:"performer"`
	Location reference `json:"location"`
}

type extension struct {
	URL     string  `json:"url"`
	Concept concept `json:"valueCodeableConcept"`
}

type concept struct {
	Coding []coding `json:"coding"`
	Text   string   `json:"text"`
}

type coding struct {
	System  string `json:"system"`
	Code    text   `json:"code"`
	Display string `json:"display"`
}

type identifier struct {
	System string `json:"system"`
	Value  text   `json:"value"`
}

type reference struct {
	Type       string     `json:"type"`
	Identifier identifier `json:"identifier"`
	Display    string     `json:"display"`
}

// text is a text that some systems write as a number.
type text string

// UnmarshalJSON takes a text or a number as it stands; anything else says nothing.
func (t *text) UnmarshalJSON(raw []byte) error {
	var word string
	var number json.Number
	switch {
	case json.Unmarshal(raw, &word) == nil:
		*t = text(word)
	case json.Unmarshal(raw, &number) == nil:
		*t = text(number)
	}
	return nil
}
