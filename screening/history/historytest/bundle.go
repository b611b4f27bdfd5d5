package historytest

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Dose is a made-up vaccination on record.
type Dose struct {
	ID        string
	At        string // such as 2021-12-20T10:15:00+00:00
	Procedure string // SNOMED code
	Vaccine   string // SNOMED code
	Name      string
	Batch     string
	Place     string // ODS code
	Status    string // default completed
}

// Bundle is the whole answer about somebody with these doses; with an empty NHS number it is that about nobody.
func Bundle(number, born string, doses ...Dose) string {
	entries := make([]string, 0, len(doses)+1)
	for _, dose := range doses {
		entries = append(entries, `{"resource":`+dose.resource(number)+`,"search":{"mode":"match"}}`)
	}
	if number != "" {
		entries = append(entries, fmt.Sprintf(`{"resource":{"resourceType":"Patient","identifier":[{"system":"https://fhir.nhs.uk/Id/nhs-number","value":%s}],"birthDate":%s},"search":{"mode":"include"}}`,
			quoted(number), quoted(born)))
	}
	return fmt.Sprintf(`{"resourceType":"Bundle","type":"searchset","total":%d,"entry":[%s]}`, len(doses), strings.Join(entries, ","))
}

func (d Dose) resource(number string) string {
	status := d.Status
	if status == "" {
		status = "completed"
	}
	return fmt.Sprintf(`{"resourceType":"Immunization",
		"extension":[{"url":"https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-VaccinationProcedure",
			"valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":%s}]}}],
		"identifier":[{"use":"secondary","system":"https://example.invalid/vacc","value":%s}],
		"status":%s,
		"vaccineCode":{"coding":[{"system":"http://snomed.info/sct","code":%s,"display":%s}]},
		"patient":{"reference":"urn:uuid:made-up","type":"Patient","identifier":{"system":"https://fhir.nhs.uk/Id/nhs-number","value":%s}},
		"occurrenceDateTime":%s,"primarySource":true,"lotNumber":%s,
		"performer":[{"actor":{"type":"Organization","identifier":{"system":"https://fhir.nhs.uk/Id/ods-organization-code","value":%s}}}]}`,
		quoted(d.Procedure), quoted(d.ID), quoted(status), quoted(d.Vaccine), quoted(d.Name), quoted(number), quoted(d.At), quoted(d.Batch), quoted(d.Place))
}

func quoted(text string) string {
	raw, _ := json.Marshal(text) // a text can always be encoded
	return string(raw)
}
