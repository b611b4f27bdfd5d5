package export

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"deltoid/assets/catalogue"
)

// profileLists is what the tables of extracts refer to.
type profileLists struct {
	sources    map[string]string // key to what it is
	order      []Source
	suppliers  []string // ODS codes
	attributes []Attribute
}

// Attribute is a further question about a vaccination.
type Attribute struct {
	ID         string   // three digits
	Text       string   // as it was shown
	Values     []string // that an answer can have
	Enabled    bool     // those that are not are never sent: their ids are not known
	Confidence string
	Note       string

	answer func(*record) string // "" when it was not asked
}

var attributeID = regexp.MustCompile(`^[0-9]{3}$`)

func readLists(files fs.FS, faults *catalogue.Problems) profileLists {
	lists := profileLists{sources: map[string]string{}}
	for _, row := range readBlocks(files, "lists/sources.csv", faults, []string{"key", "what"})["key"] {
		lists.sources[row.need("key")] = row.need("what")
		lists.order = append(lists.order, Source{row.get("key"), row.get("what")})
	}
	for _, row := range readBlocks(files, "lists/suppliers.csv", faults, []string{"ods", "supplier", "confidence", "source"})["ods"] {
		lists.origin(row)
		lists.suppliers = append(lists.suppliers, strings.ToUpper(row.need("ods")))
	}
	titles := []string{"id", "text", "values", "answer", "enabled", "confidence", "source", "note"}
	for _, row := range readBlocks(files, "lists/attributes.csv", faults, titles)["id"] {
		lists.origin(row)
		attribute := Attribute{
			ID: row.get("id"), Text: row.need("text"), Values: strings.Fields(row.need("values")),
			Enabled: row.oneOf("enabled", "yes", "no") == "yes", Confidence: row.get("confidence"), Note: row.get("note"),
		}
		if !attributeID.MatchString(attribute.ID) || slices.ContainsFunc(lists.attributes, func(a Attribute) bool { return a.ID == attribute.ID }) {
			row.fault("id", "the id is not three digits, or used before", "write it like 003; stop the spreadsheet from changing it by making the column text")
		}
		if attribute.Enabled && attribute.Confidence == "assumed" {
			row.fault("enabled", "the id is only assumed, so its answers must never be sent", "write no")
		}
		var known bool
		if attribute.answer, known = attributeAnswers[row.get("answer")]; !known {
			row.fault("answer", "there is no answer “"+row.get("answer")+"”", "use a name that the program knows")
		}
		lists.attributes = append(lists.attributes, attribute)
	}
	return lists
}
