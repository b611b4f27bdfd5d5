package history

import (
	"strings"
	"time"
	"unicode"

	"deltoid/assets/catalogue"
	"deltoid/capture"
)

// procedureURL ends the name of the extension with the procedure, which says which dose it was.
const procedureURL = "VaccinationProcedure"

// vaccination is an entry of the answer as the desk shows it. A vaccine that the catalogue does not know keeps its name, and
// its code in place of the product key.
func (c *Client) vaccination(given immunization, disease string) capture.Vaccination {
	day := dayOf(given.Occurrence)
	procedure, code := given.procedure(), given.VaccineCode.first()
	found := capture.Vaccination{
		Dose: capture.Dose{
			Date: day, Disease: disease, Product: tidy(string(code.Code)), Source: capture.SourceNational,
			Country: tidy(firstOf(given.Location.Display, string(given.Location.Identifier.Value))),
		},
		Identifier: given.identifier(), Batch: tidy(string(given.LotNumber)), Where: given.where(), NotGiven: given.Status == "not-done",
		Name: tidy(firstOf(code.Display, given.VaccineCode.Text, procedure.Display, "Vaccine that is not named")),
	}
	// A day that is missing, or is wrongly typed and before the vaccine was known, must not cost the name of the vaccine.
	then, today := c.known.At(day), c.known.At(catalogue.DateOf(c.Now()))
	kind, known := then.KindOf(string(procedure.Code))
	if !known {
		kind, _ = today.KindOf(string(procedure.Code))
	}
	product, known := productOf(then, string(code.Code))
	if !known {
		product, known = productOf(today, string(code.Code))
	}
	found.Kind = kind
	if known {
		found.Product, found.Name, found.Disease = product.Key, product.Name, product.Disease
	} else if found.Product == "" && (code.Display != "" || given.VaccineCode.Text != "") {
		found.Product = found.Name
	}
	return found
}

// productOf finds a product by the code that should be sent, or by the code of a pack, which is sent at times.
func productOf(edition *catalogue.Edition, code string) (catalogue.Product, bool) {
	if product, ok := edition.ProductByAMP(code); ok {
		return product, true
	}
	return edition.ProductByPack(code)
}

func (g immunization) procedure() coding {
	for _, extension := range g.Extension {
		if strings.HasSuffix(extension.URL, procedureURL) {
			return extension.Concept.first()
		}
	}
	return coding{}
}

func (g immunization) identifier() capture.Identifier {
	for _, id := range g.Identifier {
		if value := tidy(string(id.Value)); value != "" {
			return capture.Identifier{System: tidy(id.System), Value: value}
		}
	}
	return capture.Identifier{}
}

// where is the name of the organisation, or its ODS code.
func (g immunization) where() string {
	for _, performer := range g.Performer {
		if place := firstOf(performer.Actor.Display, string(performer.Actor.Identifier.Value)); place != "" {
			return tidy(place)
		}
	}
	return ""
}

// first is the first coding that says anything.
func (c concept) first() coding {
	for _, coding := range c.Coding {
		if coding.Code != "" || coding.Display != "" {
			return coding
		}
	}
	return coding{}
}

// dayOf is the day in London of a FHIR date or time; zero when it does not say the day.
func dayOf(text string) capture.Date {
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return catalogue.DateOf(at)
	}
	day, err := catalogue.ParseDate(text[:min(len(text), len(time.DateOnly))])
	if err != nil {
		return capture.Date{}
	}
	return day
}

// longest is how many characters of a name are kept.
const longest = 200

// tidy makes one line of a text that came from outside.
func tidy(text string) string {
	words := strings.FieldsFunc(strings.ToValidUTF8(text, ""), func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsGraphic(r) })
	line := []rune(strings.Join(words, " "))
	return string(line[:min(len(line), longest)])
}

func firstOf(values ...string) string {
	for _, value := range values {
		if strings.TrimSpace(value) != "" {
			return value
		}
	}
	return ""
}
